import Glibc
import NIOCore
import NIOPosix
import WarRoomCore

/// Asks the name service who somebody is, on threads of its own: it may take seconds, or never answer, and then only
/// those wait whom it does not name. What it has said is remembered for a while, and for the night where it falls
/// silent.
struct Names {
    /// Who somebody is for the name service.
    struct Identity: Sendable, Hashable {
        let uid: UInt32
        let user: String
        /// The names of the groups in which the user is.
        let groups: Set<String>
    }

    /// What the name service says.
    enum Word: Sendable, Hashable {
        case named(Identity)
        /// There is no such user.
        case unknown
        /// It gives no answer, or none in time.
        case silent
    }

    /// A user and group as the kernel named them when a connection was made.
    struct Peer: Hashable, Sendable {
        let uid: UInt32
        let gid: UInt32
    }

    /// How long the name service is waited for.
    static let patience = TimeAmount.seconds(2)
    /// For how long its word holds without being asked again.
    private static let memory = TimeAmount.seconds(60)

    private struct Known {
        let identity: Identity
        let at: NIODeadline
    }

    private let threads = NIOThreadPool(numberOfThreads: 4)
    private var known: [Peer: Known] = [:]
    /// The connections that wait to know who somebody is.
    private var waiting: [Peer: [Int]] = [:]

    /// Who started the hub, whose name needs no asking.
    private let starter: (uid: UInt32, user: String)

    init(starter: (uid: UInt32, user: String)) {
        self.starter = starter
        threads.start()
    }

    /// What is known of somebody without asking.
    func remembered(_ peer: Peer, now: NIODeadline = .now()) -> Identity? {
        known[peer].flatMap { now - $0.at < Names.memory ? $0.identity : nil }
    }

    /// Takes note of who waits; returns whether the name service is to be asked, because nobody has yet.
    mutating func wait(for peer: Peer, _ connection: Int) -> Bool {
        waiting[peer, default: []].append(connection)
        return waiting[peer]!.count == 1
    }

    /// Asks the name service.
    func ask(_ peer: Peer, on loop: any EventLoop) -> EventLoopFuture<Word> {
        threads.runIfActive(eventLoop: loop) { Names.word(on: peer) }
    }

    /// Takes its word; returns who somebody is for us, what is wrong with the name service, and who has waited. Where
    /// it has no word in time, what it said before holds, and else the number is all that is known.
    mutating func took(
        _ word: Word, of peer: Peer, now: NIODeadline = .now()
    ) -> (identity: Identity, trouble: String?, waiting: [Int]) {
        let name = peer.uid == starter.uid ? starter.user : String(peer.uid)
        let bare = Identity(uid: peer.uid, user: name, groups: [])
        let held = known[peer]?.identity
        let answer: Identity
        var trouble: String?
        switch word {
        case .named(let identity): answer = identity
        case .unknown where held == nil || held == bare: answer = bare
        case .unknown, .silent:
            answer = held ?? bare
            let what = word == .silent ? "does not answer for" : "does not know any more"
            trouble =
                "the name service \(what) the user \(peer.uid): "
                + (held.map { "\($0.user) keeps tonight's roles" } ?? "a viewer without a name")
        }
        if trouble == nil { known[peer] = Known(identity: answer, at: now) }
        return (answer, trouble, waiting.removeValue(forKey: peer) ?? [])
    }

    func shutDown() { threads.shutdownGracefully { _ in } }

    // MARK: The name service

    /// The name of a user, or its number where it has none. It may take long.
    static func user(_ uid: UInt32) -> String {
        if case .named(let identity) = word(on: Peer(uid: uid, gid: 0)) { identity.user } else { String(uid) }
    }

    private static func word(on peer: Peer) -> Word {
        let user: String
        switch look(for: { (buffer, size) in
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            let code = getpwuid_r(peer.uid, &entry, buffer, size, &found)
            return (code, found.map { String(cString: $0.pointee.pw_name) })
        }) {
        case .success(let name?): user = name
        case .success(nil): return .unknown
        case .failure: return .silent
        }
        var count: Int32 = 64
        var groups = [gid_t](repeating: 0, count: Int(count))
        if getgrouplist(user, peer.gid, &groups, &count) < 0 {
            groups = [gid_t](repeating: 0, count: Int(max(count, 0)))
            _ = getgrouplist(user, peer.gid, &groups, &count)
        }
        var names: Set<String> = []
        for gid in groups.prefix(Int(max(count, 0))) {
            let name = look(for: { (buffer, size) in
                var entry = group()
                var found: UnsafeMutablePointer<group>?
                let code = getgrgid_r(gid, &entry, buffer, size, &found)
                return (code, found.map { String(cString: $0.pointee.gr_name) })
            })
            guard case .success(let name) = name else { return .silent }
            if let name { names.insert(name) }
        }
        return .named(Identity(uid: peer.uid, user: user, groups: names))
    }

    private struct Failed: Error {}

    /// Looks a name up with a buffer that grows as long as it is too small; `nil`: there is none.
    private static func look(
        for look: (UnsafeMutablePointer<CChar>, Int) -> (code: Int32, name: String?)
    ) -> Result<String?, Failed> {
        var size = 4_096
        while size <= 1 << 20 {
            let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: size)
            defer { buffer.deallocate() }
            let (code, name) = look(buffer, size)
            switch code {
            // Some services say so where there is no such name (getpwnam(3), ERRORS).
            case 0, ENOENT, ESRCH, EBADF, EPERM: return .success(name)
            case ERANGE: size *= 4
            case EINTR: continue
            default: return .failure(Failed())
            }
        }
        return .failure(Failed())
    }
}
