import Foundation
import WarRoomCore
import WarRoomRunbook

/// The folder that the tests were built from.
enum Repository {
    static func path(_ relative: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().resolvingSymlinksInPath()
            .appending(path: "../../\(relative)").standardized.path
    }
}

/// Small runbooks.
enum Text {
    /// Lines 1 to 4 of every text: all that is required but the phases.
    static let head = """
        id: night
        title: A night
        date: 2025-09-14
        zones: {home: {label: EST, zone: America/New_York}, other: {label: IST, zone: Asia/Kolkata}}

        """

    /// The head and these lines, which begin at line 5; `phases: []` at the end where they have none.
    static func with(_ lines: String, date: String = "2025-09-14") -> String {
        let text = head.replacingOccurrences(of: "2025-09-14", with: date) + lines + "\n"
        return lines.contains("phases:") ? text : text + "phases: []\n"
    }

    /// The head and one phase with these steps, a line each; the first stands on line 6 and its `{` in column 5.
    static func steps(_ steps: String..., rest: String = "", date: String = "2025-09-14") -> String {
        with(
            "phases: [{id: work, steps: [\n" + steps.map { "    \($0)" }.joined(separator: ",\n") + "]}]\n" + rest,
            date: date)
    }
}

/// The faults of a text as `line:column CODE`.
func faults(_ text: String) -> [String] {
    guard case .failure(let found) = RunbookReader.read(text, file: "plan.yaml") else { return [] }
    return found.faults.map { "\($0.line):\($0.column) \($0.code.rawValue)" }
}

/// The texts of a text's faults.
func faultTexts(_ text: String) -> [String] {
    guard case .failure(let found) = RunbookReader.read(text, file: "plan.yaml") else { return [] }
    return found.faults.map(\.text)
}
