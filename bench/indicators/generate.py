#!/usr/bin/env python3
"""Made-up annual reports with the exact truth of their indicators and failing rules. See README.md.

    generate.py --seed 1 --count 200 --out DIR      writes DIR/pages/* and DIR/truth.jsonl
"""
import argparse
import html
import json
import os
import random

import forms
import layout
import rules
from forms import Values, key
from prose import FILLER, HEADINGS, TOPICS, Writer, sentences

CITIES = [('广东省', '清河市'), ('江苏省', '临湖市'), ('安徽省', '南陵县'), ('福建省', '东山县'), ('浙江省', '云溪区'), ('山东省', '曲河市'), ('上海市', '新港区'), ('四川省', '平江县')]
BUREAUS = ['水务局', '教育局', '民政局', '交通运输局', '卫生局', '城市管理局', '统计局', '农业局', '文化局', '环境保护局', '司法局', '审计局', '']
LISTED = sentences(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'sentences.txt'))
NUM = '一二三四五六七八九十'
FAMILY = {'GZ': 'form_F1_GZ', 'SH04': 'form_F1_SH04', 'SH08': 'form_F1_SH08', 'FJ': 'form_F1_FJ', 'AH': 'form_F1_AH'}


def plant(rng, v, form, ph):
    """Changes one figure so that a within-report rule breaks."""
    O = 'requests.outcome.'
    c = []
    if 'F1' in form:
        fam = form['F1']
        c = [('requests.received', {}), (O + 'total', {}), (O + 'granted', {})]
        if fam in ('GZ', 'SH04', 'SH08'):
            c.append(('disclosure.proactive.items_fulltext', {}))
        if fam in ('SH04', 'SH08'):
            c += [('fees.requests_total', {}), ('org.staff_total', {}), ('fees.disclosure_total', {})]
        if fam == 'GZ':
            c.append(('website.visits_disclosure_column', {}))
    elif 'F2' in form:
        c = [('requests.received', {}), ('requests.closed', {}), (O + 'total', {}), (O + 'denied', {}), (O + 'granted', {}), ('org.staff_total', {}), ('remedies.upheld', dict(procedure='reconsideration')),
             ('response.press_conferences_principal', {}), ('disclosure.proactive.by_channel', dict(channel='website')), ('documents.newly_disclosed', dict(doc_type='normative'))]
    else:
        a = rng.choice(forms.APPLICANTS)
        c = [('requests.received', dict(applicant=a)), (O + 'total', dict(applicant=a)), (O + 'granted', {}), ('requests.carried_out', {}), (O + 'granted', dict(applicant=a)), (O + 'cannot_provide.not_held', {}),
             ('remedies.total', dict(procedure='reconsideration')), ('remedies.upheld', dict(procedure='litigation_direct'))]
        if form['F34'] == 'F3':
            c.append(('documents.newly_disclosed', dict(doc_type='normative')))
    i, d = rng.choice(c)
    x = v.take(i, **d)
    big = {'disclosure.proactive.items_fulltext': 'disclosure.proactive.items', 'website.visits_disclosure_column': 'website.visits_site', 'response.press_conferences_principal': 'response.press_conferences'}
    if i in big:
        v.put(i, v.take(big[i]) + rng.randint(1, 40), **d)
    elif i == 'documents.newly_disclosed':
        v.put(i, (v.take('documents.disclosed_stock', **d) if 'F34' in form else v.take('disclosure.proactive.items')) + rng.randint(1, 30), **d)
    elif i == 'disclosure.proactive.by_channel':
        v.put(i, v.take('disclosure.proactive.items') + rng.randint(1, 50), **d)
    else:
        v.put(i, x + rng.choice([1, 2, 5, 10]), **d)
    ph.add('planted')


