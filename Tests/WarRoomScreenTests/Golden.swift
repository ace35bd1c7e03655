import Foundation
import Testing
import WarRoomCore

@testable import WarRoomScreen

/// Golden screens: the text grid and the role grid in a file. They are written only with WARROOM_RECORD=1. A run that
/// writes fails, so that what was only recorded is not taken for tested.
enum Golden {
    static func check(
        _ canvas: Canvas, _ name: String, has wanted: [String], _ location: SourceLocation = #_sourceLocation
    ) throws {
        let lines = canvas.lines()
        let text = lines.joined(separator: "\n")
        for words in wanted {
            #expect(text.contains(words), "\(name) must show \"\(words)\":\n\(text)", sourceLocation: location)
        }
        let file = folder.appendingPathComponent(name + ".txt")
        let grid = grid(canvas)
        if ProcessInfo.processInfo.environment["WARROOM_RECORD"] == "1" {
            try grid.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("\(name) was recorded: look at it, then run without WARROOM_RECORD", sourceLocation: location)
            return
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(
            grid == expected, "\(name) differs from its golden:\n\(difference(grid, expected))",
            sourceLocation: location)
    }

    /// A page of the documentation that is made from the code; its path is from the root of the repository.
    static func check(_ text: String, page: String, _ location: SourceLocation = #_sourceLocation) throws {
        let file = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent(page)
        if ProcessInfo.processInfo.environment["WARROOM_RECORD"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("\(page) was written: look at it, then run without WARROOM_RECORD", sourceLocation: location)
            return
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(
            text == expected, "\(page) is not what the code says:\n\(difference(text, expected))",
            sourceLocation: location)
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Golden")

    /// Each row of text between bars, then each row's roles as letters.
    static func grid(_ canvas: Canvas) -> String {
        var text = ""
        for line in canvas.lines() { text += "|" + line + "|\n" }
        text += "\n"
        for row in 0..<canvas.size.rows {
            let roles = canvas.row(row).map { $0.glyph == " " && !isFilled($0.role) ? " " : letter($0.role) }
            var line = roles.joined()
            while line.last == " " { line.removeLast() }
            text += line + "\n"
        }
        return text
    }

    /// Whether a blank of a role is seen: where the role has a ground of its own.
    private static func isFilled(_ role: TextRole) -> Bool {
        switch role {
        case .plain, .strong, .waiting, .good, .moving, .act, .bad, .off, .timeHome, .timeOther, .clockHome,
            .clockOther, .rule, .keyWord, .modeNotLive, .barDone, .barRunning, .barForecast, .barPlan, .barCritical,
            .barBatch, .barNow, .barFailed, .barOff:
            false
        default: true
        }
    }

    private static func letter(_ role: TextRole) -> String { letters[role] ?? "@" }

    /// A letter for each role.
    private static let letters: [TextRole: String] = [
        .plain: "p",
        .strong: "b",
        .waiting: "m",
        .head: "h",
        .headNote: "H",
        .good: "g",
        .moving: "v",
        .act: "a",
        .bad: "r",
        .off: "o",
        .doubt: "d",
        .tileGood: "G",
        .tileMoving: "M",
        .tileAct: "A",
        .tileBad: "B",
        .tileOff: "O",
        .tileActQuiet: "t",
        .tileBadQuiet: "i",
        .tileGoodQuiet: "j",
        .tileWaiting: "N",
        .timeHome: "T",
        .timeOther: "I",
        .clockHome: "C",
        .clockOther: "J",
        .rule: "u",
        .key: "q",
        .keyWord: "k",
        .strip: "Z",
        .stripNote: "z",
        .modeLive: "P",
        .modeRehearsal: "F",
        .modeRehearsalHatch: "f",
        .modeNotLive: "n",
        .modeReplay: "Q",
        .cursor: "c",
        .bandCalmTab: "K",
        .bandCalm: "L",
        .bandCalmNote: "l",
        .bandMovingTab: "V",
        .bandMoving: "W",
        .bandMovingNote: "w",
        .bandActTab: "X",
        .bandAct: "Y",
        .bandActNote: "y",
        .bandBlockedTab: "R",
        .bandBlocked: "S",
        .bandBlockedNote: "s",
        .bandSilentTab: "D",
        .bandSilent: "E",
        .bandSilentNote: "e",
        .barDone: "1",
        .barRunning: "2",
        .barForecast: "3",
        .barPlan: "4",
        .barCritical: "5",
        .barBatch: "6",
        .barNow: "7",
        .barFailed: "8",
        .barOff: "9",
    ]

    private static func difference(_ one: String, _ other: String) -> String {
        let (left, right) = (
            one.split(separator: "\n", omittingEmptySubsequences: false),
            other.split(separator: "\n", omittingEmptySubsequences: false)
        )
        return (0..<max(left.count, right.count)).compactMap { place in
            let is1 = place < left.count ? String(left[place]) : "(none)"
            let is2 = place < right.count ? String(right[place]) : "(none)"
            return is1 == is2 ? nil : "row \(place + 1)\n  now    \(is1)\n  golden \(is2)"
        }.joined(separator: "\n")
    }
}
