import OrderedCollections

/// What the rules that look across the whole night are given.
struct SituationParts {
    let bridge: Bridge
    let now: Instant
    let estate: EstateFacts
    let lives: OrderedDictionary<String, StepFacts.Life>
    let gates: OrderedDictionary<String, GateFacts>
    let steps: OrderedDictionary<String, StepFacts>
    let pools: OrderedDictionary<String, PoolFacts>
    let tests: OrderedDictionary<String, TestFacts>
    let forecast: ForecastFacts
    let batch: BatchFacts
    let evidence: Evidence
    let heard: HeardFacts
    /// Where the plan and a server's source have it otherwise.
    let againstPlan: [Divergence]

    var servers: OrderedDictionary<String, ServerFacts> { estate.servers }
}
