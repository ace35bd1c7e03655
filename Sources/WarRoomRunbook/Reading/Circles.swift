internal import OrderedCollections
internal import WarRoomCore

/// That one point of the night cannot come before another.
struct Wait {
    enum Point: Hashable {
        case start(String)
        case end(String)
        case gate(String)
        case server(String)

        /// The thing, in the words of a fault.
        var name: String {
            switch self {
            case .start(let id), .end(let id): "'\(id)'"
            case .gate(let id): "the gate '\(id)'"
            case .server(let name): "the server '\(name)'"
            }
        }
    }

    let point: Point
    let other: Point
    /// Where it is written; `nil` where it is understood, as between a group and its steps.
    let place: RunbookPlace?

    init(_ point: Point, _ other: Point, at place: RunbookPlace? = nil) {
        self.point = point
        self.other = other
        self.place = place
    }
}

extension Reading {
    /// Finds what waits for itself: steps by `after`, groups and gates, servers by `restart_after`. Each circle is told
    /// once, at the wait that closes it.
    mutating func findCircles() {
        for step in runbook.steps.keys { waits.append(Wait(.end(step), .start(step))) }
        for pair in root.at("servers")?.pairs ?? [] {
            let place = pair.value.at("restart_after")?.place
            for name in (try? ServerRange.expand(pair.key)) ?? [] {
                for other in runbook.servers[name]?.restartAfter ?? [] {
                    waits.append(Wait(.server(name), .server(other), at: place))
                }
            }
        }
        var told: [RunbookPlace: [Set<String>]] = [:]
        for circle in Circles.find(waits).sorted(by: { $0.count < $1.count }) {
            guard let place = circle.compactMap(\.place).last else { continue }
            var names: [String] = []
            for wait in circle where names.last != wait.point.name { names.append(wait.point.name) }
            if names.count > 1, names.first == names.last { names.removeLast() }
            // The way around through a group's own steps is the same circle once more.
            guard !told[place, default: []].contains(where: { $0.isSubset(of: names) }) else { continue }
            told[place, default: []].append(Set(names))
            let chain = (names + [names[0]]).joined(separator: " waits for ")
            fault(.cycle, at: place, "a circle: \(chain)")
        }
    }
}

/// Circles in a graph of waits.
enum Circles {
    /// One circle for each wait that leads back to where a depth-first walk came from. It does not recurse, because a
    /// plan may be a chain of any length.
    static func find(_ waits: [Wait]) -> [[Wait]] {
        var from: [Wait.Point: [Int]] = [:]
        for (index, wait) in waits.enumerated() { from[wait.point, default: []].append(index) }
        var finished: Set<Wait.Point> = []
        var depth: [Wait.Point: Int] = [:]
        var circles: [[Wait]] = []
        for start in waits.map(\.point) where !finished.contains(start) {
            // The walk's path: each point with the waits from it that are still to be followed.
            var path: [(point: Wait.Point, rest: ArraySlice<Int>)] = [(start, from[start, default: []][...])]
            var taken: [Wait] = []
            depth[start] = 0
            while let last = path.indices.last {
                guard let next = path[last].rest.popFirst() else {
                    finished.insert(path[last].point)
                    depth[path[last].point] = nil
                    path.removeLast()
                    _ = taken.popLast()
                    continue
                }
                let wait = waits[next]
                if let back = depth[wait.other] {
                    circles.append(taken[back...] + [wait])
                } else if !finished.contains(wait.other) {
                    depth[wait.other] = path.count
                    path.append((wait.other, from[wait.other, default: []][...]))
                    taken.append(wait)
                }
            }
        }
        return circles
    }
}
