import Glibc
import WarRoomCore

/// The computer's wall time; the one place of the program that asks for it.
func wallTime() -> Instant {
    let time = read(CLOCK_REALTIME)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
}

/// How long the computer has been up, asleep or awake. Nobody can set it.
func uptime() -> Duration {
    let time = read(CLOCK_BOOTTIME)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

private func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    clock_gettime(clock, &time)
    return time
}
