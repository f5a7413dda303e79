#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The system's message for an `errno`, in lower case: `no space left on device`.
package func errorMessage(_ code: Int32) -> String {
    let message = String(cString: strerror(code))
    return message.prefix(1).lowercased() + message.dropFirst()
}
