import OrderedCollections
import WarRoomCore

/// What is known about batch closes.
extension DetailPage {
    /// A run of a batch close, or with an empty name what is known of all.
    mutating func batch(_ id: String) {
        let batch = sight.situation.batch
        guard let run = batch.runs.first(where: { $0.id == id }) else {
            title("Batch closes", nil)
            add("RUNS", BatchPane.words(batch.counts, demo: batch.demo))
            add("SLOT", at: batch.nextSlot)
            if let missed = batch.missed {
                add(
                    "MISSED", Face(.need, "", .act),
                    sight.both(missed.slot) + (missed.engage.map { ": engage \($0)" } ?? ""))
                for (place, id) in missed.failed.enumerated() {
                    add(place == 0 ? "FAILED" : "", Face(.bad, "", .bad), id)
                }
            }
            for (place, band) in batch.bands.enumerated() {
                add(place == 0 ? "CLEAR" : "", "\(sight.both(band.start)) to \(sight.both(band.end))")
            }
            for (place, overlap) in batch.overlaps.enumerated() {
                let face = overlap.isUnguarded ? Face(.need, "", .act) : Face(.pending, "", .waiting)
                add(
                    place == 0 ? "OVERLAP" : "", face,
                    "\(sight.runbook.steps[overlap.step]?.title ?? overlap.step), \(sight.both(overlap.band.start))")
            }
            add(
                "JOBS",
                sight.runbook.batch?.needsStep.flatMap { sight.situation.steps[$0] }.map {
                    "\($0.step.title), \(Face($0).word)"
                })
            return
        }
        title(run.id, Face(run))
        add("JOB", run.report.job)
        add("BILLER", run.report.biller)
        add("TYPE", run.report.paymentType)
        add("MODULE", run.report.module)
        add("SCHEDULED", at: run.report.scheduledAt)
        add("STARTED", at: run.report.startedAt)
        add("ENDED", at: run.report.endedAt)
        add("REASON", run.report.reason)
    }
}
