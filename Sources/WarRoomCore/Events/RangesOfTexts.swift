extension Ranges {
    /// Why a value holds a text or a list that is too long, at any depth, in words; `nil` where it holds none.
    static func fault(in json: JSON) -> String? {
        switch json {
        case .null, .bool, .number: return nil
        case .string(let text): return text.utf8.count > longestText ? "a text has more than 16 KiB" : nil
        case .array(let elements):
            if elements.count > longestList { return "a list has more than \(longestList) elements" }
            return elements.lazy.compactMap(fault).first
        case .object(let object):
            if object.members.count > longestList { return "an object has more than \(longestList) members" }
            for member in object.members {
                if member.key.utf8.count > longestText { return "a name has more than 16 KiB" }
                if let fault = fault(in: member.value) { return fault }
            }
            return nil
        }
    }
}
