/// What everybody must see first (docs/glossary.md, band): how serious the moment is, who must do what, since when.
package struct Band: Hashable, Sendable {
    /// How serious the moment is, from the least to the most.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Nothing runs, and nobody is needed.
        case quiet
        /// Steps run.
        case running
        /// The way on needs a person.
        case act
        /// Something failed, and the way on is shut.
        case blocked
        /// The hub is silent: all that is shown is of the past. A screen's own word, never in JSON.
        case old
    }

    /// Something for which a person is needed beside the work that runs: it stands in one row under the band.
    package struct Strip: Hashable, Sendable {
        /// What it is and who must do what, from the longest words to the shortest.
        package let texts: [Wording]
        /// Since when it has been so; `nil` where that is not known.
        package let since: Instant?
        /// What it speaks of, as ``Sentence/subject`` does.
        package let subject: String?

        init(texts: [Wording], since: Instant?, subject: String?) {
            (self.texts, self.since, self.subject) = (texts.unique, since, subject)
        }
    }

    /// Which time says most of it.
    package enum Time: Hashable, Sendable {
        /// It has been so since then.
        case since(Instant)
        /// It stays so until then.
        case until(Instant)
    }

    /// How serious the moment is.
    package let state: State
    /// Verb and object in a few words, from the longest to the shortest; at least one.
    package let headlines: [Wording]
    /// Who it is on, or what comes next, in a few words; `nil` where nobody is needed and nothing comes.
    package let second: Wording?
    /// Since or until when; `nil` where no time says anything.
    package let time: Time?
    /// The sentence, from the longest words to the shortest; at least one.
    package let sentences: [Wording]
    /// What needs a person beside the work that runs; only where the state is `running`.
    package let strip: Strip?
    /// How many more things need a person, beside the one that the band or the strip speaks of.
    package let more: Int

    init(
        state: State, headlines: [Wording], second: Wording?, time: Time?, sentences: [Wording], strip: Strip?,
        more: Int
    ) {
        (self.state, self.headlines, self.second, self.time) = (state, headlines.unique, second, time)
        (self.sentences, self.strip, self.more) = (sentences.unique, strip, more)
    }
}

extension Situation {
    /// The band; `silentSince` is since when whoever shows it hears nothing of the hub.
    package func band(silentSince: Instant? = nil) -> Band {
        silentSince.map { Band(silentSince: $0) } ?? sentence.band
    }
}

extension Band {
    /// That the hub is silent, and all that is shown is of the past.
    init(silentSince: Instant) {
        self.init(
            state: .old,
            headlines: [
                "This picture is \(age: silentSince) old", "Picture is \(age: silentSince) old", "Old picture",
            ],
            second: "Decide nothing from it", time: .since(silentSince),
            sentences: [
                "The hub has not answered for \(age: silentSince): everything below is as it was at \(silentSince). "
                    + "Somebody must look whether the hub runs; decide nothing from this picture.",
                "The hub has not answered for \(age: silentSince). Somebody must look whether it runs; decide nothing "
                    + "from this picture.",
                "The hub has been silent for \(age: silentSince): decide nothing from this picture.",
                "Old by \(age: silentSince): decide nothing.",
            ], strip: nil, more: 0)
    }
}
