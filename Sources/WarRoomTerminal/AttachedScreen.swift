package import WarRoomCore
package import WarRoomScreen
package import WarRoomWire

/// One screen attached to a hub: lines from the socket and keys from the terminal in, frames and events out. One thread
/// does it all, and sleeps unless something happens.
@MainActor
package final class AttachedScreen {
    /// Why a screen ended.
    package enum Ending: Equatable, Sendable {
        /// The person left, or the terminal did.
        case left
        /// The hub refuses us, or cannot be understood; a sentence says why.
        case refused(String)
        /// There was nothing to show yet, and the hub was gone or did not answer.
        case lost(HubConnectionFault)
    }

    private let terminal: CursesTerminal
    private let path: String
    /// The role that we ask to be no more than; `nil`: all that we may be.
    private let role: String?
    private var connection: HubConnection?
    private var attachment = Attachment()
    /// The last whole bridge, kept while a new one is on its way; else none.
    private var kept: [Bridge] = []
    private var picture: Bridge? { attachment.bridge ?? kept.first }
    /// Whether there is anything to show. A bridge is large, so nobody takes a copy of it only to know.
    private var hasPicture: Bool { attachment.hasBridge || !kept.isEmpty }
    private var outbox = Outbox()
    private var pace = Pace()
    private var view: ViewState
    /// What the person is looking at, by which keys have their meaning.
    private var sight: Sight?
    /// What the terminal shows: unlike ``sight``, without what keys have changed since.
    private var drawn: Sight?
    /// The last picture drawn as a whole. Keys and clicks ask it what stands where.
    private var seen: Picture?
    /// Bridge time at which the connection was lost.
    private var lostSince: Instant?
    /// How often in a row the bridge could not be kept in step.
    private var misfits = 0
    private var ending: Ending?
    /// Since when the first picture is waited for.
    private var waitsSince = Monotonic.now()
    /// After so long the screen says what it waits for.
    private static let quietWait = Duration.seconds(1)
    private var theme: ThemeSource
    /// Whether the terminal's ground is dark or light, as far as is known.
    private var shade: Shade
    /// When the theme's file was last looked at.
    private var lookedAt = Duration.zero

    /// A screen on a terminal and a connection. ``subscription(as:)`` has been sent already, so that the hub answers
    /// while the terminal is being taken.
    package init(
        _ terminal: CursesTerminal, theme: ThemeSource, shade: Shade, connection: HubConnection, path: String,
        role: String?,
        view: ViewState = ViewState()
    ) {
        self.terminal = terminal
        self.theme = theme
        self.shade = shade
        self.connection = connection
        self.path = path
        self.role = role
        self.view = view
    }

    /// The line that a screen sends to the hub first; `role` can only lessen what the connection may do.
    package static func subscription(as role: String?) -> JSON { Requests.subscribe(as: role) }

    /// Runs until the person leaves, the terminal is gone or the hub refuses us. Returns which of these it was.
    package func run() -> Ending {
        while ending == nil {
            var now = Monotonic.now()
            let isDue = hasPicture ? pace.isDue(at: now) : now - waitsSince > Self.quietWait
            // An answer is taken as soon as it is there, or it would be told after what the person does next.
            let hasTime = pace.letsWait(at: now) && outbox.waiting.isEmpty
            let happened = terminal.wait(
                feed: hasTime ? nil : connection?.descriptor, feedRoom: connection?.wantsWrite ?? false, room: isDue,
                for: sleep(from: now), from: now)
            if happened.contains(.leave) { return .left }
            now = Monotonic.now()
            if happened.contains(.stop) { suspend(group: false) }
            if happened.contains(.continued) {
                terminal.repaint()
                pace.changed()
            }
            if happened.contains(.resized) {
                terminal.resized()
                pace.pressed()
            }
            for key in terminal.keys(areThere: happened.contains(.keys), at: now) { press(key, at: now) }
            if let shade = terminal.newShade() { follow(shade) }
            if happened.contains(.feedRoom) {
                attempt(at: now) { (connection) throws(HubConnectionFault) in try connection.flush() }
            }
            if happened.contains(.feed) { receive(at: now) }
            lookAtTheme(at: now)
            if pace.mayRetry(at: now) { reconnect(at: now) }
            if pace.isSilent(at: now) { pace.ticked() }
            if isDue, happened.contains(.room) { draw(at: now) }
            giveUpWaiting(at: now)
        }
        return ending ?? .left
    }

    /// How long there is nothing to do; `nil`: until something happens.
    private func sleep(from now: Duration) -> Duration? {
        guard !hasPicture else { return pace.sleep(from: now) }
        // What the terminal shows meanwhile is drawn as soon as it takes it.
        let next = now - waitsSince > Self.quietWait ? HubConnection.patience : Self.quietWait
        return min(pace.sleep(from: now) ?? .seconds(3600), max(waitsSince + next - now, .zero) + .milliseconds(1))
    }

    /// Ends where the hub is there and shows nothing.
    private func giveUpWaiting(at now: Duration) {
        guard !hasPicture, ending == nil, now - waitsSince > HubConnection.patience else { return }
        let seconds = HubConnection.patience.components.seconds
        ending = .lost(
            .noHub("the hub at \(path) does not answer, for \(seconds) s; see 'hub.log' in the state folder"))
    }

    // MARK: The hub

    private func receive(at now: Duration) {
        var lines: [HubLine] = []
        attempt(at: now) { (connection) throws(HubConnectionFault) in lines = try connection.receive() }
        for line in lines {
            if case .hello(let hello) = line, !greet(hello, at: now) { return }
            if case .bridge = line { waitsSince = now }
            for news in attachment.take(line, monotonic: now) where !take(news, at: now) { return }
        }
    }

    /// Takes the hub's greeting; false where its bridge is not ours, so that everything must be asked for anew.
    private func greet(_ hello: Hello, at now: Duration) -> Bool {
        pace.attached()
        pace.heard(at: now, silence: Attachment.silenceLimit)
        guard let last = attachment.hello, let bridge = attachment.bridge else { return true }
        if last.bridge == hello.bridge, hello.entry >= bridge.entry {
            if hello.entry == bridge.entry { caughtUp() }
            return true
        }
        // It is another night, or a journal that was started anew. What was under way belonged to the other one.
        for _ in 0..<outbox.giveUp() {
            Screen.answered(&view, ok: false, error: "the hub serves another journal now")
        }
        startAnew(at: now)
        return false
    }

    /// Takes what a line meant; false where the lines behind it are of no use any more.
    private func take(_ news: AttachmentNews, at now: Duration) -> Bool {
        switch news {
        case .opened:
            misfits = 0
            caughtUp()
        case .entry(let entry):
            if view.showsHistory, let runbook = picture?.runbook {
                Screen.heard(&view, entry: entry, runbook: runbook)
            }
            caughtUp()
        case .beat:
            lostSince = nil
            pace.sharing = attachment.attached
            pace.heard(at: now, silence: Attachment.silenceLimit)
            pace.ticked()
        case .answer(let answer): take(answer)
        case .history(let subject, let entries):
            guard let runbook = picture?.runbook else { break }
            let lines = entries.map { FeedLine($0, runbook: runbook) }
            Screen.gotHistory(&view, subject: subject, lines: lines)
            pace.changed()
        case .outOfStep(let reason):
            misfits += 1
            if misfits > 2 {
                ending = .refused(reason)
            } else {
                startAnew(at: now)
            }
            return false
        case .cut: break  // The end of the connection follows, and after it another try.
        }
        return true
    }

    private func caughtUp() {
        kept = []
        lostSince = nil
        pace.changed()
    }

    private func take(_ answer: Answer) {
        if outbox.take(answer.id) {
            Screen.answered(&view, ok: answer.ok, error: answer.error)
        } else if !answer.ok, !hasPicture {
            ending = .refused(answer.error ?? "the hub refused this screen")
        }
        pace.changed()
    }

    /// Does something with the connection, which is given up where that fails.
    private func attempt(
        at now: Duration, _ action: (HubConnection) throws(HubConnectionFault) -> Void
    ) {
        guard let connection else { return }
        do throws(HubConnectionFault) { try action(connection) } catch { lose(error, at: now) }
    }

    private func lose(_ fault: HubConnectionFault = .closed, at now: Duration) {
        connection = nil
        if !hasPicture, misfits == 0 { ending = .lost(fault) }
        if hasPicture, case .broken(let sentence) = fault { Screen.tell(&view, sentence, isTrouble: true) }
        if hasPicture, lostSince == nil { lostSince = attachment.now(monotonic: now) }
        pace.lost(at: now)
        pace.changed()
    }

    private func startAnew(at now: Duration) {
        lose(at: now)
        kept = picture.map { [$0] } ?? []
        attachment = Attachment()
    }

    private func reconnect(at now: Duration) {
        guard let connection = try? HubConnection(path: path, patience: .zero) else {
            pace.lost(at: now)
            pace.ticked()
            return
        }
        self.connection = connection
        pace.connected()
        let from = attachment.bridge.map { $0.entry + 1 }
        attempt(at: now) { (connection) throws(HubConnectionFault) in
            try connection.send(Requests.subscribe(from: from, as: role))
            // Nobody knows whether these had arrived, and the hub takes the same id once.
            for (_, event) in outbox.waiting { try connection.send(event) }
        }
    }

    // MARK: The person

    private func press(_ key: Key, at now: Duration) {
        guard let shown = sight else {
            // Nothing is shown yet, so a key can only leave.
            if key == .character("q") || key == .control("c") { ending = .left }
            return
        }
        let intents = Screen.press(key, &view, sight: shown, size: terminal.size, on: seen)
        sight?.view = view
        pace.pressed()
        for intent in intents {
            switch intent {
            case .send(let proposal): send(proposal, at: now)
            case .history(let subject):
                attempt(at: now) { (connection) throws(HubConnectionFault) in
                    try connection.send(Requests.history(subject: subject))
                }
            case .quit: ending = .left
            case .suspend: suspend(group: true)
            case .redraw: terminal.repaint()
            case .theme(let wanted): use(wanted)
            }
        }
    }

    private func send(_ proposal: Proposal, at now: Duration) {
        if isReadOnly { return Screen.answered(&view, ok: false, error: "this screen only shows") }
        // By the time such an event arrived, things might not be as they were when it was meant.
        if connection == nil || lostSince != nil || attachment.silentSince(monotonic: now) != nil {
            return Screen.answered(&view, ok: false, error: "the hub is silent")
        }
        let event = outbox.add(proposal, user: user)
        attempt(at: now) { (connection) throws(HubConnectionFault) in try connection.send(event) }
    }

    private func suspend(group: Bool) {
        terminal.suspend(group: group)
        pace.changed()
    }

    // MARK: The theme

    /// Looks at the theme's file once a second at most, and only when something else has woken us, as each beat does.
    private func lookAtTheme(at now: Duration) {
        guard now - lookedAt >= .milliseconds(900) else { return }
        lookedAt = now
        guard let news = theme.news() else { return }
        switch news {
        case .success(let look): show(look, of: theme)
        case .failure(let trouble): Screen.tell(&view, trouble.sentence, isTrouble: true)
        }
        pace.changed()
    }

    /// Uses another theme, as the person asks. The old one stays where there is no such theme.
    private func use(_ wanted: String) {
        var other = ThemeSource(wanted, on: shade)
        do throws(ThemeSource.Trouble) {
            let look = try other.load()
            theme = other
            terminal.follow(other.follows)
            let isPlain = !terminal.hasColours && !look.isColourless
            Screen.tell(
                &view,
                isPlain ? "this terminal shows no colours: \(wanted) would look as monochrome does" : "theme \(wanted)")
            show(look, of: other)
        } catch { Screen.tell(&view, error.sentence, isTrouble: true) }
    }

    /// Takes what the terminal says of its ground.
    private func follow(_ shade: Shade) {
        self.shade = shade
        guard theme.follow(shade) else { return }
        do throws(ThemeSource.Trouble) { show(try theme.load(), of: theme) } catch {
            if let look = Theme.named(shade.theme) { terminal.use(look) }
            Screen.tell(&view, error.sentence, isTrouble: true)
        }
        pace.pressed()
    }

    /// Uses a theme that was read from there, and says what of it was left out.
    private func show(_ look: Theme, of source: ThemeSource) {
        terminal.use(look)
        if let notice = source.notice(of: look) { Screen.tell(&view, notice, isTrouble: true) }
    }

    private var user: String { attachment.hello?.user ?? EventID.localUser }

    private var isReadOnly: Bool {
        let roles = attachment.hello?.roles ?? []
        // The night may give a viewer a role while the screen is open.
        if role == nil, picture?.hasActing(user) ?? false { return false }
        return role == Role.viewer.text || !roles.isEmpty && roles.allSatisfy { $0 == Role.viewer.text }
    }

    // MARK: The frame

    private func draw(at now: Duration) {
        guard let picture else {
            // A later picture is compared with nothing, and drawn whole.
            return terminal.show(Screen.notice("waiting for the hub at \(path)", size: terminal.size, terminal.glyphs))
        }
        let spent = Monotonic.spent()
        let vitals = Vitals(
            confirmed: attachment.confirmed, hubSilentSince: lostSince ?? attachment.silentSince(monotonic: now),
            mode: attachment.hello?.mode ?? (picture.isRehearsal ? "rehearsal" : "live"),
            user: attachment.hello?.user ?? "", isReadOnly: isReadOnly, unacknowledged: outbox.waiting.count)
        let known = sight?.situation
        let moment =
            (attachment.hello == nil ? known?.now ?? lostSince : attachment.now(monotonic: now))
            ?? picture.lastReceivedAt ?? .distantPast
        let isSame = known.map { $0.isOf(picture, attachment.troubles) } ?? false
        let situation = isSame ? known?.advanced(to: moment) : nil
        let sight = Sight(
            situation: situation ?? Situation(picture, now: moment, told: attachment.troubles, after: known),
            vitals: vitals, view: view, glyphs: terminal.glyphs)
        if let last = drawn, let shown = terminal.shown, let ticked = Screen.tick(shown, from: last, to: sight) {
            terminal.show(ticked, rows: ticked.tickingRows)
        } else {
            let picture = Screen.picture(of: sight, size: terminal.size, after: seen)
            terminal.show(picture.canvas)
            seen = picture
        }
        self.sight = sight
        drawn = sight
        // What a frame takes longer than the processor is kept by it, the terminal has kept it waiting.
        let (end, all) = (Monotonic.now(), Monotonic.spent())
        pace.drew(at: end, waited: max(end - now - (all - spent), .zero), cost: all - spent, spent: all)
    }
}
