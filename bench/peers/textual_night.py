"""A night's screen with Textual's line API, which draws the lines that changed: textual_night.py FILE. It looks at the
file 300 times a second."""
import sys

from night_file import Followed, step
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

PLAIN, SELECTED = Style(), Style(reverse=True)


class Lines(Widget):
    def __init__(self, line, **more):
        super().__init__(**more)
        self.line = line

    def render_line(self, y):
        text, style = self.line(y)
        return Strip([Segment(text[:self.size.width].ljust(self.size.width), style)])

    def draw(self, y):
        self.refresh(Region(0, y, self.size.width, 1))


class Night(App):
    CSS = """
    #head { height: 1; }
    #steps { height: 3fr; border: solid green; }
    #feed { height: 1fr; border: solid green; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self):
        super().__init__()
        self.file, self.selected, self.animation_level = Followed(sys.argv[1]), 0, "none"
        self.file.more()

    def compose(self):
        yield Lines(lambda y: ("LIVE    BENCHNIGHT", SELECTED), id="head")
        self.steps = Lines(lambda y: (step(y), SELECTED if y == self.selected else PLAIN), id="steps")
        yield self.steps
        self.feed = Lines(self.feed_line, id="feed")
        yield self.feed

    def feed_line(self, y):
        last = self.file.last(self.feed.size.height)
        return (last[y] if y < len(last) else ""), PLAIN

    def on_mount(self):
        self.set_interval(0.003, self.look)

    def look(self):
        if self.file.more():
            self.feed.refresh()

    def on_key(self, event):
        if event.key == "q":
            self.exit()
        before, self.selected = self.selected, max(0, self.selected + {"j": 1, "k": -1}.get(event.key, 0))
        for row in (before, self.selected):
            self.steps.draw(row)


Night().run()
