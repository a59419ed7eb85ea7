"""score.py TRUTH FINDINGS: precision and recall of `nianbao check` over several records, by rule and verdict."""
import collections
import json
import sys

STATUS = {'fail': 'fail', 'look': 'incomplete'}
truth = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]
known = {(e['agency'], e['year']): e for e in truth}
found = collections.defaultdict(set)
for line in open(sys.argv[2], encoding='utf-8'):
    finding = json.loads(line)
    if finding['within'] == 'corpus' and finding['status'] != 'pass':
        found[finding['status']].add((finding['agency'], finding['year'], finding['rule']))
worst = []
for word, status in STATUS.items():
    expected = {(e['agency'], e['year'], rule) for e in truth for rule in e[word]}
    for rule in sorted({r for _, _, r in expected | found[status]}):
        right = {k for k in expected if k[2] == rule}
        said = {k for k in found[status] if k[2] == rule}
        hit = len(right & said)
        precision = hit / len(said) if said else float('nan')
        recall = hit / len(right) if right else float('nan')
        print('%-5s %-18s truth %3d  found %3d  precision %.3f  recall %.3f' % (word, rule, len(right), len(said), precision, recall))
        worst += [('invented', word, k) for k in sorted(said - right)] + [('missed', word, k) for k in sorted(right - said)]
for kind, word, (agency, year, rule) in worst[:20]:
    print(kind, word, agency, year, rule, known.get((agency, year), {}).get('what'))
