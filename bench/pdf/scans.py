#!/usr/bin/env python3
"""What is said of scans, and how many characters come back without a Unicode map: scans.py OUT [--nianbao PROGRAM].

OUT is made by `generate.py OUT --scans`. Of a scan every page that is a picture must be named with the share that it covers, no
text below a picture may stand in the record's sections, and there must be a warning where there is one. Of fonts without a map
the share of the characters that come back is told by producer; what cannot be known must be said (`glyphs_unmapped`).
"""
import argparse
import json
import os
import re
import subprocess
from collections import Counter

from compare import plain


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('out')
    a.add_argument('--nianbao', default='target/release/nianbao')
    a = a.parse_args()
    totals, maps = {}, {}
    for line in open(os.path.join(a.out, 'truth.jsonl'), encoding='utf-8'):
        truth = json.loads(line)
        name, what = truth['source']['path'], truth['changed']
        done = subprocess.run([a.nianbao, 'extract', os.path.join(a.out, 'pdf', name), '--quiet'], capture_output=True, text=True)
        records = [json.loads(r) for r in done.stdout.splitlines()]
        warnings = {w['code']: w['message'] for r in records for w in r['warnings']}
        for code, message in re.findall(r'(image_only|no_text): (.*)', done.stderr):
            # A file without any text is an error, and says the same.
            warnings['image_only'] = message
        pieces = [(s['number'] or '') + (s['heading'] or '') + ''.join((c.get('number') or '') + (c.get('text') or '') for c in s['content']) for r in records for s in r['sections']]
        text = plain(''.join(pieces) + ''.join(c for r in records for t in r['tables'] for row in t['rows'] for c in row if c) + ''.join(r['title'] or '' for r in records))
        if what == 'no_unicode_map':
            wanted = Counter(plain(''.join((s['heading'] or '') + ''.join(c.get('text') or '' for c in s['content']) for s in truth['sections'])))
            kept = maps.setdefault(name.split('_', 1)[1].removesuffix('.pdf'), Counter())
            kept.update(files=1, right=sum((wanted & Counter(text)).values()), wanted=sum(wanted.values()), silent=not (wanted - Counter(text)).total() == 0 and 'glyphs_unmapped' not in warnings and sum((wanted & Counter(text)).values()) < .98 * sum(wanted.values()))
            continue
        said = {n: int(p) / 100 for n, p in re.findall(r'page (\d+) (\d+) %', warnings.get('image_only', ''))}
        pictures = truth['pictures']
        good = all(abs(said.get(n, 0) - share) < .02 for n, share in list(pictures.items())[:12])
        total = totals.setdefault(what, Counter())
        total.update(files=1, shares=good, too_many=not set(said) <= set(pictures), layer=('hidden_text' in warnings) == ('text' in what), leaked=bool(text) and what != 'scan_of_some_pages')
        if not good or (text and what != 'scan_of_some_pages'):
            print(name, what, said, pictures, text[:40])
    print('| change | files | shares right | pages named wrongly | layer told | with text of a picture |\n| --- | --- | --- | --- | --- | --- |')
    for what, t in sorted(totals.items()):
        print('| %s | %d | %d | %d | %d | %d |' % (what, t['files'], t['shares'], t['too_many'], t['layer'], t['leaked']))
    print('\n| no Unicode map, by producer | files | characters | silent losses |\n| --- | --- | --- | --- |')
    for what, t in sorted(maps.items()):
        print('| %s | %d | %.4f | %d |' % (what, t['files'], t['right'] / max(1, t['wanted']), t['silent']))


if __name__ == '__main__':
    main()
