"""From rows to a grid of cells, with the accidents of real tables, and from the grid to HTML or text."""
import html
import re

from forms import APPLICANT_LABELS, APPLICANTS, MATRIX, key

TYPOS = dict(zip('答复申请数息公开关机政府议诉讼补充途径规范件布会次总维持定行为部门掌握席结转属于涉及依提供收费专职',
                 '达夏甲清敷悉工升观几正付仪诈颂朴允涂经现范伴怖汇欠忽唯特订形伪步们撑据席绪专嘱干步反衣题共牧废砖只'))
EXTRA = ['门户网站信息审核数', '政务热线转办单数', '公开目录更新次数', '微视频制作数', '信息报送采用篇数', '公开栏更换期数']
FULL = str.maketrans('0123456789', '０１２３４５６７８９')


class Cell:
    __slots__ = ('t', 'rs', 'cs', 'th')

    def __init__(self, t='', rs=1, cs=1, th=False):
        self.t, self.rs, self.cs, self.th = t, rs, cs, th


def number(rng, v, st, unit='', money=False):
    """(text, value, status) of a cell. `st` is the style sheet of the report."""
    if v is None:
        r = st['none']
        return {'blank': ('', None, 'blank'), 'dash': (st['dash'], None, 'not_applicable'), 'word': ('不适用', None, 'not_applicable')}[r]
    s = ('%d' % v) if float(v).is_integer() else ('%.4f' % v).rstrip('0')
    x = rng.random()
    if v == 0 and st['zero_word'] and x < .5:
        return '无', 0, 'reported'
    if v >= 1000 and st['commas']:
        s = '{:,}'.format(int(v)) + (s[s.index('.'):] if '.' in s else '')
        if st['full'] and x < .5:
            s = s.replace(',', '，')
    if st['unit_in_cell'] and unit and x < .5:
        s += unit
    elif st['decimals'] and float(v).is_integer() and not money:
        s += '.00' if x < .5 else '.0'
    elif st['notes'] and v >= 5 and x < .1 and not money:
        s += rng.choice(['（其中修订%d件）', '(含网上%d)', '（含上年%d件）', '（其中电子版%d条）']) % rng.randint(1, int(min(v, 20)))
        st['used'].add('note_in_cell')
    elif st['stars'] and x < .06:
        s += '*'
    if st['full']:
        s = s.translate(FULL)
    return s, v, 'reported'


def style(rng):
    p = lambda x: rng.random() < x
    return dict(none=rng.choice(['blank', 'blank', 'dash', 'word']), dash=rng.choice(['-', '/', '—', '——']), zero_word=p(.08), commas=p(.2), full=p(.12),
                unit_in_cell=p(.08), decimals=p(.06), notes=p(.2), stars=p(.05), misspell=p(.3), truncate=p(.2), missing=p(.25), extra=p(.25), reorder=p(.2),
                split_rows=p(.15), enums=rng.choice(['keep'] * 5 + ['full', 'dun', 'paren', 'none', 'circle']), bracket=p(.15), spaces=p(.15), used=set())


CIRC = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫'


def renumber(label, how):
    m = re.match(r'(其中：)?(\d+)[.．、]', label)
    if not m or how == 'keep':
        return label
    n, rest, a = int(m.group(2)), label[m.end():], m.group(1) or ''
    return a + {'full': '%d．' % n, 'dun': '%d、' % n, 'paren': '（%d）' % n, 'none': '', 'circle': CIRC[n - 1]}[how] + rest


def core(label):
    return re.sub(r'^(其中：)?([（(]?[一二三四五六七八九十\d]+[)）.．、]|[①-⑫])?', '', label)


def misspell(rng, label):
    c = core(label)
    cut = c.find('（')
    c = c[:cut] if cut > 0 else c
    at = [i for i in range(1, len(c)) if c[i] in TYPOS]
    if len(c) < 6 or not at:
        return label
    i = label.index(c) + rng.choice(at)
    return label[:i] + TYPOS[label[i]] + label[i + 1:]


def truncate(rng, label):
    c = core(label)
    if len(c) < 9 or any(x in c for x in '（“0123456789'):
        return label
    i = label.index(c)
    k = rng.randint(1, 2)
    j = i + rng.randint(4, len(c) - k - 2)
    return label[:j] + label[j + k:]


