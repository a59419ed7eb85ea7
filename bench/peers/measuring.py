"""One row of the comparison: what a tool's run is worth against the truth of the pages."""
from __future__ import annotations

from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

import textmeasure
from extraction import Run
from tablemeasure import TableScore

TEMPLATE = ('page_', 'shell_')
"""How the phenomena that name a page's template begin."""

Truth = dict[str, dict[str, Any]]
"""The truth of each page's report, by path."""


@dataclass
class Score:
    """Figures by name; one that the tool does not offer is missing."""

    run: Run
    figures: dict[str, float] = field(default_factory=dict)
    failed: int = 0
    foreign: int | None = None
    templates: dict[str, float] = field(default_factory=dict)
    """Text F1 by page template, where the truth names it."""


def measure(run: Run, truth: Truth) -> Score:
    """All figures of a run. A page on which the tool failed counts as nothing found."""
    score = Score(run)
    score.failed = sum(run.page(path).error is not None for path in truth)
    if 'text' in run.offers:
        texts = [textmeasure.compare(textmeasure.report_text(want), run.page(path).text or '', want['title'] or '')
                 for path, want in truth.items()]
        for name, values in zip(('text precision', 'text recall', 'text F1'), zip(*texts)):
            score.figures[name] = fmean(values)
        by_template: dict[str, list[float]] = {}
        for want, (_, _, f1) in zip(truth.values(), texts):
            for phenomenon in want.get('phenomena') or []:
                if phenomenon.startswith(TEMPLATE):
                    by_template.setdefault(phenomenon.partition('_')[2], []).append(f1)
        score.templates = {name: fmean(values) for name, values in sorted(by_template.items())}
    for name, right in (('title', _title_right), ('date', _date_right), ('agency', _agency_right), ('year', _year_right)):
        if name in run.offers:
            score.figures[name] = fmean(right(run, path, want) for path, want in truth.items())
    if 'tables' in run.offers:
        tables = TableScore()
        for path, want in truth.items():
            tables.add(want['tables'], run.page(path).tables or [])
        score.figures['cells F1'] = tables.f1()
        if tables.merged:
            score.figures['merged cells'] = tables.merged_kept / tables.merged
        score.foreign = tables.foreign
    if run.seconds > 0:
        score.figures['pages/s'] = 1 / run.seconds
    return score


def _title_right(run: Run, path: str, want: dict[str, Any]) -> bool:
    return textmeasure.plain(run.page(path).title) == textmeasure.plain(want['title'])


def _date_right(run: Run, path: str, want: dict[str, Any]) -> bool:
    page = run.page(path)
    return page.error is None and bool(page.date == want['published'])


def _agency_right(run: Run, path: str, want: dict[str, Any]) -> bool:
    return textmeasure.plain(run.page(path).agency) in {textmeasure.plain(name) for name in want['agency']['accept']}


def _year_right(run: Run, path: str, want: dict[str, Any]) -> bool:
    return bool(run.page(path).year == want['period']['year'])
