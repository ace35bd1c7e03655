"""What a screen writes under 5,000 events a second: frames and bytes."""
import json
import subprocess

from figures import Figure
from hub import Hub
from night import STEP, TITLE, event
from process import Failure

RATE = 5000
BETWEEN = 0.012  # seconds: longer than the pieces of one frame are apart, shorter than two frames are


def traffic(bench, seconds=8.0):
    # The word makes every event a change that the screen's count of entries shows.
    line = json.dumps(event("note", STEP, {"text": "^^"}, "@@"), separators=(",", ":"))
    with Hub(bench.warroom, bench.base) as hub, bench.screen(hub) as screen:
        screen.painted(TITLE)
        screen.rest(1)
        screen.text()
        argv = [bench.tools["feed"], "socket", hub.socket, str(RATE), str(seconds), "0", line]
        with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as feed:
            screen.rest(0.5)
            screen.text()
            before = screen.count
            screen.rest(seconds - 1)
            stamps, size = [stamp for stamp, _ in screen.log], screen.count - before
            out, told = feed.communicate(timeout=60)
    if feed.returncode:
        raise Failure(told.strip() or "the feeder failed")
    left = [int(line.split()[1]) for line in out.splitlines()]
    frames = sum((stamp - last) / 1e9 > BETWEEN for last, stamp in zip([0] + stamps, stamps))
    rate = (len(left) - 1) / (left[-1] - left[0]) * 1e9
    return [Figure(f"{rate:,.0f} events a second: frames a second", "/s", [frames / (seconds - 1)], goal=60),
        Figure(f"{rate:,.0f} events a second: bytes a second", "B", [size / (seconds - 1)])]
