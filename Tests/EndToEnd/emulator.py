"""What a terminal shows of what a program writes to it."""

import pyte


class Stream(pyte.ByteStream):
    """pyte with what it lacks of xterm-256color: REP, repeat the last character, and SU and SD, scroll up and down."""

    csi = dict(pyte.ByteStream.csi, b="repeat", S="scroll_up", T="scroll_down")
    events = pyte.ByteStream.events | {"repeat", "scroll_up", "scroll_down"}


class Screen(pyte.Screen):
    last = " "

    def draw(self, data):
        super().draw(data)
        self.last = data[-1:] or self.last

    def repeat(self, count=1):
        self.draw(self.last * count)

    def scroll_up(self, count=1):
        self.scroll(count, "bottom", self.index)

    def scroll_down(self, count=1):
        self.scroll(count, "top", self.reverse_index)

    def scroll(self, count, edge, step):
        line, region = self.cursor.y, self.margins or pyte.screens.Margins(0, self.lines - 1)
        self.cursor.y = getattr(region, edge)
        for _ in range(count or 1):
            step()
        self.cursor.y = line

    def set_margins(self, *arguments, **how):  # pyte 0.8.0 does not know `private` here
        how.pop("private", None)
        super().set_margins(*arguments, **how)
