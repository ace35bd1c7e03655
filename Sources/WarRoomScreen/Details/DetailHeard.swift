import WarRoomCore

/// What is known of something that was heard from outside, and of an alert at which nobody has looked.
extension DetailPage {
    mutating func heard(_ number: Int) {
        guard let heard = sight.situation.heard.all.first(where: { $0.entry == number }) else {
            return title("heard/\(number) is not there any more", nil)
        }
        title(heard.text, Face(heard))
        add("NAME", heard.name)
        add("FROM", heard.from)
        add("ABOUT", sight.bridge.title(of: heard))
        add("AT", at: heard.at)
        add("BY", heard.by)
        if let looked = heard.looked {
            add("WAS", looked.was)
            add("LOOKED", at: looked.at)
            add("", "by \(looked.by)")
        } else {
            addUnlooked()
        }
    }

    mutating func alert(_ fingerprint: String) {
        guard let alert = sight.situation.heard.came.first(where: { $0.fingerprint == fingerprint }) else {
            return title("\(fingerprint) is not there any more", nil)
        }
        title(alert.words, Face(alert))
        add("NAME", "alert/\(fingerprint)")
        add(alert.isFiring ? "SINCE" : "OVER", at: alert.since)
        if let looked = alert.looked {
            add("WAS", looked.was)
            add("LOOKED", at: looked.at)
            add("", "by \(looked.by)")
        } else if alert.waits {
            addUnlooked()
        }
    }

    private mutating func addUnlooked() {
        add(
            "WAS", Face(.need, "", .act), "nobody has looked: a says what it was, and until then it holds the close")
    }
}

extension Face {
    /// Something heard: somebody must look, or has.
    init(_ heard: Heard) { self = heard.looked == nil ? Face(.need, "heard", .act) : Face(.good, "looked at", .good) }

    /// An alert that fires, and at which nobody has looked.
    static let firing = Face(.need, "firing", .act)
}
