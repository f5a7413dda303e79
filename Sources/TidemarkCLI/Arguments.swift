import ArgumentParser
import Tidemark

/// The command line as the system passed it.
enum Arguments {
    /// Refuses an argument that is not UTF-8: Swift would replace its bytes, so that another text would be used.
    static func checkEncoding() throws {
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil else {
                continue
            }
            throw ValidationError("'\(String(cString: argument).printable)' is not UTF-8: pass it in UTF-8")
        }
    }
}
