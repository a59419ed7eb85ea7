"""Text dumps: what scrapers leave of a page."""


def table_lines(t, rng, shape, report):
    if shape == 'pipes':
        return [' | '.join(x.strip() for x in row) + ' |' for row in drop_spans(t)]
    if shape == 'pipes_both':
        return ['| ' + ' | '.join(row) + ' |' for row in t.grid()]
    if shape == 'lead':
        return ['|' + ' |'.join(row) for row in drop_spans(t)]
    if shape == 'cells':
        return [x for row in t.rows for x, _, _ in row if x]
    if shape == 'cells_blank':
        return [y for row in t.rows for x, _, _ in row for y in (x, '') if x]
    if shape == 'bars_own':
        return [y for row in t.rows for x, _, _ in row for y in ([x, '|'] if x else ['|'])]
    if shape == 'trailing':
        return [' | '.join(x for x, _, _ in row) + ' | ' + '|' * (sum(c for _, _, c in row) - len(row)) for row in t.rows]
    if shape == 'tabs':
        return ['\t'.join(row) for row in drop_spans(t)]
    return [' '.join(x for x in row if x) for row in [[x for x, _, _ in r] for r in t.rows]]


def drop_spans(t):
    """Each row holds the cells that begin in it, as a converter prints them."""
    return [[x for x, _, _ in row] for row in t.rows]


def dump(report, rng, furniture=True, with_title=True, shape=None):
    shape = shape or rng.choice(['pipes', 'pipes', 'pipes_both', 'lead', 'cells', 'cells', 'cells_blank', 'tabs', 'bars_own', 'trailing'])
    if report.tables():
        report.phenomena.add('dump_' + shape)
    out = []
    y, m, d = report.published.split('-')
    if furniture and rng.random() < .6:
        out += ['首页 > 政务公开 > 信息公开年报', '选择搜索类型', '请输入搜索']
        report.furniture += ['首页 > 政务公开 > 信息公开年报', '选择搜索类型', '请输入搜索']
    if with_title:
        out.append(report.title)
        if rng.random() < .2:
            out.append(report.title)
    else:
        report.title = None
        report.phenomena.add('no_title')
    if furniture and with_title and rng.random() < .7:
        line = rng.choice(['发布时间：%s-%s-%s 浏览次数：%d', '日期：%s-%s-%s 阅读次数：%d 【字体：大 中 小】']) % (y, m, d, rng.randint(1, 999))
        out.append(line)
        report.furniture.append(line)
    elif not report.signature:
        report.published = None
    indent = rng.choice(['', '　　', '    '])
    gap = rng.random() < .3
    for b in report.blocks:
        if b[0] == 'h':
            out.append(indent + b[2] + b[4])
        elif b[0] == 'run':
            out.append(indent + b[2] + b[4] + rng.choice(['。', '。', '：']) + b[5])
        elif b[0] == 'p':
            out.append(indent + b[1])
        elif b[0] == 'item':
            out.append(indent + b[1] + b[2])
        else:
            t = b[1]
            if t.number:
                out.append('%s%s%s%s' % (t.number, rng.choice([':', '：', ' ']), t.caption, '单位:' + t.unit if t.unit else ''))
            out += table_lines(t, rng, shape, report)
        if gap:
            out.append('')
    for line in report.signature:
        report.blocks.append(('p', line))
        out.append('　　　　　　　　' + line)
    if furniture and rng.random() < .4:
        out += ['打印本页 关闭窗口', '上一篇：没有了']
        report.furniture += ['打印本页 关闭窗口', '上一篇：没有了']
    return '\n'.join(out) + '\n'


def glued(report, rng):
    """The next heading stands at the end of the paragraph before it."""
    text = dump(report, rng)
    report.phenomena.add('glued')
    out = []
    for line in text.split('\n'):
        s = line.strip()
        if out and s[:2] in ('三、', '五、', '二、') and len(s) < 30 and out[-1].rstrip().endswith('。') and rng.random() < .8:
            out[-1] = out[-1] + s
        else:
            out.append(line)
    return '\n'.join(out)


def wrapped(report, rng):
    """Lines of a PDF: broken every so many characters, page numbers between."""
    text = dump(report, rng, shape='cells')
    report.phenomena.add('wrapped')
    out, n = [], 0
    for line in text.split('\n'):
        while len(line) > 34:
            out.append(line[:34])
            line = line[34:]
            n += 1
            if n % 24 == 0:
                out.append(rng.choice(['- %d -', '— %d —']) % (n // 24))
        out.append(line)
    return '\n'.join(out)
