import Testing
import Tidemark

@testable import TidemarkCLI

struct RemedyTests {
    private let failure = Failure(
        .notFound, "no history at 'h.sqlite'", why: "the file does not exist", remedy: .recordFirst)

    @Test func `the command line names the option of a remedy`() {
        #expect(
            failure.message
                == "no history at 'h.sqlite': the file does not exist: record a snapshot first, or pass --history FILE")
    }

    @Test func `a library names no option`() {
        #expect(
            failure.description
                == "no history at 'h.sqlite': the file does not exist: record a snapshot first, or name another file")
    }
}
