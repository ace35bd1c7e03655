import Glibc

/// Time that only ever goes on, for pacing the screen and for noticing silence; never shown, and never the bridge's
/// time, which is the hub's alone (rule 7).
enum Monotonic {
    static func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
