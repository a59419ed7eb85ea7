#!/usr/bin/env python3
"""Reads the same PDFs with nianbao and with other readers, in one run: characters, table cells, pages a second of processor time.

compare.py DIR [--labels FILE.json --files DIR] [--nianbao PROGRAM] [--only NAME,…]

DIR holds pdf/ and truth.jsonl of generate.py. LABELS: {file name: [table as list of rows of cells, …]}, tables labelled by
hand, a merged cell written once at its upper left, others of its span null; only the labelled tables count there.
Needs the packages pymupdf and pdfplumber, and pdftotext; pypdfium2 where it is there.
"""
import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter


def plain(text):
    text = unicodedata.normalize('NFKC', text or '')
    return re.sub(r'\s', '', text).translate(str.maketrans('“”‘’—–−', '""\'\'---'))


def cells(rows):
    return [plain(c) for row in rows for c in row if plain(c)]


def lcs(a, b):
    """Length of the longest common subsequence, by bits."""
    where = {}
    for i, x in enumerate(a):
        where[x] = where.get(x, 0) | 1 << i
    row = 0
    for x in b:
        y = row | where.get(x, 0)
        row = y & (y ^ (y - (row << 1 | 1)))
    return bin(row).count('1')


def once(table):
    """A table of a record: each merged cell once."""
    spans = [(c['row'], c['col'], c.get('row_span', 1), c.get('col_span', 1)) for c in table.get('cells') or []]
    hidden = {(r + i, c + j) for r, c, h, w in spans for i in range(h) for j in range(w) if i or j}
    return [[None if (r, c) in hidden else text for c, text in enumerate(row)] for r, row in enumerate(table['rows'])]


