import Glibc
import WarRoomCore

extension Instant {
    init(_ time: timespec) { self = Instant(seconds: Int64(time.tv_sec)) + .nanoseconds(time.tv_nsec) }
}