def report(rng, n, listed_share=.5):
    era = rng.choice(['F1', 'F1', 'F2', 'F2', 'F3', 'F4'])
    fam = rng.choice(list(FAMILY)) if era == 'F1' else None
    size = rng.choice([1, 1, 1, 3, 10, 40])
    ph = {FAMILY[fam] if fam else 'form_' + era}
    prov, city = rng.choice(CITIES)
    bureau = rng.choice(BUREAUS)
    agency = city + (bureau or '人民政府')
    year = {'F1': rng.randint(2008, 2013), 'F2': rng.randint(2014, 2018), 'F3': rng.randint(2019, 2020), 'F4': rng.randint(2021, 2024)}[era]
    if era == 'F1' and rng.random() < .12:
        year = 2014
        ph.add('old_form_late')
    if era == 'F2' and rng.random() < .1:
        year = 2019
        ph.add('old_form_late')
    v = Values()
    form = {}
    if era == 'F1':
        forms.draw_f1(rng, v, fam, size)
        form['F1'] = fam
    elif era == 'F2':
        forms.draw_f2(rng, v, size)
        form['F2'] = 'F2'
    else:
        forms.draw_f34(rng, v, size, era, not bureau and city.endswith('市'))
        form['F34'] = era
    good = Values(v)
    want_plant = rng.random() < .34
    kind = rng.choice(['table', 'table', 'table', 'prose', 'prose', 'cat']) if want_plant else None
    if kind == 'table':
        plant(rng, v, form, ph)
    st = layout.style(rng)
    fmt = rng.choice(['html'] * 5 + ['tabs', 'tabs', 'flat', 'flat', 'pipes'])
    grid_era = era in ('F3', 'F4')
    st['split_rows'] = st['split_rows'] and fmt == 'html'
    second = rng.choice([None] * 7 + ['cumulative', 'scope', 'last_year']) if not grid_era and fam != 'GZ' else None
    if fam == 'FJ' and rng.random() < .5:
        second = 'cumulative'
    last = Values()
    if second == 'last_year':
        (forms.draw_f1(rng, last, fam, size) if fam else forms.draw_f2(rng, last, size))
    # blanks
    safe = not (fmt == 'flat' and (grid_era or second))
    if safe and rng.random() < .4:
        ph.add('blanks' if st['none'] == 'blank' else 'not_applicable')
        share = rng.choice([.03, .1, .3])
        for k in v:
            if rng.random() < share and (st['none'] != 'blank' or not grid_era or k[1]):
                v[k] = None
    if fmt == 'flat' and st['none'] == 'blank' and st['notes']:
        pass
    truth = layout.Truth()
    tables = []          # (section, caption, number, unit, grid)
    flat = fmt == 'flat'
    o = dict(year=year, flat=flat, last_year=last)
    if fam == 'GZ':
        names = list(forms.GZ)
        rng.random() < .25 and names.remove('咨询情况统计')
        merged = rng.random() < .25
        for m, cap in enumerate(names):
            rows = forms.GZ[cap]
            tid = 't%d' % (m + 1)
            unit_col = cap.startswith('咨询') or rng.random() < .1
            if cap == '申诉情况统计表' and rng.random() < .35 and not flat:
                g = layout.transposed(rng, rows, v, st, ph, truth, tid)
            else:
                drop2 = merged and cap.startswith('咨询') and None not in (v.take('website.visits_site'), v.take('website.visits_disclosure_column'))
                g = layout.list_table(rng, rows[:-2] if drop2 else rows, v, dict(st, reorder=st['reorder'], missing=st['missing'] and len(rows) > 6), ph, truth, tid, dict(o, unit=unit_col))
                if drop2:
                    a, b = int(v.take('website.visits_site')), int(v.take('website.visits_disclosure_column'))
                    ph.add('two_values_in_cell')
                    raw = '%d %d' % (a, b)
                    cells = [layout.Cell('网站页面访问量 其中:政务公开专栏访问量'), layout.Cell('人次'), layout.Cell(raw)]
                    g.append(cells)
                    truth.add(tid, key('website.visits_site'), a, 'reported', '网站页面访问量', '人次', raw)
                    truth.add(tid, key('website.visits_disclosure_column'), b, 'reported', '政务公开专栏访问量', '人次', raw)
            tables.append(('annex', cap, '附表%d' % (m + 1), None if unit_col else rows[0][3], g))
    elif era in ('F1', 'F2'):
        rows = {'SH04': forms.SH04, 'SH08': forms.SH08, 'FJ': forms.FJ, 'AH': forms.AH, None: forms.F2}[fam]
        code = rng.random() < (.7 if fam in ('SH04', 'SH08') else .1)
        g = layout.list_table(rng, rows, v, st, ph, truth, 't1', dict(o, unit=rng.random() < .85 or code or fam not in ('AH',), code=code and not flat, serial=rng.random() < .12 and not code, second=second))
        tables.append(('annex', rng.choice(['政府信息公开情况统计表', '%d年度政府信息公开工作情况统计表' % year]), rng.choice(['附表', '附件', '']), None, g))
    else:
        for g in layout.proactive34(rng, v, st, ph, truth, era, year):
            tables.append(('proactive_table', None, '', None, g))
        tables.append(('requests_table', None, '', None, layout.matrix(rng, v, st, ph, truth, era)))
        tables.append(('remedies_table', None, '', None, layout.remedies(rng, v, st, ph, truth)))
    # a second form in the same report
    if rng.random() < .1 and (fam == 'GZ' or era == 'F3'):
        v2 = Values()
        forms.draw_f2(rng, v2, size)
        for k, x in v2.items():
            v.setdefault(k, x)
        g = layout.list_table(rng, forms.F2_TAIL, v, dict(st, missing=False), ph, truth, 't9', dict(o, unit=True))
        tables.append(('annex', '回应解读、机构建设和会议培训情况统计表', '附表9', None, g))
        form['F2'] = 'F2'
        ph.add('two_forms')
    ph |= st['used']
    if second and flat:
        ph.add('flat_second')
    ph.add('table_' + fmt)
    # every rule for every period and scope that the table has
    bad, open_ = set(), set()
    contexts = {tuple(x for x in d if x[0] in ('period', 'scope')) for _, d in truth.keys}
    for c in sorted(contexts):
        pick = lambda keys: {k: (k[0], tuple(x for x in k[1] if x not in c)) for k in keys if tuple(x for x in k[1] if x[0] in ('period', 'scope')) == c}
        plain = pick(truth.keys)
        b, o_ = rules.failing({plain[k]: v_ for k, v_ in truth.values.items() if k in plain}, form, set(plain.values()))
        bad |= b
        open_ |= o_
    # prose, told of the figures as they were meant
    stage = 'F34' if grid_era else era
    pv = Values((k, truth.values.get(k, None) if k in truth.keys else good.get(k)) for k in list(v))
    w = Writer(rng, pv, stage, year, agency, ph)
    if kind == 'cat':
        w.plant = 'N.CAT'
    secs = []
    want_off = kind == 'prose'
    listed = rng.random() < listed_share
    lines = LISTED[{'F1': '1', 'F2': '2', 'F34': '3'}[stage]]
    for sid, topics in TOPICS[stage]:
        text = []
        w.section = 's%d' % (len(secs) + 1)
        done = False
        for t in topics:
            if rng.random() < .35 and t not in ('received', 'remedies'):
                continue
            if rng.random() < .2 and t in ('received', 'remedies'):
                continue
            if t == 'items2':
                t = 'items'
            if t in ('items', 'received', 'carried', 'staff') and (t, 1) in w.said:
                continue
            if t == 'carried' and ('received', 1) in w.said or t == 'received' and ('carried', 1) in w.said:
                continue
            w.said.add((t, 1))
            if t == 'received' and want_off and pv.take('requests.received') is not None:
                off = rng.choice([1, 2, 7, 30])
                s = w.received(off)
                want_off = False
                ph.add('planted')
            elif t == 'items' and want_off and era != 'F3' and era != 'F4' and key('disclosure.proactive.items') in truth.values and rng.random() < .5:
                s = w.items(rng.choice([-3, 5, 11, 200]))
                want_off = False
                ph.add('planted')
            else:
                s = getattr(w, t)()
            if s:
                text.append(s)
                if rng.random() < .4:
                    text.append(rng.choice(FILLER))
        if listed:
            # sections of listed sentences alone: nothing is said twice
            text, w.ind = [], [x for x in w.ind if x['from']['section'] != w.section]
            for _ in range(rng.randint(1, 4)):
                left = [x for x in lines if x[0] not in w.said]
                before = len(w.ind)
                have = {(x['id'], tuple(sorted(x['dims'].items()))) for x in w.ind}
                sent = w.listed(left)
                new = {(x['id'], tuple(sorted(x['dims'].items()))) for x in w.ind[before:]}
                if new & have:
                    del w.ind[before:]
                    continue
                text.append(sent)
        if not text:
            text = [rng.choice(FILLER)]
        secs.append((sid, HEADINGS[sid], text))
    if 'N.CAT' in w.fails:
        ph.add('planted')
    # prose against table
    for x in w.ind:
        k = key(x['id'], **x['dims'])
        if k in truth.values:
            a, b, bound = truth.values[k], x['value'], x['bound']
            ok = a == b if bound == 'exact' else a > b if bound == 'more_than' else a < b if bound == 'less_than' else abs(a - b) <= .1 * max(a, b)
            if not ok:
                bad.add('N.TABLE')
    # N.TABLE is the general form of F34.NARR; a list of categories that does not add up may be open
    open_ |= {'F34.NARR'} | w.fails | ({'F1.FULLTEXT'} if any(x['id'].endswith('fulltext_rate') for x in w.ind) else set())
    # rules that rest on prose alone are a matter of opinion here
    open_ |= {'N.PCT', 'F34.NONNEG', 'F34.REG'} if not grid_era or st['decimals'] else {'N.PCT'}
    for c in list(open_):
        if c in bad:
            open_.discard(c)
    return dict(n=n, era=era, fmt=fmt, ph=ph, prov=prov, city=city, bureau=bureau, agency=agency, year=year, secs=secs, tables=tables, table_ind=truth.ind, prose_ind=w.ind, bad=bad, open=open_)


