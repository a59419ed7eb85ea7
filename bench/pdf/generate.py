#!/usr/bin/env python3
"""Prints made-up reports to PDF and writes their truth: generate.py OUT [--count N] [--seed S] [--producers a,b] [--jobs N]."""
import argparse
import json
import os
import random
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'quality'))

import changes  # noqa: E402
from look import Look, flow  # noqa: E402
from reports import Builder  # noqa: E402
from to_docx import libreoffice  # noqa: E402
from to_html import chromium, weasyprint  # noqa: E402
from to_reportlab import fpdf2, pymupdf, reportlab, reportlab_cid  # noqa: E402
from to_typst import typst  # noqa: E402

PRODUCERS = {f.__name__: f for f in (libreoffice, chromium, weasyprint, typst, reportlab, reportlab_cid, fpdf2, pymupdf)}
NOTES = ('typst', 'weasyprint', 'reportlab', 'reportlab_cid')
ERAS = ['F4', 'F4', 'F4', 'F3', 'F3', 'F2', 'F1']


def spans(table):
    found, taken = [], set()
    for r, row in enumerate(table.rows):
        c = 0
        for _, rs, cs in row:
            while (r, c) in taken:
                c += 1
            taken |= {(r + i, c + j) for i in range(rs) for j in range(cs)}
            found.append(dict(row=r, col=c, row_span=rs, col_span=cs))
            c += cs
    return found


def one(job):
    n, seed, out, names, scans = job
    rng = random.Random('pdf/%d/%d' % (seed, n))
    builder = Builder(rng, rng.choice(ERAS))
    if builder.style_name == 'none':
        builder.restyle('han')
    builder.may_split = True
    report = builder.build()
    look = Look(rng, report)
    name = names[n % len(names)]
    look.can_note = name in NOTES
    pieces = flow(report, look)
    file = '%04d_%s.pdf' % (n, name)
    path = os.path.join(out, 'pdf', file)
    report.phenomena |= {'by_' + name, 'borders_' + look.borders}
    report.phenomena |= {'repeat_header'} if look.repeat_header else set()
    report.phenomena |= {'header'} if look.header else set()
    report.phenomena |= {'indented' if look.indent else 'flush'}
    try:
        PRODUCERS[name](pieces, look, report, path)
        known = changes.SCANS if scans else changes.CHANGES
        what = rng.choice(sorted(known)) if scans or rng.random() < .4 else None
        if what:
            known[what](path, rng, report)
            report.phenomena.add('changed_' + what)
    except Exception:
        traceback.print_exc()
        if os.path.exists(path):
            os.remove(path)
        return None
    truth = report.truth(file, 0, 1)
    for known, table in zip(truth['tables'], report.tables()):
        known['cells'] = spans(table)
    # Notes at the foot of a page stand in the section of their page: either place is right.
    truth['footnotes'] = getattr(report, 'footnotes', [])
    if scans:
        truth['changed'] = what
        truth['pictures'] = getattr(report, 'pictures', {})
    return truth


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument('out')
    a.add_argument('--count', type=int, default=80)
    a.add_argument('--seed', type=int, default=1)
    a.add_argument('--producers', default=','.join(PRODUCERS))
    a.add_argument('--jobs', type=int, default=1)
    a.add_argument('--scans', action='store_true', help='pictures of pages, with and without a text below, and fonts without a Unicode map: read by scans.py')
    a = a.parse_args()
    out = os.path.abspath(a.out)
    os.makedirs(os.path.join(out, 'pdf'), exist_ok=True)
    jobs = [(n, a.seed, out, a.producers.split(','), a.scans) for n in range(a.count)]
    with ProcessPoolExecutor(a.jobs) as pool:
        truth = [t for t in pool.map(one, jobs) if t]
    with open(os.path.join(out, 'truth.jsonl'), 'w', encoding='utf-8') as f:
        for t in truth:
            f.write(json.dumps(t, ensure_ascii=False, sort_keys=True) + '\n')
    print('%d of %d printed' % (len(truth), a.count))


if __name__ == '__main__':
    main()
