import LocalServers
import Testing

@testable import HTTPTransfers

@Suite struct LocalAddressTests {
    @Test(arguments: [
        ([127, 0, 0, 1], true), ([127, 255, 255, 254], true), ([169, 254, 169, 254], true), ([0, 0, 0, 0], true),
        ([10, 0, 0, 1], false), ([172, 31, 0, 1], false), ([169, 253, 0, 1], false), ([8, 8, 8, 8], false),
    ])
    func `an address of IPv4 is local or not`(_ bytes: [UInt8], _ isLocal: Bool) {
        #expect(LocalAddress.contains(v4: bytes) == isLocal)
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes
        #expect(LocalAddress.contains(v6: mapped) == isLocal)
        #expect(LocalAddress.contains(v6: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0] + bytes) == isLocal)
    }

    @Test(arguments: [
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], true), ([UInt8](repeating: 0, count: 16), true),
        ([0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9], true),
        ([0xFE, 0xBF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9], true),
        ([0xFD, 0, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54], true),
        ([0xFD, 0, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x55], false),
        ([0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
    ])
    func `an address of IPv6 is local or not`(_ bytes: [UInt8], _ isLocal: Bool) {
        #expect(LocalAddress.contains(v6: bytes) == isLocal)
    }

    @Test func `no connection is opened to a local address, whatever name leads there`() async {
        let server = LocalServer { _ in .response(200, [:], "x") }
        for host in ["127.0.0.1", "localhost", "127.1", "2130706433"] {
            let request = HTTPRequest(url: "http://\(host):\(server.port)/", refusesLocalAddresses: true)
            let error = await #expect(throws: TransportError.self) { try await CurlTransport().send(request) }
            #expect(error?.message == "the host has an address of this machine or its link")
        }
        #expect(server.requests.isEmpty)
    }
}
