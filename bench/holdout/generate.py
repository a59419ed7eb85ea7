#!/usr/bin/env python3
"""Pages of government sites that hold annual reports, and the truth about them. A hold-out: written without a look at the reader.

  generate.py OUT --count 300 --seed 1     writes OUT/pages/* and OUT/truth.jsonl
"""
import argparse
import json
import os
import random

import charsets
import content
import furniture
import others
import render
import shells
import traditional

TABLE_STYLES = ['plain', 'pcell', 'thead', 'odd_span', 'stale', 'vertical', 'nested_spans', 'brcell', 'in_table', 'scroll', 'captionrow', 'captiontag', 'lost_ends', 'broken', 'divs', 'grid', 'dl', 'fontcell']
OPEN = ['F34.REG', 'F34.SUB', 'N.TABLE', 'N.CAT', 'N.PCT', 'N.MAG', 'N.CLASS', 'F4.FEEUNIT', 'F3.PROCUNIT', 'F3.STOCK', 'F2.CLOSED_OUT', 'F2.RESP', 'F2.DOC', 'F2.CH', 'F1.ANS_LE_REQ', 'F1.DOCS', '*NARR*']

# Where a contradiction was planted beside blanks, finding it or leaving it open is right.
RULES = ['F34.ROW', 'F34.COL', 'F34.COL4', 'F34.FLOW', 'F34.REM', 'F2.RECV', 'F1.RECV']


def image_tables(rep, rng):
    """Tables served as pictures."""
    n = 0
    for i, b in enumerate(rep.blocks):
        if b[0] == 't':
            n += 1
            rep.blocks[i] = ('img', n)
    rep.fails = set()
    rep.phen.add('table_is_image')


def report_page(rng, name):
    shell, styles, eras, mode = shells.SHELLS[name]
    rep = content.Report(rng, rng.choice(eras) if eras else None)
    rep.run = None
    pg = furniture.Page(rng, rep)
    style = rng.choice(styles)
    tstyle = {'word': 'word', 'font': 'fontcell'}.get(style) or ('excel' if name == 'excel_saved' else rng.choice(TABLE_STYLES))
    case = 'utf8'
    if rng.random() < .45:
        case = rng.choice(charsets.ODD)
    elif rng.random() < .2 or name in ('asp2008', 'noframes', 'excel_saved'):
        case = 'gb2312'
    if case == 'entities' and name in ('spa_state', 'spa_json', 'spa_visible', 'noscript', 'noframes', 'textarea'):
        case = 'utf8'
    if case == 'mixed' and name in ('spa_state', 'spa_json', 'noframes'):
        case = 'utf8'
    if case == 'gb2312_says_gbk_chars':
        rep.blocks.insert(1, ('p', charsets.RARE))
    if rng.random() < .12:
        at = [i for i, b in enumerate(rep.blocks) if b[0] == 't']
        rep.blocks.insert(at[-1] + 1, ('note', '注：以上数据由各科室报送，办公室汇总核对。'))
        rep.phen.add('footnote')
    if rep.signature and rng.random() < .5:
        rep.phen.add('signature')
        y, m, d = map(int, rep.date.split('-'))
        early = (m, d - 3) if d > 3 else (m, d)
        for i, b in enumerate(rep.blocks):
            if b[0] == 'sig' and '月' in b[1]:
                rep.blocks[i] = ('sig', '%d年%d月%d日' % (y, *early))
                rep.sig_date = '%d-%02d-%02d' % (y, *early)
    if mode not in ('pre',) and tstyle not in ('excel',) and rng.random() < .05:
        image_tables(rep, rng)
    if mode == 'pre':
        inner = render.plain(rep)
        tstyle = 'boxed'
    elif mode == 'cells':
        inner = cells(rep, tstyle, rng)
    else:
        twice = mode == 'own_title' or (style != 'sections' and rng.random() < .25)
        if twice and mode != 'own_title':
            rep.phen.add('title_twice')
        if name == 'image_title':
            twice = False
        inner = render.body(rep, style, tstyle, rng, title=twice)
    page = shell(pg, inner)
    return page, case, truth_of(rep, pg, name, style, tstyle, case), rep.phen