def vary(rng, label, st, unit='', keep=False):
    """The label as this report prints it."""
    out = renumber(label, st['enums'])
    if not keep:
        if st['misspell'] and rng.random() < .12:
            o = misspell(rng, out)
            if o != out:
                st['used'].add('misspelt')
            out = o
        elif st['truncate'] and rng.random() < .12:
            o = truncate(rng, out)
            if o != out:
                st['used'].add('truncated')
            out = o
        elif st['bracket'] and unit and rng.random() < .4 and '（' not in out:
            out += rng.choice(['（%s）', '(单位：%s)', '（单位:%s）']) % unit
            st['used'].add('bracket_unit')
    if st['spaces'] and rng.random() < .3 and len(out) > 4:
        i = rng.randint(2, len(out) - 2)
        out = out[:i] + rng.choice([' ', '\u3000', '  ']) + out[i:]
    return out


LAST = {'period': 'previous_year'}


class Truth:
    def __init__(self):
        self.ind, self.values, self.keys = [], {}, set()

    def add(self, table, k, v, status, label, unit, raw):
        i, d = k
        self.keys.add(k)
        if v is not None:
            self.values[k] = v
        self.ind.append(dict(id=i, dims=dict(d), value=v, status=status, bound='exact', unit=unit or None, label=label, raw=raw, **{'from': {'table': table}}))


SIBLINGS = [('requests.received.by_channel',), ('requests.outcome.granted', 'requests.outcome.granted_in_part', 'requests.outcome.info_not_exist', 'requests.outcome.unclear'),
            ('disclosure.proactive.by_channel',), ('consultation.by_mode',)]


def accidents(rng, rows, st, ph):
    """Missing, reordered and extra rows."""
    rows = [list(r) for r in rows]
    if st['reorder']:
        for g in SIBLINGS:
            ix = [n for n, r in enumerate(rows) if r[1] in g and '其中：' not in r[0]]
            if len(ix) >= 2 and rng.random() < .7:
                a = rng.randrange(len(ix) - 1)
                i, j = ix[a], ix[a + 1]
                if j == i + 1:
                    ei, ej = [re.match(r'^([（(]?\d+[)）.．、]|[①-⑫])?', rows[k][0]).group(0) for k in (i, j)]
                    li, lj = rows[i][0][len(ei):], rows[j][0][len(ej):]
                    rows[i], rows[j] = [ei + lj] + rows[j][1:], [ej + li] + rows[i][1:]
                    ph.add('reordered_rows')
    if st['missing'] and len(rows) > 6:
        for _ in range(rng.randint(1, 3)):
            n = rng.randrange(1, len(rows))
            nxt = rows[n + 1][0] if n + 1 < len(rows) else ''
            if rows[n][1] and not re.search('total|received$|closed$|denied$|refused_broad|remedies|staff_total', rows[n][1]) and not nxt.startswith('其中') and '其中' not in rows[n][0]:
                del rows[n]
                ph.add('missing_rows')
    if st['extra']:
        for _ in range(rng.randint(1, 2)):
            n = rng.randrange(1, len(rows) + 1)
            rows.insert(n, [rng.choice(EXTRA), '', {}, rng.choice(['条', '次'])])
            ph.add('extra_rows')
    return rows


