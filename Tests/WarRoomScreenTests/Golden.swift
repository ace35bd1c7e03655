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
            let roles = canvas.row(row).map { $0.glyph == " " && !isBar($0.role) ? " " : letter($0.role) }
            var line = roles.joined()
            while line.last == " " { line.removeLast() }
            text += line + "\n"
        }
        return text
    }

    private static func isBar(_ role: TextRole) -> Bool {
        switch role {
        case .modeLive, .modeRehearsal, .modeReplay, .cursor: true
        default: false
        }
    }

    private static func letter(_ role: TextRole) -> String {
        switch role {
        case .plain: "p"
        case .strong: "b"
        case .waiting: "m"
        case .head: "h"
        case .headNote: "H"
        case .good: "g"
        case .moving: "v"
        case .act: "a"
        case .bad: "r"
        case .off: "o"
        case .doubt: "d"
        case .tileGood: "G"
        case .tileMoving: "M"
        case .tileAct: "A"
        case .tileBad: "B"
        case .tileOff: "O"
        case .tileActQuiet: "t"
        case .tileBadQuiet: "i"
        case .tileGoodQuiet: "j"
        case .tileWaiting: "N"
        case .timeHome: "T"
        case .timeOther: "I"
        case .clockHome: "C"
        case .clockOther: "J"
        case .rule: "u"
        case .key: "q"
        case .keyWord: "k"
        case .strip: "Z"
        case .stripNote: "z"
        case .modeLive: "P"
        case .modeRehearsal: "F"
        case .modeRehearsalHatch: "f"
        case .modeNotLive: "n"
        case .modeReplay: "Q"
        case .cursor: "c"
        case .bandCalmTab: "K"
        case .bandCalm: "L"
        case .bandCalmNote: "l"
        case .bandMovingTab: "V"
        case .bandMoving: "W"
        case .bandMovingNote: "w"
        case .bandActTab: "X"
        case .bandAct: "Y"
        case .bandActNote: "y"
        case .bandBlockedTab: "R"
        case .bandBlocked: "S"
        case .bandBlockedNote: "s"
        case .bandSilentTab: "D"
        case .bandSilent: "E"
        case .bandSilentNote: "e"
        case .barDone: "1"
        case .barRunning: "2"
        case .barForecast: "3"
        case .barPlan: "4"
        case .barCritical: "5"
        case .barBatch: "6"
        case .barNow: "7"
        case .barFailed: "8"
        case .barOff: "9"
        case .clock: "*"
        case .sentence: "="
        case .gutter: "-"
        case .critical: "+"
        }
    }

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
