internal import OrderedCollections
internal import WarRoomCore

// Who the night is: id, title, date, zones, window, and the few texts that stand for themselves.
extension Reading {
    mutating func readHead() {
        runbook.id = root.text("id") ?? ""
        runbook.date = root.text("date") ?? ""
        runbook.title = prose(root.at("title")) ?? ""
        runbook.socket = root.text("socket")
        runbook.rehearsal = root.text("rehearsal")
        runbook.approvers = root.items("approvers").compactMap(\.text)
        readZones()
        runbook.window.opens = instant(root.at("window")?.at("opens"))
        runbook.window.closes = instant(root.at("window")?.at("closes"))
        if let opens = runbook.window.opens, let closes = runbook.window.closes, closes <= opens {
            let place = places["window/closes"]
            fault(
                .time, at: place, "the window closes before it opens: \(closes.rfc3339) is not after \(opens.rfc3339)")
        }
        readBatch()
        readMetrics()
    }

    private mutating func readZones() {
        guard let zones = root.at("zones") else { return }
        let home = zone(zones.at("home"))
        let other = zone(zones.at("other"))
        if let one = home?.label, let label = zones.at("other")?.at("label"), label.text == one {
            return fault(.zone, at: label.place, "both zones are called '\(one)': give each a label of its own")
        }
        guard let home, let other else { return }
        runbook.zones = Runbook.Zones(home: home, other: other)
        if let date = CivilDate(runbook.date) { calendar = (date, runbook.zones) }
    }

    private mutating func zone(_ written: Written?) -> Runbook.LabelledZone? {
        let also = written?.items("also").compactMap(\.text) ?? []
        guard let label = written?.text("label"), let zone = written?.at("zone"), let identifier = zone.text else {
            return nil
        }
        do {
            let zone = try ZoneDatabase.zone(identifier)
            // The bridge carries its zones to every terminal, and a night needs no changes of clocks from 1883.
            guard let noon = Instant(rfc3339: "\(runbook.date)T12:00:00Z") else {
                return Runbook.LabelledZone(label: label, zone: zone, also: also)
            }
            let year = Duration.seconds(366 * 86_400)
            return Runbook.LabelledZone(label: label, zone: zone.during(noon - year, noon + year), also: also)
        } catch {
            fault(.zone, at: zone.place, error.description)
            return nil
        }
    }

    private mutating func readBatch() {
        guard let batch = root.at("batch"), batch.isSection else { return }
        runbook.batch = Runbook.BatchPlan(
            guardBand: batch.text("guard"), slot: batch.text("slot"), demo: batch.items("demo").compactMap(\.text),
            engage: prose(batch.at("engage")))
    }

    private mutating func readMetrics() {
        for written in root.items("metrics") {
            guard let id = written.text("id"), let goal = prose(written.at("goal")) else { continue }
            if runbook.metrics[id] != nil { fault(.doubled, at: written.place, "the metric '\(id)' stands twice") }
            var metric = Runbook.Metric(id: id, goal: goal)
            metric.metric = prose(written.at("metric"))
            metric.current = prose(written.at("current"))
            metric.good = prose(written.at("good"))
            metric.great = prose(written.at("great"))
            metric.direction = written.text("direction")
            runbook.metrics[id] = metric
        }
    }
}
