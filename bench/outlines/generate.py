#!/usr/bin/env python3
"""Writes generated dumps and pages with their truth, to measure splitting and outlines.

  generate.py OUT --count N --seed S

Standard library only; the same seed gives the same files. OUT/files holds the documents, OUT/truth.jsonl their truth
(one line for each report, in order). The truth comes from the same marked text as the file (markup.py).
"""
import argparse
import json
import os
import random

import markup
import others
import reports
import write

WISHES = ['skipped', 'repeated_number', 'restarted', 'lookalike', 'quotation', 'table', 'deep', 'residue', 'spoken', 'mixed_marks', 'running_second']
OPTIONS = ['runin', 'glued', 'split', 'spaced', 'lost', 'toc', 'trailing', 'title_split', 'blank_lines', 'trad']


def wishes(rng):
    w = {x for x in WISHES if rng.random() < .16}
    if rng.random() < .03:
        w.add('section_six_first')
    return w


def options(rng):
    return {x for x in OPTIONS if rng.random() < .12}


def new_report(rng, flat=False, **kw):
    w = wishes(rng)
    if flat or rng.random() < .07:
        w = {'unnumbered'} | (w & {'table', 'lookalike', 'quotation'})
    rep = reports.build(rng, w)
    if 'unnumbered' in w:
        flatten(rep)
    return rep


def flatten(rep):
    """Without numbers there is one level: what stood below becomes text."""
    out = []
    for n in rep.nodes:
        if n.level == 1:
            out.append(n)
        else:
            out[-1].paras += [p for p in n.paras if p[0] != 'i'] or [('p', '有关工作正在推进。')]
    rep.nodes = [n for n in out if n.paras]
    for n in rep.nodes:
        n.level = 1


def other_piece(rng, c, html=False):
    label, kind, lines = others.other(rng, c)
    body = '\n'.join('<p>%s</p>' % x for x in lines) if html else '\n'.join(lines)
    return '⟦piece|kind=%s|phen=%s|year_open=1⟧%s' % (kind, label, body)


def single_text(rng):
    rep = new_report(rng)
    opt = options(rng)
    r = rng.random()
    if r < .12 and 'unnumbered' not in rep.phen:
        opt.add('one_line')
    elif r < .3:
        opt |= {'wrapped', 'page_numbers'} if rng.random() < .6 else {'wrapped'}
    if rng.random() < .5:
        opt.add('page')
        rep.furniture_before = rng.sample(others.BEFORE, 1)
        rep.furniture_after = [x.replace('{N}', rep.agency) for x in rng.sample(others.AFTER, 1)]
    marked = write.as_text(rng, rep, opt, 'title' if rng.random() < .85 or not rep.preamble else 'none')
    r = rng.random()
    c = rep.context()
    if r < .12:
        marked += '\n⟦piece|kind=other|phen=news_behind⟧' + '\n'.join(others.news(rng, c))
    elif r < .18:
        marked = '⟦piece|kind=other|phen=news_before⟧' + '\n'.join(others.news(rng, c)) + '\n' + marked
    return marked


def single_html(rng):
    rep = new_report(rng, flat=rng.random() < .25)
    opt = options(rng) - {'one_line', 'blank_lines'}
    inner = write.as_html(rng, rep, opt)
    if rng.random() < .1:
        inner += '\n⟦piece|kind=other|phen=news_behind⟧' + '\n'.join('<p>%s</p>' % x for x in others.news(rng, rep.context()))
    return write.page(rng, rep, inner, rep.title)


