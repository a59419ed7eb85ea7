"""A report as marked text (see markup.py), as a dump or as a page would hold it."""
import words as W
from reports import STYLES

INLINE = {'stop': '。', 'colon': ':', 'space': ' '}


def damaged(rng, text, rate):
    out = []
    for ch in text:
        r = rng.random()
        if r < rate * .6 and not ch.isdigit():
            continue
        out.append('?' if r < rate and not ch.isdigit() else ch)
    return ''.join(out)


def trad(text):
    return ''.join(W.TRAD.get(c, c) for c in text)


def spaced(rng, text):
    """Short headings set apart: `概 述`, `一 、`."""
    return ' '.join(text) if len(text) <= 4 and rng.random() < .6 else text


def wrap(text, width, by):
    return by.join(text[i:i + width] for i in range(0, len(text), width))


def mark_heading(rng, n, opt):
    h = n.heading
    if 'trad' in opt:
        h = trad(h)
    if 'spaced' in opt:
        h = spaced(rng, h)
    if 'split' in opt and 'one_line' not in opt and n.how == 'line' and len(h) >= 9 and rng.random() < .7:
        k = len(h) // 2 + rng.randint(-1, 2)
        h = h[:k] + '⏎' + h[k:]
    number, mark = n.number, n.mark
    if 'lost' in opt and mark and rng.random() < .25:
        mark = ''
    return '⟦%d%s|%s|%s|%s⟧' % (n.level, '?' if n.optional else '', number, mark, h)


def items(node, opt):
    for p in node.paras:
        if p[0] == 'i':
            number, mark = ('(%s)' % p[1], '') if p[2] == 'quoted' else STYLES[p[2]](p[1])
            yield 'i', '⟦i|%s|%s|%s⟧' % (number, mark, p[3])
        else:
            yield p


def modes(rng, rep, opt):
    """How each level is set: on a line of its own or run into the text."""
    how = {1: 'line', 2: rng.choice(['line', 'line', 'stop']), 3: rng.choice(['stop', 'stop', 'line', 'colon']), 4: 'stop'}
    if 'runin' in opt:
        how[1] = rng.choice(['stop', 'colon', 'space'])
        how[2] = rng.choice(['stop', 'colon'])
        rep.phen.add('runin_' + how[1])
    if 'unnumbered' in rep.phen:
        how = {1: 'line', 2: 'line', 3: 'line', 4: 'line'}
    for n in rep.nodes:
        first = n.paras[0] if n.paras else None
        n.how = how.get(n.level, 'stop') if first and first[0] == 'p' else 'line'


def text_lines(rng, rep, opt):
    """[(kind, marked line)] in order; kind: head, para, other."""
    out = []
    fix = (lambda t: trad(t)) if 'trad' in opt else (lambda t: t)
    if 'lost' in opt:
        fix = lambda t: damaged(rng, t, .02)
    modes(rng, rep, opt)
    residue = set(rng.sample(range(len(rep.nodes)), min(2, len(rep.nodes)))) if 'residue' in rep.phen else set()
    for p in rep.preamble:
        out.append(('para', fix(p)))
    for k, n in enumerate(rep.nodes):
        head = mark_heading(rng, n, opt)
        if k in residue:
            n.how = 'line'
            head += '⟦X|%s⟧' % rng.choice(W.RESIDUE)
        body = list(items(n, opt))
        if n.how != 'line' and body:
            out.append(('head', head + INLINE[n.how] + fix(body[0][1])))
            body = body[1:]
        elif 'glued' in opt and out and out[-1][0] in ('para',) and out[-1][1].endswith('。') and rng.random() < .6 and n.number:
            rep.phen.add('glued')
            out[-1] = ('head', out[-1][1] + head)
        else:
            if 'trailing' in opt and rng.random() < .5:
                head += rng.choice([':', '。', '、'])
            out.append(('head', head))
        for b in body:
            if b[0] == 't':
                style = rng.choice(['cells', 'rows']) if 'html' not in opt else 'html'
                out.append(('other', '⟦t|%s|%s⟧' % (style, '/'.join('^'.join(r) for r in b[1]))))
            else:
                out.append(('para' if b[0] == 'p' else 'other', b[1] if b[0] == 'i' else fix(b[1])))
    for t in rep.tail:
        out.append(('other', t))
    return out


def toc(rng, rep):
    dots = rng.choice(['......', '…………', ' ', '\t', '-----'])
    page, out = 1, []
    for n in rep.nodes:
        if n.level == 1 or (n.level == 2 and rng.random() < .5):
            out.append('⟦F|%s%s%s%s%d⟧' % (n.number, n.mark, n.heading, dots, page))
            page += rng.randint(0, 2)
    return (['⟦F|目 录⟧'] if rng.random() < .8 else []) + out


def title_mark(rng, rep, opt):
    t = trad(rep.title) if 'trad' in opt else rep.title
    if 'title_split' in opt:
        k = t.find('政府信息') if '政府信息' in t else t.find('政府信息公開')
        if k > 4 and rep.title.endswith('报告'):
            t = t[:k] + '⏎' + t[k:]
    return '⟦T|%s⟧' % t


