"""How tables are compared: cells on the expanded grid, rows aligned in order, merged cells by the area they fill."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from extraction import Grid
from textmeasure import plain

SAME = 0.4  # share of a table's text that a table of the truth must hold for the two to be compared


@dataclass
class TableScore:
    """Counts over the pages; `foreign` are tables given back that are no table of the report."""

    right: int = 0
    given: int = 0
    wanted: int = 0
    foreign: int = 0
    merged_kept: int = 0
    merged: int = 0

    def f1(self) -> float:
        """F1 of cells."""
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 0.0

    def add(self, truth: list[dict[str, Any]], found: list[Grid]) -> None:
        """Counts one page."""
        wanted = [_without(_plain_grid(t['rows']), t.get('optional_rows') or []) for t in truth]
        taken: list[Grid] = [[] for _ in truth]
        for grid in map(_plain_grid, found):
            place = _best(grid, wanted, taken)
            if place is None:
                self.foreign += 1
            else:
                taken[place] += _without(grid, truth[place].get('optional_rows') or [])
        for table, want, have in zip(truth, wanted, taken):
            self.wanted += sum(map(len, want))
            self.given += sum(map(len, have))
            self.right += _cells_right(want, have)
            spans = Counter((plain(c['text']), c['row_span'], c['col_span']) for c in table.get('cells') or []
                            if plain(c['text']) and c['row_span'] * c['col_span'] > 1)
            self.merged += spans.total()
            self.merged_kept += sum(min(n, _areas(have, *span)) for span, n in spans.items())


def _plain_grid(rows: Grid) -> Grid:
    return [[plain(cell) for cell in row] for row in rows]


def _without(rows: Grid, optional: list[str]) -> Grid:
    """Without rows that are one cell of text which may stand in the table or above it."""
    names = {plain(text) for text in optional}
    return [row for row in rows if not (len(set(row)) == 1 and row[0] in names)]


def _texts(grid: Grid) -> Counter[str]:
    """Each text once a row, weighed by its length: labels tell tables apart, numbers hardly do."""
    texts: Counter[str] = Counter()
    for row in grid:
        for text in set(row):
            texts[text] += len(text)
    return texts


def _best(grid: Grid, wanted: list[Grid], taken: list[Grid]) -> int | None:
    own = _texts(grid)
    best: tuple[float, int, int] | None = None
    for place, want in enumerate(wanted):
        share = (own & _texts(want)).total() / (own.total() or 1)
        # Of two tables alike the one with fewer rows found so far.
        rank = (share, -len(taken[place]), -place)
        if share >= SAME and (best is None or rank > best):
            best = rank
    return None if best is None else -best[2]


def _common(a: list[str], b: list[str]) -> int:
    """Length of the longest common subsequence."""
    if a == b:
        return len(a)
    last = [0] * (len(b) + 1)
    for x in a:
        line = [0]
        for j, y in enumerate(b):
            line.append(last[j] + 1 if x == y else max(last[j + 1], line[j]))
        last = line
    return last[-1]


def _cells_right(want: Grid, have: Grid) -> int:
    """Cells that agree under the best alignment of rows in order; within two rows the longest common subsequence."""
    if want == have:
        return sum(map(len, want))
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    last = [0] * (len(have) + 1)
    for a in want:
        line = [0]
        for j, b in enumerate(have):
            key = tuple(a), tuple(b)
            if key not in known:
                known[key] = _common(a, b)
            line.append(max(last[j] + known[key], last[j + 1], line[j]))
        last = line
    return last[-1]


def _areas(grid: Grid, text: str, height: int, width: int) -> int:
    """How many areas of this size the text fills, none of them twice."""
    used: set[tuple[int, int]] = set()
    count = 0
    for r in range(len(grid) - height + 1):
        for c in range(len(grid[r]) - width + 1):
            area = [(r + dr, c + dc) for dr in range(height) for dc in range(width)]
            if all(y < len(grid) and x < len(grid[y]) and grid[y][x] == text for y, x in area) and used.isdisjoint(area):
                used.update(area)
                count += 1
    return count
