extension String {
    /// Whether it fits a pattern, in which `*` stands for any characters; large and small letters are alike.
    func fits(_ pattern: String) -> Bool {
        let (text, wanted) = (Array(lowercased()), Array(pattern.lowercased()))
        var (place, at) = (0, 0)
        var (star, retry): (Int?, Int) = (nil, 0)
        while place < text.count {
            if at < wanted.count, wanted[at] == "*" {
                (star, retry) = (at, place)
                at += 1
            } else if at < wanted.count, wanted[at] == text[place] {
                (place, at) = (place + 1, at + 1)
            } else if let last = star {
                retry += 1
                (place, at) = (retry, last + 1)
            } else {
                return false
            }
        }
        return wanted[at...].allSatisfy { $0 == "*" }
    }
}
