"""Text and tables of the HTML that a tool gives back. The same reader for every tool."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from extraction import Grid

UNSEEN = frozenset(('head', 'script', 'style', 'template'))
LARGEST = 1000  # the HTML standard's bound of a column span; rows cannot span more than there are


@dataclass
class _Cell:
    rows: int
    columns: int
    pieces: list[str] = field(default_factory=list)


@dataclass
class _Table:
    implied: bool = False
    rows: list[list[_Cell]] = field(default_factory=list)
    cell: _Cell | None = None

    def grid(self) -> Grid:
        """The rectangle, by the table model of HTML; where spans overlap the first cell stays."""
        height = len(self.rows)
        placed: dict[tuple[int, int], str] = {}
        for r, row in enumerate(self.rows):
            c = 0
            for cell in row:
                while (r, c) in placed:
                    c += 1
                text = ''.join(cell.pieces)
                for dr in range(min(cell.rows, height - r)):
                    for dc in range(cell.columns):
                        placed.setdefault((r + dr, c + dc), text)
                c += cell.columns
        width = max((c for _, c in placed), default=-1) + 1
        return [[placed.get((r, c), '') for c in range(width)] for r in range(height)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.done: list[tuple[int, Grid]] = []
        self.open: list[_Table] = []
        self.order: list[int] = []
        self.begun = 0
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.text.append('\n')
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == 'table':
            self._begin(implied=False)
        elif tag in ('tr', 'td', 'th', 'tbody', 'thead', 'tfoot'):
            if not self.open:
                # A tool may give back the inside of a table without the table.
                self._begin(implied=True)
            table = self.open[-1]
            table.cell = None
            if tag == 'tr':
                table.rows.append([])
            elif tag in ('td', 'th'):
                if not table.rows:
                    table.rows.append([])
                values = dict(attrs)
                table.cell = _Cell(_span(values.get('rowspan')), _span(values.get('colspan')))
                table.rows[-1].append(table.cell)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.text.append('\n')
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif self.open and tag in ('td', 'th', 'tr'):
            self.open[-1].cell = None
        elif self.open and (tag == 'table' or (tag == 'tbody' and self.open[-1].implied)):
            self._end()

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        self.text.append(data)
        if self.open and self.open[-1].cell:
            self.open[-1].cell.pieces.append(data)

    def close(self) -> None:
        super().close()
        while self.open:
            self._end()

    def _begin(self, implied: bool) -> None:
        self.open.append(_Table(implied))
        self.order.append(self.begun)
        self.begun += 1

    def _end(self) -> None:
        grid = self.open.pop().grid()
        place = self.order.pop()
        if grid:
            self.done.append((place, grid))


def _span(value: str | None) -> int:
    digits = re.match(r'\s*(\d+)', value or '')
    return min(max(int(digits[1][:6]), 1), LARGEST) if digits else 1


def read(html: str) -> tuple[str, list[Grid]]:
    """(text, tables in reading order) of a piece of HTML; nested tables are tables of their own."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return ''.join(reader.text), [grid for _, grid in sorted(reader.done, key=lambda x: x[0])]