def as_text(rng, rep, opt, head='title'):
    """head: title, none. The marked text of one report in a dump."""
    lines = text_lines(rng, rep, opt)
    out = ['⟦F|%s⟧' % x for x in rep.furniture_before] if 'page' in opt else []
    first = []
    if head == 'title':
        first.append(title_mark(rng, rep, opt))
        if rng.random() < .2:
            first.append('⟦X|%s⟧' % rep.title)
    if 'toc' in opt and head == 'title' and 'unnumbered' not in rep.phen:
        rep.phen.add('toc')
        first += toc(rng, rep)
    if 'one_line' in opt:
        rep.phen.add('one_line')
        sep = ' '
        body = sep.join(x for _, x in lines)
        text = '\n'.join(first[:1] + [body]) if first and rng.random() < .5 else sep.join(first[:1] + [body])
    elif 'wrapped' in opt:
        rep.phen.add('wrapped')
        by = rng.choice(['\n', ' '])
        width = rng.randint(22, 38)
        text = '\n'.join(first)
        page = 1
        for k, (kind, x) in enumerate(lines):
            if kind == 'para':
                text += '\n⟦-|%s⟧' % wrap(x, width, by)
            elif kind == 'head' and x.endswith('⟧') and x.count('⟦') == 1:
                text += '\n' + x
            else:
                text += '\n' + x
            if rng.random() < .12 and 'page_numbers' in opt:
                text += '\n⟦F|%s⟧' % rng.choice(['- %d -', '— %d —', '%d', '第 %d 页'])  % page
                page += 1
        rep.phen |= {'page_numbers'} if page > 1 else set()
    else:
        blank = '\n\n' if 'blank_lines' in opt else '\n'
        text = blank.join(first + [x for _, x in lines])
    out.append(text)
    out += ['⟦F|%s⟧' % x for x in rep.furniture_after] if 'page' in opt else []
    return piece(rep, opt, head) + '\n'.join(out)


def piece(rep, opt, head):
    names = [rep.agency] + ([trad(rep.agency)] if 'trad' in opt else [])
    named = head == 'title' or rep.preamble or rep.tail
    k = dict(kind='annual_report', complete='0' if 'cut' in opt else '')
    if named:
        k['agency'] = rep.agency
        k['accept'] = '^'.join(names[1:])
    k['year'] = str(rep.year)
    if not named:
        k['year_open'] = '1'
    k['phen'] = ','.join(sorted(rep.phen | {o for o in opt if o not in ('page', 'html')}))
    return '⟦piece|%s⟧' % '|'.join('%s=%s' % kv for kv in k.items())


HTML_HEADS = {'strong': ('<p><strong>', '</strong></p>'), 'b': ('<p><b>', '</b></p>'), 'h': ('<h%d>', '</h%d>'), 'plain': ('<p>', '</p>'),
              'size': ('<p style="font-size:%dpx">', '</p>'), 'span': ('<p><span style="font-family:SimHei;font-weight:bold">', '</span></p>'), 'center': ('<p style="text-align:center;font-weight:bold">', '</p>')}


def as_html(rng, rep, opt, head='title'):
    unnumbered = 'unnumbered' in rep.phen
    sets = ['strong', 'b', 'size', 'span', 'h', 'center'] if unnumbered else ['strong', 'plain', 'plain', 'h', 'size', 'span']
    how = rng.choice(sets)
    if unnumbered:
        rep.phen.add('set_' + how)
    lines = text_lines(rng, rep, opt | {'html'})
    body = []
    if head == 'title':
        body.append('<h1>%s</h1>' % title_mark(rng, rep, opt) if rng.random() < .6 else '<p style="text-align:center;font-size:26px">%s</p>' % title_mark(rng, rep, opt))
    if 'toc' in opt and head == 'title' and not unnumbered:
        rep.phen.add('toc')
        body += ['<p>%s</p>' % x for x in toc(rng, rep)]
    for kind, x in lines:
        if kind == 'head' and x.startswith('⟦'):
            mark, rest = x[:x.index('⟧') + 1], x[x.index('⟧') + 1:]
            level = int(mark[1])
            a, b = HTML_HEADS[how] if level < 3 else HTML_HEADS['plain']
            if how == 'h' and level < 3:
                a, b = a % (level + 1), b % (level + 1)
            if how == 'size' and level < 3:
                a = a % (24 - 3 * level)
            if rest and how in ('strong', 'b') and rest[0] in '。:':
                body.append('<p><strong>%s%s</strong>%s</p>' % (mark, rest[0], rest[1:]))
            elif rest and how == 'h' and not rest.startswith('⟦'):
                body.append('<p>%s%s</p>' % (mark, rest))
            else:
                body.append(a + mark + rest + b)
        elif x.startswith('⟦t'):
            body.append(x)
        else:
            body.append('<p>%s</p>' % x)
    return piece(rep, opt, head) + '\n'.join(body)


def page(rng, rep, inner, title):
    """The page around it."""
    nav = '<div class="nav"><a href="/">⟦F|首页⟧</a> &gt; <a href="/xxgk">⟦F|政府信息公开⟧</a> &gt; <a href="/nb">⟦F|年度报告⟧</a></div>'
    side = '<ul class="list">' + ''.join('<li><a href="/%d">⟦F|%s⟧</a></li>' % (i, x) for i, x in enumerate(['关于调整办公时间的公告', '领导班子分工情况', '部门预算公开专栏'])) + '</ul>' if rng.random() < .4 else ''
    foot = '<div class="footer">⟦F|版权所有:%s 网站标识码:4400000012⟧</div>' % rep.agency
    return '<html><head><meta charset="utf-8">⟦X|<title>%s</title>⟧</head><body>\n%s\n<div class="content">\n%s\n</div>\n%s%s\n</body></html>\n' % (title, nav, inner, side, foot)
