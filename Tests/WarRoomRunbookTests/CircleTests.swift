import Testing
import WarRoomRunbook

@Suite("Circles")
struct CircleTests {
    @Test("of steps that come after each other are told once")
    func after() {
        let text = Text.steps("{id: a, after: [c]}", "{id: b, after: [a]}", "{id: c, after: [b]}")
        #expect(faults(text) == ["7:21 CYCLE"])
        #expect(faultTexts(text) == ["a circle: 'a' waits for 'c' waits for 'b' waits for 'a'"])
    }

    @Test("are a step after itself, after its own group, and a group after its own step")
    func groups() {
        #expect(faults(Text.steps("{id: a, after: [a]}")) == ["6:21 CYCLE"])
        #expect(faults(Text.steps("{id: g, steps: [{id: a, after: [g]}]}")) == ["6:37 CYCLE"])
        #expect(faults(Text.steps("{id: g, after: [a], steps: [{id: a}]}")) == ["6:21 CYCLE"])
    }

    @Test("go through gates and done_when too, but not through what a need leaves out")
    func gates() {
        let shut = Text.steps("{id: a, gate: g}", rest: "gates: {g: {needs: [{phase: work, is: done}]}}")
        #expect(faultTexts(shut) == ["a circle: 'a' waits for the gate 'g' waits for 'a'"])
        let open = Text.steps(
            "{id: a, gate: g}", "{id: b}", rest: "gates: {g: {needs: [{phase: work, is: done, but: [a]}]}}")
        #expect(faults(open).isEmpty)
        #expect(faults(Text.steps("{id: a, done_when: {step: a}}")) == ["6:24 CYCLE"])
    }

    @Test("through a gate and back through a group are told once, not for each step of the group")
    func gateAndGroup() {
        let text = Text.steps(
            "{id: g, gate: x, steps: [{id: a}, {id: b, after: [a]}]}", "{id: c, after: [g]}",
            rest: "gates: {x: {needs: [{step: c, is: done}]}}")
        #expect(faultTexts(text) == ["a circle: 'g' waits for the gate 'x' waits for 'c' waits for 'g'"])
    }

    @Test("of servers that restart after each other are faults")
    func servers() {
        #expect(faults(Text.with("servers: {a: {restart_after: [b]}, b: {restart_after: [a]}}")) == ["5:55 CYCLE"])
    }

    @Test("are not seen in steps of two groups that follow each other, nor in a long chain")
    func none() {
        let groups = Text.steps(
            "{id: g, steps: [{id: a}, {id: b, after: [a]}]}", "{id: h, after: [g], steps: [{id: c, after: [a]}]}")
        #expect(faults(groups).isEmpty)
        let chain = (0..<3000).map { $0 == 0 ? "{id: s0}" : "{id: s\($0), after: [s\($0 - 1)]}" }.joined(
            separator: ",\n    ")
        #expect(faults(Text.steps(chain)).isEmpty)
    }
}