def fragment(rng, rep):
    """A report that has lost its beginning or its end."""
    if rng.random() < .5:
        tops = [i for i, n in enumerate(rep.nodes) if n.level == 1]
        if len(tops) > 3:
            rep.nodes = rep.nodes[tops[rng.randint(1, 2)]:]
        rep.preamble = []
        rep.phen.add('fragment_start')
        return 'none'
    tops = [i for i, n in enumerate(rep.nodes) if n.level == 1]
    if len(tops) > 3:
        rep.nodes = rep.nodes[:tops[rng.randint(2, len(tops) - 1)]]
    while rep.nodes and not rep.nodes[-1].paras:
        rep.nodes.pop()
    last = [n for n in rep.nodes if n.paras][-1]
    if last.paras[-1][0] == 'p':
        t = last.paras[-1][1]
        last.paras[-1] = ('p', t[:max(12, len(t) * 2 // 3)].rstrip('。,;') + rng.choice(['...', '', '……']))
    rep.tail = []
    rep.phen.add('fragment_end')
    return 'title'


def dump(rng):
    pieces, last_bare, selves = [], False, set()
    c = None
    for _ in range(rng.randint(2, 5)):
        if c and rng.random() < .35:
            pieces.append(other_piece(rng, c))
            last_bare = False
            continue
        rep = new_report(rng)
        c = rep.context()
        opt = options(rng) - {'trad', 'toc'}
        if rng.random() < .06 and 'unnumbered' not in rep.phen:
            opt.add('one_line')
        elif rng.random() < .08:
            opt.add('wrapped')
        head = 'title' if rng.random() < .6 else 'none'
        if rng.random() < .25:
            head = fragment(rng, rep)
            if 'fragment_end' in rep.phen:
                opt.add('cut')
        if head == 'none' and not rep.preamble:
            # nothing at all marks the beginning: at least the speaker changes
            if last_bare or rep.me in selves:
                head = 'title'
            rep.phen.add('no_head')
        elif head == 'none':
            rep.phen.add('preamble_only')
        selves = {rep.me}
        last_bare = head == 'none'
        pieces.append(write.as_text(rng, rep, opt, head))
    marked = ('\n' if rng.random() < .8 else '\n\n').join(pieces)
    if rng.random() < .4:
        marked = '⟦F|%s⟧\n' % rng.choice(others.BEFORE) + marked
    return marked


def dump_html(rng):
    parts = []
    for _ in range(rng.randint(2, 3)):
        rep = new_report(rng)
        parts.append(write.as_html(rng, rep, options(rng) - {'trad', 'toc'}))
        if rng.random() < .3:
            parts.append(other_piece(rng, rep.context(), True))
    return write.page(rng, rep, '\n'.join(parts), '年度报告')


def no_report(rng):
    rep = reports.build(rng)
    label, kind, lines = others.page(rng, rep.context())
    if rng.random() < .5:
        return '.txt', '⟦piece|kind=%s|phen=%s|year_open=1⟧%s' % (kind, label, '\n'.join(lines))
    inner = '⟦piece|kind=%s|phen=%s|year_open=1⟧' % (kind, label) + '\n'.join(['<h1>%s</h1>' % lines[0]] + ['<p>%s</p>' % x for x in lines[1:]])
    return '.html', write.page(rng, rep, inner, lines[0])


def one(seed, n):
    rng = random.Random(seed * 100003 + n)
    r = rng.random()
    if r < .33:
        name, marked = '.txt', single_text(rng)
    elif r < .53:
        name, marked = '.html', single_html(rng)
    elif r < .83:
        name, marked = '.txt', dump(rng)
    elif r < .88:
        name, marked = '.html', dump_html(rng)
    else:
        name, marked = no_report(rng)
    path = 's%d_%04d%s' % (seed, n, name)
    if rng.random() < .5:
        marked = markup.widened(marked)
    text, truth = markup.convert(marked, path)
    return path, text, truth


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('out')
    ap.add_argument('--count', type=int, default=300)
    ap.add_argument('--seed', type=int, default=1)
    a = ap.parse_args()
    os.makedirs(os.path.join(a.out, 'files'), exist_ok=True)
    with open(os.path.join(a.out, 'truth.jsonl'), 'w', encoding='utf-8') as truth_file:
        for n in range(a.count):
            path, text, truth = one(a.seed, n)
            with open(os.path.join(a.out, 'files', path), 'w', encoding='utf-8', newline='') as f:
                f.write(text)
            for t in truth:
                truth_file.write(json.dumps(t, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
