"""The measures alone, without peers and without a network: python3 -m unittest discover -s bench/peers."""
from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import htmlreader
import textmeasure
from compare import ROOT, load
from extraction import Extraction, Run
from measuring import Truth, measure
from report import markdown
from tablemeasure import TableScore

ALL = frozenset(('text', 'title', 'date', 'tables', 'agency', 'year'))


def perfect(path: str, want: dict[str, Any]) -> Extraction:
    """What a tool without a fault makes of a page."""
    return Extraction(path, textmeasure.report_text(want), want['title'], want['published'],
                      [table['rows'] for table in want['tables']], want['agency']['name'], want['period']['year'])


def html_table(table: dict[str, Any], spans: bool) -> str:
    """A table of the truth as markup."""
    rows = ['' for _ in table['rows']]
    for cell in table['cells']:
        span = f' rowspan={cell["row_span"]} colspan={cell["col_span"]}' if spans else ''
        rows[cell['row']] += f'<td{span}>{cell["text"]}</td>'
    return '<table>' + ''.join(f'<tr>{row}</tr>' for row in rows) + '</table>'


class Measures(unittest.TestCase):
    """On generated pages."""

    truth: Truth

    @classmethod
    def setUpClass(cls) -> None:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, ROOT / 'bench/quality/generate.py', folder, '--count', '30'], check=True)
            cls.truth = load(Path(folder), 12)

    def run_of(self, **changes: Any) -> Run:
        """A perfect run, with these fields of every page changed."""
        pages = {path: perfect(path, want) for path, want in self.truth.items()}
        for page in pages.values():
            vars(page).update(changes)
        return Run('tool', '1', ALL, 0.01, pages)

    def test_a_perfect_tool_reaches_one(self) -> None:
        figures = measure(self.run_of(), self.truth).figures
        self.assertAlmostEqual(figures.pop('pages/s'), 100)
        self.assertEqual({name: round(value, 9) for name, value in figures.items()}, dict.fromkeys(figures, 1.0))

    def test_a_failed_page_counts_as_nothing(self) -> None:
        run = self.run_of()
        lost = next(iter(self.truth))
        run.pages[lost] = Extraction(lost, error='thrown')
        score = measure(run, self.truth)
        self.assertEqual(score.failed, 1)
        for name in ('text F1', 'title', 'date', 'agency', 'year'):
            self.assertAlmostEqual(score.figures[name], 1 - 1 / len(self.truth))

    def test_tables_survive_markup_and_lost_spans_are_seen(self) -> None:
        for spans in (True, False):
            score = TableScore()
            for want in self.truth.values():
                _, grids = htmlreader.read('\n'.join(html_table(table, spans) for table in want['tables']))
                score.add(want['tables'], grids)
            self.assertGreater(score.merged, 0)
            self.assertEqual(score.merged_kept == score.merged, spans)
            self.assertEqual(score.f1() == 1, spans)

    def test_what_is_not_offered_is_not_measured(self) -> None:
        run = Run('tables only', '1', frozenset(('tables',)), 0.02, self.run_of().pages)
        score = measure(run, self.truth)
        self.assertNotIn('text F1', score.figures)
        text = markdown([measure(self.run_of(), self.truth), score], 'about')
        self.assertIn('| tables only 1 | n/a | n/a | n/a | n/a | n/a | 1.000 (1.00×) | 1.000 (1.00×) | 50 (0.50×) | 0 |', text)


class Parts(unittest.TestCase):
    """One by one."""

    def test_site_text_costs_precision_and_the_title_does_not(self) -> None:
        body = '本机关全年主动公开政府信息三百条。'
        # Two runs of three lie across the end of the title.
        precision, recall, _ = textmeasure.compare(body, '某局年度报告\n' + body, '某局年度报告')
        self.assertEqual((precision, recall), (14 / 16, 1))
        precision, recall, _ = textmeasure.compare(body, body + '版权所有未经授权禁止转载', '某局年度报告')
        self.assertLess(precision, 0.6)
        self.assertEqual(recall, 1)

    def test_forms_of_writing_are_one(self) -> None:
        self.assertEqual(textmeasure.compare('（一）共12，175条', '(一) 共 １２,175 条', '')[2], 1)
        self.assertEqual(textmeasure.plain('“年 报”—'), textmeasure.plain('"年报"-'))

    def test_merged_cells_count_once_whether_spans_are_stated_or_not(self) -> None:
        table: dict[str, Any] = {'id': 't1', 'rows': [['申请人', '申请人', '合计总数'], ['自然人', '法人', '合计总数'], ['件', '件', '0'], ['件', '0', '0']]}
        record = {'tables': [table], 'sections': [{'content': [{'type': 'table', 'table': 't1'}]}]}
        self.assertEqual(textmeasure.letters(textmeasure.report_text(record)), '申请人合计总数自然人法人件0件00')

    def test_dates(self) -> None:
        for text in ('2020-3-20', '2020年03月20日', '2020/03/20 10:21'):
            self.assertEqual(textmeasure.iso_date(text), '2020-03-20')
        self.assertIsNone(textmeasure.iso_date('2020'))

    def test_tables_without_their_table_and_inside_others(self) -> None:
        _, grids = htmlreader.read('<head><title>no</title></head><tbody><tr><td>a<table><tr><td>b</table></td><td>c</td></tr></tbody>')
        self.assertEqual(grids, [[['a', 'c']], [['b']]])
        self.assertEqual(htmlreader.read('<table><tr><td colspan="2;">x<tr><td>y<td>z</table>')[1], [[['x', 'x'], ['y', 'z']]])
        self.assertEqual(htmlreader.read('<head><title>no</title></head><p>yes')[0].strip(), 'yes')

    def test_a_table_of_the_site_is_foreign(self) -> None:
        score = TableScore()
        score.add([json.loads('{"rows": [["指标名称", "1"]]}')], [[['索引号', 'A1']], [['指标名称', '1']]])
        self.assertEqual((score.foreign, score.right, score.given, score.wanted), (1, 2, 2, 2))


if __name__ == '__main__':
    unittest.main()
