"""docs/runbook.md builds a night block by block: after every block the file is a runbook, and its rehearsal is what the
page says."""

import re

from programs import ROOT, run

PAGE = (ROOT / "docs" / "runbook.md").read_text()
BLOCKS = re.findall(r"(?ms)^```yaml *(\S*)\n(.*?)^```$", PAGE)


def sections(text):
    """The top-level sections of a block, in order."""
    return {part.split(":")[0]: part for part in re.split(r"(?m)^(?=[^\s#-])", text) if part.strip()}


def nights():
    """The runbook after each block."""
    night = {}
    for name, block in BLOCKS:
        if not name:
            night.update(sections(block))
            yield "".join(night.values())


def test_after_every_block_the_file_is_a_runbook(folder):
    count = 0
    for text in nights():
        runbook = folder / "runbook.yaml"
        runbook.write_text(text)
        result = run("check", runbook, folder=folder)
        assert result.code in (0, 1) and not re.search(r": fault [A-Z]", result.out + result.err), f"{result}\n{text}"
        count += 1
    assert count == len([name for name, _ in BLOCKS if not name]) >= 6


def test_a_block_that_is_spoiled_is_found_out(folder):
    """The test above can fail: the last night with a wave that is not there."""
    runbook = folder / "runbook.yaml"
    runbook.write_text(list(nights())[-1].replace("wave: second, patch", "wave: third, patch"))
    assert re.search(r": fault [A-Z]", run("check", runbook, folder=folder).out)


def test_its_rehearsal_shows_what_the_page_says(rehearse, folder):
    runbook = folder / "runbook.yaml"
    runbook.write_text(list(nights())[-1])
    scripts = {name: block for name, block in BLOCKS if name}
    for name, block in scripts.items():
        (folder / name).write_text(block)
    at = re.search(r"--rehearse --at '([^']+)'", PAGE)[1]
    document = rehearse(runbook, at=at, speed=0).status()
    steps = {step["id"]: step for step in document["steps"]}
    assert steps["first"]["state"] == "running" and steps["first-out"]["state"] == "done"
    assert steps["first-patch"]["state"] == "running"
    assert document["bridge"]["id"] == "shop-2025-09-14.rehearsal"
    assert {end["id"] for end in document["looseEnds"]} == {"pool/web1/front", "pool/web2/front"}
    assert {gate["id"]: gate["state"] for gate in document["gates"]} == {"before-second": "shut"}