def list_table(rng, rows, v, st, ph, truth, tid, o):
    """o: options unit_col, code_col, serial_col, second (None, 'cumulative', 'scope', 'last_year'), header words."""
    rows = accidents(rng, rows, st, ph)
    head = [Cell(rng.choice(['指标', '统计指标', '指标名称', '项目', '项 目']), th=True)]
    if o.get('serial'):
        head.insert(0, Cell('序号', th=True))
        ph.add('serial_column')
    if o.get('unit'):
        head.append(Cell(rng.choice(['单位', '计量单位', '计量 单位']), th=True))
    if o.get('code'):
        head.append(Cell(rng.choice(['代码', '代 码', '行次']), th=True))
        ph.add('code_column')
    second = o.get('second')
    y = o['year']
    if second == 'cumulative':
        cols = rng.choice([[('%d年度' % y, {}), ('历年累计', {'period': 'cumulative'})], [('本年', {}), ('历年累计', {'period': 'cumulative'})], [('本年度数', {}), ('累计数', {'period': 'cumulative'})]])
    elif second == 'scope':
        cols = rng.choice([[('本级', {'scope': 'own_level'}), ('全区', {'scope': 'jurisdiction'})], [('全市', {'scope': 'jurisdiction'}), ('市本级', {'scope': 'own_level'})]])
    elif second == 'last_year':
        cols = rng.choice([[('本年数', {}), ('上年数', LAST)], [('上年度', LAST), ('本年度', {})], [('%d年' % y, {}), ('%d年' % (y - 1), LAST)]])
    else:
        cols = [(rng.choice(['数量', '统计数', '数 量', '统计数据']), {})]
    if second:
        ph.add('columns_' + second)
    head += [Cell(c, th=True) for c, _ in cols]
    grid = [head]
    code = 0
    for label, i, d, unit in rows:
        if i is None and o.get('flat'):
            pass
        shown = vary(rng, label, st, unit if i and not o.get('unit') else '', keep=not i)
        lead = []
        if o.get('serial'):
            lead.append(Cell('' if i is None and rng.random() < .3 else str(len(grid))))
        mid = []
        if o.get('unit'):
            mid.append(Cell(unit if i is not None else rng.choice(['——', '', '—'])) if not o.get('flat') else Cell(unit if i is not None else '——'))
        if o.get('code'):
            if i is not None:
                code += 1
                mid.append(Cell('%02d' % code))
            else:
                mid.append(Cell('——' if o.get('flat') else ''))
        vals = []
        for _, cd in cols:
            if i is None:
                vals.append(Cell('——' if o.get('flat') or rng.random() < .6 else ''))
                continue
            if i == '':
                vals.append(Cell(str(rng.randint(0, 60))))
                continue
            x = v.take(i, **d)
            dims = dict(d)
            if cd.get('period') == 'previous_year':
                dims.update(cd)
                x = None if x is None else o['last_year'].take(i, **d)
            elif cd.get('period') == 'cumulative' or cd.get('scope') == 'jurisdiction':
                dims.update(cd)
                x = None if x is None else round(x * 3, 2)      # keeps every sum of the form
            else:
                dims.update(cd)
            t, val, status = number(rng, x, st, '' if o.get('unit') else unit, unit in ('元', '万元'))
            if status == 'blank' and o.get('flat_blank_unsafe'):
                t, val, status = '0', 0, 'reported'
            truth.add(tid, key(i, **dims), val, status, shown, unit, t)
            vals.append(Cell(t))
        c = core(shown)
        if st['split_rows'] and i and len(c) >= 12 and not o.get('flat') and rng.random() < .4 and '（' not in c and not o.get('code') and not o.get('serial'):
            k = shown.index(c) + rng.randint(5, len(c) - 4)
            grid.append([Cell(shown[:k])] + [Cell('') for _ in mid] + [Cell('') for _ in vals])
            shown = shown[k:]
            ph.add('split_label')
        grid.append(lead + [Cell(shown)] + mid + vals)
    return grid


def transposed(rng, rows, v, st, ph, truth, tid):
    head, vals = [Cell('指标', th=True)], [Cell('数量')]
    for label, i, d, unit in rows:
        if not i:
            continue
        shown = vary(rng, label, dict(st, enums='none'), '')
        shown = shown.replace('其中：', '') if not label.startswith('其中：对') else shown
        t, val, status = number(rng, v.take(i, **d), st, unit)
        truth.add(tid, key(i, **d), val, status, shown, unit, t)
        head.append(Cell(shown, th=True))
        vals.append(Cell(t))
    ph.add('transposed')
    return [head, vals]


