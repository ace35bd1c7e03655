"""The nights that are measured: a small one, and one as large as any; their runbooks, and what is said on them."""
import datetime
import json
import random

TITLE = "BENCHNIGHT"  # one word, no letter twice in a row: ncurses then writes it in one piece
STEP = "web1-5-patch"

RUNBOOK = """\
id: bench
title: {title}
date: {date}
zones: {{home: {{label: EST, zone: America/New_York}}, other: {{label: IST, zone: Asia/Kolkata}}}}
window: {{opens: {before} 19:00, closes: {after} 10:00}}
pools:
  web-pool: {{title: App Gateway, minimum: 4}}
  internal-pool: {{title: Internal LB}}
servers:
  IC-Web1..10: {{kind: web, pools: [web-pool, internal-pool]}}
waves: {{web1-5: [IC-Web1..5], web6-10: [IC-Web6..10]}}
tests: {{smoke-1: {{title: Smoke 1}}, smoke-2: {{title: Smoke 2}}, regression: {{title: Regression}}}}
pipelines: {{preparation: {{title: Preparation Pipeline, stages: [Pre-Maintenance, Starting Maintenance]}}}}
boards:
  usa:
    title: Monitoring Team USA
    by: monitoring
    due: {after} 11:00
    teams: {{sre: {{title: SRE Team}}, payer: {{title: Payer Domain}}, egress: {{title: Egress}},
      platform: {{title: Platform Team}}}}
  india:
    title: India review
    due: {after} 13:00 IST
    teams:
      payments: {{title: Payments, checks: {{paypal: {{says: "Paypal"}}, cass: {{says: "cass"}},
        scheduler: {{says: "Scheduler is up"}}}}}}
      integration: {{title: Integration, checks: {{datapump: {{says: "Datapump"}}, kiosk-api: {{says: "KioskAPI"}}}}}}
phases:
  - id: pre-work
    title: Pre-Work
    steps:
      - {{id: reschedule-jobs, at: {before} 19:00, takes: 20m, says: "Reschedule the jobs", opens: [jobs/rescheduled]}}
      - id: web1-5
        at: {before} 22:00
        says: "Patching for IC-Web1 thru 5"
        wave: web1-5
        steps:
          - {{id: web1-5-alerts-off, says: "Alerts off", after: [reschedule-jobs], takes: 5m, opens: [alerts/@web1-5]}}
          - {{id: web1-5-patch, says: "Patch", after: [web1-5-alerts-off], takes: 45m,
             done_when: {{wave: web1-5, patch: installed}}}}
          - {{id: web1-5-alerts-on, says: "Alerts on", after: [web1-5-patch], takes: 5m, gate: before-alerts-on,
             closes: [alerts/@web1-5]}}
  - id: day-of
    title: Day of
    steps:
      - {{id: smoke-one, at: {day} 04:00, takes: 20m, says: "Smoke 1", done_when: {{tests: smoke-1, is: passed}}}}
      - {{id: web6-10-patch, at: {day} 04:30, takes: 2h, says: "Patching for IC-Web6 thru 10", wave: web6-10,
         gate: before-web6-10}}
      - {{id: smoke-two, at: {day} 08:00, after: [web6-10-patch], takes: 40m, says: "Smoke 2",
         done_when: {{tests: smoke-2, is: passed}}}}
      - {{id: regression-run, at: {day} 12:00, after: [smoke-two], takes: 2h, says: "Regression",
         done_when: {{tests: regression, is: passed}}}}
      - {{id: jobs-back, at: {day} 18:00, after: [regression-run], takes: 10m, says: "Start the jobs",
         closes: [jobs/rescheduled]}}
      - {{id: finish, at: {after} 09:00, after: [jobs-back], takes: 10m, says: "Finish"}}
gates:
  before-alerts-on:
    needs: [{{wave: web1-5, patch: installed}}, {{wave: web1-5, verify: passed}}]
  before-web6-10:
    needs: [{{wave: web1-5, pools: in}}, {{tests: smoke-1, is: passed}}]
    approvers: [Platform Approver]
sources:
  drop: {{kind: status-files, path: "drop/*.json", every: 2s}}
"""


def runbook():
    # The night is today's, so that the hub is live at real speed and its clock needs no setting.
    today = datetime.datetime.now(datetime.timezone.utc).date()
    days = {name: (today + datetime.timedelta(n)).strftime("%a")
        for name, n in (("before", -1), ("day", 0), ("after", 1))}
    return RUNBOOK.format(title=TITLE, date=today.isoformat(), **days)


def event(kind, subject, data, number):
    return {"specversion": "1.0", "id": number, "source": "bench", "type": "warroom." + kind, "subject": subject,
        "data": data}


def notes_file(path, count=2000):
    """Lines for `load`."""
    with open(path, "w") as file:
        for n in range(count):
            said = {"text": f"note {n} of the night, in the words of somebody on the bridge"}
            file.write(json.dumps(event("note", STEP, said, "@@"), separators=(",", ":")) + "\n")


