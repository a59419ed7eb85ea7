"""The comparison as Markdown."""
from __future__ import annotations

import re
from collections import Counter

from measuring import Score

MAIN = ('text F1', 'title', 'date', 'agency', 'year', 'cells F1', 'merged cells', 'pages/s')
DETAILS = ('text precision', 'text recall')


def markdown(scores: list[Score], about: str) -> str:
    """The tables; the first score is ours, beside which the others' ratios stand."""
    ours = scores[0]
    head = ['tool', *MAIN, 'failed']
    lines = [about, '', '| ' + ' | '.join(head) + ' |', '|' + ' --- |' * len(head)]
    for score in scores:
        cells = [f'{score.run.name} {score.run.version}', *(_cell(score, ours, name) for name in MAIN), str(score.failed)]
        lines.append('| ' + ' | '.join(cells) + ' |')
    head = ['tool', *DETAILS, 'tables not of the report']
    lines += ['', '| ' + ' | '.join(head) + ' |', '|' + ' --- |' * len(head)]
    for score in scores:
        foreign = 'n/a' if score.foreign is None else str(score.foreign)
        lines.append('| ' + ' | '.join([score.run.name, *(_cell(score, ours, name) for name in DETAILS), foreign]) + ' |')
    if ours.templates:
        reading = [score for score in scores if score.templates]
        head = ['text F1 by template', *(score.run.name for score in reading)]
        lines += ['', '| ' + ' | '.join(head) + ' |', '|' + ' --- |' * len(head)]
        for name in ours.templates:
            lines.append('| ' + ' | '.join([name, *(f'{score.templates[name]:.3f}' for score in reading)]) + ' |')
    notes = [note for score in scores for note in (*score.run.notes, *_failures(score))]
    return '\n'.join(lines + ['', *(f'* {note}' for note in notes)]) + '\n'


def _cell(score: Score, ours: Score, name: str) -> str:
    value = score.figures.get(name)
    if value is None:
        return 'n/a'
    shown = f'{value:.0f}' if name == 'pages/s' else f'{value:.3f}'
    own = ours.figures.get(name)
    return shown if score is ours or not own else f'{shown} ({_ratio(value / own)}×)'


def _ratio(value: float) -> str:
    return f'{value:.2f}' if value >= 0.1 or value == 0 else f'{value:.2g}'


def _failures(score: Score) -> list[str]:
    # Positions and values differ from page to page, the reason does not.
    errors = Counter(re.sub(r'0x[0-9a-f]+|(?<!-)\b\d+', '…', page.error) for page in score.run.pages.values() if page.error)
    return [f'{score.run.name}, {count} failed: `{error}`' for error, count in errors.most_common(3)]
