internal import WarRoomCore

// The sections that say what there is: zones, window, pools, servers, tests, pipelines, boards.
extension RunbookFormat {
    static let zones = Section(
        title: "zones", description: "The two time zones, home first.",
        keys: [
            Key("home", .section(.zone), isRequired: true, "The zone in which times are written."),
            Key("other", .section(.zone), isRequired: true, "The zone that is shown beside it."),
        ])

    static let zone = Section(
        title: "a zone", description: "A zone of the tz database, and the office's word for it.",
        keys: [
            Key(
                "label", .name, isRequired: true,
                "The office's word, for the column head and for times such as Mon 09:00 IST."),
            Key("zone", .name, isRequired: true, "The name in the tz database: America/New_York."),
            Key(
                "also", .list(.name),
                "Other words of the page for it, such as Eastern, by which a time written in both zones is known."),
        ])

    static let window = Section(
        title: "the window", description: "When the night may begin and must end.",
        keys: [
            Key("opens", .time, "Nothing that ran before counts."),
            Key("closes", .time, "The forecast is held against it."),
        ])

    static let pool = Section(
        title: "a pool", description: "A balancer's group of servers.",
        keys: [
            Key("title", .text, "Its short name; default: the name."),
            Key("in", .name, "The balancer that it lies in."),
            Key("minimum", .number(least: 0), "The fewest servers that may serve."),
        ])

    static let server = Section(
        title: "a server", description: "A server, or a range of them that are set up alike.",
        keys: [
            Key("kind", .name, "What it is: web, database, proxy."),
            Key("pools", .list(.name), "The pools that it belongs to."),
            Key(
                "restart_after", .list(.name),
                "Servers that must be ready before its services start; ranges and @wave are taken."),
            Key("aliases", .list(.name), "Other names that tools use for it."),
        ])

    static let wave = Section(
        title: "a wave", description: "Servers that are patched together.",
        keys: [
            Key("servers", .list(.name), isRequired: true, "Its servers; ranges are taken."),
            Key("boots", .number(least: 1), "How often each of them boots on the night; default: 1."),
            Key(
                "soak", .duration(least: .seconds(1)),
                "How long they must have run without a gap, after the last boot, before a gate with a need on the wave "
                    + "opens."),
            Key(
                "stop_on", .list(.word(Runbook.Wave.Stop.allCases.map(\.rawValue), .type)),
                "What holds the wave by itself: a second boot, a server patched while a pool has it, an alert."),
            Key("lift", .list(.name), "The roles that may lift such a hold, as access writes them; default: lead."),
        ])

    static let test = Section(
        title: "a test run", description: "One run of a suite.",
        keys: [
            Key("title", .text, "Its short name; default: the id."),
            Key("url", .text, "What it is run against."),
            Key("after", .list(.name), "Steps that must be done before a result counts."),
            Key("expect", .number(least: 1), "How many cases a whole run has."),
        ])

    static let pipeline = Section(
        title: "a pipeline", description: "A pipeline and its stages.",
        keys: [
            Key("title", .text, "Its short name; default: the name."),
            Key("stages", .list(.name), "The stages, verbatim, in order."),
            Key("aliases", .list(.name), "Other names that people use for it."),
        ])

    static let board = Section(
        title: "a board", description: "A review table: a row a team, with checks.",
        keys: [
            Key("title", .text, "Its heading; default: the id."),
            Key("by", .notation(.role), "The role that marks it, where the teams do not mark it themselves."),
            Key("due", .time, "When no answer becomes no-response."),
            Key("teams", .table(.id, .section(.team)), "The rows."),
        ])

    static let team = Section(
        title: "a team", description: "A row of a board. Without checks it has one, post-check.",
        keys: [
            Key("title", .text, "Its name; default: the first words of says, else the id."),
            Key("says", .text, "The page's own words."),
            Key("checks", .table(.id, .section(.check)), "Its items."),
        ])

    static let check = Section(
        title: "a check", description: "One item of a team's review.",
        keys: [
            Key("title", .text, "Its short name; default: the first words of says, else the id."),
            Key("says", .text, "The page's own words."),
            Key("recheck_after", .list(.name), "Steps, or @wave, whose later change makes a mark re-check."),
        ])
}