WAVE, GROUP, TEAM = 50, 10, 5  # servers of a wave, steps of a group, checks of a team


def large_runbook(servers=2000, steps=300, checks=500):
    """A night as large as any, with what a real one has: waves, groups of steps in a row, gates and boards."""
    waves, groups, teams = servers // WAVE, steps // GROUP, checks // TEAM
    today = datetime.datetime.now(datetime.timezone.utc).date()
    before, day, after = ((today + datetime.timedelta(n)).strftime("%a") for n in (-1, 0, 1))
    lines = ["id: large", f"title: {TITLE}", f"date: {today.isoformat()}",
        "zones: {home: {label: EST, zone: America/New_York}, other: {label: IST, zone: Asia/Kolkata}}",
        f"window: {{opens: {before} 19:00, closes: {after} 10:00}}",
        "pools: {gateway: {title: Gateway, minimum: 4}, balancer: {title: Balancer}}",
        f"servers: {{host1..{servers}: {{kind: web, pools: [gateway, balancer]}}}}", "waves:"]
    lines += [f"  wave{n}: [host{n * WAVE + 1}..{(n + 1) * WAVE}]" for n in range(waves)]
    lines += ["boards:"]
    for board in ("usa", "india"):
        lines += [f"  {board}:", f"    title: Board {board}", f"    due: {after} 11:00", "    teams:"]
        marks = ", ".join(f'check{n}: {{says: "Check {n}"}}' for n in range(TEAM))
        lines += [f"      team{n}: {{title: Team {n}, checks: {{{marks}}}}}" for n in range(teams // 2)]
    lines += ["tests: {smoke: {title: Smoke}}", "phases:", "  - id: work", "    title: Work", "    steps:"]
    for group in range(groups):
        minute, wave = group * 24 * 60 // groups, group % waves
        at = f"{before if minute < 300 else day} {(19 + minute // 60) % 24:02}:{minute % 60:02}"
        lines += [f"      - id: group{group}", f'        says: "Group {group}"', f"        at: {at}", "        steps:"]
        for step in range(GROUP):
            parts = [f"id: step{group}-{step}", f'says: "Step {step} of group {group}"', "takes: 20m"]
            earlier = f"step{group}-{step - 1}" if step else f"step{group - 1}-{GROUP - 1}" if group else None
            parts += [f"after: [{earlier}]"] * bool(earlier)
            parts += {1: [f"opens: [pool/@wave{wave}/gateway]"], 7: [f"closes: [pool/@wave{wave}/gateway]"],
                4: [f"done_when: {{wave: wave{wave}, patch: installed}}"],
                9: [f"gate: gate{group}"] * bool(group)}.get(step, [])
            lines += [f"          - {{{', '.join(parts)}}}"]
    lines += ["gates:"]
    needs = "{{wave: wave{0}, patch: installed}}, {{wave: wave{0}, pools: in}}"
    lines += [f"  gate{n}: {{needs: [{needs.format(n % waves)}]}}" for n in range(1, groups)]
    return "\n".join([*lines, 'sources: {drop: {kind: status-files, path: "drop/*.json", every: 2s}}', ""])


def large_event(draw, n):
    """What is said on such a night: mostly by machines, and a tenth of the servers are out."""
    place = draw.randrange(2000)
    server, is_out = f"host{place + 1}", place // WAVE % 10 == 0
    way = draw.choice(["draining", "out"]) if is_out else "in"
    step = f"step{draw.randrange(30)}-{draw.randrange(GROUP)}"
    review = f"{draw.choice(['usa', 'india'])}/team{draw.randrange(50)}/check{draw.randrange(TEAM)}"
    kinds = [("server", server, {"pools": {draw.choice(["gateway", "balancer"]): way}}),
        ("server", server, {"patch": "running" if is_out else "installed", "reboot": "up"}),
        ("server", server, {"verify": "passed", "reach": "ok", "alerts": "on"}),
        ("alert", f"alert{n % 200}", {"state": draw.choice(["firing", "resolved"]), "name": "High latency",
            "server": server}),
        ("tests", "smoke", {"state": "running", "total": 400, "passed": n % 400, "failed": 0, "runID": "run-1"}),
        ("review", review, {"mark": "ok"}),
        ("note", step, {"text": "a note in the words of somebody on the bridge"})]
    # Few marks, as there are few checks: what machines say is most of a journal.
    return draw.choices(kinds, (35, 20, 10, 15, 5, 0.25, 15))[0]


def large_events_file(path, count=4000):
    """Lines for `load`."""
    draw = random.Random(1)
    with open(path, "w") as file:
        for n in range(count):
            file.write(json.dumps(event(*large_event(draw, n), "@@"), separators=(",", ":")) + "\n")
