"""Two zones that are true: what the page writes in both is held against the rules of its date, across every change of
the clocks."""

import bisect
import json
import random
import re
import shutil
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nights import SAMPLE, little, write_runbook
from programs import ROOT, event, run, wait_until

NEW_YORK, KOLKATA = ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")
SEPTEMBER = date(2025, 9, 14)


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def clocks(text):
    """An instant of the document as both offices read it."""
    home, other = instant(text).astimezone(NEW_YORK), instant(text).astimezone(KOLKATA)
    return f"{home:%a %H:%M} {other:%a %H:%M}"


def moved(text, to):
    """A text of the sample in another month: instants keep their wall time in New York, dates follow, those in runs'
    ids too."""
    days = to - SEPTEMBER

    def move(match):
        then = instant(match[0]).astimezone(NEW_YORK)
        now = (then.replace(tzinfo=None) + days).replace(tzinfo=NEW_YORK)
        return now.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")

    text = re.sub(r"2025-09-1[345]T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", move, text)
    return text.replace("2025-09-14", to.isoformat()).replace("20250914", f"{to:%Y%m%d}")


def copied(folder, to, **replaced):
    """The sample's folder moved to another date, as next month's author does it: nothing but the date changes."""
    there = folder / f"night-{to}"
    shutil.copytree(SAMPLE, there)
    for path in [p for p in there.rglob("*") if p.is_file()]:
        path.write_text(moved(path.read_text(), to))
    return there / "runbook.yaml"


def replace(path, *changes):
    text = path.read_text()
    for old, new in changes:
        assert old in text, f"{old!r} is not in {path.name}"
        text = text.replace(old, new)
    path.write_text(text)


def pairs_set_right(runbook):
    """The page's words with the second half as it is on its date, which is what the lint asks for."""
    found = re.findall(r'hole PAIR: "(.+?) \((.+?) IST\)": .* is (\d\d:\d\d) IST, page says',
        run("check", runbook, folder=runbook.parent).out)
    replace(runbook, *{(f"{home} ({said} IST)", f"{home} ({true} IST)") for home, said, true in found})
    assert "hole PAIR" not in run("check", runbook, folder=runbook.parent).out


def ready(folder, day):
    """The sample moved to a night of changing clocks, with what `check` asks to be set right set right; its runbook."""
    runbook = copied(folder, day)
    script = runbook.parent / "rehearsal.yaml"
    if day.month == 3:
        replace(runbook, ("at: Sun 02:00", "at: Sun 03:00"),
            ("between 2 AM EST (11:30 AM IST)", "between 3 AM EST (12:30 PM IST)"))
        script.write_text(script.read_text().replace("at: Sun 02:", "at: Sun 03:"))
    else:
        script.write_text(re.sub(r"at: (Sun 01:\d\d:\d\d)", r"at: \1 (second)", script.read_text()))
    pairs_set_right(runbook)
    return runbook


# ------------------------------------------------------------------------------------------------------------- the lint


def test_check_finds_on_septembers_page_what_was_read_from_it_by_hand(folder):
    result = run("check", "sample-data/2025-09-14/runbook.yaml", folder=folder, cwd=ROOT)
    assert result.code == 1
    assert result.out == (SAMPLE / "EXPECTED-LINT.txt").read_text()


def test_check_finds_nothing_on_the_night_as_it_should_be(folder):
    result = run("check", ROOT / "sample-data" / "2025-10-12" / "runbook.yaml", folder=folder)
    assert result.code == 0 and "no fault and no hole" in result.out, result


# ------------------------------------------------------------------------------- both clocks, and pairs that do not fit


