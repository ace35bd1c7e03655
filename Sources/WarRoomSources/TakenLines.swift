/// The lines of a feed that are in the journal already. A line that brings no id gets one of what it says, its place,
/// and which of the files it was that lay here one after the other: not of an inode, which a copy does not keep and
/// another file may get.
struct TakenLines: Sendable {
    private var labels: Set<String> = []
    /// The lines of the last of these files, by their place.
    private var last: (label: String, lines: [Int: UInt64])?

    /// The lines among the ids of a source's events, in the journal's order.
    init(ids: [String]) {
        for id in ids {
            let parts = id.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count > 2, let place = Int(parts[parts.count - 2]), place >= 0,
                let hash = UInt64(parts[parts.count - 1], radix: 16)
            else { continue }
            let label = parts.dropLast(2).joined(separator: "-")
            labels.insert(label)
            if last?.label != label { last = (label, [:]) }
            last?.lines[place] = hash
        }
    }

    static func id(_ label: String, _ place: Int, _ hash: UInt64) -> String {
        "\(label)-\(place)-\(String(hash, radix: 16))"
    }

    /// What the file that lies here is called: like the last one where it holds all lines that are known of that. Where
    /// any is missing it was written anew, and what stands in it is told, be it a second time: nothing is lost.
    mutating func label(where holds: (_ line: UInt64, _ place: Int) -> Bool) -> String {
        guard let last else { return nextLabel() }
        self.last = nil
        return last.lines.allSatisfy { holds($0.value, $0.key) } ? last.label : nextLabel()
    }

    /// A name that no file here has had.
    mutating func nextLabel() -> String {
        var number = labels.count + 1
        while !labels.insert("file\(number)").inserted { number += 1 }
        return "file\(number)"
    }
}
