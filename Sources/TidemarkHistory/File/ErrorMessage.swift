#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The system's message for an `errno`: `No space left on device`.
package func errorMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
