"""How a report is set: drawn at random, deterministic by seed. The same look is given to every producer that can show it."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'quality'))
from model import Table, cell  # noqa: E402

FOOTERS = ['- {n} -', '— {n} —', '－{n}－', '{n}', '第 {n} 页 共 {N} 页', '第{n}页', '{n} / {N}', '{n}/{N}', 'Page {n} of {N}', '第 {n} 页，共 {N} 页', '· {n} ·', '-{n}-', 'P{n}']
HEADERS = ['{agency}', '{title}', '政府信息公开年报 · {year}', '内部资料  注意保存', '{agency}　{year}年']
PROSE = ['各单位要对照检查，逐项整改。', '有关情况说明如下，供查阅参考。', '本栏所列内容以正式发布的文件为准。', '以上情况均由各承办单位核实后报送，统计时间截至当年年底，口径与往年一致，个别数据因机构调整不可比，已另行注明。']
ENGLISH = ['The open government information portal publishes administrative regulations, interpretations and statistics, and encourages comprehensive participation by organisations and individuals.',
           'Further information concerning implementation responsibilities is available from the administrative coordination department of the municipality.']
NOTES = ['数据由各承办单位报送，经办公室汇总核对。', '含上年结转的事项，不含撤回的事项。', '统计口径按照国务院办公厅印发的格式执行，个别单位因机构改革合并计算。']
UNITS = ['城关片区', '河东片区', '高新园区', '北部新城', '滨湖片区', '老城片区', '南山片区', '西坝片区', '航空港区', '综合保税区']


class Look:
    def __init__(self, rng, report):
        r = self.rng = rng
        self.size = r.choice([10.5, 12, 12, 14, 16])
        self.leading = r.choice([1.4, 1.5, 1.75, 2.0])
        self.margins = r.choice([(72, 72, 90, 90), (72, 72, 72, 72), (85, 80, 79, 74), (60, 60, 60, 60)])
        self.indent = r.random() < .8
        fill = dict(agency=report.agency, title=report.title, year=report.year)
        self.header = r.choice(HEADERS).format(**fill) if r.random() < .55 else None
        self.header_rule = r.random() < .5
        self.footer = r.choice(FOOTERS) if r.random() < .85 else None
        self.footer_side = r.choice(['center', 'center', 'center', 'right', 'outer'])
        self.contents = r.random() < .25
        self.watermark = r.choice(['仅供参考', '政务公开', '内部传阅']) if r.random() < .25 else None
        self.seal = r.random() < .25
        self.shaded = r.random() < .2
        self.columns = 2 if r.random() < .12 else 1
        self.borders = r.choice(['solid', 'solid', 'solid', 'hair', 'thick_outer', 'double', 'dashed', 'grey', 'header_shaded'])
        self.repeat_header = r.random() < .4
        self.split_rows = r.random() < .5
        self.landscape = r.random() < .15
        self.bold_headings = r.random() < .7
        self.notes = r.random() < .3
        self.vertical_labels = r.random() < .3
        self.table_size = r.choice([7.5, 8, 9, 10.5])
        self.justify = r.random() < .7
        self.cover = r.random() < .15

    def mark(self, report, *names):
        report.phenomena |= set(names)


def extra_tables(rng, report):
    """Small plain tables of the report's own, of all kinds of rules, and two side by side."""
    def plain(columns, rows):
        names = rng.sample(UNITS, rows)
        heads = ['片区'] + ['窗口数', '服务人次', '平均时长', '满意率', '上年窗口'][:columns - 1]
        body = [[cell(n)] + [cell(rng.choice([rng.randint(0, 99), rng.randint(100, 9999), '%.1f' % (rng.random() * 99)])) for _ in heads[1:]] for n in names]
        return Table([[cell(h) for h in heads]] + body, 1)
    kind = rng.choice([None, None, 'three_line', 'aligned', 'three_line', 'aligned', 'pair', 'ruled', 'outer_only', 'rows_only', 'long'])
    if kind is None:
        return
    blocks = []
    if kind == 'pair':
        left, right = plain(2, rng.randint(3, 5)), plain(3, rng.randint(3, 5))
        left.style = right.style = 'ruled'
        left.beside = True
        blocks = [('t', left), ('t', right)]
    else:
        t = plain(rng.randint(3, 5), 10 if kind == 'long' else rng.randint(3, 7))
        t.style = 'ruled' if kind == 'long' else kind
        if rng.random() < .6:
            t.caption = rng.choice(['分片区服务情况', '各片区窗口运行情况'])
            t.number = rng.choice([None, '表1', '附表1'])
            t.unit = rng.choice([None, None, '人次'])
        blocks = [('t', t)]
    report.phenomena.add('table_' + kind)
    at = [i for i, b in enumerate(report.blocks) if b[0] == 'p']
    if at:
        i = at[min(len(at) - 1, 1)]
        report.blocks[i + 1:i + 1] = [('p', rng.choice(['分片区情况见下表。', '各片区服务情况如下表所示。']))] + blocks + [('p', rng.choice(PROSE))]


