"""How texts are compared: in one Unicode form, letters and digits alone, by runs of three of them."""
from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

_DASHES_AND_QUOTES = str.maketrans({'“': '"', '”': '"', '‘': "'", '’': "'", '「': '"', '」': '"',
                                    '—': '-', '–': '-', '─': '-', '−': '-', '―': '-'})


def plain(text: object) -> str:
    """For titles and cells: NFKC, no white space, one kind of quotation mark and dash."""
    form = unicodedata.normalize('NFKC', '' if text is None else str(text))
    return re.sub(r'[\s\u200b-\u200f\ufeff\u00ad]+', '', form).translate(_DASHES_AND_QUOTES)


def letters(text: str) -> str:
    """For running text: NFKC, letters and digits only."""
    return re.sub(r'[\W_]+', '', unicodedata.normalize('NFKC', text))


def trigrams(text: str) -> Counter[str]:
    """Every run of three characters, with how often it stands there."""
    return Counter(text[i:i + 3] for i in range(len(text) - 2))


def compare(wanted: str, found: str, title: str) -> tuple[float, float, float]:
    """(precision, recall, F1). A title that stands in the text as well is neither wanted nor wrong."""
    truth, given = trigrams(letters(wanted)), trigrams(letters(found))
    right = (truth & given).total()
    free = trigrams(letters(title))
    wrong = sum(n for gram, n in (given - truth).items() if gram not in free)
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / truth.total() if truth else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def report_text(record: dict[str, Any]) -> str:
    """The text of a record, or of its truth, in reading order without the title; a merged cell's text once."""
    tables = {table['id']: table for table in record['tables']}
    pieces: list[str] = []
    for section in record['sections']:
        pieces += [section.get('number') or '', section.get('heading') or '']
        for block in section['content']:
            if block['type'] == 'table':
                pieces += _table_text(tables[block['table']])
            else:
                pieces += [block.get('number') or '', block['text']]
    return '\n'.join(pieces)


def _table_text(table: dict[str, Any]) -> list[str]:
    named = table.get('number') or table.get('caption')
    unit = '单位' + table['unit'] if named and table.get('unit') else ''
    head = [table.get('number') or '', table.get('caption') or '', unit]
    if table.get('cells'):
        return head + [cell['text'] for cell in sorted(table['cells'], key=lambda c: (c['row'], c['col']))]
    return head + _each_once(table['rows'])


def _each_once(rows: list[list[str]]) -> list[str]:
    """The cells of a grid whose spans are not stated: a label beside or below the same label is taken for one cell with it.

    Below, only what is too long for a unit: a column of units repeats 件 line after line."""
    texts: list[str] = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            label = re.search(r'[^\W\d_]', text)
            repeated = (c and row[c - 1] == text) or (r and len(text) > 2 and c < len(rows[r - 1]) and rows[r - 1][c] == text)
            if not (label and repeated):
                texts.append(text)
    return texts


def iso_date(text: str | None) -> str | None:
    """The date in what a tool calls the time of publication, as `2020-03-20`."""
    found = re.search(r'(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})', text or '')
    return f'{found[1]}-{int(found[2]):02}-{int(found[3]):02}' if found else None
