import Testing

@testable import TidemarkReports

struct NaturalTextTests {
    @Test func `runs of digits are compared as numbers, and other text by its bytes`() {
        let sorted = ["", "10", "V9", "build-2-a", "build-2-b", "build-10", "v9", "v9.2", "v9.10", "v010", "v10", "é"]
        #expect(sorted.reversed().sorted { NaturalSortKey($0) < NaturalSortKey($1) } == sorted)
    }
}