# ------------------------------------------------------------------ the grid tables of 2019 and after
def proactive34(rng, v, st, ph, truth, form, year):
    """The tables of 第二十条; one grid each or all in one."""
    def line(label, cells):
        out = [Cell(vary(rng, label, st, keep=True))]
        for i, d, unit, signed in cells:
            x = v.take(i, **d)
            if signed and x is not None:
                t = signed_text(rng, x, st)
                val, status = x, 'reported'
            elif i == 'procurement.amount' and x is not None:
                yuan = rng.random() < .4
                x = round(x * 10000) if yuan else x
                unit = '元' if yuan else '万元'
                t, val, status = number(rng, x, dict(st, unit_in_cell=False, decimals=False, notes=False, stars=False, zero_word=False), unit, True)
                t += unit
                ph.add('money_unit_in_cell')
            else:
                t, val, status = number(rng, x, st, '' if i == 'admin_fees.amount' else unit, i.endswith('amount'))
            truth.add('t1', key(i, **d), val, status, label, unit, t)
            out.append(Cell(t))
        return out
    D, A = 'documents.', 'admin_acts.'
    blocks = []
    art = lambda n: '第二十条第（%s）项' % n
    y = rng.choice(['本年', '本年', '本年(%d)' % year]) if form == 'F4' else '本年'
    if form == 'F3':
        sp = rng.choice(['', ' '])
        blocks.append((art('一'), ['信息内容', '本年新%s制作数量' % sp, '本年新%s公开数量' % sp, '对外公开%s总数量' % sp],
                       [line(l, [(D + 'issued', dict(doc_type=t), '件', 0), (D + 'newly_disclosed', dict(doc_type=t), '件', 0), (D + 'disclosed_stock', dict(doc_type=t), '件', 0)])
                        for l, t in (('规章', 'regulation'), (rng.choice(['规范性文件', '行政规范性文件']), 'normative'))]))
        h = ['信息内容', '上一年%s项目数量' % sp, rng.choice(['本年增/减', '本年增／减', '本年增减']), '处理决定数量']
        for n, acts in (('五', [('行政许可', 'license'), ('其他对外管理服务事项', 'other_external_service')]), ('六', [('行政处罚', 'penalty'), ('行政强制', 'coercion')])):
            blocks.append((art(n), h, [line(l, [(A + 'items_prev_year', dict(act=a), '项', 0), (A + 'items_change', dict(act=a), '项', 1), (A + 'decisions', dict(act=a), '件', 0)]) for l, a in acts]))
        blocks.append((art('八'), ['信息内容', '上一年项目数量', '本年增/减'], [line('行政事业性收费', [('admin_fees.items_prev_year', {}, '项', 0), ('admin_fees.items_change', {}, '项', 1)])]))
        blocks.append((art('九'), ['信息内容', '采购项目数量', '采购总金额'], [line('政府集中采购', [('procurement.projects', {}, '个', 0), ('procurement.amount', {}, '万元', 0)])]))
    else:
        blocks.append((art('一'), ['信息内容', y + '制发件数', y + '废止件数', '现行有效件数'],
                       [line(l, [(D + 'issued', dict(doc_type=t), '件', 0), (D + 'repealed', dict(doc_type=t), '件', 0), (D + 'in_force', dict(doc_type=t), '件', 0)])
                        for l, t in (('规章', 'regulation'), (rng.choice(['行政规范性文件', '规范性文件']), 'normative'))]))
        h = ['信息内容', y + '处理决定数量']
        blocks.append((art('五'), h, [line('行政许可', [(A + 'decisions', dict(act='license'), '件', 0)])]))
        blocks.append((art('六'), h, [line(l, [(A + 'decisions', dict(act=a), '件', 0)]) for l, a in (('行政处罚', 'penalty'), ('行政强制', 'coercion'))]))
        blocks.append((art('八'), ['信息内容', rng.choice(['本年收费金额（单位：万元）', '本年收费金额(单位:万元)', '本年收费金额（万元）'])], [line('行政事业性收费', [('admin_fees.amount', {}, '万元', 0)])]))
    w = max(len(h) for _, h, _ in blocks)
    one = rng.random() < .7
    grids, cur = [], []
    for title, h, lines in blocks:
        width = w if one else len(h)

        def fit(cells, last=False):
            gap = width - len(cells)
            if gap:
                cells[-1].cs += gap
            return cells
        cur.append([Cell(title, cs=width, th=True)])
        cur.append(fit([Cell(x, th=True) for x in h]))
        cur += [fit(l) for l in lines]
        if not one:
            grids.append(cur)
            cur = []
    if cur:
        grids.append(cur)
    return grids


def signed_text(rng, x, st):
    if x == 0:
        return rng.choice(['0', '0', '持平', '无变化']) if st['notes'] else '0'
    if x > 0:
        return rng.choice(['+%d', '%d', '增%d', '增加%d项', '+%d']) % x
    return rng.choice(['-%d', '-%d', '－%d', '减%d', '减少%d项', '减少%d']) % -x


