extension Sequence<String> {
    /// Names as they stand in a text: the first of them, then how many more there are, "web1, web2, web3 and 4 more".
    /// `total` is how many there are, where not all were kept.
    package func listed(upTo limit: Int = 3, of total: Int? = nil) -> String {
        let all = Array(self)
        let left = (total ?? all.count) - Swift.min(limit, all.count)
        return all.prefix(limit).joined(separator: ", ") + (left > 0 ? " and \(left) more" : "")
    }

    /// All of them as in a sentence: "web1, web2 and web3".
    package var together: String {
        let all = Array(self)
        return all.count > 1 ? "\(all.dropLast().joined(separator: ", ")) and \(all[all.count - 1])" : all.first ?? ""
    }
}
