"""Words that say a number: a word on a screen tells which event it is of, and that all before it had come."""
import re

# Two alphabets in turn: every cell of a word differs from the one before, so a program that sends only what has changed
# sends all of it. No vowels: no word that a screen shows anyway.
ALPHABETS = "bdfhkmpr", "cgjnqsvx"
WORD = re.compile("|".join(f"[{letters}]{{8}}" for letters in ALPHABETS))


def word(number):
    """As feed.c has it."""
    return "".join(ALPHABETS[number & 1][number >> 3 * place & 7] for place in range(8))


def newest(rows, first, count):
    """The highest place of an event whose word stands in the rows, of those from `first` on; -1 where there is none."""
    best = -1
    for row in rows:
        for found in WORD.finditer(row):
            parity = found[0][0] in ALPHABETS[1]
            number = sum(ALPHABETS[parity].index(letter) << 3 * place for place, letter in enumerate(found[0]))
            if number & 1 == parity and first <= number < first + count:
                best = max(best, number - first)
    return best


def freshness(screen, left, first):
    """Of each event, the ms from its leaving until the screen showed it or a later one; events that left after the last
    one shown are not in it. `left`: the ns at which they left."""
    shown, at = [], -1
    for stamp in screen.replay():
        best = newest(screen.picture.changed(), first, len(left))
        if best > at:
            shown.extend([stamp] * (best - at))
            at = best
    return [(stamp - began) / 1e6 for stamp, began in zip(shown, left)]
