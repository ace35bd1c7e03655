import OrderedCollections
import WarRoomCore
import WarRoomRunbook

extension SpokenMoment {
    static let morning: [SpokenMoment] = [
        SpokenMoment(
            name: "smoke is due", at: "Sun 02:03", state: .act, says: "Payments Team must start Smoke 1, 3 min late.",
            headline: "Start Smoke 1", on: "Payments Team"
        ) { try $0.firstWave() },
        SpokenMoment(
            name: "smoke runs", at: "Sun 02:10", state: .running,
            says: "Smoke 1: 14 of 32 tests run, 9 min in (Payments Team). Nothing is blocked.",
            headline: "Smoke 1: 14 of 32"
        ) { night in
            try night.firstWave()
            try night.started("Sun 02:01", "smoke-1")
            try night.tests(
                "Sun 02:08", "smoke-1",
                #"{"state":"running","total":32,"passed":14,"failed":0,"#
                    + #""startedAt":"\#(try night.time("Sun 02:01").rfc3339)"}"#
            )
        },
        SpokenMoment(
            name: "a server left its pool before anything is due", at: "Sun 03:55", state: .act,
            says: "IC-Web4 dropped out of the Internal LB 2 min ago. Platform Team must put it back; patching Web6-10 "
                + "cannot start until then.",
            headline: "Put IC-Web4 back in the Internal LB", on: "Platform Team"
        ) { night in
            try night.smoke()
            try night.pools("Sun 03:53", ["IC-Web4"], gateway: "in", balancer: "out")
        },
        SpokenMoment(
            name: "two servers left both pools", at: "Sun 04:01", state: .act,
            says:
                "IC-Web2 and IC-Web4 dropped out of the App Gateway and the Internal LB 8 min ago. Platform "
                + "Team must put "
                + "them back; patching Web6-10 cannot start until then.",
            headline: "Put IC-Web2 and IC-Web4 back in the App Gateway and the Internal LB", on: "Platform Team"
        ) { night in
            try night.smoke()
            try night.pools("Sun 03:53", ["IC-Web2", "IC-Web4"], gateway: "out", balancer: "out")
        },
        SpokenMoment(
            name: "a server is lost, and customers still reach it", at: "Sun 03:13", state: .act,
            says:
                "IC-Web2 is unreachable, and still gets customers from the App Gateway and the Internal LB, for 3 min. "
                + "Somebody must take it out, or bring it back (nobody is assigned).",
            headline: "Take Web2 out", on: "nobody is assigned"
        ) { night in
            try night.smoke()
            try night.servers("Sun 03:10", ["IC-Web2"], #"{"reach":"unreachable"}"#, by: "pools")
        },
        SpokenMoment(
            name: "sources disagree while nothing runs", at: "Sun 03:30", state: .act,
            says: "IC-Web2 is disputed: one source says up, one says unreachable. The lead must decide.",
            headline: "Decide on IC-Web2", on: "lead1"
        ) { night in
            try night.smoke()
            try night.servers("Sun 03:10", ["IC-Web2"], #"{"reach":"unreachable"}"#, by: "patch-web")
        },
        SpokenMoment(
            name: "alerts are off again", at: "Sun 04:05", state: .act,
            says: "The alerts of IC-Web4 are muted again, for 5 min. SRE Team must turn alerts on for IC-Web1-5 again; "
                + "confirming Web1-5 healthy cannot start until then.",
            headline: "Turn alerts on for IC-Web1-5 again", on: "SRE Team"
        ) { night in
            try night.smoke()
            try night.servers("Sun 04:00", ["IC-Web4"], #"{"alerts":"muted"}"#, by: "patch-web")
        },
        SpokenMoment(
            name: "a group is due", at: "Sun 04:40", state: .act,
            says: "Monitoring must disable alerts (3 systems), 25 min late.", headline: "Disable alerts",
            on: "Monitoring"
        ) { try $0.smoke() },
        SpokenMoment(
            name: "the gate waits for its approver", at: "Sun 04:39", state: .act,
            says:
                "Everything for patching Web6-10 is in place. Platform Team Member Approver must approve it, 9 "
                + "min late.",
            headline: "Approve patching Web6-10", on: "Platform Team Member Approver"
        ) { try $0.confirmed() },
        SpokenMoment(
            name: "a wave began past its gate", at: "Sat 23:40", state: .running,
            says:
                "Patching Web6-10: 0 of 5 installed. Approve Web6-10-Patching was started while its gate was shut, by "
                + "ansible: Smoke 1: no result; the lead must stop it, or override the gate.",
            headline: "Patching Web6-10: 0 of 5", on: "lead1",
            strip:
                "Approve Web6-10-Patching was started while its gate was shut, by ansible: Smoke 1: no result; "
                + "the lead "
                + "must stop it, or override the gate"
        ) { night in
            try night.firstWave()
            try night.take(
                "Sat 23:30", "step", "web6-10-patch", #"{"state":"started"}"#, by: "ansible", via: .feeder)
        },
    ]

    static let changes: [SpokenMoment] = [
        SpokenMoment(
            name: "the second wave, and changes beside it", at: "Sun 05:12", state: .running,
            says: "Patching IC-Web6-10: 0 of 5 installed, 30 min in (Platform Team). Nothing is blocked.",
            headline: "Patching Web6-10: 0 of 5"
        ) { night in
            try night.secondWave()
            try night.started("Sun 05:05", "plat-2372", "jedi-344", "infra-2000")
        },
        SpokenMoment(
            name: "several changes run", at: "Sun 05:26", state: .running,
            says: "Changes: 1 of 14 done; migrating to new prod servers and 2 more run, 21 min in. Nothing is blocked.",
            headline: "Changes: 1 of 14 done"
        ) { try $0.severalChanges() },
        SpokenMoment(
            name: "one of several changes failed", at: "Sun 05:33", state: .running,
            says:
                "Changes: 2 of 14 done. The change App, Skybot and PDF Servers failed 3 min ago: the installer "
                + "stopped; "
                + "SRE Team must do it again, or say what comes of it.",
            headline: "Changes: 2 of 14 done", on: "SRE Team",
            strip:
                "The change App, Skybot and PDF Servers failed 3 min ago: the installer stopped; SRE Team must do it "
                + "again, or say what comes of it"
        ) { night in
            try night.severalChanges()
            try night.take(
                "Sun 05:30", "step", "jedi-344", #"{"state":"failed","note":"the installer stopped"}"#, by: "sam")
        },
        SpokenMoment(
            name: "an alert fires beside a change", at: "Sun 08:06", state: .running,
            says:
                "The change App, Skybot and PDF Servers is under way. An alert fires, and nobody has looked for 3 min: "
                + "5xx, IC-Web2: 8 % of requests; Monitoring must look at it.",
            headline: "The change App, Skybot and PDF Servers is under way", on: "Monitoring",
            strip:
                "An alert fires, and nobody has looked for 3 min: 5xx, IC-Web2: 8 % of requests; Monitoring "
                + "must look at "
                + "it"
        ) { night in
            try night.idleChanges()
            try night.alert("Sun 08:03", "a1", on: "IC-Web2")
            try night.started("Sun 08:05", "jedi-344")
        },
        SpokenMoment(
            name: "nobody goes on with the changes", at: "Sun 08:04", state: .act,
            says:
                "Platform Team must start the change InternalNetwork, ready for 3 h 01; Smoke 2 cannot start "
                + "until then.",
            headline: "Start the change InternalNetwork", on: "Platform Team"
        ) { try $0.idleChanges() },
        SpokenMoment(
            name: "three people told of one thing", at: "Sun 07:50", state: .act,
            says:
                "3 people told of Smoke 2 since Sun 07:41 / Sun 17:11, and nobody has looked; last: cannot pay. "
                + "Monitoring "
                + "must look at it.",
            headline: "Look at what was heard", on: "Monitoring"
        ) { night in
            try night.changed()
            for place in 1...3 {
                try night.take(
                    "Sun 07:4\(place)", "heard", "smoke-2", #"{"from":"payer \#(place)","text":"cannot pay"}"#,
                    by: "sam")
            }
        },
        SpokenMoment(
            name: "the lead is offered", at: "Sun 07:45", state: .act,
            says: "lead1 offered the lead to ben 5 min ago. ben must accept it.", headline: "Accept the lead", on: "ben"
        ) { night in
            try night.changed()
            try night.take("Sun 07:40", "lead", "ben", #"{"state":"offered"}"#)
        },
        SpokenMoment(
            name: "what comes next may be approved already", at: "Sun 07:30", state: .quiet,
            says: "Nobody has to do anything until Smoke 2, at Sun 08:00 / Sun 17:30.",
            headline: "Nothing to do until 08:00 / 17:30"
        ) { try $0.changed() },
        SpokenMoment(
            name: "three tests failed, and nobody is assigned", sample: "2025-09-14", at: "Sun 08:45", state: .blocked,
            says: "Smoke 2 failed (3 of 32: Sign in, Sign out and 1 more). Somebody must rerun it clean (nobody is "
                + "assigned); Regression cannot start until then.",
            headline: "Smoke 2 failed, 3 of 32 tests", on: "nobody is assigned"
        ) { try $0.smokeTwo(failed: ["Sign in", "Sign out", "Pay"]) },
        SpokenMoment(
            name: "a run was interrupted", at: "Sun 08:45", state: .blocked,
            says: "Smoke 2 was interrupted at 14 of 32. Regression cannot start until Payments Team reruns it clean.",
            headline: "Smoke 2 was interrupted", on: "Payments Team"
        ) { try $0.smokeTwo(report: #""state":"interrupted","total":32,"passed":14,"failed":0"#) },
        SpokenMoment(
            name: "a run passed on its second try", at: "Sun 08:40", state: .act,
            says:
                "Smoke 2 passed only when 1 test was tried again. The lead must say whether it counts; "
                + "Regression cannot "
                + "start until then.",
            headline: "Say whether Smoke 2 counts", on: "lead1"
        ) { night in
            try night.smokeTwo(report: #""state":"passed","total":32,"passed":32,"failed":0,"flaky":1"#)
            try night.done("Sun 08:35", "smoke-2")
        },
    ]

    static let end: [SpokenMoment] = [
        SpokenMoment(
            name: "teams are silent at the deadline while work runs", at: "Sun 11:45", state: .running,
            says:
                "Regression is running. 9 teams (SRE Team, Payer Domain (Spam), Biller Domain (BMS) and 6 more) "
                + "have not "
                + "answered, 15 min late; Monitoring must ask again, or mark no response.",
            headline: "Regression is running", on: "Monitoring",
            strip:
                "9 teams (SRE Team, Payer Domain (Spam), Biller Domain (BMS) and 6 more) have not answered, 15 "
                + "min late; "
                + "Monitoring must ask again, or mark no response"
        ) { try $0.regression() },
        SpokenMoment(
            name: "the night will end after its window", at: "Sun 10:45", state: .act,
            says: "Payments Team must start Regression, 2 h late. The night will end 38 min after its window.",
            headline: "Start Regression", on: "Payments Team"
        ) { try $0.smokeTwo() },
        SpokenMoment(
            name: "the window has closed", at: "Sun 12:20", state: .running,
            says:
                "Regression is running, 3 h 35 in (Payments Team). It is 2 h 05 late: Payments Team must say "
                + "when it ends. "
                + "The window closed 20 min ago.",
            headline: "Regression is running", on: "Payments Team"
        ) { night in
            try night.regression()
            try night.answered("Sun 11:00")
        },
        SpokenMoment(
            name: "the last message waits for its approver", at: "Sun 10:30", state: .act,
            says:
                "Everything for the finish message is in place. Release Manager Approver Persona must approve "
                + "it, ready "
                + "for 6 min.",
            headline: "Approve the finish message", on: "Release Manager Approver Persona"
        ) { try $0.finished() },
        SpokenMoment(
            name: "the last message may go out", at: "Sun 10:27", state: .act,
            says: "Platform Team must post the finish message, ready for 3 min.", headline: "Post the finish message",
            on: "Platform Team"
        ) { try $0.approvedEnd() },
        SpokenMoment(
            name: "one check is open", at: "Sun 10:50", state: .act,
            says:
                "All steps are done. Integration must answer 1 more check by Mon 03:30 / Mon 13:00; the night "
                + "stays open "
                + "until then.",
            headline: "Integration: answer 1 more check", on: "Integration"
        ) { night in
            try night.approvedEnd()
            try night.done("Sun 10:28", "finish-message")
            try night.answered(but: "india/integration/kiosk-api")
        },
        SpokenMoment(
            name: "two boards are open", at: "Sun 10:50", state: .act,
            says:
                "All steps are done. Monitoring Team USA must answer 9 more checks by Sun 11:30 / Sun 21:00; the night "
                + "stays open until then. 1 more board is open.",
            headline: "Monitoring Team USA: answer 9 more checks", on: "Monitoring Team USA"
        ) { night in
            try night.approvedEnd()
            try night.done("Sun 10:28", "finish-message")
        },
        SpokenMoment(
            name: "nothing is left but to close", at: "Sun 10:58", state: .act,
            says: "All steps are done, and nothing is off. lead1 must close the night.", headline: "Close the night",
            on: "lead1"
        ) { night in
            try night.approvedEnd()
            try night.done("Sun 10:28", "finish-message")
            try night.answered()
        },
        SpokenMoment(
            name: "closed", at: "Sun 11:05", state: .quiet, says: "The night is closed.",
            headline: "The night is closed"
        ) { night in
            try night.approvedEnd()
            try night.done("Sun 10:28", "finish-message")
            try night.answered()
            try night.take("Sun 11:00", "bridge", night.bridge.id, #"{"state":"closed"}"#)
        },
    ]

    static let hub: [SpokenMoment] = [
        SpokenMoment(
            name: "the disk is full", at: "Sat 22:40", state: .blocked,
            says: "Nothing can be kept for 9 min: the disk is full. Whoever looks after the hub must mend it.",
            headline: "Nothing can be kept", on: "whoever looks after the hub"
        ) { night in
            try night.threeOfFive()
            night.told = [HubTrouble(.unkept, since: try night.time("Sat 22:31"), text: "the disk is full")]
        }
    ]
}

extension SampleNight {
    fileprivate mutating func severalChanges() throws {
        try secondWave()
        try started("Sun 05:05", "plat-2372", "jedi-344", "jedi-345", "infra-2000")
        try done("Sun 05:10", "jedi-345")
        try servers("Sun 05:20", Self.second, #"{"patch":"installed","reboot":"up"}"#, by: "patch-web")
        try done("Sun 05:24", "web6-10-patch")
    }

    fileprivate mutating func idleChanges() throws {
        try secondWave()
        try servers("Sun 05:20", Self.second, #"{"patch":"installed"}"#, by: "patch-web")
        try done("Sun 05:24", "web6-10-patch")
        try done("Sun 06:40", "infra-2000")
    }

    fileprivate mutating func regression() throws {
        try smokeTwo()
        try started("Sun 08:45", "regression")
    }

    fileprivate mutating func approvedEnd() throws {
        try finished()
        try take(
            "Sun 10:26", "approval", "before-finish",
            #"{"decision":"approved","as":"Release Manager Approver Persona"}"#, by: "rob")
    }
}
