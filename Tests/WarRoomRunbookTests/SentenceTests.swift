import OrderedCollections
import Testing
import WarRoomCore
import WarRoomRunbook

/// A moment of a sample's night, and what everybody must read then. The words are written by hand.
struct SpokenMoment: CustomTestStringConvertible, Sendable {
    let name: String
    var sample = "2025-10-12"
    var date: String?
    var change: @Sendable (inout Runbook) -> Void = { _ in }
    let at: String
    let state: Band.State
    let says: String
    let headline: String
    var on: String?
    var strip: String?
    let night: @Sendable (inout SampleNight) throws -> Void

    var testDescription: String { name }

    func situation() throws -> Situation {
        var night = try SampleNight(sample, date: date, change: change)
        try self.night(&night)
        return try night.situation(at)
    }
}

@Suite("What the band says, moment by moment")
struct SentenceTests {
    @Test("the sentence, the headline, whom it is on and the strip", arguments: SpokenMoment.all)
    func says(_ moment: SpokenMoment) throws {
        let situation = try moment.situation()
        let telling = Telling(now: situation.now, zones: situation.bridge.runbook.zones)
        let band = situation.band()
        #expect(situation.sentenceText == moment.says)
        #expect(situation.headlineText == moment.headline)
        #expect(situation.sentence.on == moment.on)
        #expect(band.state == moment.state)
        #expect(band.strip?.texts.first?.text(telling) == moment.strip)
    }

    @Test("what is cut is the least important part: who is needed stays in the shortest form, and so does a verb")
    func forms() throws {
        for moment in SpokenMoment.all {
            let situation = try moment.situation()
            let telling = Telling(now: situation.now, zones: situation.bridge.runbook.zones)
            let band = situation.band()
            for forms in [situation.sentence.forms, band.sentences, band.headlines, band.strip?.texts ?? []] {
                let texts = forms.map { $0.text(telling) }
                #expect(texts.map(\.count) == texts.map(\.count).sorted(by: >), "\(moment.name): \(texts)")
            }
            for form in situation.sentence.forms.map({ $0.text(telling) }) {
                #expect(form.hasSuffix(".") && !form.contains("  ") && !form.contains(".."), "\(moment.name): \(form)")
                #expect(form.utf8.allSatisfy { $0 < 128 }, "\(moment.name): \(form)")
                guard let on = moment.on, moment.state != .running else { continue }
                let isNamed = form.lowercased().contains(on.lowercased()) || form.lowercased().contains("the lead")
                #expect(isNamed, "\(moment.name) names nobody: \(form)")
            }
        }
    }

    @Test("every trouble of the first rank is what the band or the strip speaks of, or one of those that it counts")
    func troubles() throws {
        for moment in SpokenMoment.all {
            let situation = try moment.situation()
            let sentence = situation.sentence
            let guarding = situation.bridge.runbook.batch?.needsStep
            let others = situation.troubles.filter { trouble in
                if trouble.rank != 1 || trouble.subject == sentence.subject || trouble.kind == .unkept { return false }
                // One sentence speaks of all that was undone at one moment, and of the step that keeps batch closes
                // away.
                if trouble.kind == .undone, trouble.since == sentence.since { return false }
                return !(trouble.kind == .batchGuard && sentence.subject == guarding)
            }
            #expect(others.count <= situation.band().more, "\(moment.name): \(others)")
        }
    }

    @Test("an older picture says so first, whatever it shows")
    func old() throws {
        let situation = try #require(SpokenMoment.all.first).situation()
        let since = situation.now + .seconds(-240)
        let band = situation.band(silentSince: since)
        let telling = Telling(now: situation.now, zones: situation.bridge.runbook.zones)
        #expect(band.state == .old && band.time == .since(since) && band.strip == nil)
        #expect(band.headlines[0].text(telling) == "This picture is 4 min old")
        #expect(
            band.sentences[1].text(telling)
                == "The hub has not answered for 4 min. Somebody must look whether it runs; decide nothing from "
                + "this picture."
        )
    }
}
