#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Runs libFuzzer, which reads the arguments, on the target that the variable `FUZZ_TARGET` names.
@main
enum Fuzzer {
    static func main() {
        // Report a wrong name before the first input.
        _ = target
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(run(&count, &arguments, testOneInput))
    }

    private static let target: FuzzTarget = {
        let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
        if let target = FuzzTarget(rawValue: name) { return target }
        print("no target '\(name)': set FUZZ_TARGET to one of \(FuzzTarget.allCases.map(\.rawValue))")
        exit(1)
    }()

    /// Returns 0 for an input that may join the corpus, -1 for another.
    fileprivate static func check(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        do {
            return try target.check(Array(UnsafeBufferPointer(start: start, count: count))) ? 0 : -1
        } catch {
            fatalError("\(target.rawValue): broken: \(error)")
        }
    }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt { Fuzzer.check(start, count) }

/// `LLVMFuzzerRunDriver` (<https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library>); no header declares it.
@_silgen_name("LLVMFuzzerRunDriver")
private func run(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ check: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
