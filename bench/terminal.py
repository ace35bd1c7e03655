"""What stands on a terminal's screen: the characters, as xterm-256color places them, and no colours.

A text that a program draws cell by cell, moves by a scroll or leaves standing is found where a reader would see it.
Every character is one cell wide: none of the measured programs writes others. `terminal_test.py` tries it on recorded
runs beside two other terminals.
"""
import codecs
import re

TOKEN = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f]+)"
    r"|\x1b\[(?P<private>[<=>?]?)(?P<numbers>[0-9:;]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b[\]PX^_](?P<words>.*?)(?:\x07|\x1b\\)"
    r"|\x1b(?P<set>[()*+])(?P<charset>.)"
    r"|\x1b(?P<escape>[ -'\-/0-OQ-WYZ\\`-~])"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])", re.S)
LINES = str.maketrans("`afgjklmnopqrstuvwxyz{|}~", "◆▒°±┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·")


class Picture:
    def __init__(self, columns, rows):
        self.size = self.columns, self.rows = columns, rows
        self.decode, self.rest = codecs.getincrementaldecoder("utf-8")("replace").decode, ""
        self.reset()

    def reset(self):
        self.cells = [self.blank() for _ in range(self.rows)]
        self.x = self.y = self.top = 0
        self.bottom, self.saved, self.last = self.rows - 1, (0, 0), " "
        self.is_past_end = self.inserts = self.draws_lines = False
        self.touched = set(range(self.rows))  # rows that may have changed; whoever looks empties it

    def blank(self, count=None):
        return [" "] * (self.columns if count is None else count)

    def text(self):
        return ["".join(row) for row in self.cells]

    def changed(self):
        """The rows written since this was asked last."""
        rows = ["".join(self.cells[y]) for y in self.touched if y < self.rows]
        self.touched.clear()
        return rows

    def resize(self, columns, rows):
        kept = [row[:columns] + self.blank(max(0, columns - len(row))) for row in self.cells[:rows]]
        self.size = self.columns, self.rows = columns, rows
        self.cells = kept + [self.blank() for _ in range(rows - len(kept))]
        self.x, self.y, self.top, self.bottom = min(self.x, columns - 1), min(self.y, rows - 1), 0, rows - 1
        self.touched = set(range(rows))

    def feed(self, data):
        text, at, match = self.rest + self.decode(data), 0, TOKEN.match
        while at < len(text):
            token = match(text, at)
            if token is None:  # the beginning of a sequence; its end comes with the next bytes
                break
            at = token.end()
            kind = token.lastgroup
            if kind == "text":
                run = token["text"]
                self.put(run.translate(LINES) if self.draws_lines else run)
            elif kind == "final":
                if not token["between"]:
                    self.sequence(token["final"], token["private"], token["numbers"])
            elif kind == "control":
                self.control(token["control"])
            elif kind == "escape":
                self.escape(token["escape"])
            elif kind == "charset" and token["set"] == "(":
                self.draws_lines = token["charset"] == "0"
        self.rest = text[at:]

    def put(self, run):
        self.last = run[-1]
        while run:
            if self.is_past_end:  # the last column was written: only the next character goes to the next line
                self.x = 0
                self.line_feed()
                self.is_past_end = False
            piece, run = run[:self.columns - self.x], run[self.columns - self.x:]
            row, end = self.cells[self.y], self.x + len(piece)
            if self.inserts:
                row[self.x:self.x] = piece
                del row[self.columns:]
            else:
                row[self.x:end] = piece
            self.touched.add(self.y)
            self.is_past_end = end == self.columns
            self.x = min(end, self.columns - 1)

    def line_feed(self):
        if self.y == self.bottom:
            self.scroll(self.top, 1)
        else:
            self.y = min(self.y + 1, self.rows - 1)

    def scroll(self, top, count):
        """Lines from `top` to the region's bottom go up, or down by a negative count."""
        for _ in range(min(abs(count), self.bottom + 1 - top)):
            del self.cells[top if count > 0 else self.bottom]
            self.cells.insert(self.bottom if count > 0 else top, self.blank())
        self.touched.update(range(top, self.bottom + 1))

    def control(self, which):
        if which in "\n\v\f":
            self.line_feed()
        elif which == "\r":
            self.x = 0
        elif which == "\b":
            self.x = max(self.x - 1, 0)
        elif which == "\t":
            self.x = min((self.x // 8 + 1) * 8, self.columns - 1)
        elif which in "\x0e\x0f":
            self.draws_lines = which == "\x0e"
            return
        else:
            return
        self.is_past_end = False

    def escape(self, which):
        if which == "7":
            self.saved = self.x, self.y
        elif which == "8":
            self.move(*self.saved)
        elif which in "DE":
            self.x = 0 if which == "E" else self.x
            self.line_feed()
        elif which == "M":
            if self.y == self.top:
                self.scroll(self.top, -1)
            else:
                self.y = max(self.y - 1, 0)
        elif which == "c":
            self.reset()

    def move(self, x, y):
        self.x, self.y = max(0, min(x, self.columns - 1)), max(0, min(y, self.rows - 1))
        self.is_past_end = False

    def erase(self, y, start, end):
        self.cells[y][start:end] = self.blank(end - start)
        self.touched.add(y)

    def sequence(self, final, private, numbers):
        given = [int(part.partition(":")[0] or 0) for part in numbers.split(";")]
        if private:
            if private == "?" and final in "hl" and {47, 1047, 1049} & set(given):
                self.cells, self.touched = [self.blank() for _ in range(self.rows)], set(range(self.rows))
            return
        first, n, x, y = given[0], given[0] or 1, self.x, self.y
        second = given[1] if len(given) > 1 else 0
        if final in "Hf":
            self.move((second or 1) - 1, n - 1)
        elif final in MOVES:
            self.move(*MOVES[final](x, y, n))
        elif final in "JK":
            # All of the cursor's row, or of the rows beyond it as well.
            self.erase(y, x if first == 0 else 0, self.columns if first != 1 else x + 1)
            if final == "J":
                for row in range(y + 1 if first == 0 else 0, y if first == 1 else self.rows):
                    self.erase(row, 0, self.columns)
        elif final == "X":
            self.erase(y, x, min(x + n, self.columns))
        elif final in "P@":
            row, n = self.cells[y], min(n, self.columns - x)
            if final == "P":
                self.cells[y] = row[:x] + row[x + n:] + self.blank(n)
            else:
                self.cells[y] = row[:x] + self.blank(n) + row[x:self.columns - n]
            self.touched.add(y)
        elif final in "LM" and self.top <= y <= self.bottom:
            self.scroll(y, n if final == "M" else -n)
        elif final in "ST":
            self.scroll(self.top, n if final == "S" else -n)
        elif final == "b":
            self.put(self.last * n)
        elif final == "r":
            self.top, self.bottom = n - 1, min(second or self.rows, self.rows) - 1
            self.move(0, 0)
        elif final in "hl" and 4 in given:
            self.inserts = final == "h"
        elif final == "s":
            self.saved = x, y
        elif final == "u":
            self.move(*self.saved)


MOVES = {
    "A": lambda x, y, n: (x, y - n), "B": lambda x, y, n: (x, y + n), "e": lambda x, y, n: (x, y + n),
    "C": lambda x, y, n: (x + n, y), "a": lambda x, y, n: (x + n, y), "D": lambda x, y, n: (x - n, y),
    "E": lambda x, y, n: (0, y + n), "F": lambda x, y, n: (0, y - n), "G": lambda x, y, n: (n - 1, y),
    "`": lambda x, y, n: (n - 1, y), "d": lambda x, y, n: (x, n - 1),
    "I": lambda x, y, n: ((x // 8 + n) * 8, y), "Z": lambda x, y, n: ((x + 7) // 8 * 8 - 8 * n, y)}
