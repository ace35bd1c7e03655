import Glibc
import WarRoomCore

/// Wall time, which is what mtimes are compared with; the hub maps it to the bridge's (CONTRACT 3).
enum WallClock {
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(time)
    }
}

extension Instant {
    init(_ time: timespec) { self = Instant(seconds: Int64(time.tv_sec)) + .nanoseconds(time.tv_nsec) }
}
