import NIOCore
import WarRoomCore

extension Hub {
    /// Takes a connection; `nil` where there are too many. `resume` is called when it may send more than it was told.
    func opened(_ channel: any Channel, _ peer: Names.Peer, resume: @escaping () -> Void) -> Int? {
        if let (reason, isNew) = callers.refusal(
            all: subscribers.count, ofUser: subscribers.count(of: peer.uid), peer.uid, at: now)
        {
            if isNew { setup.log(reason) }
            let line = JSON.object(["cut": .string(reason)]).bytes
            channel.writeAndFlush(channel.allocator.buffer(bytes: line)).whenComplete { _ in
                channel.close(promise: nil)
            }
            return nil
        }
        let id = subscribers.add(channel, peer)
        inboxes.open(id, resume: resume)
        identify(id, peer)
        return id
    }

    /// Finds out who it is. Only that connection waits for it.
    private func identify(_ id: Int, _ peer: Names.Peer) {
        if let identity = names.remembered(peer) { return name(id, identity) }
        guard names.wait(for: peer, id) else { return }
        let late = loop.scheduleTask(in: Names.patience) { self.assumeIsolated { $0.heard(.silent, of: peer) } }
        names.ask(peer, on: loop).whenComplete { result in
            late.cancel()
            self.assumeIsolated { $0.heard((try? result.get()) ?? .silent, of: peer) }
        }
    }

    private func heard(_ word: Names.Word, of peer: Names.Peer) {
        let (identity, trouble, waiting) = names.took(word, of: peer)
        if let trouble, !waiting.isEmpty { setup.log(trouble) }
        for id in waiting { name(id, identity) }
        guard case .named = word else { return }
        // Who has waited in vain is known by name after all.
        for id in subscribers.nameless(peer) {
            subscribers.name(id, identity, sender: access.sender(identity))
            classify(id)
        }
    }

    private func name(_ id: Int, _ identity: Names.Identity) {
        subscribers.name(id, identity, sender: access.sender(identity))
        classify(id)
        setBusy(id, false)
    }

    /// Takes a line from a connection, or `nil` for one that is too long to be read; returns whether there is room for
    /// more.
    func receive(_ line: [UInt8]?, from connection: Int) -> Bool {
        defer { scheduleTurn(forViewer: inboxes.isViewer(connection)) }
        return inboxes.put(line, in: connection) && !isEnding
    }

    /// The other end will send no more. Without a subscription it is done when its answers are out.
    func inputClosed(_ connection: Int) {
        inboxes.end(connection, isGone: false)
        leaveIfDone(connection)
    }

    /// Nobody is there any more. What events it has sent count; nobody waits for answers.
    func closed(_ connection: Int) {
        inboxes.end(connection, isGone: true)
        subscribers.leave(connection)
        goOn(with: connection)
    }
}
