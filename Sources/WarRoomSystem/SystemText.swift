import Glibc

/// The system's words for an error number, as it stands in `errno`.
package func systemText(_ code: Int32) -> String { String(cString: strerror(code)) }
