import Glibc

/// What the system says about an error number.
func systemText(_ code: Int32) -> String { String(cString: strerror(code)) }
