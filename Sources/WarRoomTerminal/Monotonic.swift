import Glibc

/// Time that only ever goes on, for pacing the screen and for noticing silence. It is never shown, and never the
/// bridge's time, which the hub alone has.
enum Monotonic {
    static func now() -> Duration { read(CLOCK_MONOTONIC) }

    /// How much of the processor's time this thread has had.
    static func spent() -> Duration { read(CLOCK_THREAD_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