def matrix(rng, v, st, ph, truth, form):
    grid = []
    top = rng.choice(['（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）', '(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)'])
    deep = rng.random() < .75
    grid.append([Cell(top, 3, 3, True), Cell('申请人情况', 1, 7, True)])
    grid.append([Cell('自然人', 2, 1, True), Cell('法人或其他组织', 1, 5, True), Cell('总计', 2, 1, True)])
    grid.append([Cell(x, th=True) for x in APPLICANT_LABELS[1:]])
    rows = [(l, p, i) for l, p, i in MATRIX[form]]
    if st['missing'] and rng.random() < .4:
        n = rng.randrange(4, 20)
        if not rows[n][0].startswith(('1.', '（')):
            del rows[n]
            ph.add('missing_rows')
    results = [n for n, r in enumerate(rows) if r[2].startswith('requests.outcome')]
    seen_parent = set()
    st = dict(st, enums=st['enums'] if st['enums'] in ('keep', 'full', 'dun') else 'keep')
    for n, (label, parent, i) in enumerate(rows):
        r = []
        if n == results[0]:
            r.append(Cell('三、本年度办理结果', len(results), 1))
        if n in results:
            if parent:
                if parent not in seen_parent:
                    seen_parent.add(parent)
                    r.append(Cell(parent, sum(1 for x in rows if x[1] == parent), 1))
                r.append(Cell(vary(rng, label, st)))
            else:
                r.append(Cell(vary(rng, label, st), 1, 2))
        else:
            r.append(Cell(vary(rng, label, st, keep=True), 1, 3))
        for a in APPLICANTS + [None]:
            d = {'applicant': a} if a else {}
            t, val, status = number(rng, v.take(i, **d), dict(st, notes=st['notes'] and rng.random() < .2))
            truth.add('t2', key(i, **d), val, status, label, '件', t)
            r.append(Cell(t))
        grid.append(r)
    if 'misspelt' in st['used']:
        ph.add('misspelt')
    return grid


def remedies(rng, v, st, ph, truth):
    ms = [('结果维持', 'upheld'), ('结果纠正', 'corrected'), ('其他结果', 'other'), ('尚未审结', 'pending'), ('总计', 'total')]
    sp = rng.choice([lambda s: s, lambda s: s[:2] + ' ' + s[2:], lambda s: s[:2] + '\n' + s[2:]])
    g = [[Cell('行政复议', 1, 5, True), Cell('行政诉讼', 1, 10, True)],
         [Cell(sp(l) if len(l) == 4 else l, 2, 1, True) for l, _ in ms] + [Cell('未经复议直接起诉', 1, 5, True), Cell('复议后起诉', 1, 5, True)],
         [Cell(sp(l) if len(l) == 4 else l, th=True) for l, _ in ms] * 2]
    vals = []
    for p in ('reconsideration', 'litigation_direct', 'litigation_after_reconsideration'):
        for l, m in ms:
            t, val, status = number(rng, v.take('remedies.' + m, procedure=p), dict(st, notes=False))
            truth.add('t3', key('remedies.' + m, procedure=p), val, status, l, '件', t)
            vals.append(Cell(t))
    g.append(vals)
    return g


# ------------------------------------------------------------------ writing
def expand(grid):
    out, over = [], {}
    for r, row in enumerate(grid):
        line, c = [], 0
        cells = list(row)
        while cells or (r, c) in over:
            if (r, c) in over:
                line.append(over[r, c])
                c += 1
                continue
            x = cells.pop(0)
            for dr in range(x.rs):
                for dc in range(x.cs):
                    if dr:
                        over[r + dr, c + dc] = x.t
            for dc in range(x.cs):
                line.append(x.t)
            c += x.cs
        out.append(line)
    return out


def to_html(rng, grid, caption=None):
    out = ['<table border="1" cellspacing="0">']
    if caption:
        out.append('<caption>%s</caption>' % html.escape(caption))
    tag_th = rng.random() < .4
    para = rng.random() < .4
    for row in grid:
        out.append('<tr>')
        for c in row:
            tag = 'th' if c.th and tag_th else 'td'
            a = (' rowspan="%d"' % c.rs if c.rs > 1 else '') + (' colspan="%d"' % c.cs if c.cs > 1 else '')
            t = html.escape(c.t, quote=False).replace('\n', '<br/>')
            if not t:
                t = rng.choice(['', '&nbsp;'])
            out.append('<%s%s>%s</%s>' % (tag, a, '<p>%s</p>' % t if para and t else t, tag))
        out.append('</tr>')
    out.append('</table>')
    return '\n'.join(out)


def to_text(rng, grid, how):
    rows = [[c.t.replace('\n', '') for c in row] for row in grid]
    if how == 'tabs':
        return '\n'.join('\t'.join(r) for r in rows)
    if how == 'pipes':
        full = [[x.replace('\n', '') for x in r] for r in expand(grid)]
        return '\n'.join('| ' + ' | '.join(r) + ' |' for r in full)
    return '\n'.join(x for r in rows for x in r if x != '')