def test_both_clocks_are_true_and_the_offices_word_stands_only_in_the_head(sample, screen):
    hub = sample(at="Sat 21:30", speed=0)
    steps = {step["id"]: step for step in hub.status()["steps"]}
    assert clocks(steps["web1-5"]["planned"]) == "Sat 22:00 Sun 07:30"
    assert clocks(steps["web1-5-confirm"]["planned"]) == "Sun 04:30 Sun 14:00"
    terminal = screen(hub, 120, 35)
    text = terminal.wait_for("Sun 07:30")
    assert re.search(r"Sat 22:00 +Sun 07:30", text)
    assert "EST (EDT, UTC-4)" in text and "IST (UTC+5:30)" in text
    assert "EST" not in text.replace("EST (EDT, UTC-4)", "").replace("TESTS", ""), (
        "the office's word as if it were the zone's")
    assert all(pair["state"] == "holds" for pair in hub.status()["pairs"]) and len(hub.status()["pairs"]) == 8


def test_the_seeds_own_words_and_both_clocks_stand_on_a_steps_page(sample, screen):
    """The page says 10 PM EST and 7:30 AM, the program says 22:00 and Sunday 07:30, and neither is lost."""
    hub = sample(at="Sat 21:30", speed=0)
    terminal = screen(hub, 120, 35)
    terminal.wait_for("TIMELINE")
    for step, words, home, other in [
        ("web1-5", "Saturday Evening at 10 PM EST (7:30AM IST) patching for IC-Web1 thru 5", "Sat 22:00", "Sun 07:30"),
        ("web1-5-confirm",
            "Sunday afternoon 4:30 AM EST (2 PM IST) ensure IC-Web1 thru 5 are healthy and are put back in the pool.",
            "Sun 04:30", "Sun 14:00")]:
        terminal.type(f":goto {step}\r")
        terminal.settle()
        terminal.type("\r")
        page = terminal.wait_for(lambda text: "SAYS" in text and f"{step}, " in text)
        assert words in " ".join(page.split()), page
        assert re.search(rf"PLANNED +{home} / {other}", page), page
        terminal.type("\x1b")
        terminal.wait_for(lambda text: "SAYS" not in text)


@pytest.fixture
def november(folder):
    return copied(folder, date(2025, 11, 9))


def test_a_page_copied_to_november_lists_its_eight_wrong_pairs(november, folder):
    result = run("check", november, folder=folder)
    lines = [line for line in result.lines() if " hole PAIR: " in line]
    assert result.code == 1 and len(lines) == 8, result
    assert "22:00 EST is 08:30 IST, page says 07:30" in lines[0]
    assert all(re.search(r"\d\d:\d\d EST is \d\d:\d\d IST, page says \d\d:\d\d$", line) for line in lines)
    says = november.read_text().split("\n")
    for line in lines:
        number, column = map(int, line.split(":")[1:3])
        assert says[number - 1][column - 1] in '">', f"{line} points at {says[number - 1][column - 1:]!r}"


def test_a_night_with_wrong_pairs_goes_live_when_each_has_a_ruling_with_a_name(hub, november, screen):
    hub = hub(november)
    document = hub.status()
    assert document["bridge"]["mode"] == "live" and document["bridge"]["state"] == "opened"
    pairs = [pair for pair in document["pairs"] if pair["state"] == "open"]
    assert len(pairs) == 8 and sum(t["kind"] == "pair" for t in document["troubles"]) == 8
    terminal = screen(hub, 120, 35)
    terminal.wait_for("NOT LIVE")
    terminal.wait_for(lambda text: re.search(r"22:00 EST is[\s█▄]+08:30 IST, page says 07:30", text))
    terminal.wait_for(lambda text: "must settle 8 step times" in text and re.search(r"8 TROUBLES +8\b", text))

    refused = hub.run("live")
    assert refused.code == 1 and all(pair["id"] in refused.err for pair in pairs), refused
    client = hub.connect()
    client.refused(event("step", "reschedule-jobs", {"state": "started"}), "ruling", "22:00 EST is 08:30 IST")
    client.refused(event("ruling", pairs[0]["id"], {"value": "maybe", "reason": "r"}), "home", "other")
    client.refused(event("ruling", "pair/none", {"value": "home", "reason": "r"}), "no pair")

    for pair in pairs[1:]:
        client.taken(event("ruling", pair["id"], {"value": "home", "reason": "the Indian half is September's"}))
    client.refused(event("step", "reschedule-jobs", {"state": "started"}), pairs[0]["id"])
    hub.ok("rule", pairs[0]["id"], "other", "--reason", "India starts at 07:30")
    steps = {step["id"]: step for step in hub.status()["steps"]}
    assert clocks(steps["web1-5"]["planned"]) == "Sat 21:00 Sun 07:30", "the other half wins, and the step moves"
    assert clocks(steps["web1-5"]["baseline"]) == "Sat 22:00 Sun 08:30", "the baseline stays"
    assert clocks(steps["smoke-2"]["planned"]) == "Sun 08:00 Sun 18:30"

    client.taken(event("step", "reschedule-jobs", {"state": "started"}))
    hub.ok("live")
    assert hub.status()["bridge"]["state"] == "live"
    terminal.wait_for(lambda text: "NOT LIVE" not in text and "LIVE" in text)
    assert "already" in hub.ok("live").out
    ruled = [pair for pair in hub.status()["pairs"] if pair["state"] == "ruled"]
    assert len(ruled) == 8 and all(pair["by"] and pair["reason"] for pair in ruled)


