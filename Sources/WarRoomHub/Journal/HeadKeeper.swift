import Dispatch
import Synchronization

/// Keeps the head of a journal in its file, away from the hub's loop: a disk that is slow makes nobody wait.
package final class HeadKeeper: Sendable {
    private let folder: String
    private let log: @Sendable (String) -> Void
    private let queue = DispatchQueue(label: "head")
    private let state = Mutex(State())

    private struct State {
        /// What is to be written next; `nil`: it is on its way, or there is nothing new.
        var next: SeenHead?
        var last: SeenHead?
        var isWriting = false
        var isInTrouble = false
    }

    /// A keeper for a state folder; `log` takes a line where the file cannot be written.
    package init(folder: String, log: @escaping @Sendable (String) -> Void) {
        (self.folder, self.log) = (folder, log)
    }

    /// Takes the head of what is durable, and writes it as soon as the disk has taken the one before it.
    func note(entry: Int, hash: String) {
        let head = SeenHead(entry: entry, hash: hash)
        let begins = state.withLock { state in
            guard entry > 0, head != state.last else { return false }
            (state.next, state.last) = (head, head)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if begins { queue.async { self.write() } }
    }

    /// Returns when all that was noted has been written.
    func finish() { queue.sync { write() } }

    private func write() {
        while let head = takeNext() {
            let fault: JournalFault?
            do throws(JournalFault) {
                try head.keep(in: folder)
                fault = nil
            } catch { fault = error }
            let isNews = state.withLock { state in
                defer { state.isInTrouble = fault != nil }
                // What is not kept is tried again with the next.
                if fault != nil { state.last = nil }
                return state.isInTrouble != (fault != nil)
            }
            if isNews { log(fault?.sentence ?? "\(SeenHead.path(in: folder)) is written again") }
        }
    }

    private func takeNext() -> SeenHead? {
        state.withLock { state in
            defer { state.next = nil }
            if state.next == nil { state.isWriting = false }
            return state.next
        }
    }
}
