import OrderedCollections
import WarRoomCore
import WarRoomRunbook

extension SpokenMoment {
    static let all = agreed + evening + morning + changes + end + hub

    private static let september = "2025-09-14"
    private static let signed: @Sendable (inout Runbook) -> Void = {
        $0.sign = [.approver("Release Manager Approver Persona")]
    }
    private static let pool = "IC-Web4 dropped out of the Internal LB"

    /// The eight that were agreed word for word.
    private static let agreed: [SpokenMoment] = [
        SpokenMoment(
            name: "before live", date: "2025-11-09", at: "Sat 18:50", state: .act,
            says: "lead1 must settle 9 step times before the night can start; the first is Pre-Maintenance.",
            headline: "Settle 9 step times", on: "lead1"
        ) { _ in },
        SpokenMoment(
            name: "ruled, not live", date: "2025-11-09", at: "Sat 19:35", state: .act,
            says: "Not live yet: lead1 must go live. Then Platform Team starts Pre-Maintenance, 35 min late.",
            headline: "Go live", on: "lead1"
        ) { try $0.ruled() },
        SpokenMoment(
            name: "Sat 22:40", at: "Sat 22:40", state: .running,
            says: "Patching IC-Web1-5: 3 of 5 installed, 25 min in (Platform Team). Nothing is blocked.",
            headline: "Patching Web1-5: 3 of 5"
        ) { try $0.threeOfFive() },
        SpokenMoment(
            name: "Sun 04:31", sample: september, at: "Sun 04:31", state: .act,
            says: "\(pool) 38 min ago. Somebody must put it back (nobody is assigned); patching Web6-10 cannot start "
                + "until then.",
            headline: "Put IC-Web4 back in the Internal LB", on: "nobody is assigned"
        ) { try $0.dropped() },
        SpokenMoment(
            name: "Sun 06:02", at: "Sun 06:02", state: .running,
            says: "Patching Web6-10: 2 of 5 installed. IC-Web8 is disputed: one source says up, one says unreachable; "
                + "the lead must decide.",
            headline: "Patching Web6-10: 2 of 5", on: "lead1",
            strip: "IC-Web8 is disputed: one source says up, one says unreachable; the lead must decide"
        ) { try $0.twoOfFive(isDisputed: true) },
        SpokenMoment(
            name: "Sun 08:45", at: "Sun 08:45", state: .blocked,
            says:
                "Smoke 2 failed (1 of 32: Biller Portal PayPal). Regression cannot start until Payments Team reruns it "
                + "clean.",
            headline: "Smoke 2 failed, 1 of 32 tests", on: "Payments Team"
        ) { try $0.smokeTwo(failed: ["Biller.Portal.PayPal"]) },
        SpokenMoment(
            name: "Sun 10:30", sample: september, at: "Sun 10:30", state: .act,
            says:
                "All steps but the finish message are done. It waits for Pingdom: the lead must have it ended, "
                + "or leave "
                + "it as it is.",
            headline: "End Pingdom, or leave it", on: "lead1"
        ) { try $0.finished() },
        SpokenMoment(
            name: "Mon 09:10 EST", sample: september, at: "Mon 09:10 EST", state: .act,
            says:
                "Work is finished, but Pingdom for MCC Biller Portal is still paused, now 1 d 4 h. Somebody "
                + "must end it "
                + "(nobody is assigned).",
            headline: "End Pingdom", on: "nobody is assigned"
        ) { night in
            try night.finished()
            try night.done("Sun 10:40", "finish-message")
            try night.answered()
        },
    ]

