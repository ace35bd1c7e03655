internal import WarRoomCore

// The sections that say what is to be done: the runbook itself, phases, steps, gates, needs, batch, metrics, sources.
extension RunbookFormat {
    static let runbook = Section(
        title: "a runbook", description: "The plan of a night.",
        keys: [
            Key("id", .id, isRequired: true, "With the date it is the bridge's id: monthly-2025-09-14."),
            Key("title", .text, isRequired: true, "What the night is called on every screen."),
            Key(
                "date", .date, isRequired: true,
                "The night's date, the one line to change: 2025-09-14. {date} in texts follows it."),
            Key("zones", .section(.zones), isRequired: true, "The two time zones in which every time is shown."),
            Key("window", .section(.window), "When the night may begin and must end."),
            Key("approvers", .list(.name), "The approver roles; where given, gates and access can name no others."),
            Key(
                "pools", .table(.name, .section(.pool)),
                "Groups of servers behind a balancer, by the balancer's own names."),
            Key("servers", .table(.server, .section(.server)), "Servers by name; web1..10 stands for ten of them."),
            Key(
                "waves", .table(.id, .listOr(.name, .wave)),
                "Servers patched together; ranges are taken. A list, or a section where there is more to say."),
            Key("tests", .table(.id, .section(.test)), "Test runs."),
            Key(
                "pipelines", .table(.name, .section(.pipeline)),
                "Pipelines and their stages, by the tool's own names."),
            Key("channels", .list(.name), "Channels that messages go to, verbatim."),
            Key("boards", .table(.id, .section(.board)), "Review tables."),
            Key(
                "phases", .list(.section(.phase)), isRequired: true,
                "The parts of the night with their steps, in page order."),
            Key(
                "gates", .table(.id, .section(.gate)),
                "What must hold, and who approves, before the steps that name a gate."),
            Key("batch", .section(.batch), "When batch closes run, so that jobs are kept out of the way."),
            Key("metrics", .list(.section(.metric)), "Long-term measures, in their own words."),
            Key("sources", .table(.id, .section(.source)), "What is watched. The name hub is the hub's own."),
            Key(
                "access", .table(.role, .list(.name)),
                "Who holds which role: users, and %groups. Who is not named is a viewer."),
            Key(
                "sign", .list(.name),
                "Roles that must sign the runbook's text before the night is live; approver names, or lead."),
            Key("socket", .name, "Where the hub listens, instead of its usual place."),
            Key("rehearsal", .name, "The rehearsal's script, relative to this file."),
        ])

    static let phase = Section(
        title: "a phase", description: "A part of the night.",
        keys: [
            Key("id", .id, isRequired: true, "Unique among phases."),
            Key("title", .text, "Its short name; default: the first words of says, else the id."),
            Key("says", .text, "The page's own words."),
            Key("steps", .list(.section(.step)), "Its steps, in page order."),
        ])

    static let step = Section(
        title: "a step",
        description: "One thing to do. A step with steps is a group, whose state is derived from theirs.",
        keys: [
            Key("id", .id, isRequired: true, "Unique among all steps of the runbook."),
            Key("title", .text, "One line for a screen row; default: the first words of says, else the id."),
            Key("at", .time, "The planned start."),
            Key("says", .text, "The page's own words, never corrected."),
            Key("owner", .name, "Who does it: board/team, a role or a name."),
            Key("wave", .name, "The wave that it works on."),
            Key("server", .name, "The server that it works on."),
            Key("after", .list(.name), "Steps that must be done before it starts."),
            Key("gate", .name, "The gate that must be open before it starts."),
            Key("takes", .duration(least: .zero), "How long it takes."),
            Key("backout", .duration(least: .zero), "How long it takes to undo."),
            Key("done_when", .section(.need), "What shows that it is done, with nobody typing."),
            Key(
                "opens", .list(.name),
                "What it switches off, pulls out or mutes: alerts/@web1-5, pool/@web1-5/POOL, jobs/rescheduled."),
            Key("closes", .list(.name), "What it undoes, by the same names."),
            Key("tests", .name, "The test run that it starts."),
            Key("message", .table(.name, .text), "The text to post, by channel."),
            Key("tickets", .list(.name), "Tickets."),
            Key("risk", .name, "How risky it is: low, medium, high."),
            Key("links", .list(.section(.link)), "Links of the page."),
            Key("evidence", .list(.text), "What will show that it worked, in words."),
            Key("steps", .list(.section(.step)), "The steps of the group."),
        ])

    static let link = Section(
        title: "a link", description: "A link of the page.",
        keys: [
            Key("title", .text, isRequired: true, "Its words."),
            Key("url", .text, "Where it leads, where that is known."),
        ])

