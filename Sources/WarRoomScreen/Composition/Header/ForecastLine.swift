import WarRoomCore

/// What the header says of the night's end: when, by how much past its window, and because of which step.
enum ForecastLine {
    static func part(_ sight: Sight) -> StatusLine.Part? {
        let forecast = sight.situation.forecast
        guard sight.bridge.state != .closed, forecast.isUnderWay, let notBefore = forecast.notBefore else { return nil }
        let behind = forecast.behind.map { ", \($0.written) behind plan" } ?? ""
        if let over = forecast.overrun {
            let step = forecast.cause ?? ""
            let least = forecast.end == nil ? "at least " : ""
            return StatusLine.Part(
                face: Face(.need, "end \(least)\(sight.bothShort(notBefore)), over by \(over.written): \(step)", .act),
                short: "end +\(over.written): \(step)")
        }
        guard let end = forecast.end else {
            let steps = forecast.unknown == 1 ? "1 step has" : "\(forecast.unknown) steps have"
            return StatusLine.Part(
                face: Face(.unknown, "end unknown: \(steps) no duration\(behind)", .doubt),
                short: "end unknown\(forecast.behind.map { ", +\($0.written)" } ?? "")")
        }
        return StatusLine.Part(
            face: Face(
                forecast.behind == nil ? .pending : .moving, "end \(sight.bothShort(end))\(behind)",
                forecast.behind == nil ? .plain : .moving),
            short: "end \(sight.home(end))\(forecast.behind.map { ", +\($0.written)" } ?? "")")
    }
}