def test_a_night_whose_pairs_fit_is_live_at_once(hub):
    hub = hub(SAMPLE / "runbook.yaml")
    assert hub.status()["bridge"]["state"] == "live"
    hub.connect().taken(event("step", "reschedule-jobs", {"state": "started"}))
    assert hub.ok("live").out.strip() == "monthly-2025-09-14 is live already"


def test_only_the_lead_takes_a_night_live(hub, november, cast):
    replace(november, ("  lead: []\n", f"  lead: [{cast.lead}]\n"),
        ('  monitoring: ["%monitoring"]', f"  monitoring: [{cast.watch}]"))
    hub = hub(november)
    lead = hub.connect(user=cast.lead)
    for pair in hub.status()["pairs"]:
        lead.taken(event("ruling", pair["id"], {"value": "home", "reason": "r"}))
    live = lambda: event("bridge", "monthly-2025-11-09", {"state": "live"})
    hub.connect(user=cast.watch).refused(live(), "lead")
    lead.taken(live())
    assert hub.status()["bridge"]["state"] == "live"


# Nights on which clocks change in one of the two zones, and some on which they do not.
ZONES = [
    ("America/New_York", "Asia/Kathmandu", ["2025-11-02", "2026-03-08", "2025-09-14"]),
    ("Australia/Lord_Howe", "Europe/London", ["2025-10-05", "2026-04-05", "2025-10-26"]),
    ("America/Phoenix", "America/Denver", ["2025-11-02", "2026-03-08", "2025-07-06"]),
    ("Pacific/Chatham", "America/St_Johns", ["2025-09-28", "2026-04-05", "2026-03-08"]),
    ("Asia/Kolkata", "Pacific/Apia", ["2025-09-14", "2026-02-28"]),
    ("Europe/Dublin", "America/Sao_Paulo", ["2025-10-26", "2026-03-29"])]