    private static let evening: [SpokenMoment] = [
        SpokenMoment(
            name: "one pair is open", date: "2025-11-09", at: "Sat 19:35", state: .act,
            says: "lead1 must settle 1 step time before the night can start: Smoke 2.",
            headline: "Settle 1 step time", on: "lead1"
        ) { try $0.ruled(but: "pair/smoke-2") },
        SpokenMoment(
            name: "not signed", change: signed, at: "Sat 18:50", state: .act,
            says: "Release Manager Approver Persona must sign the runbook before the night can start.",
            headline: "Sign the runbook", on: "Release Manager Approver Persona"
        ) { _ in },
        SpokenMoment(
            name: "opened", at: "Sat 18:50", state: .quiet,
            says: "Nobody has to do anything until Pre-Maintenance, at Sat 19:00 / Sun 04:30.",
            headline: "Nothing to do until 19:00 / 04:30"
        ) { _ in },
        SpokenMoment(
            name: "the first step is due", at: "Sat 19:00", state: .act,
            says: "Platform Team must start Pre-Maintenance, due now.", headline: "Start Pre-Maintenance",
            on: "Platform Team"
        ) { _ in },
        SpokenMoment(
            name: "a stage runs", at: "Sat 19:05", state: .running,
            says: "Pre-Maintenance is running, 4 min in (Platform Team). Nothing is blocked.",
            headline: "Pre-Maintenance is running"
        ) { try $0.started("Sat 19:00:20", "reschedule-jobs") },
        SpokenMoment(
            name: "two backups run", at: "Sat 19:30", state: .running,
            says:
                "Backups: 0 of 3 done; backing up working files off the servers and 1 more run, 15 min in. Nothing is "
                + "blocked.",
            headline: "Backups: 0 of 3 done"
        ) { night in
            try night.done("Sat 19:06", "reschedule-jobs")
            try night.started("Sat 19:15", "backup-working-files", "backup-databases")
        },
        SpokenMoment(
            name: "the wave is late, and nobody has begun", at: "Sat 22:12", state: .act,
            says: "Platform Team must patch IC-Web1-5, 12 min late.", headline: "Patch IC-Web1-5", on: "Platform Team"
        ) { try $0.prepared() },
        SpokenMoment(
            name: "the wave is late, and nobody is named", sample: september, at: "Sat 22:12", state: .act,
            says: "Somebody must patch IC-Web1-5, 12 min late (nobody is assigned).", headline: "Patch IC-Web1-5",
            on: "nobody is assigned"
        ) { try $0.prepared() },
        SpokenMoment(
            name: "nothing was begun for three hours", at: "Sat 22:12", state: .act,
            says: "Platform Team must start Pre-Maintenance, 3 h 12 late; backing up working files off the servers "
                + "cannot start until then.",
            headline: "Start Pre-Maintenance", on: "Platform Team"
        ) { _ in },
        SpokenMoment(
            name: "patching takes longer", at: "Sat 23:25", state: .running,
            says:
                "Patching IC-Web1-5: 3 of 5 installed, 1 h 10 in (Platform Team). It is 25 min late: Platform "
                + "Team must "
                + "say when it ends.",
            headline: "Patching Web1-5: 3 of 5", on: "Platform Team"
        ) { try $0.threeOfFive() },
        SpokenMoment(
            name: "between two steps of the wave", at: "Sat 22:54", state: .running,
            says: "Patching IC-Web1-5: 5 of 5 installed, 53 min in. Next is checking Web1-5 (Platform Team).",
            headline: "Patching Web1-5: 5 of 5"
        ) { try $0.installed() },
        SpokenMoment(
            name: "nobody goes on with the wave", at: "Sat 23:02", state: .act,
            says: "Platform Team must check IC-Web1-5, ready for 10 min.", headline: "Check IC-Web1-5",
            on: "Platform Team"
        ) { try $0.installed() },
        SpokenMoment(
            name: "sanity checks", at: "Sat 23:00", state: .running,
            says: "Checking IC-Web1-5: 2 of 5 passed, 7 min in (Platform Team). Nothing is blocked.",
            headline: "Checking Web1-5: 2 of 5"
        ) { night in
            try night.installed()
            try night.started("Sat 22:53", "web1-5-sanity")
            try night.servers("Sat 22:58", ["IC-Web1", "IC-Web2"], #"{"verify":"passed"}"#, by: "patch-web")
        },
        SpokenMoment(
            name: "a wave is held while it is patched", at: "Sat 22:44", state: .running,
            says:
                "Patching Web1-5: 3 of 5 installed. IC-Web1-5 is held by ana for 5 min: the driver is missing; "
                + "the lead "
                + "must say when it goes on.",
            headline: "Patching Web1-5: 3 of 5", on: "lead1",
            strip: "IC-Web1-5 is held by ana for 5 min: the driver is missing; the lead must say when it goes on"
        ) { night in
            try night.threeOfFive()
            try night.take(
                "Sat 22:39", "hold", "wave/web1-5", #"{"state":"held","reason":"the driver is missing"}"#, by: "ana")
        },
        SpokenMoment(
            name: "a wave is held before it begins", at: "Sat 21:44", state: .act,
            says:
                "IC-Web1-5 is held by ana for 5 min: the driver is missing. The lead must say when it goes on; Smoke 1 "
                + "cannot start until then.",
            headline: "Let IC-Web1-5 go on, or not", on: "lead1"
        ) { night in
            try night.prepared()
            try night.take(
                "Sat 21:39", "hold", "wave/web1-5", #"{"state":"held","reason":"the driver is missing"}"#, by: "ana")
        },
        SpokenMoment(
            name: "batch closes run", at: "Sat 23:35", state: .quiet,
            says:
                "Nobody has to do anything until Smoke 1, at Sun 02:00 / Sun 11:30. Batch closes run until Sun 00:30 / "
                + "Sun 10:00: start nothing before.",
            headline: "Nothing to do until 02:00 / 11:30"
        ) { try $0.firstWave() },
        SpokenMoment(
            name: "two batch closes failed", at: "Sat 23:40", state: .act,
            says:
                "2 batch closes failed. Payments Team must rerun them in the slot at Sat 23:45 / Sun 09:15, in 5 min.",
            headline: "Rerun 2 batch closes", on: "Payments Team"
        ) { try $0.batchFailed("A", "B") },
        SpokenMoment(
            name: "a slot was missed", at: "Sat 23:50", state: .act,
            says: "1 batch close failed, and the slot at Sat 23:45 / Sun 09:15 was missed. Payments Team must engage "
                + "Integrations & CS.",
            headline: "Engage Integrations & CS", on: "Payments Team"
        ) { try $0.batchFailed("A") },
    ]
}
