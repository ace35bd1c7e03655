/// When to draw, when to look for the hub again, and until when to sleep. A value: monotonic time in, decisions out.
struct Pace: Equatable, Sendable {
    /// The shortest time between two frames: at most 30 a second.
    static let frame = Duration.milliseconds(33)
    static let firstRetry = Duration.milliseconds(200)
    static let longestRetry = Duration.seconds(2)

    private var isChanged = false
    /// Whether nothing but the time has changed.
    private var isOnlyTime = false
    private var lastFrame: Duration?
    private var retryAt: Duration?
    private var nextRetry = Pace.firstRetry
    private var silenceAt: Duration?

    /// Something that is shown is another than before.
    mutating func changed() {
        isChanged = true
        isOnlyTime = false
    }

    /// The time has gone on.
    mutating func ticked() {
        isOnlyTime = !isChanged || isOnlyTime
        isChanged = true
    }

    /// Whether a frame is due: the first change at once, then no sooner than a frame after the last one.
    func isDue(at now: Duration) -> Bool {
        guard isChanged else { return false }
        return lastFrame.map { now - $0 >= Pace.frame } ?? true
    }

    /// A frame was drawn. A tick of the clocks delays nothing: what happens right after it is drawn at once.
    mutating func drew(at now: Duration) {
        if !isOnlyTime { lastFrame = now }
        isChanged = false
        isOnlyTime = false
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
        if isChanged, let lastFrame, now - lastFrame < Pace.frame { until.append(lastFrame + Pace.frame) }
        return until.min().map { max($0 - now, .zero) }
    }
}
