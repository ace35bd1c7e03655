"""Figures with their goals, what is made of them, and the two tables."""
import statistics
from dataclasses import dataclass, field


def percentile(values, share):
    ordered = sorted(values)
    return statistics.median(ordered) if share == 50 else ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def digits(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


@dataclass
class Figure:
    name: str
    unit: str
    values: list = field(default_factory=list)    # one a run; the median of them is the figure, or `share` per cent
    baseline: list = field(default_factory=list)  # the C program's, from the runs in between
    goal: float = None
    limit: float = None
    by_ratio: bool = False
    at_least: bool = False
    share: int = 50
    waived: str = ""   # why the goal does not hold on this machine
    missing: str = ""  # why there is no figure

    @property
    def value(self):
        return percentile(self.values, self.share)

    @property
    def ratio(self):
        return self.value / (percentile(self.baseline, self.share) or float("nan")) if self.baseline else None

    def verdict(self):
        if self.missing:
            return "NO FIGURE"
        if self.goal is None:
            return ""
        judged = self.ratio if self.by_ratio else self.value
        holds = lambda bound: bound is not None and (judged >= bound if self.at_least else judged <= bound)
        if holds(self.goal):
            return "goal met"
        if holds(self.limit):
            return "within limit"
        return f"no goal here: {self.waived}" if self.waived else "MISSED"

    def cells(self):
        if self.missing:
            return [self.name, "-", "", "", "", "", f"NO FIGURE: {self.missing}"]
        sign, unit = "≥ " if self.at_least else "≤ ", " x" if self.by_ratio else ""
        bound = lambda b: "" if b is None else sign + digits(b) + unit
        spread = f" ({digits(min(self.values))}–{digits(max(self.values))}, n {len(self.values)})"
        return [self.name, f"{digits(self.value)} {self.unit}{spread}",
            f"{digits(percentile(self.baseline, self.share))}" if self.baseline else "",
            f"{self.ratio:.2f} x" if self.baseline else "", bound(self.goal), bound(self.limit), self.verdict()]

    def document(self):
        if self.missing:
            return {"name": self.name, "missing": self.missing}
        return {"name": self.name, "unit": self.unit, "figure": self.value, "min": min(self.values),
            "max": max(self.values), "runs": len(self.values),
            "baseline": percentile(self.baseline, self.share) if self.baseline else None, "ratio": self.ratio,
            "goal": self.goal, "limit": self.limit, "verdict": self.verdict()}


@dataclass
class Row:
    """One axis of the table of programs: a value a run of each, by program."""
    name: str
    unit: str
    goal: float = None
    most_ratio: float = None  # and no more than so many times the C program's
    share: int = 50
    values: dict = field(default_factory=dict)
    missing: dict = field(default_factory=dict)  # why a program has none

    def value(self, program):
        return percentile(self.values[program], self.share) if self.values.get(program) else None

    def figure(self, ours, floor):
        """Ours alone, as any other figure."""
        goal, plain = self.goal, self.value(floor)
        if self.most_ratio and plain:
            goal = min(goal, self.most_ratio * plain)
        # One that failed in any of its turns has no figure: the others of its turns would flatter it.
        missing = self.missing.get(ours, "" if self.values.get(ours) else "it was not measured")
        return Figure(self.name, self.unit, self.values.get(ours, []), self.values.get(floor, []), goal,
            share=self.share, missing=missing)

    def cells(self, programs):
        ours, floor, *others = programs
        made = self.figure(ours, floor)
        told = lambda program: "-" if self.value(program) is None else digits(self.value(program))
        ratio = f"{made.ratio:.2f} x" if not made.missing and made.baseline and self.value(floor) else ""
        return [f"{self.name}{', ' if self.unit else ''}{self.unit}", told(ours), told(floor), ratio,
            *map(told, others), "" if made.goal is None else f"≤ {digits(made.goal)}", made.verdict()]

    def document(self, programs):
        return self.figure(*programs[:2]).document() | {"programs": {name: self.value(name) for name in programs}}


def side_table(rows, programs):
    ours, floor, *others = programs
    return ruled([["", ours, floor, "ratio", *others, "goal", "verdict"], *(row.cells(programs) for row in rows)])


def table(figures):
    return ruled([["name", "figure (min–max)", "baseline", "ratio", "goal", "limit", "verdict"],
        *(figure.cells() for figure in figures)])


def ruled(rows):
    widths = [max(map(len, column)) for column in zip(*rows)]
    widths[-1] = len(rows[0][-1])  # what stands last may be a sentence
    rows.insert(1, ["-" * width for width in widths])
    return "\n".join(" | ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)
