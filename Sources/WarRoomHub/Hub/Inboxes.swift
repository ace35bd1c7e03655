import DequeModule
import WarRoomCore

/// What connections have sent and the hub has not looked at, and whose turn it is. Each has its own row, in which
/// answers keep the order of the lines; between the rows turns go round, and a role goes before a viewer.
struct Inboxes {
    /// How many lines, and how many bytes of them, of one connection wait here. The rest waits in its socket.
    static let mostLines = 256
    static let mostBytes = 256 << 10

    /// One line as it was understood.
    enum Line {
        case event(JSON)
        case request(JSON)
        case broken(String)

        /// `nil`: a line that is too long to be read.
        init(_ bytes: [UInt8]?) {
            guard let bytes else {
                self = .broken("a line is longer than \(Event.longestLine) bytes")
                return
            }
            do throws(JSONFault) {
                let json = try JSON(parsing: bytes)
                self = json["type"] == nil ? .request(json) : .event(json)
            } catch { self = .broken(error.description) }
        }
    }

    private struct Inbox {
        var lines: Deque<[UInt8]?> = []
        var bytes = 0
        /// The first line, once it has been looked at.
        var head: Line?
        /// How many events were taken from here whose entries are not durable yet.
        var unanswered = 0
        /// Whether the hub asks somebody else before it goes on here: who this is, what the journal says.
        var isBusy = false
        var isInRow = false
        var isViewer = true
        /// Whether its reader was told to wait.
        var isFull = false
        var hasEnded = false
        /// Whether nobody is there any more. Events count all the same.
        var isGone = false
        let resume: () -> Void

        var isWaiting: Bool { !isBusy && (head != nil || !lines.isEmpty) }
        /// Whether more waits than a part of what there is room for.
        func isOver(_ part: Int) -> Bool {
            lines.count >= Inboxes.mostLines / part || bytes >= Inboxes.mostBytes / part
        }
        var isDrained: Bool { lines.isEmpty && head == nil && unanswered == 0 && !isBusy }
    }

    private var all: [Int: Inbox] = [:]
    private var roles: Deque<Int> = []
    private var viewers: Deque<Int> = []

    /// Whether somebody's turn could come.
    var isWaiting: Bool { !roles.isEmpty || !viewers.isEmpty }

    /// How many turns are waited for.
    func count(viewers isViewer: Bool) -> Int { isViewer ? viewers.count : roles.count }

    /// A row for a connection. `resume` is called when it may send more.
    mutating func open(_ id: Int, resume: @escaping () -> Void) {
        all[id] = Inbox(resume: resume)
        all[id]!.isBusy = true
    }

    /// Takes a line; returns whether there is room for more.
    mutating func put(_ line: [UInt8]?, in id: Int) -> Bool {
        guard all[id] != nil else { return true }
        all[id]!.lines.append(line)
        all[id]!.bytes += line?.count ?? 0
        all[id]!.isFull = all[id]!.isOver(1) && !all[id]!.isGone
        queue(id)
        return !all[id]!.isFull
    }

    /// The next connection in turn.
    mutating func next(viewers isViewer: Bool) -> Int? {
        while let id = isViewer ? viewers.popFirst() : roles.popFirst() {
            all[id]?.isInRow = false
            if all[id]?.isWaiting ?? false { return id }
        }
        return nil
    }

    /// The first line of a connection, left where it is; `nil`: there is none.
    mutating func first(of id: Int) -> Line? {
        if let head = all[id]?.head { return head }
        guard let bytes = all[id]?.lines.popFirst() else { return nil }
        let line = Line(bytes)
        all[id]!.head = line
        all[id]!.bytes -= bytes?.count ?? 0
        if all[id]!.isFull, !all[id]!.isOver(2) {
            all[id]!.isFull = false
            all[id]!.resume()
        }
        return line
    }

    /// Takes the first line away.
    mutating func drop(of id: Int) { all[id]?.head = nil }

    /// Puts a connection at the end of its row, where it has something to say.
    mutating func queue(_ id: Int) {
        guard let inbox = all[id], inbox.isWaiting, !inbox.isInRow else { return }
        all[id]!.isInRow = true
        if inbox.isViewer { viewers.append(id) } else { roles.append(id) }
    }

    /// Puts all in their rows that have waited for what was being written.
    mutating func queueAll() {
        for id in all.filter(\.value.isWaiting).keys.sorted() { queue(id) }
    }

    func unanswered(_ id: Int) -> Int { all[id]?.unanswered ?? 0 }

    mutating func count(_ id: Int, by change: Int) { all[id]?.unanswered += change }

    mutating func setBusy(_ id: Int, _ isBusy: Bool) {
        all[id]?.isBusy = isBusy
        if !isBusy { queue(id) }
    }

    mutating func setViewer(_ id: Int, _ isViewer: Bool) { all[id]?.isViewer = isViewer }

    func isViewer(_ id: Int) -> Bool { all[id]?.isViewer ?? true }

    func isGone(_ id: Int) -> Bool { all[id]?.isGone ?? true }

    /// Takes note that no more lines come, or that nobody is there at all.
    mutating func end(_ id: Int, isGone: Bool) {
        all[id]?.hasEnded = true
        if isGone { all[id]?.isGone = true }
    }

    /// Whether all that a connection sent has been answered, and no more will come.
    func isDone(_ id: Int) -> Bool { all[id].map { $0.hasEnded && $0.isDrained } ?? true }

    mutating func remove(_ id: Int) { all[id] = nil }
}