def write(rng, rep, out):
    title = '%s%d年政府信息公开工作年度报告' % (rep['agency'], rep['year']) if rep['era'] not in ('F3', 'F4') else '%s%d年政府信息公开工作年度报告' % (rep['agency'], rep['year'])
    intro = '本报告根据《中华人民共和国政府信息公开条例》要求，由%s编制。所列数据的统计期限为%d年1月1日至%d年12月31日。' % (rep['agency'], rep['year'], rep['year'])
    blocks = [('title', title), ('p', intro)]
    sections = [dict(id='s0', parent=None, level=0, number=None, heading=None, content=[dict(type='paragraph', text=intro)])]
    order = []
    heads = {'proactive_table': '主动公开政府信息情况', 'requests_table': '收到和处理政府信息公开申请情况', 'remedies_table': '政府信息公开行政复议、行政诉讼情况', 'annex': '附表'}
    if rep['era'] in ('F3', 'F4'):
        by = {s[0]: s for s in rep['secs']}
        plan = ['overall', 'overall.on_request', 'proactive_table', 'requests_table', 'remedies_table', 'problems', 'other_matters', 'annex']
    else:
        by = {s[0]: s for s in rep['secs']}
        plan = [s[0] for s in rep['secs']] + ['annex']
    n = 0
    for sid in plan:
        tabs = [t for t in rep['tables'] if t[0] == sid]
        if sid not in by and not tabs:
            continue
        sub = sid == 'overall.on_request'
        if not sub:
            n += 1
        number = '（一）' if sub else NUM[n - 1] + '、'
        h = by[sid][1] if sid in by else heads[sid]
        blocks.append(('h3' if sub else 'h2', number + h))
        sec = dict(id='x%d' % len(sections), parent=sections[-1]['id'] if sub else None, level=2 if sub else 1, number=number.strip('、（）'), heading=h, content=[])
        sections.append(sec)
        if sid in by:
            text = by[sid][2]
            paras, cur = [], ''
            for s in text:
                cur += s
                if rng.random() < .5:
                    paras.append(cur)
                    cur = ''
            if cur:
                paras.append(cur)
            for p in paras:
                blocks.append(('p', p))
                sec['content'].append(dict(type='paragraph', text=p))
        for t in tabs:
            cap = (t[2] + ('：' if t[2] and t[1] else '') + (t[1] or '')) if t[1] else None
            if cap:
                blocks.append(('cap', cap))
                if t[3] and rng.random() < .8:
                    blocks.append(('unit', rng.choice(['单位：%s', '（单位：%s）']) % t[3]))
            blocks.append(('table', t[4]))
    name = '%04d_%s_%s.%s' % (rep['n'], rep['era'], rep['fmt'], 'html' if rep['fmt'] == 'html' else 'txt')
    if rep['fmt'] == 'html':
        body = []
        tagh = rng.choice(['h2', 'p><strong', 'p'])
        for k, x in blocks:
            if k == 'title':
                body.append('<h1>%s</h1>' % x)
            elif k in ('h2', 'h3'):
                a = {'h2': ('<%s>' % k, '</%s>' % k), 'p><strong': ('<p><strong>', '</strong></p>'), 'p': ('<p>', '</p>')}[tagh]
                body.append(a[0] + html.escape(x) + a[1])
            elif k == 'table':
                body.append(layout.to_html(rng, x))
            else:
                body.append('<p%s>%s</p>' % (' style="text-align:center"' if k == 'cap' else '', html.escape(x, quote=False)))
        text = '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>%s</title></head>\n<body>\n<div class="article">\n%s\n</div>\n</body></html>\n' % (title, '\n'.join(body))
    else:
        ls = []
        for k, x in blocks:
            ls.append(layout.to_text(rng, x, rep['fmt']) if k == 'table' else x)
            if rng.random() < .3 and k != 'table':
                ls.append('')
        text = '\n'.join(ls) + '\n'
    with open(os.path.join(out, 'pages', name), 'w', encoding='utf-8') as f:
        f.write(text)
    return dict(source=dict(path=name, part=0, parts=1), kind='annual_report', complete=True, format='html' if rep['fmt'] == 'html' else 'text', phenomena=sorted(rep['ph']), title=title,
                agency=dict(name=rep['agency'], accept=[rep['agency'], rep['prov'] + rep['agency']]), period=dict(year=rep['year']), published=None, sections=sections, tables=[],
                indicators=rep['table_ind'] + rep['prose_ind'], checks=[dict(rule=r, status='fail') for r in sorted(rep['bad'])], checks_open=sorted(rep['open']))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--seed', type=int, required=True)
    p.add_argument('--count', type=int, default=200)
    p.add_argument('--out', required=True)
    p.add_argument('--listed', type=float, default=.5, help='share of reports whose prose is drawn from sentences.txt')
    a = p.parse_args()
    os.makedirs(os.path.join(a.out, 'pages'), exist_ok=True)
    with open(os.path.join(a.out, 'truth.jsonl'), 'w', encoding='utf-8') as f:
        for n in range(a.count):
            rng = random.Random('%d/%d' % (a.seed, n))
            f.write(json.dumps(write(rng, report(rng, n, a.listed), a.out), ensure_ascii=False, sort_keys=True) + '\n')


if __name__ == '__main__':
    main()
