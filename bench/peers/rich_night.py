"""A night's screen with Rich: rich_night.py FILE. It looks at the file 300 times a second, and draws when it grew."""
import os
import select
import sys
import termios
import tty

from night_file import Followed, step
from rich.console import Console
from rich.layout import Layout
from rich.live import Live
from rich.panel import Panel
from rich.text import Text


class Steps:
    selected = 0

    def __rich_console__(self, console, options):
        for row in range(options.height or 40):
            yield Text(step(row), style="reverse" if row == self.selected else "", no_wrap=True)


class Feed:
    def __init__(self, file):
        self.file = file

    def __rich_console__(self, console, options):
        for line in self.file.last(options.height or 10):
            yield Text(line, no_wrap=True)


def main():
    file, steps, layout = Followed(sys.argv[1]), Steps(), Layout()
    file.more()
    layout.split_column(Layout(Text("LIVE    BENCHNIGHT", style="reverse"), size=1),
        Layout(Panel(steps, title="STEPS"), ratio=3), Layout(Panel(Feed(file), title="FEED")))
    before = termios.tcgetattr(0)
    tty.setcbreak(0)
    try:
        with Live(layout, console=Console(), screen=True, auto_refresh=False) as live:
            live.refresh()
            size = os.get_terminal_size()
            while True:
                if select.select([0], [], [], 0.003)[0]:
                    key = os.read(0, 1)
                    if key in (b"q", b""):
                        break
                    steps.selected = max(0, steps.selected + {b"j": 1, b"k": -1}.get(key, 0))
                elif not file.more() and os.get_terminal_size() == size:
                    continue
                size = os.get_terminal_size()
                live.refresh()
    finally:
        termios.tcsetattr(0, termios.TCSANOW, before)


main()
