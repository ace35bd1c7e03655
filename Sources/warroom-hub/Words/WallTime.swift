import Glibc
import WarRoomCore

/// The computer's wall time; the one place of the program that asks for it.
func wallTime() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
}