def two_reports(rng):
    """One page with the reports of two agencies, one below the other."""
    parts, truths, phen = [], [], {'two_reports'}
    for _ in range(2):
        rep = content.Report(rng)
        rep.run = None
        pg = furniture.Page(rng, rep)
        style = rng.choice(['p', 'strong', 'divs'])
        parts.append('<div class="one"><h2 align="center">%s</h2>%s</div>' % (render.E(rep.title), render.body(rep, style, 'pcell', rng)))
        truths.append(truth_of(rep, pg, 'two_reports', style, 'pcell', 'utf8'))
        phen |= rep.phen
    page = shells.doc('@CHARSET@<title>%s</title>' % pg.site, pg.menu() + pg.crumbs() + ''.join(parts) + pg.footer())
    truths[0]['furniture'] = pg.furniture
    return page, 'utf8', truths, phen


def truth_of(rep, pg, name, style, tstyle, case):
    secs, tables, inds = rep.truth()
    rep.phen |= pg.phen | {'shell_' + name, 'body_' + (style or 'pre'), 'table_' + tstyle, 'charset_' + case}
    published = rep.date if pg.said_date else getattr(rep, 'sig_date', rep.date if rep.signature else None)
    ag, Y = rep.ag, rep.year
    reg = ag['region']
    names = [ag['full'], reg['province'] + ag['full']]
    if ag['kind'] != 'city_bureau' and ag['kind'] != 'city_gov':
        names += [reg['city'] + ag['full'], reg['province'] + reg['city'] + ag['full']]
    truth = dict(kind='annual_report', complete=None if 'table_is_image' in rep.phen else True, title=rep.title, agency=dict(name=ag['full'], accept=names, region=reg), period=dict(year=Y, start='%d-01-01' % Y, end='%d-12-31' % Y),
                 published=published, document_number=rep.docno if getattr(rep, 'docno_shown', False) else None, sections=secs, tables=tables, indicators=inds,
                 checks=[dict(rule=x, status='fail') for x in sorted(rep.fails)], checks_open=OPEN + (RULES if rep.planted else []), furniture=pg.furniture, invisible=pg.invisible)
    if 'table_is_image' in rep.phen:
        truth['expect_warnings'] = ['table_is_image']
    if case == 'big5':
        truth = traditional.deep(truth)
        truth['agency']['accept'] += names
    return truth


def cells(rep, tstyle, rng):
    """Every block by itself, for pages that give each a table row."""
    out = []
    for b in rep.blocks:
        if b[0] == 'img':
            out.append('<img src="tj%d.jpg">' % b[1])
        elif b[0] == 't':
            out += [render.E(c) for c in render.caption(b[1], tstyle, rng)]
            out.append(render.table(b[1], tstyle, rng))
        else:
            h, text = render.words(b)
            if h is not None and text is not None:
                rep.run = rep.run or '。'
                h += rep.run
            out.append('　　' + render.E((h or '') + (text or ''), quote=False))
    return out


def other_page(rng):
    rep = content.Report(rng)
    pg = furniture.Page(rng, rep)
    make = rng.choice(others.KINDS)
    title, ps, page = make(pg)
    sec = dict(id='s1', parent=None, level=0, number=None, heading=None, content=[dict(type='paragraph', text=p) for p in ps])
    truth = dict(kind='other', complete=None, title=title, agency=dict(name=None, accept=[None]), period=dict(year=None), published=None, document_number=None, sections=[sec], tables=[], indicators=[], checks=[], furniture=[], invisible=[])
    return page, rng.choice(['utf8', 'utf8', 'gb2312', 'none_is_gbk']), truth, {'other', 'other_' + make.__name__}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('out')
    ap.add_argument('--count', type=int, default=300)
    ap.add_argument('--seed', type=int, default=1)
    a = ap.parse_args()
    os.makedirs(os.path.join(a.out, 'pages'), exist_ok=True)
    names = sorted(shells.SHELLS)
    lines = []
    for i in range(a.count):
        rng = random.Random('%d/%d' % (a.seed, i))
        if i % 10 == 9:
            page, case, truth, phen = other_page(rng)
        elif i % 30 == 4:
            page, case, truth, phen = two_reports(rng)
        else:
            page, case, truth, phen = report_page(rng, names[(i * 7 + a.seed) % len(names)])
        if case == 'big5':
            page = traditional.text(page)
        path = '%04d.%s' % (i, rng.choice(['html', 'htm', 'html', 'shtml']))
        with open(os.path.join(a.out, 'pages', path), 'wb') as f:
            f.write(charsets.encode(page, case, rng))
        truths = truth if isinstance(truth, list) else [truth]
        for k, t in enumerate(truths):
            lines.append(json.dumps(dict(source=dict(path=path, part=k, parts=len(truths)), format='html', phenomena=sorted(phen), **t), ensure_ascii=False, sort_keys=True))
    with open(os.path.join(a.out, 'truth.jsonl'), 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main()