@pytest.mark.parametrize("home, other, days", ZONES, ids=[f"{home} and {other}" for home, other, _ in ZONES])
def test_a_pair_in_any_zones_holds_exactly_where_the_zones_rules_say_so(folder, home, other, days):
    draw, here, there = random.Random(home), ZoneInfo(home), ZoneInfo(other)
    for day in days:
        steps, wrong = [], set()
        begin = datetime.fromisoformat(f"{day}T12:00:00+00:00") - timedelta(hours=20)
        for number in range(60):
            then = begin + timedelta(minutes=5 * draw.randrange(12 * 30))
            shown = then.astimezone(here)
            off = draw.choice([0] * 6 + [15, 30, 60, -30, -60, 12 * 60])
            said = (then + timedelta(minutes=off)).astimezone(there)
            if said.time() != then.astimezone(there).time():
                wrong.add(number)
            turns = {shown.replace(tzinfo=here, fold=fold).utcoffset() for fold in (0, 1)}
            turn = f" ({'second' if shown.fold else 'first'})" if len(turns) == 2 else ""
            half = draw.choice(["%H:%M", "%I:%M %p", "%I.%M%p"])
            text = f"{shown:%a} {shown.strftime(half)} HHH ({said.strftime(draw.choice(['%H:%M', '%I:%M %p']))} OOO)"
            steps.append({"id": f"s{number}", "title": "Step", "at": f"{shown:%a %H:%M}{turn}", "says": text})
        night = little(boards=None, gates=None, approvers=None, date=day, window=None, zones={
            "home": {"label": "HHH", "zone": home}, "other": {"label": "OOO", "zone": other}})
        night["phases"] = [{"id": "work", "title": "Work", "steps": steps}]
        runbook = write_runbook(folder, night)
        result = run("check", runbook, folder=folder)
        assert "fault" not in result.out, result
        lines = runbook.read_text().split("\n")
        places = [next(place for place, line in enumerate(lines, 1) if f'"s{number}"' in line) for number in range(60)]
        found = {bisect.bisect(places, int(line.split(":")[1])) - 1 for line in result.lines()
            if " hole PAIR: " in line}
        assert found == wrong, "\n".join(f"{steps[number]['at']}: {steps[number]['says']}" for number in found ^ wrong)
        assert 10 < len(wrong) < 50


# ------------------------------------------------------------------------------------------------ changes of the clocks


def test_two_in_the_morning_does_not_exist_on_the_second_sunday_of_march(folder):
    runbook = copied(folder, date(2026, 3, 8))
    result = run("check", runbook, folder=folder)
    assert result.code == 1
    assert (
        "fault TIME: Sun 02:00 does not exist in America/New_York on 2026-03-08: "
        "clocks go from 01:59 EST to 03:00 EDT; write 01:59 or 03:00") in result.out
    served = run("serve", runbook, "--state", folder / "state", "--socket", folder / "s.sock", folder=folder)
    assert served.code == 2 and "02:00 does not exist" in served.err + served.out
    # As offered, it loads; the words of the page still say 2 AM.
    replace(runbook, ("at: Sun 02:00", "at: Sun 03:00"))
    result = run("check", runbook, folder=folder)
    assert "fault" not in result.out
    assert "02:00 EST does not exist in America/New_York on 2026-03-08" in result.out


@pytest.mark.parametrize("day", [date(2025, 11, 2), date(2026, 11, 1)], ids=str)
def test_half_past_one_exists_twice_on_the_first_sunday_of_november(folder, day):
    runbook = copied(folder, day)
    replace(runbook, ("at: Sun 02:00", "at: Sun 01:30"))
    result = run("check", runbook, folder=folder)
    assert result.code == 1 and f"Sun 01:30 exists twice in America/New_York on {day}" in result.out
    assert f'"Sun 01:30 (first)" for {day}T05:30:00Z (EDT)' in result.out
    assert f'"Sun 01:30 (second)" for {day}T06:30:00Z (EST)' in result.out
    for turn in ("first", "second"):
        replace(runbook, ("at: Sun 01:30", f"at: Sun 01:30 ({turn})"))
        assert "fault" not in run("check", runbook, folder=folder).out
        replace(runbook, (f"at: Sun 01:30 ({turn})", "at: Sun 01:30"))


NIGHTS = {
    # On that night: hours from Saturday 22:00 to Sunday 05:00, the head at 04:31, and what India reads at 04:30 in New
    # York.
    date(2025, 11, 2): (8, "EST (UTC-5)", "Sun 04:30 Sun 15:00"),
    date(2026, 3, 8): (6, "EST (EDT, UTC-4)", "Sun 04:30 Sun 14:00"),
}


