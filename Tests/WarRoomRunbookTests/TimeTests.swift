import OrderedCollections
import Testing
import WarRoomCore
import WarRoomRunbook

@Suite("Times in a runbook")
struct TimeTests {
    private func at(_ time: String, date: String = "2025-09-14") throws -> String? {
        try RunbookReader.read(Text.steps("{id: a, at: \(time)}", date: date), file: "plan.yaml").get().steps["a"]?.at?
            .rfc3339
    }

    @Test("are the home zone's, or the labelled one's, or instants")
    func zones() throws {
        #expect(try at("Sat 22:00") == "2025-09-14T02:00:00Z")
        #expect(try at("Mon 09:00 IST") == "2025-09-15T03:30:00Z")
        #expect(try at("Sun 04:30 EST") == "2025-09-14T08:30:00Z")
        #expect(try at("2025-09-14T08:30:00Z") == "2025-09-14T08:30:00Z")
    }

    @Test("that no clock shows are faults, and those that it shows twice must say which")
    func clockChange() throws {
        let spring = Text.steps("{id: a, at: Sun 02:00}", date: "2026-03-08")
        #expect(faults(spring) == ["6:17 TIME"])
        #expect(faultTexts(spring).first?.contains("does not exist in America/New_York on 2026-03-08") == true)
        #expect(try at("Sun 03:00", date: "2026-03-08") == "2026-03-08T07:00:00Z")

        let autumn = Text.steps("{id: a, at: Sun 01:30}", date: "2025-11-02")
        #expect(faults(autumn) == ["6:17 TIME"])
        #expect(faultTexts(autumn).first?.contains("(first)") == true)
        #expect(try at("Sun 01:30 (first)", date: "2025-11-02") == "2025-11-02T05:30:00Z")
        #expect(try at("Sun 01:30 (second)", date: "2025-11-02") == "2025-11-02T06:30:00Z")
        #expect(try at("Sun 12:00 IST", date: "2025-11-02") == "2025-11-02T06:30:00Z")
    }

    @Test("that are none, or of an unknown zone, are faults where they stand")
    func unreadable() {
        #expect(faults(Text.steps("{id: a, at: Saturday night}")) == ["6:17 TIME"])
        #expect(faults(Text.steps("{id: a, at: Sat 22:00 PST}")) == ["6:17 TIME"])
        #expect(faults(Text.with("window: {opens: Sat 19:00, closes: Sat 18:00}")) == ["5:36 TIME"])
        #expect(faults(Text.with("boards: {usa: {due: soon}}")) == ["5:21 TIME"])
        #expect(faults(Text.with("", date: "2025-02-30")) == ["3:7 TIME"])
    }

    @Test("need two zones that there are, with two labels")
    func badZones() {
        let unknown = Text.with("").replacing("Asia/Kolkata", with: "Asia/Bangalore")
        #expect(faults(unknown) == ["4:79 ZONE"])
        let same = Text.with("").replacing("IST", with: "EST")
        #expect(faults(same) == ["4:68 ZONE"])
        let climbing = Text.with("").replacing("Asia/Kolkata", with: "../../etc/passwd")
        #expect(faults(climbing) == ["4:79 ZONE"])
    }
}
