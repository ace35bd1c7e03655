import Glibc
import Synchronization
import Testing
import WarRoomCore
import WarRoomSystem

@testable import WarRoomSources

/// Somebody's service: answers each caller with the same script on a thread.
final class TestService: Sendable {
    enum Act: Sendable {
        case hear
        case say(String)
        case pause, leave
    }

    let folder = TemporaryFolder()
    var address: String { folder["s.sock"] }
    private let heard = Mutex("")
    private let listener: Int32

    init(_ acts: [Act], isListening: Bool = true) {
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard var name = UnixAddress(folder["s.sock"]) else { return }
        _ = name.withPointer { bind(listener, $0, $1) }
        guard isListening else { return }
        listen(listener, 8)
        onThread { [self] in
            while case let caller = accept(listener, nil, nil), caller >= 0 { serve(caller, acts) }
            // The thread that accepts closes it. By the time another one did, the number could be another test's
            // socket.
            close(listener)
        }
    }

    var lastHeard: String { heard.withLock { $0 } }

    func end() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve(_ caller: Int32, _ acts: [Act]) {
        defer { close(caller) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        for act in acts {
            switch act {
            case .hear:
                let count = read(caller, &buffer, buffer.count)
                if count > 0 { heard.withLock { $0 = String(decoding: buffer[..<count], as: UTF8.self) } }
            case .say(let text):
                let bytes = Array(text.utf8)
                _ = bytes.withUnsafeBytes { send(caller, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            case .pause:
                // It waits until the caller gives up.
                var entry = pollfd(fd: caller, events: 0, revents: 0)
                poll(&entry, 1, 5000)
            case .leave: return
            }
        }
    }
}

@Suite struct SocketSourceTests {
    let event = #"{"type":"warroom.server","subject":"IC-Web1","data":{"reach":"ok"}}"#

    private func look(
        _ service: TestService, send: String? = nil, timeout: Duration = .seconds(2)
    ) -> Result<Look, SourceFault> {
        var source = SocketSource(address: service.address, send: send, timeout: timeout, wall: now)
        defer { service.end() }
        let start = ContinuousClock.now
        defer { #expect(ContinuousClock.now - start < timeout + .seconds(1)) }
        return source.tryLook()
    }

    private func reason(_ result: Result<Look, SourceFault>, _ service: TestService) -> String {
        guard case .failure(let fault) = result else { return "no fault" }
        #expect(!fault.isAbsent)
        return fault.reason.replacing(service.address, with: "S")
    }

    @Test func `a service is asked and its lines are events`() throws {
        let service = TestService([.hear, .say("\(event)\n[\(event),\(event)]\r\n\n")])
        let before = now()
        let look = try look(service, send: "show state").get()
        #expect(service.lastHeard == "show state\n")
        #expect(look.findings.count == 3)
        #expect(Set(look.findings.map(\.fallbackID)).count == 3)
        #expect(look.findings.allSatisfy { $0.wallTime == look.asOf })
        #expect(try #require(look.asOf) >= before)
        #expect(look.trouble == nil)
    }

    @Test func `an answer that comes in pieces is put together`() throws {
        let service = TestService([.say(String(event.prefix(10))), .say(String(event.dropFirst(10))), .say("\n")])
        #expect(try look(service).get().findings.map(\.event) == [try JSON(parsing: event)])
    }

    @Test func `a last line without a newline counts when it is whole`() throws {
        #expect(try look(TestService([.say(event)])).get().findings.count == 1)
    }

    @Test func `an empty array is a good answer`() throws {
        let look = try look(TestService([.say("[]\n")])).get()
        #expect(look.findings.isEmpty)
        #expect(look.asOf != nil)
    }

    @Test func `a service that keeps the line open is believed when it falls silent`() throws {
        #expect(try look(TestService([.say(event + "\n"), .pause])).get().findings.count == 1)
    }

    @Test func `a service that leaves without listening is believed`() throws {
        #expect(try look(TestService([.say(event + "\n"), .leave]), send: "hello").get().findings.count == 1)
    }

    @Test func `a service that hangs is a fault in time`() {
        let service = TestService([.hear, .pause])
        let result = look(service, send: "x", timeout: .milliseconds(400))
        #expect(reason(result, service) == "S gives no answer within 400ms")
    }

    @Test func `half a line is a fault whether the line stays open or not`() {
        let open = TestService([.say(String(event.dropLast(5))), .pause])
        let result = look(open, timeout: .milliseconds(400))
        #expect(reason(result, open) == "S stops in the middle of a line for 400ms")
        let closed = TestService([.say(event + "\n" + event.dropLast(5))])
        #expect(reason(look(closed), closed) == "S closed in the middle of line 2")
    }

    @Test func `garbage is a fault`() {
        let service = TestService([.say("\(event)\nUnknown command\n")])
        let expected = "S: line 2 of the answer is not valid JSON at byte 0: a value was expected"
        #expect(reason(look(service), service) == expected)
        let scalar = TestService([.say("3\n")])
        #expect(reason(look(scalar), scalar) == "S: line 1 of the answer is no event")
        let silent = TestService([.leave])
        #expect(reason(look(silent), silent) == "S closed without an answer")
    }

    @Test func `an endless answer is a fault`() {
        let service = TestService([.say(String(repeating: event + "\n", count: 20_000)), .pause])
        #expect(reason(look(service), service) == "S answers with more than 1 MB")
    }

    @Test func `a socket that nobody listens on is refused`() {
        let service = TestService([], isListening: false)
        #expect(reason(look(service), service) == "nobody listens on S")
    }

    @Test func `a socket is absent, there, and gone`() throws {
        let service = TestService([.say("[]\n")])
        let parked = service.folder["parked.sock"]
        rename(service.address, parked)
        var source = SocketSource(address: service.address, send: nil, timeout: .milliseconds(400), wall: now)
        #expect(
            source.tryLook() == .failure(SourceFault("the socket \(service.address) is not there", isAbsent: true)))
        rename(parked, service.address)
        _ = try source.look()
        unlink(service.address)
        #expect(source.tryLook() == .failure(SourceFault("the socket \(service.address) is gone")))
        service.end()
    }

    @Test func `a full queue of callers is waited for, but not for ever`() {
        let service = TestService([], isListening: false)
        let listener = SocketQueue(service.address)
        defer { listener.end() }
        var source = SocketSource(address: service.folder["q.sock"], send: nil, timeout: .milliseconds(300), wall: now)
        guard case .failure(let fault) = source.tryLook() else {
            Issue.record("connected")
            return
        }
        #expect(fault.reason == "\(service.folder["q.sock"]) takes no connection within 300ms")
        service.end()
    }

    @Test func `an address that no socket can have is a fault`() {
        var source = SocketSource(
            address: "/" + String(repeating: "x", count: 200), send: nil, timeout: .seconds(1), wall: now)
        guard case .failure(let fault) = source.tryLook() else {
            Issue.record("connected")
            return
        }
        #expect(fault.reason.hasSuffix("is longer than the 107 bytes that a socket may have"))
    }
}

/// A socket beside `address` whose queue is full and never served.
private final class SocketQueue {
    private var descriptors: [Int32] = []

    init(_ address: String) {
        let path = address.replacing("s.sock", with: "q.sock")
        guard var name = UnixAddress(path) else { return }
        for place in 0..<3 {
            let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue)
            let descriptor = socket(AF_UNIX, kind, 0)
            descriptors.append(descriptor)
            _ = name.withPointer { place == 0 ? bind(descriptor, $0, $1) : connect(descriptor, $0, $1) }
            if place == 0 { listen(descriptor, 0) }
        }
    }

    func end() { for descriptor in descriptors { close(descriptor) } }
}
