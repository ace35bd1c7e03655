import OrderedCollections

/// The document of `status --json` (docs/contract.md, status --json): instants are RFC 3339 in UTC, durations whole
/// seconds, and what is absent is null.
package enum StatusDocument {
    /// Changes whenever a field changes its meaning; fields may be added without.
    private static let format = 1

    /// The document of a bridge at a moment. `lastGood` is when each source last gave a good answer, in bridge time,
    /// where the caller knows that later than the journal; `head` is the last entry's hash; `onDisk` the SHA-256 of the
    /// runbook's file, where that is known.
    package static func json(
        _ situation: Situation, lastGood: [String: Instant], head: String, onDisk: String? = nil
    ) -> JSON {
        let bridge = situation.bridge
        let runbook = bridge.runbook
        return .object([
            "format": .number(format),
            "bridge": night(bridge), "runbook": text(bridge, onDisk: onDisk),
            "now": .instant(situation.now), "entry": .number(bridge.entry), "head": .string(head),
            "sentence": .object([
                "text": .string(situation.sentenceText), "on": .text(situation.sentence.on),
                "since": .instant(situation.sentence.since), "subject": .text(situation.sentence.subject),
                "state": .string(situation.sentence.band.state.rawValue), "headline": .string(situation.headlineText),
            ]),
            "window": .object(["opens": .instant(runbook.window.opens), "closes": .instant(runbook.window.closes)]),
            "forecast": forecast(situation.forecast),
            "phases": .array(
                runbook.phases.values.map { ["id": .string($0.id), "title": .string($0.title)] }.map(JSON.object)),
            "steps": .array(situation.steps.values.map { step($0, situation.forecast.steps[$0.step.id], in: bridge) }),
            "servers": .array(situation.servers.values.map { server($0, situation) }),
            "waves": .array(situation.waves.values.map { wave($0, situation) }),
            "boards": .array(situation.boards.values.map { board($0) }),
            "tests": .array(situation.tests.values.map { test($0) }),
            "gates": .array(situation.gates.values.map { gate($0) }),
            "looseEnds": .array(situation.looseEnds.map { looseEnd($0) }),
            "divergences": .array(situation.divergences.map { divergence($0) }),
            "pairs": .array(bridge.pairs.map { pair($0) }),
            "pipelines": reports(bridge.pipelines) { report in
                [
                    "state": .string(report.state.rawValue), "runID": .text(report.runID),
                    "startedAt": .instant(report.startedAt), "finishedAt": .instant(report.finishedAt),
                    "url": .text(report.url),
                ]
            },
            "batch": reports(bridge.batch) { report in
                [
                    "state": .string(report.state.rawValue), "job": .text(report.job), "biller": .text(report.biller),
                    "demo": .bool(report.demo), "paymentType": .text(report.paymentType),
                    "module": .text(report.module),
                    "scheduledAt": .instant(report.scheduledAt), "startedAt": .instant(report.startedAt),
                    "endedAt": .instant(report.endedAt), "reason": .text(report.reason),
                ]
            },
            "batchGuard": batchGuard(situation),
            "alerts": reports(bridge.alerts) { report in
                [
                    "state": .string(report.state.rawValue), "name": .text(report.name),
                    "severity": .text(report.severity), "server": .text(report.server), "demo": .bool(report.demo),
                    "summary": .text(report.summary),
                ]
            },
            "messages": reports(bridge.messages) { ["state": .string($0.state.rawValue), "text": .text($0.text)] },
            "sources": .array(sources(bridge, lastGood)),
            "troubles": .array(troubles(situation)),
            "closing": closing(situation.closing),
            "heard": .array(situation.heard.all.map { heard($0) }),
            "pools": .array(situation.pools.values.map { pool($0) }),
            "service": situation.service.of > 0
                ? .object([
                    "inService": .number(situation.service.inService), "of": .number(situation.service.of),
                    "known": .bool(situation.service.isKnown), "unknown": .number(situation.service.unknown),
                ]) : .null,
        ])
    }

    // MARK: One of each

    private static func pair(_ facts: PairFacts) -> JSON {
        .object([
            "id": .string(facts.pair.id), "step": .string(facts.pair.step), "text": .string(facts.pair.text),
            "state": .string(facts.state.rawValue), "mismatch": .text(facts.pair.mismatch),
            "home": .instant(facts.pair.home), "other": .instant(facts.pair.other), "plan": .instant(facts.pair.plan),
            "ruling": .text(facts.choice?.rawValue), "by": .text(facts.ruling?.by),
            "reason": .text(facts.ruling?.value.reason),
        ])
    }

    private static func forecast(_ facts: ForecastFacts) -> JSON {
        .object([
            "end": .instant(facts.end), "overrun": seconds(facts.overrun), "cause": .text(facts.cause),
            "criticalPath": .texts(facts.criticalPath), "notBefore": .instant(facts.notBefore),
            "unknown": .number(facts.unknown), "behind": seconds(facts.behind),
            "pointOfNoReturn": .instant(facts.pointOfNoReturn),
        ])
    }

    /// A duration in whole seconds.
    private static func seconds(_ duration: Duration?) -> JSON {
        duration.map { .number(Int($0.components.seconds)) } ?? .null
    }

    private static func step(_ facts: StepFacts, _ forecast: ForecastFacts.Step?, in bridge: Bridge) -> JSON {
        let record = bridge.steps[facts.step.id]
        func life(_ life: StepLife, _ claimant: String, _ standing: Standing) -> JSON {
            .object([
                "claimant": .string(claimant), "standing": .string(standing.rawValue), "by": .string(life.by),
                "state": .string(life.state.rawValue), "note": .text(life.note), "at": .instant(life.at),
                "entry": .number(life.entry),
            ])
        }
        var claims = record?.person.map { [life($0, $0.by, .person)] } ?? []
        claims += record?.tools.map { life($0.value, $0.key, .tool) } ?? []
        let expected = facts.state.isEnded ? nil : forecast.flatMap { $0.endIsKnown ? $0.end : nil }
        return .object([
            "id": .string(facts.step.id), "phase": .string(facts.step.phase), "title": .string(facts.step.title),
            "group": .text(facts.step.parent), "state": .string(facts.state.rawValue), "due": .bool(facts.isDue),
            "ready": .bool(facts.isReady), "gate": .text(facts.gate?.gate.id), "owner": .text(facts.owner),
            "baseline": .instant(bridge.baseline(of: facts.step)), "planned": .instant(facts.planned),
            // When it is expected to start, or to end once it runs; what is not known is not guessed.
            "forecast": .instant(
                facts.state == .planned ? forecast.flatMap { $0.startIsKnown ? $0.start : nil } : expected),
            "forecastEnd": .instant(expected), "takes": seconds(forecast?.takes),
            "shouldEnd": .instant(facts.shouldEnd), "learned": .bool(forecast?.isLearned ?? false),
            "critical": .bool(forecast?.isCritical ?? false),
            "pointOfNoReturn": .instant(forecast?.pointOfNoReturn),
            "actual": .object(["start": .instant(facts.life.startedAt), "end": .instant(facts.life.endedAt)]),
            "note": .text(facts.life.note), "claims": .array(claims),
            "undone": facts.undone.map { undone($0) } ?? .null,
        ])
    }

    private static func server(_ facts: ServerFacts, _ situation: Situation) -> JSON {
        func word<Value: RawRepresentable<String>>(_ shown: Shown<Value>?) -> JSON { .text(shown?.value.rawValue) }
        var pools = JSON.Object()
        for (name, member) in facts.pools { pools[name] = word(member) }
        let alerts = situation.isMutedUnawares(facts) ? "muted" : word(facts.alerts)
        return .object([
            "name": .string(facts.name), "inRunbook": .bool(facts.isInRunbook), "wave": .text(facts.wave),
            "held": .bool(facts.isHeld), "patch": word(facts.patch), "reboot": word(facts.reboot),
            "bootedAt": .instant(facts.bootedAt), "startedAt": .instant(facts.startedAt),
            "readyAt": .instant(facts.readyAt), "verify": word(facts.verify), "reach": word(facts.reach),
            "pools": .object(pools), "alerts": alerts, "detail": .text(facts.detail),
            "version": .text(facts.version?.value), "boots": .number(facts.boots.count),
            "stale": .bool(!facts.staleFields.isEmpty), "staleFields": .texts(facts.staleFields),
            "rollup": .string(facts.rollup.word),
            "restart": restart(of: facts.name, situation),
        ])
    }

    /// The restart order of a server: null where only others are under a rule, and "not configured" where none is.
    private static func restart(of server: String, _ situation: Situation) -> JSON {
        guard let facts = situation.restarts[server], let worst = facts.worst else {
            return situation.restarts.isEmpty
                ? .object([
                    "state": "not configured", "after": .null, "since": .null, "why": .null,
                ]) : .null
        }
        func edge(_ edge: RestartFacts.Edge, _ since: Instant?) -> JSON.Object {
            JSON.Object([
                "state": .string(edge.state.rawValue), "after": .string(edge.after), "since": .instant(since),
                "why": .string(edge.why), "startedAt": .instant(edge.startedAt), "readyAt": .instant(edge.readyAt),
            ])
        }
        var object = edge(worst, facts.since)
        if facts.edges.count > 1 { object["all"] = .array(facts.edges.map { .object(edge($0, nil)) }) }
        return .object(object)
    }

    private static func wave(_ facts: WaveFacts, _ situation: Situation) -> JSON {
        let hold = situation.bridge.waveHolds[facts.id]
        let soak = situation.soak(of: facts)
        return .object([
            "id": .string(facts.id), "done": .number(facts.installed), "of": .number(facts.counted.count),
            "confirmed": .number(facts.confirmed), "versions": .text(facts.versionWords),
            "held": hold.map { hold in
                .object([
                    "by": .string(hold.by), "since": .instant(hold.at), "reason": .string(hold.reason),
                    "cause": .text(hold.cause?.rawValue),
                ])
            } ?? .null,
            "soak": soak.map { soak in
                .object([
                    "for": seconds(soak.asked), "since": .instant(soak.since?.at),
                    "left": seconds(soak.left(at: situation.now)), "gap": .text(soak.gap),
                ])
            } ?? .null,
        ])
    }

    private static func board(_ facts: BoardFacts) -> JSON {
        .object([
            "id": .string(facts.id), "title": .string(facts.title), "due": .instant(facts.due),
            "teams": .array(
                facts.teams.values.map { team in
                    .object([
                        "id": .string(team.id), "title": .string(team.title),
                        "checks": .array(
                            team.checks.map { check in
                                .object([
                                    "id": .string(check.path.check), "title": .string(check.title),
                                    "mark": .string(check.mark.rawValue),
                                    "proposed": check.isProposedNoResponse ? .string("no-response") : .null,
                                    "recheck": .text(check.recheck?.reason),
                                    "recheckSince": .instant(check.recheck?.since),
                                    "reviewer": .text(check.current?.reviewer), "note": .text(check.current?.note),
                                    "late": seconds(check.late), "at": .instant(check.current?.at),
                                    "entry": check.current.map { .number($0.entry) } ?? .null,
                                ])
                            }),
                    ])
                }),
        ])
    }

    private static func test(_ facts: TestFacts) -> JSON {
        func number(_ value: Int?) -> JSON { value.map { .number($0) } ?? .null }
        let report = facts.report
        return .object([
            "id": .string(facts.id), "title": .string(facts.title), "state": .string(facts.state.rawValue),
            "why": .text(facts.why), "total": number(facts.total), "passed": number(report?.passed),
            "failed": number(report?.failed),
            "errors": number(report?.errors), "skipped": number(report?.skipped), "flaky": number(report?.flaky),
            "failures": .array(
                (report?.failures ?? []).map { failure in
                    .object(["name": .string(failure.name), "message": .text(failure.message)])
                }),
            "runID": .text(report?.runID), "startedAt": .instant(report?.startedAt),
            "finishedAt": .instant(report?.finishedAt), "url": .text(report?.url), "detail": .text(report?.detail),
        ])
    }

    private static func gate(_ facts: GateFacts) -> JSON {
        .object([
            "id": .string(facts.gate.id), "state": .string(facts.state.rawValue),
            "needs": .array(
                facts.needs.map { need in
                    .object([
                        "text": .string(need.need.text), "met": .bool(need.isMet), "why": .string(need.why),
                        "since": .instant(need.since),
                    ])
                }),
            "approvals": .array(
                facts.approvals.map { approval in
                    .object([
                        "decision": .string(approval.decision.rawValue), "as": .string(approval.role),
                        "by": .string(approval.by), "at": .instant(approval.at), "entry": .number(approval.entry),
                        "reason": .text(approval.reason),
                    ])
                }),
            "missing": .texts(facts.missing),
            "override": facts.override.map { override($0, facts.overrodeOwn) } ?? .null,
            "button": facts.gate.button.map { button($0, facts.button) } ?? .null,
        ])
    }

    private static func looseEnd(_ facts: LooseEndFacts) -> JSON {
        .object([
            "id": .string(facts.id.text), "state": "open", "what": .string(facts.what),
            "since": .instant(facts.openedAt),
            "by": .string(facts.openedBy), "closing": .texts(facts.closing), "watched": .bool(facts.isWatched),
        ])
    }

    /// What is kept as it was said: the latest word on each subject, and whose it is.
    private static func reports<Report>(
        _ all: OrderedDictionary<String, Claims<Report>>, _ fields: (Report) -> KeyValuePairs<String, JSON>
    ) -> JSON {
        .array(
            all.compactMap { subject, claims in
                guard let claim = claims.latest else { return nil }
                var object = JSON.Object(fields(claim.value))
                object["id"] = .string(subject)
                object["by"] = .string(claim.by)
                object["at"] = .instant(claim.at)
                object["entry"] = .number(claim.entry)
                return .object(object)
            })
    }

    private static func sources(_ bridge: Bridge, _ lastGood: [String: Instant]) -> [JSON] {
        var all = bridge.runbook.sources.keys.map { id in
            let record = bridge.sources[id]
            return JSON.object([
                "id": .string(id), "kind": .text(bridge.runbook.sources[id]?.kind.declaration.word),
                "state": .string(record?.state.rawValue ?? "never-seen"),
                "lastGood": .instant(lastGood[id] ?? record?.lastGood), "reason": .text(record?.reason),
                "refused": .number(record?.refused ?? 0), "stale": .texts(record.map { Array($0.stale.keys) } ?? []),
            ])
        }
        // The hub is a source too, and whoever reads this has just heard from it.
        all.append(
            .object([
                "id": "hub", "kind": "hub", "state": "current", "lastGood": .instant(bridge.lastReceivedAt),
                "reason": .null,
                "refused": .number(bridge.refusals), "stale": .array([]),
            ]))
        return all
    }

    private static func divergence(_ facts: Divergence) -> JSON {
        .object([
            "id": .string(facts.id), "subject": .string(facts.subject), "field": .string(facts.field),
            "since": .instant(facts.since), "text": .string(facts.text),
            "claims": .array(
                facts.sides.map { side in
                    .object([
                        "claimant": .string(side.claimant), "by": .string(side.by), "value": .string(side.value),
                        "since": .instant(side.since), "entry": .number(side.entry),
                    ])
                }),
        ])
    }

    private static func undone(_ undone: Undone) -> JSON {
        .object(["since": .instant(undone.since), "by": .string(undone.by), "what": .string(undone.what)])
    }

    private static func override(_ override: Approval, _ started: [String]) -> JSON {
        .object([
            "by": .string(override.by), "as": .string(override.role), "at": .instant(override.at),
            "reason": .text(override.reason), "started": .texts(started),
        ])
    }

    private static func button(_ stage: String, _ state: ButtonState) -> JSON {
        .object(["stage": .string(stage), "state": .string(state.rawValue), "text": .string(state.word)])
    }

    private static func pool(_ facts: PoolFacts) -> JSON {
        .object([
            "name": .string(facts.pool.name), "title": .string(facts.pool.title), "of": .number(facts.of),
            "serving": .number(facts.serving), "confirmed": .number(facts.confirmed), "unknown": .number(facts.unknown),
            "minimum": facts.pool.minimum.map { .number($0) } ?? .null,
            "leaving": .array(
                facts.leaving.map { leaving in
                    .object([
                        "gate": .string(leaving.gate), "wave": .string(leaving.wave), "left": .number(leaving.left),
                        "unknown": .number(leaving.unknown),
                    ])
                }),
        ])
    }

    private static func closing(_ facts: CloseFacts) -> JSON {
        .array(
            facts.obstacles.map { obstacle in
                .object([
                    "kind": .string(obstacle.kind.rawValue), "subject": .string(obstacle.subject),
                    "text": .string(obstacle.text),
                ])
            })
    }

    private static func heard(_ heard: Heard) -> JSON {
        .object([
            "entry": .number(heard.entry), "text": .string(heard.text), "from": .string(heard.from),
            "subject": .string(heard.subject), "at": .instant(heard.at), "by": .string(heard.by),
            "was": .text(heard.looked?.was),
        ])
    }

    private static func troubles(_ situation: Situation) -> [JSON] {
        situation.troubles.map { trouble in
            .object([
                "kind": .string(trouble.kind.rawValue), "subject": .string(trouble.subject),
                "text": .string(trouble.text), "since": .instant(trouble.since), "rank": .number(trouble.rank),
            ])
        }
    }
}