@pytest.mark.parametrize("day", NIGHTS, ids=str)
def test_a_whole_rehearsal_across_a_change_of_the_clocks_tells_the_right_times(rehearse, folder, day):
    hours, head, confirm = NIGHTS[day]
    hub = rehearse(ready(folder, day), start=False, at="Mon 10:00 IST", speed=0)
    hub.spawn()
    wait_until(hub.listens, 120, lambda: f"the rehearsal does not listen:\n{hub.log()}")
    document = hub.status()
    steps = {step["id"]: step for step in document["steps"]}
    assert document["bridge"]["state"] == "live" and all(pair["state"] == "holds" for pair in document["pairs"])

    def elapsed(one, other):
        return (instant(other) - instant(one)).total_seconds() / 3600

    assert elapsed(steps["web1-5"]["planned"], steps["changes-open"]["planned"]) == hours
    assert clocks(steps["web1-5-confirm"]["planned"]) == confirm
    # The script says when things happen in New York; they have happened then, and as long after each other as clocks
    # went on.
    assert clocks(steps["web1-5-alerts-off"]["actual"]["start"])[:9] == "Sat 22:01"
    assert clocks(steps["changes-open"]["actual"]["start"])[:9] == "Sun 05:01"
    assert elapsed(steps["web1-5-alerts-off"]["actual"]["start"],
        steps["changes-open"]["actual"]["start"]) == pytest.approx(hours - 0.01, abs=0.02)
    assert steps["smoke-1"]["state"] == steps["web6-10-patch"]["state"] == steps["regression"]["state"] == "done"
    # Everything that the night of September came to, this one came to.
    states = {step["id"]: step["state"] for step in document["steps"]}
    ages = hub.ok("status", "--at", "Sun 04:31").out
    assert head in ages and re.search(r"Sun 04:30 +Sun 1[45]:00", ages), ages
    # Pulled out at 03:52, before 04:31 on every clock of that morning: no change lies between.
    assert re.search(r"IC-Web4 out.*38 min|IC-Web4.*03:52", ages), ages
    # Jobs moved away at 19:00:40 have been so for as long as clocks went on, an hour more or less than the dial says.
    assert re.search(rf"jobs rescheduled +0?{hours + 2} h 30", ages), ages
    assert states["finish-maintenance"] == "done", states


def test_the_age_of_what_is_off_is_the_time_that_has_passed(hub, folder):
    """Alerts off at 22:00 are off for 6 h 31 at 04:31 on the night when clocks go forward, for 8 h 31 when they go
    back."""
    for day, age in [(date(2025, 11, 2), "7 h 31"), (date(2026, 3, 8), "5 h 31"), (SEPTEMBER, "6 h 31")]:
        runbook = copied(folder, day)
        if day.month == 3:
            replace(runbook, ("at: Sun 02:00", "at: Sun 03:00"))
        made = hub(runbook, at="Sun 04:31", speed=0, name=f"hub-{day}", state=folder / f"state-{day}")
        opened = (datetime(day.year, day.month, day.day, 22, tzinfo=NEW_YORK) - timedelta(days=1)).astimezone(
            ZoneInfo("UTC"))
        made.connect().taken(
            event("looseend", "alerts/system-1", {"state": "open"}, time=opened.strftime("%Y-%m-%dT%H:%M:%SZ")))
        text = made.ok("status").out
        assert age in text, f"{day}: {age} is not in\n{text}"


@pytest.mark.parametrize("day, at, before, after", [
    (date(2025, 11, 2), "2025-11-02T05:58:00Z", r"Sun 2 Nov  01:5[89].*alerts off 3 h 5[89]",
        r"Sun 2 Nov  01:0[1-9].*alerts off 4 h 0[1-9]"),
    (date(2026, 3, 8), "2026-03-08T06:58:00Z", r"Sun 8 Mar  01:5[89].*alerts off 3 h 5[89]",
        r"Sun 8 Mar  03:0[1-9].*alerts off 4 h 0[1-9]")], ids=str)
