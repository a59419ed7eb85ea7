#!/usr/bin/env python3
"""How many paragraphs and characters of printed reports come back: paragraphs.py OUT [--worst N].

OUT holds truth.jsonl of generate.py and out/records.jsonl of `nianbao extract OUT/pdf -o OUT/out`. Headings, paragraphs, and
notes at the foot of pages count, tables do not; letters are compared without spaces, in the compatibility form. A paragraph
counts where all of it is one paragraph; characters count in the order of reading.
"""
import argparse
import json
import os
import re
from collections import Counter

from compare import lcs, plain


def unmarked(text):
    """Without the mark of a leading number: records part numbers from texts."""
    return re.sub(r'^[(（]?([0-9]+|[一二三四五六七八九十]+)[)）、.．]+', r'\1', text)


def paragraphs(record):
    for section in record['sections']:
        heading = plain((section['number'] or '') + (section['heading'] or ''))
        if heading:
            yield unmarked(heading)
        for piece in section['content']:
            if piece['type'] != 'table':
                yield unmarked(plain((piece.get('number') or '') + (piece.get('text') or '')))


def read(path):
    found = {}
    with open(path, encoding='utf-8') as lines:
        for record in map(json.loads, lines):
            name = os.path.basename(record['source']['path'])
            texts = found.setdefault(name, [])
            texts.extend(p for p in paragraphs(record) if p)
    return found


def notes(path):
    with open(path, encoding='utf-8') as lines:
        return {t['source']['path']: {plain(n if isinstance(n, str) else n.get('text', '')) for n in t.get('footnotes') or []} for t in map(json.loads, lines)}


def share(right, found, wanted):
    return 2 * right / (found + wanted) if found + wanted else 1.0


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('out')
    a.add_argument('--worst', type=int, default=8)
    a = a.parse_args()
    truth, records = read(os.path.join(a.out, 'truth.jsonl')), read(os.path.join(a.out, 'out', 'records.jsonl'))
    known_notes = notes(os.path.join(a.out, 'truth.jsonl'))
    total, files = Counter(), []
    for name, wanted in truth.items():
        # A note has its place at the foot of its page, wherever its section goes on.
        of_file = tuple(note for note in known_notes.get(name, ()) if note)
        found = [text for text in records.get(name, []) if not (of_file and text.endswith(of_file))]
        one = Counter(right=sum((Counter(wanted) & Counter(found)).values()), found=len(found), wanted=len(wanted))
        before, after = ''.join(wanted), ''.join(found)
        one.update(c_right=lcs(before, after), c_found=len(after), c_wanted=len(before))
        total.update(one)
        files.append((share(one['right'], one['found'], one['wanted']), share(one['c_right'], one['c_found'], one['c_wanted']), name))
    print('%d files, %d paragraphs: %.4f; %d characters: %.4f' % (
        len(files), total['wanted'], share(total['right'], total['found'], total['wanted']),
        total['c_wanted'], share(total['c_right'], total['c_found'], total['c_wanted'])))
    for paragraph, character, name in sorted(files)[:a.worst]:
        print('%-40s paragraphs %.4f characters %.4f' % (name, paragraph, character))


if __name__ == '__main__':
    main()