def visible(table):
    """Columns that no cell of the table begins in show on no page: they are taken out."""
    starts, taken = set(), set()
    for r, row in enumerate(table.rows):
        c = 0
        for _, rs, cs in row:
            while (r, c) in taken:
                c += 1
            taken |= {(r + dr, c + dc) for dr in range(rs) for dc in range(cs)}
            starts.add(c)
            c += cs
    width = max(c for _, c in taken) + 1
    place = {c: sum(1 for x in starts if x <= c) - 1 for c in range(width)}
    rows, taken = [], set()
    for r, row in enumerate(table.rows):
        out, c = [], 0
        for text, rs, cs in row:
            while (r, c) in taken:
                c += 1
            taken |= {(r + dr, c + dc) for dr in range(rs) for dc in range(cs)}
            out.append((text, rs, sum(1 for x in starts if c <= x < c + cs)))
            c += cs
        rows.append(out)
    table.rows = rows
    table.readings = [(i, d, r, place[c], u) for i, d, r, c, u in table.readings]


def flow(report, look):
    """The report as the pieces that renderers know:
    ('title', text) ('contents', [(level, text)]) ('h', level, text) ('p', text, options) ('caption', text) ('t', table) ('pair', a, b) ('break',)."""
    rng = look.rng
    out = []
    extra_tables(rng, report)
    for t in report.tables():
        visible(t)
    if rng.random() < .15:
        at = [i for i, b in enumerate(report.blocks) if b[0] == 'p']
        if at:
            report.blocks.insert(at[-1] + 1, ('p', rng.choice(ENGLISH)))
            report.phenomena.add('latin')
    # The date and the agency stand at the end.
    if not report.signature:
        report.published = None
    for line in report.signature:
        report.blocks.append(('p', line, 'right'))
    if look.cover:
        report.phenomena.add('cover')
        out += [('cover', report.title)]
    else:
        out.append(('title', report.title))
    if look.contents:
        report.phenomena.add('contents')
        out.append(('contents', [(b[1], b[2] + b[4]) for b in report.blocks if b[0] in ('h',) and b[1] == 1]))
        report.furniture.append('目录')
    shaded = noted = 0
    blocks = report.blocks
    i = 0
    while i < len(blocks):
        b = blocks[i]
        if b[0] == 'h':
            out.append(('h', b[1], b[2] + b[4]))
        elif b[0] == 'run':
            out.append(('p', b[2] + b[4] + '。' + b[5], {}))
        elif b[0] == 'p':
            options = {}
            if len(b) > 2:
                options['right'] = True
            elif look.shaded and shaded < 2 and len(b[1]) > 40:
                options['shaded'] = True
                shaded += 1
            elif look.notes and noted < 2 and len(b[1]) > 40 and b[1][-1] == '。' and look.can_note:
                options['note'] = rng.choice(NOTES)
                report.footnotes = getattr(report, 'footnotes', []) + [options['note']]
                noted += 1
            out.append(('p', b[1], options))
        elif b[0] == 'item':
            out.append(('p', '%s%s' % (b[1], b[2]), {}))
        else:
            t = b[1]
            if t.number or t.caption:
                unit = ' 单位：%s' % t.unit if t.unit else ''
                out.append(('caption', (t.number + ' ' if t.number else '') + (t.caption or '') + unit))
            if getattr(t, 'beside', False):
                out.append(('pair', t, blocks[i + 1][1]))
                i += 1
            else:
                out.append(('t', t))
        i += 1
    if noted:
        report.phenomena.add('footnotes')
    if shaded:
        report.phenomena.add('shaded')
    return out


def wide(table):
    return len(table.grid()[0]) >= 9