def test_an_age_on_the_screen_goes_on_through_the_change_of_the_clocks(hub, folder, screen, day, at, before, after):
    """Off since Saturday 22:00; the clock goes back to 01:00, or on to 03:00, and the age minute by minute."""
    hub = hub(ready(folder, day), at=at, speed=30)
    opened = datetime(day.year, day.month, day.day, 22, tzinfo=NEW_YORK) - timedelta(days=1)
    hub.connect().taken(event("looseend", "alerts/system-1", {"state": "open"},
        time=opened.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")))
    terminal = screen(hub)
    terminal.wait_for(lambda text: re.search(before, text, re.S))
    terminal.wait_for(lambda text: re.search(after, text, re.S), 10)


def test_a_night_on_which_clocks_go_on_by_half_an_hour_beside_one_of_three_quarters(hub):
    """Lord Howe at 02:00 on 2025-10-05, and Kathmandu: pairs, the forecast, the batch closes and the status tell the
    same true times."""
    night = little(
        boards=None, gates=None, approvers=None, date="2025-10-05",
        window={"opens": "Sat 19:00", "closes": "Sun 05:00"},
        zones={"home": {"label": "LHT", "zone": "Australia/Lord_Howe"},
            "other": {"label": "NPT", "zone": "Asia/Kathmandu"}},
        batch={"guard": "01:45-02:15", "slot": ":15", "needs_step": "two"})
    night["phases"] = [{"id": "work", "title": "Work", "steps": [
        {"id": "one", "title": "One", "at": "Sun 01:30", "takes": "2h", "backout": "30m", "wave": "first",
            "says": "Sunday 1:30 AM LHT (8:45 PM NPT)"},
        {"id": "mile", "title": "Milestone", "takes": "0m", "after": ["one"]},
        {"id": "two", "title": "Two", "takes": "30m", "after": ["mile"], "says": "Sunday 5 AM LHT (midnight NPT)"}]}]
    hub = hub(night, at="Sun 01:20", speed=0)
    document = hub.status()
    assert [pair["mismatch"] for pair in document["pairs"]] == [None, "05:00 LHT is 23:45 NPT, page says 00:00"]
    client = hub.connect()
    client.refused(event("step", "one", {"state": "started"}), "pair/two", "page says 00:00")
    client.refused(event("ruling", "pair/two", {"value": "plan", "reason": "r"}), "home (Sun 05:00 / Sat 23:45)",
        "other (Sun 05:15 / Sun 00:00)")
    client.taken(event("ruling", "pair/two", {"value": "other", "reason": "r"}))
    document = hub.status()
    steps = {step["id"]: (step["forecast"], step["forecastEnd"]) for step in document["steps"]}
    # Two hours from 01:30 are over at 04:00 there.
    assert steps["one"] == ("2025-10-04T15:00:00Z", "2025-10-04T17:00:00Z")
    assert steps["mile"] == ("2025-10-04T17:00:00Z",) * 2
    assert steps["two"] == ("2025-10-04T18:15:00Z", "2025-10-04T18:45:00Z")
    assert (document["forecast"]["overrun"], document["forecast"]["cause"]) == (2700, "two")
    # 02:15 is in the half hour that is left out: the band ends where the clocks go on, and the next slot is at 03:15.
    assert document["batchGuard"]["bands"] == [{"start": "2025-10-04T15:15:00Z", "end": "2025-10-04T15:30:00Z"}]
    assert document["batchGuard"]["nextSlot"] == "2025-10-04T16:15:00Z"
    text = hub.ok("status").out
    assert "LHT (UTC+10:30)" in text and "NPT (UTC+5:45)" in text, text
    assert "ends 45 min after the window, Sun 05:45 / 00:30: Two" in text, text
    assert "because of Two: end Sun 05:45 / Sun 00:30" in text, text
    assert "One lies in the batch closes, and Two is not done: Sun 01:45 / Sat 21:00 to 02:30" in text, text
