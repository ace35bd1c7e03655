/// When to draw, when to look for the hub again, and until when to sleep. A value: monotonic time in, decisions out.
struct Pace: Equatable, Sendable {
    /// The time between two frames where much comes: at most 60 a second.
    static let frame = Duration.microseconds(16_667)
    /// The time after which a single change is shown all the same, so that it does not wait for a frame's time as long
    /// as changes come one by one.
    static let single = Duration.milliseconds(8)
    /// A person is not kept waiting, but by someone who leans on a key.
    static let pressed = Duration.milliseconds(4)
    /// How many times as long as a frame has kept the processor it leaves it alone: all frames together take the
    /// twentieth part of a core at most.
    static let leave = 20
    static let firstRetry = Duration.milliseconds(200)
    static let longestRetry = Duration.seconds(2)

    private var isChanged = false
    /// Whether nothing but the time has changed.
    private var isOnlyTime = false
    /// Whether a person has changed it.
    private var isPressed = false
    /// How many changes the next frame shows.
    private var changes = 0
    private var lastFrame: Duration?
    /// What one frame has cost lately, in the processor's time.
    private var cost = Duration.zero
    /// The same with all that was taken in before it.
    private var share = Duration.zero
    /// The processor's time when the last frame was drawn.
    private var lastSpent: Duration?
    /// How long the terminal let the last frame wait.
    private var waited = Duration.zero
    /// How many terminals are attached to the hub, this one among them: all share the machine.
    var sharing = 1
    private var retryAt: Duration?
    private var nextRetry = Pace.firstRetry
    private var silenceAt: Duration?

    /// Something that is shown is another than before.
    mutating func changed() {
        isChanged = true
        isOnlyTime = false
        changes += 1
    }

    /// The person has pressed a key, or the terminal has another size: that is answered at once.
    mutating func pressed() {
        changed()
        isPressed = true
    }

    /// The time has gone on.
    mutating func ticked() {
        isOnlyTime = !isChanged || isOnlyTime
        isChanged = true
    }

    /// Whether a frame is due: the first change at once, then as many frames as leave the machine to others.
    func isDue(at now: Duration) -> Bool {
        guard isChanged else { return false }
        return nextFrame.map { now >= $0 } ?? true
    }

    /// When the next frame may be drawn; `nil`: at once.
    private var nextFrame: Duration? {
        guard let lastFrame else { return nil }
        if isPressed { return lastFrame + Pace.pressed }
        // No more than a twentieth of a core for frames, and for all that it does no more than this terminal's share of
        // one. A terminal that let the last frame wait, at the end of a slow line, is left alone for as long.
        return lastFrame + max(changes > 1 ? Pace.frame : Pace.single, cost * Pace.leave, share * sharing, waited)
    }

    /// A frame was drawn: until `now`, for which the terminal let it wait so long, at a time `spent` of the processor
    /// in all, of which it cost so much itself. A tick of the clocks delays nothing: what happens right after it is
    /// drawn at once.
    mutating func drew(
        at now: Duration, waited: Duration = .zero, cost: Duration = .zero, spent: Duration = .zero
    ) {
        if !isOnlyTime {
            lastFrame = now
            self.waited = waited
            // The first picture costs more than any other, and one that is drawn whole more than most.
            if let lastSpent {
                self.cost = (self.cost * 3 + cost) / 4
                share = (share * 3 + max(spent - lastSpent, .zero)) / 4
            }
        }
        lastSpent = spent
        (isChanged, isOnlyTime, isPressed, changes) = (false, false, false, 0)
    }

    /// Whether what the hub sends is left for later: a frame is on its way that will show it, and looking at each
    /// entry as it comes costs more than taking all of them then. After so long the hub's words are taken anyway.
    func letsWait(at now: Duration) -> Bool {
        guard isChanged, !isOnlyTime, let nextFrame, let lastFrame else { return false }
        return now < nextFrame && now - lastFrame < Pace.frame
    }

    /// The hub was heard: silence is noticed that much later, if nothing more comes.
    mutating func heard(at now: Duration, silence: Duration) { silenceAt = now + silence }

    /// Whether the hub is silent and this must be drawn: when it becomes so, and every second from then on, because the
    /// picture's age is shown and no beat moves it any more.
    mutating func isSilent(at now: Duration) -> Bool {
        guard let limit = silenceAt, now > limit else { return false }
        silenceAt = now + .seconds(1)
        return true
    }

    /// The connection is gone. Tries begin soon, and then become rarer.
    mutating func lost(at now: Duration) {
        silenceAt = nil
        retryAt = now + nextRetry
        nextRetry = min(nextRetry * 2, Pace.longestRetry)
    }

    /// Whether to try to connect now.
    func mayRetry(at now: Duration) -> Bool { retryAt.map { now >= $0 } ?? false }

    /// The hub has answered: the next loss is tried at once again.
    mutating func attached() {
        retryAt = nil
        nextRetry = Pace.firstRetry
    }

    /// Connected, but nothing heard yet.
    mutating func connected() { retryAt = nil }

    /// How long there is nothing to do; `nil`: until something happens. A frame that is due is not waited for here: it
    /// is drawn as soon as the terminal takes it.
    func sleep(from now: Duration) -> Duration? {
        var until = [retryAt, silenceAt.map { $0 + .milliseconds(1) }].compactMap { $0 }
        if isChanged, let nextFrame, now < nextFrame { until.append(nextFrame) }
        return until.min().map { max($0 - now, .zero) }
    }
}
