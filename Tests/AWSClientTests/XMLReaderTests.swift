import Testing

@testable import AWSClient

@Suite struct XMLReaderTests {
    private func read(_ text: String) throws -> XMLElement { try XMLReader.read(Array(text.utf8)) }

    private func reason(_ text: String) -> String? {
        do {
            _ = try read(text)
            return nil
        } catch { return (error as? XMLError)?.reason }
    }

    @Test func `text, references, CDATA and comments become one text`() throws {
        let element = try read("<a>x &lt;&amp;&gt;&quot;&apos; &#65;&#x1F600;<!-- no --><![CDATA[<b>&amp;]]> y</a>")
        #expect(element.text == "x <&>\"' A😀<b>&amp; y")
        #expect(element.children.isEmpty)
    }

    @Test func `line ends become line feeds`() throws {
        #expect(try read("<a>1\r\n2\r3\n4&#13;</a>").text == "1\n2\n3\n4\r")
    }

    @Test func `children keep their order and prefixes are cut`() throws {
        let element = try read(
            #"<?xml version="1.0" encoding="utf-8"?><!-- c --><n:a xmlns:n="u"><b/><n:c x="1"/><b></b></n:a> <!-- e -->"#
        )
        #expect(element.name == "a")
        #expect(element.children.map(\.name) == ["b", "c", "b"])
        #expect(element.children[1].attributes == [XMLAttribute(name: "x", value: "1")])
    }

    @Test func `attributes keep their prefix, and their white space becomes spaces`() throws {
        let element = try read("<a xmlns='u' xmlns:xsi='v' xsi:type='Canonical\nUser &lt;&#10;'/>")
        #expect(element.attributes == [XMLAttribute(name: "xsi:type", value: "Canonical User <\n")])
    }

    @Test func `names may have letters beyond ASCII`() throws {
        #expect(try read("<größe 名='1'/>").name == "größe")
    }

    @Test func `a document may start with a byte order mark`() throws {
        #expect(try read("\u{FEFF}<a/>").name == "a")
    }

    @Test func `canonically equivalent names are different names`() throws {
        #expect(reason("<\u{E9}></e\u{301}>") == "an end tag that does not match")
        #expect(reason("<a xmlns:e\u{301}='u'><\u{E9}:b/></a>") == "a name with an undeclared prefix")
        #expect(try read("<a \u{E9}='1' e\u{301}='2'/>").attributes.count == 2)
    }

    @Test(arguments: [
        "", "   ", "<a>", "<a", "<a><b></a>", "<a></b>", "<a/><b/>", "<a/>x", "x<a/>", "<a>&unknown;</a>", "<a>&</a>",
        "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#x110000;</a>", "<a>&#8;</a>", "<a>&#;</a>", "<a>&#+5;</a>",
        "<a>\u{1}</a>", "<a>\u{FFFF}</a>", "<a>]]></a>", "<a b='1' b='2'/>", "<a b=1/>", "<a b/>", "<a b='<'/>",
        "<a b='1'c='2'/>", "<a><![CDATA[x</a>", "<a><!-- x</a>", "<a><!-- x -- y --></a>", "<n:a/>", "<a n:b='1'/>",
        "<a xmlns:n=''/>", "<?xml version='2'?><a/>", "<a\u{A0}/>",
        "<1a/>", "<a></ a>", "< a/>", "<a/ >", "<a>\0</a>", "<?xml?><a/>", "<?xml encoding='UTF-8'?><a/>",
        " <?xml version='1.0'?><a/>", "<a><?xml version='1.0'?></a>", "<a:b:c xmlns:a='u'/>",
        "<a xmlns:n='u'><n:b></n:c></a>", "<a xmlns:n='u'/><n:b/>",
    ])
    func `a malformed document is an error`(_ text: String) {
        #expect(reason(text) != nil)
    }

    @Test func `a prefix is valid only within the element that declares it`() {
        #expect(reason("<a><b xmlns:n='u'/><n:c/></a>") != nil)
    }

    @Test func `a truncated document is malformed at every length`() throws {
        let text = #"<?xml version="1.0"?><a b="c"><d>e &amp; f</d><![CDATA[g]]><!-- h --></a>"#
        #expect(throws: Never.self) { try read(text) }
        for length in 0..<text.utf8.count { #expect(reason(String(text.prefix(length))) != nil) }
    }

    @Test func `a document type is refused together with its entities`() {
        #expect(reason("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")?.contains("refused") == true)
    }

    @Test(arguments: [
        "<a>x<?php > ?>y</a>", "<?xml-stylesheet href='x'?><a>xy</a>", "<?xml version='1.0'?>\n<?x?><a>xy</a><?z ??>",
    ])
    func `a processing instruction is skipped`(_ text: String) throws {
        #expect(try read(text).text == "xy")
    }

    @Test(arguments: ["<a><?x </a>", "<a><?1?></a>", "<?x/?><a/>", "<a/><?x", "<??><a/>"])
    func `a malformed processing instruction is an error`(_ text: String) {
        #expect(reason(text) != nil)
    }

    @Test func `a document is read as UTF-8, whatever it declares`() throws {
        #expect(try read("<?xml version='1.0' encoding='ISO-8859-1'?><a>\u{FC}</a>").text == "\u{FC}")
        let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xFC] + Array("</a>".utf8)
        #expect(throws: XMLError.self) { try XMLReader.read(latin) }
    }

    @Test func `the number of prefixes is limited`() {
        func declared(_ count: Int) -> String {
            "<a \((0..<count).map { "xmlns:p\($0)='u'" }.joined(separator: " "))/>"
        }
        #expect(reason(declared(63)) == nil)
        #expect(reason(declared(64)) == "too many prefixes")
    }

    @Test func `elements may nest 256 levels deep and no deeper`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        #expect(reason(nested(256)) == nil)
        #expect(reason(nested(257)) == "nested deeper than 256 levels")
        #expect(reason(String(repeating: "<a>", count: 1_000_000)) != nil)
    }

    @Test func `malformed UTF-8 is refused`() {
        #expect(throws: XMLError.self) { try XMLReader.read(Array("<a>".utf8) + [0xFF] + Array("</a>".utf8)) }
        #expect(throws: XMLError.self) {
            try XMLReader.read(Array("<a>".utf8) + [0xED, 0xA0, 0x80] + Array("</a>".utf8))
        }
    }

    @Test func `an error has an offset and quotes nothing of the document`() throws {
        let error = #expect(throws: XMLError.self) { try read("<a>secret</b>") }
        #expect(error?.offset == 12)
        #expect(error?.description == "an end tag that does not match at byte 12")
    }

    @Test func `no damaged byte crashes the reader`() {
        let bytes = Array(
            #"<?xml version="1.0"?><n:a xmlns:n="u" b="c&lt;"><d>e &#233; f</d><![CDATA[g]]><!-- h --></n:a>"#.utf8)
        for index in bytes.indices {
            for byte: UInt8 in [0, 0x0D, 0x22, 0x26, 0x3C, 0x3E, 0x5D, 0x80, 0xEF, 0xFF] {
                var damaged = bytes
                damaged[index] = byte
                _ = try? XMLReader.read(damaged)
            }
        }
    }
}
