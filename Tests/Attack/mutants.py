"""What an enemy, a broken disk and a hurried person make of a text."""

import json

INTERESTING = [b"9223372036854775807", b"-9223372036854775808", b"18446744073709551616", b"1e308", b"-1e308", b"1e-400",
    b"4503599627370497", b"0", b"-0", b"null", b"true", b'""', b"{}", b"[]", b"\\u0000", b"\\ud800", b"\xff\xfe",
    b"\x00", "\u202e".encode(), b"\x1b]0;x\x07", b"9" * 400, b"0001-01-01T00:00:00Z", b"9999-12-31T23:59:60Z",
    b"2025-02-30T25:61:61+99:99", b"[" * 200, b"]" * 3, b'{"a":' * 70, b"A" * 5000, b"../../etc", b"%n%s", b"-1s"]
NUMBERS = [9223372036854775807, 9223372036854775808, -1, 1_000_000_001, 2**53 + 1, 2**64, 10**30, 1e308, 1.5, -(2**63)]


def bytes_of(chance, text, most=4):
    """A text with a few bytes of it changed, taken away, doubled, or replaced by what programs trip over."""
    data = bytearray(text)
    for _ in range(chance.randint(1, most)):
        at, how = chance.randrange(len(data) + 1), chance.randrange(6)
        end = min(len(data), at + chance.choice((1, 1, 2, 8, 60)))
        if how == 0 and data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        elif how == 1:
            del data[at:end]
        elif how == 2:
            data[at:at] = data[at:end] * chance.choice((1, 2, 50))
        elif how == 3:
            data[at:end] = chance.choice(INTERESTING)
        elif how == 4:
            data[at:at] = chance.choice(INTERESTING)
        else:
            del data[at:]
    return bytes(data)


def places(value, path=()):
    """The path to each value in a document."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def document_of(chance, document, numbers=NUMBERS):
    """A document with one of its values, or two, replaced by another that is JSON."""
    document = json.loads(json.dumps(document))
    for _ in range(chance.randint(1, 2)):
        paths = [path for path in places(document) if path]
        if not paths:
            break
        *way, last = chance.choice(paths)
        into = document
        for key in way:
            into = into[key]
        into[last] = chance.choice([*numbers, "", "x" * 3000, None, True, [], {}, [[]], {"a": 1}, "\u202e\x1b[2J",
            "é" * 9, "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z", "2025-09-14T04:31:00+23:59"])
    return document


def text_of(chance, document):
    """A line: the document changed as a value, or as bytes."""
    if chance.random() < .6:
        return json.dumps(document_of(chance, document)).encode()
    return bytes_of(chance, json.dumps(document).encode())
