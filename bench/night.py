"""The night that is measured: its runbook, and the events of a long one."""
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


def events_file(path, notes_only):
    """Lines for `load`: notes alone, or the mix of a night. Subjects recur, as they do on a night."""
    draw, lines = random.Random(1), []
    for n in range(2000):
        server, stamp = f"IC-Web{n % 10 + 1}", f"2025-09-14T0{n % 10}:{n % 60:02}:00Z"
        kinds = [
            ("note", STEP, {"text": f"note {n} of the night, in the words of somebody on the bridge"}),
            ("server", server, draw.choice([{"patch": "running", "detail": "KB5065432"}, {"patch": "installed"},
                {"reboot": "up", "bootedAt": stamp},
                {"verify": "passed"}, {"reach": "ok"}, {"pools": {"web-pool": "in"}},
                {"pools": {"web-pool": "draining"}},
                {"alerts": "muted"}, {"alerts": "on"}])),
            ("alert", f"fingerprint-{n % 200}",
                {"state": draw.choice(["firing", "resolved"]), "name": "HighLatency", "severity": "warning",
                    "server": server, "summary": "p99 above 2 s for 5 minutes"}),
            ("batch", f"run-{n % 300}", {"job": "batch-close", "biller": f"biller-{n % 300}",
                "state": draw.choice(["running", "closed"]), "scheduledAt": stamp}),
            ("review", draw.choice(["usa/sre/post-check", "india/payments/paypal", "india/integration/datapump"]),
                {"mark": draw.choice(["ok", "pending"])}),
            ("tests", "smoke-1", {"state": "running", "total": 32, "passed": n % 32, "failed": 0, "runID": "run-1"}),
            ("pipeline", "preparation/Pre-Maintenance",
                {"state": draw.choice(["running", "succeeded"]), "runID": f"run-{n % 50}"}),
        ]
        chosen = kinds[0] if notes_only else draw.choices(kinds, (40, 25, 10, 10, 5, 5, 5))[0]
        lines.append(json.dumps(event(*chosen, "@@"), separators=(",", ":")))
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
