"""Swift text as far as the checks read it: without comments and strings, and what is declared where."""

import re
from dataclasses import dataclass

TYPES = {"struct", "class", "enum", "actor", "protocol"}
KINDS = TYPES | {"extension", "func", "var", "let", "case", "typealias", "associatedtype", "init", "subscript"}
MODIFIERS = {
    "package", "public", "open", "internal", "private", "fileprivate", "static", "final", "mutating", "nonmutating",
    "override", "lazy", "indirect", "nonisolated", "required", "convenience", "weak", "unowned", "prefix", "postfix",
    "infix", "consuming", "borrowing",
}
NEVER = {".", "import"}  # what stands before a word of KINDS that declares nothing
TOKEN = re.compile(r"`\w+`|[A-Za-z_]\w*|->|[^\w\s]")
TEXT = re.compile(r'//[^\n]*|/\*|(#*)("""|")|[()]')


@dataclass(frozen=True)
class Declaration:
    """One name, declared at the top of a file or in a type; what a body declares for itself is not listed."""

    name: str
    kind: str
    owner: str  # the type it stands in, as written: "Runbook.Step"; "" at the top
    line: int
    modifiers: tuple  # `override`, `@main`, …
    heritage: str  # of a type or extension: what stands between its name and its body


def code(text):
    """The same text, character by character, with comments and strings blank; what stands in `\\(…)` is kept."""
    out, at = [], 0

    def drop(end):
        nonlocal at
        out.append(re.sub(r"[^\n]", " ", text[at:end]))
        at = end

    def keep(end):
        nonlocal at
        out.append(text[at:end])
        at = end

    def string(hashes, quotes):
        end = re.compile(r"\\" + hashes + r"(\(|.)|" + quotes + hashes, re.S)
        while found := end.search(text, at):
            drop(found.end())
            if found[0] == quotes + hashes:
                return
            if found[1] == "(":
                plain(inside=True)

    def comment():
        depth = 0
        while found := re.compile(r"/\*|\*/").search(text, at):
            drop(found.end())
            depth += 1 if found[0] == "/*" else -1
            if not depth:
                return

    def plain(inside=False):
        depth = 0
        while found := TEXT.search(text, at):
            keep(found.start())
            what = found[0]
            if what in "()":
                depth += 1 if what == "(" else -1
                if inside and depth < 0:
                    return drop(found.end())
                keep(found.end())
            elif what.startswith("//"):
                drop(found.end())
            elif what == "/*":
                comment()
            else:
                drop(found.end())
                string(found[1], found[2])
        keep(len(text))

    plain()
    return "".join(out)


def declarations(plain):
    """All declarations of a file from its text as `code` gives it."""
    tokens = [(found[0].strip("`"), found.start()) for found in TOKEN.finditer(plain)]
    words = [word for word, _ in tokens]
    found, scopes, pending, round_depth, i = [], [], None, 0, 0
    while i < len(words):
        word = words[i]
        if word in "([":
            round_depth += 1
        elif word in ")]":
            round_depth -= 1
        elif word == "{":
            scopes.append((pending, round_depth))
            pending, round_depth = None, 0
        elif word == "}" and scopes:
            round_depth = scopes.pop()[1]
        elif word in KINDS and not round_depth and all(type for type, _ in scopes) and words[i - 1] not in NEVER:
            owner = scopes[-1][0] if scopes else ""
            line = plain.count("\n", 0, tokens[i][1]) + 1
            modifiers = _modifiers(words, i)
            if word == "class" and words[i + 1] in ("func", "var"):
                pass
            elif word in TYPES or word == "extension":
                end = next(n for n in range(i, len(words)) if words[n] == "{")
                name = re.match(r"[\w.]+", "".join(words[i + 1 : end]).lstrip("[")) [0]
                heritage = plain[tokens[i + 1][1] + len(words[i + 1]) : tokens[end][1]]
                found.append(Declaration(name, word, owner, line, modifiers, heritage))
                pending = f"{owner}.{name}" if owner else name
                i = end - 1
            elif word in ("init", "subscript"):
                found.append(Declaration(word, word, owner, line, modifiers, ""))
            else:
                for name in _names(plain, words, tokens, i):
                    found.append(Declaration(name, word, owner, line, modifiers, ""))
        i += 1
    return found


def _modifiers(words, i):
    """The words before a declaration, back to where the one before it ends."""
    before, n = [], i - 1
    while n >= 0:
        if words[n - 2 : n + 1] in (["(", "set", ")"], ["(", "unsafe", ")"]):
            n -= 3
        elif words[n] in MODIFIERS or words[n - 1] == "@":
            before.append("@" + words[n] if words[n - 1] == "@" else words[n])
            n -= 2 if words[n - 1] == "@" else 1
        else:
            break
    return tuple(reversed(before))


def _names(plain, words, tokens, i):
    """The names that a `func`, `var`, `let`, `case` or `typealias` declares; several where commas part them."""
    names, n, depth = [], i + 1, 0
    wants = True
    while n < len(words):
        word = words[n]
        if n > i + 1 and depth == 0 and words[n - 1] != "," and "\n" in plain[tokens[n - 1][1] : tokens[n][1]]:
            break
        if wants and re.match(r"\w|[^\w(]", word):
            names.append(word)
            wants = False
        if words[i] in ("func", "typealias", "associatedtype") or (word in "{}" and depth == 0):
            break
        depth += (word in "([<{") - (word in ")]>}")
        wants = wants or (word == "," and depth == 0)
        n += 1
    return names
