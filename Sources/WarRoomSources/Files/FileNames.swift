/// Which names in a folder count, and in which order.
enum FileNames {
    /// What editors, packages and copying tools add to the name of a file that is not the file itself.
    private static let asides: Set<Substring> = [
        "tmp", "swp", "swo", "swx", "part", "partial", "filepart", "crdownload", "bak", "backup", "old", "orig", "save",
        "rej", "rpmsave", "rpmnew", "rpmorig", "dpkg-old", "dpkg-new", "dpkg-dist", "dpkg-tmp", "ucf-old", "ucf-dist",
    ]

    /// Whether a name is that of a file under construction, or of a copy that was put aside: nobody meant it to be
    /// read.
    static func isIgnored(_ name: String) -> Bool {
        name.hasPrefix(".") || name.hasSuffix("~") || name.hasPrefix("#") && name.hasSuffix("#")
            || name.contains("-partial.") || name.contains("~.")
            || name.split(separator: ".").dropFirst().contains { asides.contains($0) }
    }

    static func isPattern(_ name: some StringProtocol) -> Bool { name.contains { $0 == "*" || $0 == "?" } }

    /// Whether a pattern matches a whole name: `*` is any run of characters, `?` is one.
    static func matches(_ name: String, _ pattern: String) -> Bool {
        let name = Array(name.unicodeScalars)
        let pattern = Array(pattern.unicodeScalars)
        var at = 0
        var inPattern = 0
        // Where to go on if what follows the last star turns out not to fit: no recursion, so no pattern is slow.
        var star: Int?
        var resume = 0
        while at < name.count {
            if inPattern < pattern.count, pattern[inPattern] == "*" {
                star = inPattern
                resume = at
                inPattern += 1
            } else if inPattern < pattern.count, pattern[inPattern] == "?" || pattern[inPattern] == name[at] {
                at += 1
                inPattern += 1
            } else if let star {
                resume += 1
                at = resume
                inPattern = star + 1
            } else {
                return false
            }
        }
        return pattern[inPattern...].allSatisfy { $0 == "*" }
    }

    /// The order in which people count: 1, 2, … 10, and not 1, 10, 2.
    static func isBefore(_ one: String, _ other: String) -> Bool {
        var first = Array(one.utf8)[...]
        var second = Array(other.utf8)[...]
        while let a = first.first, let b = second.first {
            if isDigit(a), isDigit(b) {
                let x = takeNumber(&first)
                let y = takeNumber(&second)
                if x.count != y.count { return x.count < y.count }
                if x != y { return x.lexicographicallyPrecedes(y) }
            } else if a != b {
                return a < b
            } else {
                first.removeFirst()
                second.removeFirst()
            }
        }
        if first.isEmpty != second.isEmpty { return first.isEmpty }
        // "01" and "1" count alike; some order must still hold.
        return one.utf8.lexicographicallyPrecedes(other.utf8)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func takeNumber(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = bytes.prefix(while: isDigit)
        bytes = bytes[digits.endIndex...]
        return digits.drop { $0 == 0x30 }
    }
}