    static let gate = Section(
        title: "a gate",
        description: "Without approvers it opens when its needs are met; with them it is shut, ready, open.",
        keys: [
            Key("title", .text, "Its short name; default: the first words of says, else the id."),
            Key("says", .text, "The page's own words."),
            Key("needs", .list(.section(.need)), "Conditions, all of which must hold."),
            Key("approvers", .list(.name), "Roles that must approve, each by a different person."),
            Key("four_eyes", .list(.name), "Steps whose doer may not approve here."),
            Key("button", .name, "PIPELINE/STAGE of another tool where the approval is given too: both are compared."),
        ])

    static let need = Section(
        title: "a condition",
        description:
            "One subject with one predicate: {wave: web1-5, pools: in}, {tests: smoke, is: passed}, {looseEnds: none}.",
        keys: [
            Key("step", .name, "A step; is: done."),
            Key("phase", .name, "A phase, all its steps; is: done."),
            Key("wave", .name, "The servers of a wave."),
            Key("server", .name, "A server."),
            Key("pool", .name, "The servers of a pool; is: in."),
            Key("tests", .name, "A test run; is: passed."),
            Key("pipeline", .name, "PIPELINE/STAGE; is: succeeded."),
            Key("board", .name, "A review table; is: ok."),
            Key("looseEnds", .word(["none"], .need), "All loose ends."),
            Key("is", .name, "The subject's state as a whole."),
            Key("patch", .word(NeedWords.patch, .need), "The state of patching."),
            Key("reboot", .word(NeedWords.reboot, .need), "The state of the reboot."),
            Key("verify", .word(NeedWords.verify, .need), "The state of the sanity check."),
            Key("reach", .word(NeedWords.reach, .need), "Whether it answers."),
            Key("pools", .word(NeedWords.pools, .need), "Its membership of every pool that it belongs to."),
            Key("alerts", .word(NeedWords.alerts, .need), "Whether its alerts are on."),
            Key(
                "but", .list(.name),
                "What is left out: steps of a phase, servers of a wave or pool, rows of a board, loose ends."),
        ], oneOf: Need.Subject.allCases.map(\.rawValue))

    static let batch = Section(
        title: "batch", description: "When batch closes run, in the home zone.",
        keys: [
            Key("guard", .notation(.band), "The time of day that must stay clear: \"23:00-00:30\"."),
            Key("slot", .notation(.slot), "The minute at which they run: \":45\"."),
            Key("demo", .list(.name), "Names of demo billers, with * for anything."),
            Key("needs_step", .name, "The step that must be done before the time that stays clear."),
            Key("engage", .text, "Whom to engage when a slot went by while a batch close was failed."),
            Key(
                "checks", .list(.name),
                "Checks that speak of batch closes, board/team/check: one with issues waits for the next slot."),
        ])

    static let metric = Section(
        title: "a metric", description: "A long-term measure.",
        keys: [
            Key("id", .id, isRequired: true, "Unique among metrics."),
            Key("goal", .text, isRequired: true, "What is to get better."),
            Key("metric", .text, "What is measured."),
            Key("current", .text, "How it is, in words."),
            Key("good", .text, "What would be good."),
            Key("great", .text, "What would be great."),
            Key("direction", .word(["higher", "lower"], .type), "Which way is better."),
        ])

    /// A duration as a runbook writes it: `2s`.
    private static func notation(_ duration: Duration) -> String { duration.written.filter { $0 != " " } }

    static let source = Section(
        title: "a source", description: "One thing that is watched.",
        keys: [
            Key(
                "kind", .word(SourceKind.all.map(\.word), .source), isRequired: true,
                "What it is: files of events, a growing file of them, test reports, a Unix socket."),
            Key(
                "path", .name,
                "A file, a folder, or a folder and a pattern: \"{state}/patch/*.json\". Relative to this file."),
            Key("run", .name, "The test run that the reports are of."),
            Key("address", .name, "The socket's path."),
            Key("send", .text, "A line to send when connected."),
            Key(
                "every", .duration(least: .milliseconds(100)),
                "How often it is looked at; default \(notation(SourcePlan.usualInterval))."),
            Key(
                "timeout", .duration(least: .milliseconds(1)),
                "When a look is given up; default \(notation(SourcePlan.usualTimeout))."),
            Key(
                "stale_after", .duration(least: .milliseconds(1)),
                "When what it said counts for nothing; without it, only when it cannot be read."),
            Key(
                "authority", .list(.word(["patch", "reboot", "verify", "reach", "pools", "alerts"], .source)),
                "The server fields on which it has the word."),
        ], decidedBy: "kind", variants: sourceVariants)
}

/// The words of a need's predicates, from the events that report them.
enum NeedWords {
    static let patch = ServerReport.Patch.allCases.map(\.rawValue)
    static let reboot = ServerReport.Reboot.allCases.map(\.rawValue)
    static let verify = ServerReport.Verify.allCases.map(\.rawValue)
    static let reach = ServerReport.Reach.allCases.map(\.rawValue)
    static let pools = ServerReport.Membership.allCases.map(\.rawValue)
    static let alerts = ServerReport.Alerts.allCases.map(\.rawValue)
}
