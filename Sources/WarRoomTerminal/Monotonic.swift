import Glibc

/// Time that only ever goes on, for pacing the screen and for noticing silence. It is never shown, and never the
/// bridge's time, which the hub alone has.
enum Monotonic {
    static func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