def with_nianbao(program, folder):
    def read(paths):
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([program, 'extract', *paths, '-j', '1', '-o', out, '--quiet', '--isolation', 'never', '--set', 'keywords=0'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            found = {}
            for line in open(os.path.join(out, 'records.jsonl'), encoding='utf-8'):
                r = json.loads(line)
                text, tables = found.setdefault(os.path.basename(r['source']['path']), ([], []))
                text += [r['title'] or '', r.get('document_number') or ''] + [f if isinstance(f, str) else f.get('text', '') for f in r.get('furniture') or []]
                for s in r['sections']:
                    text += [s['number'] or '', s['heading'] or ''] + [(c.get('number') or '') + c.get('text', '') for c in s['content']]
                for t in r['tables']:
                    text += [c for row in once(t) for c in row if c] + [t.get('caption') or '', t.get('unit') or '']
                    tables.append(once(t))
            return {os.path.join(folder, k): (''.join(v[0]), v[1]) for k, v in found.items()}
    return read


def each(one):
    def read(paths):
        found = {}
        for path in paths:
            try:
                found[path] = one(path)
            except Exception as error:
                print('%s: %s' % (path, error), file=sys.stderr)
        return found
    return read


def pdftotext(path):
    return subprocess.run(['pdftotext', '-layout', path, '-'], capture_output=True, timeout=60).stdout.decode('utf-8', 'replace'), None


def pymupdf_text(path):
    import pymupdf
    return ''.join(page.get_text() for page in pymupdf.open(path)), None


def pymupdf_tables(path):
    import pymupdf
    text, tables = [], []
    for page in pymupdf.open(path):
        text.append(page.get_text())
        tables += [t.extract() for t in page.find_tables().tables]
    return ''.join(text), tables


def pdfium_text(path):
    import pypdfium2
    document = pypdfium2.PdfDocument(path)
    return ''.join(page.get_textpage().get_text_range() for page in document), None


def pdfplumber_all(path):
    import pdfplumber
    text, tables = [], []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            text.append(page.extract_text() or '')
            tables += page.extract_tables()
    return ''.join(text), tables


def f1(right, found, wanted):
    return 2 * right / (found + wanted) if found + wanted else float('nan')


def processor_time():
    """Seconds that this process and those that it waited for have used: what else the machine does is not counted."""
    return sum(os.times()[:4])


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('dir', nargs='?')
    a.add_argument('--labels')
    a.add_argument('--files')
    a.add_argument('--nianbao', default='target/release/nianbao')
    a.add_argument('--only')
    a.add_argument('--limit', type=int, help='files: the slow readers take minutes')
    a = a.parse_args()
    import pymupdf
    pymupdf.TOOLS.mupdf_display_errors(False)
    folder = os.path.abspath(a.files or os.path.join(a.dir, 'pdf'))
    truth, characters = {}, {}
    if a.labels:
        for name, tables in json.load(open(a.labels, encoding='utf-8')).items():
            truth[os.path.join(folder, name)] = tables
    else:
        for line in open(os.path.join(a.dir, 'truth.jsonl'), encoding='utf-8'):
            t = json.loads(line)
            path = os.path.join(folder, t['source']['path'])
            known = truth[path] = [once(table) for table in t['tables']]
            said = [t['title']] + [(s['number'] or '') + (s['heading'] or '') for s in t['sections']] + [(c.get('number') or '') + (c.get('text') or '') for s in t['sections'] for c in s['content']]
            characters[path] = Counter(plain(''.join(said)) + ''.join(x for g in known for x in cells(g)))
    paths = sorted(p for p in truth if os.path.exists(p))[:a.limit]
    truth = {p: truth[p] for p in paths}
    pages = sum(len(pymupdf.open(p)) if not pymupdf.open(p).needs_pass else 0 for p in paths)
    readers = {'nianbao (whole record)': with_nianbao(os.path.abspath(a.nianbao), folder), 'pdftotext -layout': each(pdftotext), 'PyMuPDF text': each(pymupdf_text), 'pypdfium2 text': each(pdfium_text),
               'PyMuPDF find_tables': each(pymupdf_tables), 'pdfplumber': each(pdfplumber_all)}
    if a.only:
        readers = {k: v for k, v in readers.items() if any(x in k for x in a.only.split(','))}
    print('%d files, %d pages, %d tables\n' % (len(paths), pages, sum(len(t) for t in truth.values())))
    print('| reader | files read | characters | cells F1 | precision | recall | pages/s | ratio |')
    print('| --- | --- | --- | --- | --- | --- | --- | --- |')
    if importlib.util.find_spec('pypdfium2') is None:
        readers.pop('pypdfium2 text', None)
    first = None
    for name, read in readers.items():
        start = processor_time()
        found = read(paths)
        speed = pages / (processor_time() - start)
        first = first or speed
        right = n = m = said = wanted = 0
        for path in paths:
            text, tables = found.get(path, ('', []))
            got = Counter(plain(text))
            if path in characters:
                said += sum((got & characters[path]).values())
                wanted += sum(characters[path].values())
            if tables is None:
                continue
            if a.labels:
                # Each labelled table against the found table that fits it best.
                rest = [cells(t) for t in tables]
                for table in truth[path]:
                    goal = cells(table)
                    best = max(rest, key=lambda t: f1(lcs(goal, t), len(t), len(goal)), default=[])
                    right, n, m = right + lcs(goal, best), n + len(best), m + len(goal)
            else:
                goal, have = [c for t in truth[path] for c in cells(t)], [c for t in tables for c in cells(t)]
                right, n, m = right + lcs(goal, have), n + len(have), m + len(goal)
        no_tables = all(v[1] is None for v in found.values())
        print('| %s | %d | %s | %s | %.1f | %.2f |' % (name, len(found), '%.4f' % (said / wanted) if wanted else '–',
              '– | – | –' if no_tables else '%.4f | %.4f | %.4f' % (f1(right, n, m), right / n if n else 0, right / m if m else 0), speed, speed / first))


if __name__ == '__main__':
    main()
