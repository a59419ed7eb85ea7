"""A report's blocks as the markup that editors, word processors and hand-made pages leave behind."""
import html
import re

E = html.escape
INDENTS = ['', '　　', '&emsp;&emsp;', '&nbsp;&nbsp;&nbsp;&nbsp;', '&ensp;&ensp;&ensp;&ensp;', '&#12288;&#12288;', '\u00a0\u00a0\u00a0 ']


def digits_apart(rng, s):
    """Numbers cut by markup, as word processors do."""
    def cut(m):
        d = m.group(0)
        tag = rng.choice(['span lang=EN-US', 'span style="font-family:Times New Roman"', 'font face="Times New Roman"'])
        name = tag.split()[0]
        if len(d) < 3 or rng.random() < .5:
            return '<%s>%s</%s>' % (tag, d, name)
        k = rng.randint(1, len(d) - 1)
        return '<%s>%s</%s><%s>%s</%s>' % (tag, d[:k], name, tag, d[k:], name)
    return re.sub(r'\d+', cut, s)


# ------------------------------------------------------------------ tables
def table(t, style, rng):
    if style in ('divs', 'grid', 'dl') and max(map(len, t.grid())) <= 4 and all(c[1] == c[2] == 1 for r in t.rows for c in r):
        return {'divs': _divs, 'grid': _grid, 'dl': _dl}[style](t)
    if style == 'broken' and len(t.rows) > 12 and max(map(len, t.rows)) <= 4 and all(c[1] == 1 for r in t.rows for c in r):
        full = max(map(len, t.rows))
        data = [k for k in range(2, len(t.rows)) if len(t.rows[k]) == len(t.rows[k - 1]) == full and '信息内容' not in (t.rows[k][0][0], t.rows[k - 1][0][0])]
        k = min(data, key=lambda k: abs(k - len(t.rows) // 2))
        return _table(t.rows[:k], t, 'plain', rng) + '\n' + _table(t.rows[k:], t, 'plain', rng)
    lead = []
    if style == 'captionrow' and t.caption:
        width = max(map(len, t.grid()))
        lead = [[(('%s：' % t.number if t.number else '') + t.caption, 1, width)]]
        t.optional.append(lead[0][0][0])
        if t.unit:
            lead.append([('单位：' + t.unit, 1, width)])
            t.optional.append('单位：' + t.unit)
    return _table(lead + t.rows, t, style, rng)


def caption(t, style, rng):
    """What stands above the table where the table itself does not hold it."""
    if not t.caption or (style == 'captionrow') or style == 'captiontag':
        return []
    line = (t.number + rng.choice(['：', ' ']) if t.number else '') + t.caption
    if t.unit and style not in ('divs', 'grid', 'dl') and rng.random() < .5:
        return [line, '单位：' + t.unit]
    return [line + ('（单位：%s）' % t.unit if t.unit else '')]


def _cell(text, style, rng, narrow):
    x = E(text, quote=False)
    if style == 'word':
        x = digits_apart(rng, x)
        return '<p class=MsoNormal align=center style=\'text-align:center\'>%s<o:p></o:p></p>' % (x or '<span lang=EN-US><o:p>&nbsp;</o:p></span>')
    if style == 'pcell':
        return '<p style="text-align:center">%s</p>' % (x or '&nbsp;')
    if style == 'fontcell':
        return '<div align="center"><font size="2">%s</font></div>' % (x or '&nbsp;')
    if style == 'vertical' and narrow and len(text) > 2:
        return '<br>'.join(E(c) for c in text)
    if style == 'nested_spans':
        return '<p><span><span>%s</span></span></p>' % ''.join('<span>%s</span>' % c for c in x) if text.isdigit() else '<p><span>%s</span></p>' % x
    if style == 'brcell' and len(text) == 7 and not text.isdigit():
        return E(text[:3]) + '<br/>' + E(text[3:])
    return x or ('&nbsp;' if style != 'plain' else '')


def _table(rows, t, style, rng):
    attrs = {'word': 'class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style=\'border-collapse:collapse;mso-yfti-tbllook:1184\'',
             'fontcell': 'width="95%" border="1" align="center" cellpadding="0" cellspacing="0" bordercolor="#000000"',
             'excel': 'border=0 cellpadding=0 cellspacing=0 width=720 style=\'border-collapse:collapse;table-layout:fixed;width:540pt\''}.get(style, 'border="1" cellspacing="0"')
    out = ['<table %s>' % attrs]
    if style == 'captiontag' and t.caption:
        out.append('<caption>%s</caption>' % E((t.number + ' ' if t.number else '') + t.caption + ('（单位：%s）' % t.unit if t.unit else '')))
    if style == 'excel':
        out.append(' '.join('<col width=72 style=\'width:54pt\'>' for _ in t.grid()[0]))
    head = t.header_rows if style == 'thead' else 0
    if head:
        out.append('<thead>')
    elif style not in ('lost_ends', 'fontcell', 'excel'):
        out.append('<tbody>')
    last = len(rows) - 1
    for i, row in enumerate(rows):
        if head and i == head:
            out.append('</thead><tbody>')
        out.append('<tr%s>' % (' style=\'height:20.1pt\'' if style in ('word', 'excel') else ''))
        for text, rs, cs in row:
            if style == 'stale' and i == last and rng.random() < .5:
                rs += rng.randint(1, 5)
            a = ''
            if cs > 1:
                a += ' colspan="%d;"' % cs if style == 'odd_span' else ' colspan=%d' % cs if style == 'word' else ' colspan="%d"' % cs
            if rs > 1:
                a += ' rowspan="%d"' % rs if style != 'odd_span' else ' rowspan=" %d "' % rs
            if style == 'excel':
                a += ' class=xl%d%s' % (rng.randint(65, 80), ' x:num' if text.isdigit() else '')
            tag = 'th' if head and i < head else 'td'
            out.append('<%s%s>%s%s' % (tag, a, _cell(text, style, rng, rs > 3 and cs == 1), '' if style == 'lost_ends' and rng.random() < .6 else '</%s>' % tag))
        out.append('' if style == 'lost_ends' else '</tr>')
    if head and len(rows) > head or style not in ('lost_ends', 'fontcell', 'excel'):
        out.append('</tbody>')
    out.append('</table>')
    body = '\n'.join(x for x in out if x)
    if style == 'in_table':
        body = '<table width="100%%" border="0"><tr><td align="center">%s</td></tr></table>' % body
    if style == 'scroll':
        body = '<div class="table-responsive" style="overflow-x:auto">%s</div>' % body
    return body


def _divs(t):
    return '<div style="display:table;width:100%%">%s</div>' % ''.join('<div style="display:table-row">%s</div>' % ''.join('<div style="display:table-cell;border:1px solid #000">%s</div>' % E(c[0]) for c in r) for r in t.rows)


def _grid(t):
    return '<div class="stat-table">%s</div>' % ''.join('<div class="tr">%s</div>' % ''.join('<div class="td">%s</div>' % E(c[0]) for c in r) for r in t.rows)


def _dl(t):
    if max(map(len, t.grid())) != 2:
        return _divs(t)
    return '<dl class="stat">%s</dl>' % ''.join('<dt>%s</dt><dd>%s</dd>' % (E(r[0][0]), E(r[1][0])) for r in t.rows)


def boxed(t):
    """A table drawn with box characters: one line a row, spans repeated as blanks."""
    grid = t.grid()
    width = [max(len(r[i]) for r in grid) for i in range(len(grid[0]))]
    rule = lambda a, b, c: a + b.join('─' * (w + 1) for w in width) + c
    lines = [rule('┌', '┬', '┐')]
    for k, r in enumerate(grid):
        if k:
            lines.append(rule('├', '┼', '┤'))
        lines.append('│' + '│'.join(c + '　' * (w - len(c) + 1) for c, w in zip(r, width)) + '│')
    lines.append(rule('└', '┴', '┘'))
    return '\n'.join(lines)


# ------------------------------------------------------------------ bodies
def words(b):
    """A block as (number + heading, text)."""
    if b[0] == 'h':
        return b[2] + b[3], b[4]
    if b[0] == 'item':
        return None, b[1] + b[2]
    return None, b[1]


def body(rep, style, tstyle, rng, title=False):
    ind = rng.choice(INDENTS) if style != 'word' else ''
    out = []
    add = out.append
    if title:
        add(heading_title(rep, style, rng))
    open_section = False
    for b in rep.blocks:
        if b[0] == 't':
            for c in caption(b[1], tstyle, rng):
                add(para(c, style, rng, '', center=True))
            add(table(b[1], tstyle, rng))
            continue
        if b[0] == 'img':
            add(raw_para('<img src="images/tj%d.jpg" alt="">' % b[1], style, rng, '', 'center'))
            continue
        head, text = words(b)
        right = b[0] == 'sig'
        if b[0] == 'h' and style == 'sections' and b[1] == 1:
            if open_section:
                add('</section>')
            add('<section class="chapter">')
            open_section = True
        if head is None:
            add(para(text, style, rng, ind, right=right))
        elif text is not None:
            stop = rng.choice(['。', '。', '：']) if rep.run is None else rep.run
            rep.run = stop
            strong = rng.random() < .5
            h = E(head + stop)
            add(raw_para(('<strong>%s</strong>%s' if strong and style not in ('pre',) else '%s%s') % (h, E(text, quote=False)), style, rng, ind))
        else:
            add(chapter(b, head, style, rng, ind))
    if open_section:
        add('</section>')
    if style == 'br':
        return '<div class="txt">' + '\n'.join(out) + '</div>'
    if style == 'cells':
        return out
    return '\n'.join(out)


def para(text, style, rng, ind, right=False, center=False):
    x = E(text, quote=False)
    if style in ('word', 'split'):
        x = digits_apart(rng, x)
    return raw_para(x, style, rng, ind, 'right' if right else 'center' if center else None)


def raw_para(x, style, rng, ind, align=None):
    if style == 'word':
        a = " align=%s style='text-align:%s'" % (align, align) if align else " style='text-indent:32.0pt;line-height:28.0pt'"
        return '<p class=MsoNormal%s><span style=\'font-size:16.0pt;font-family:仿宋_GB2312\'>%s<span lang=EN-US><o:p></o:p></span></span></p>' % (a, x)
    if style == 'br':
        return (x if align else ind + x) + rng.choice(['<br>', '<br />', '<br/>\r\n<br/>'])
    if style == 'font':
        return '<font size="3" face="宋体">%s%s</font><br><br>' % ('' if align else ind or '　　', x)
    if style == 'divs':
        return '<div class="p"%s>%s%s</div>' % (' align="right"' if align == 'right' else '', '' if align else ind, x)
    if style == 'wechat':
        return '<section style="margin:0 8px;line-height:2em;"><span style="font-size:15px;letter-spacing:1px;"><span leaf="">%s</span></span></section>' % x
    if style == 'li':
        return '<ul style="list-style:none"><li>%s</li></ul>' % x
    if style == 'spans':
        return '<p style="text-indent:2em"><span style="font-size:12pt"><span style="font-family:仿宋">%s</span></span></p>' % x
    a = ' style="text-align:%s"' % align if align else ''
    return '<p%s>%s%s</p>' % (a, '' if align else ind, x)


def chapter(b, head, style, rng, ind):
    x = E(head)
    if style in ('headings', 'sections'):
        return '<h%d>%s</h%d>' % (b[1] + 1, x, b[1] + 1)
    if style == 'strong':
        return '<p>%s<strong>%s</strong></p>' % (ind, x)
    if style == 'word':
        return '<p class=MsoNormal style=\'text-indent:32.0pt\'><b style=\'mso-bidi-font-weight:normal\'><span style=\'font-size:16.0pt;font-family:黑体\'>%s<span lang=EN-US><o:p></o:p></span></span></b></p>' % x
    if style == 'wordlist' or (style == 'word' and rng.random() < .2):
        return '<p class=MsoListParagraph style=\'mso-list:l0 level1 lfo1\'><![if !supportLists]><span>%s</span><![endif]>%s</p>' % (E(b[2]), E(b[3]))
    if style == 'wechat':
        return '<section style="text-align:center;"><strong style="color:rgb(0,82,255);"><span leaf="">%s</span></strong></section>' % x
    if style == 'font':
        return '<b><font size="4" face="黑体" color="#000066">%s%s</font></b><br>' % (ind, x)
    return raw_para('<span style="font-family:黑体">%s</span>' % x if style in ('spans', 'split') else x, style, rng, ind)


def heading_title(rep, style, rng):
    """The title inside the body, whole or over two lines."""
    t = E(rep.title)
    short = E(rep.ag['short'])
    lines = [t]
    if t.startswith(short) and rng.random() < .5:
        lines = [short, t[len(short):]]
        rep.phen.add('title_split')
    if style == 'word':
        return '\n'.join('<p class=MsoNormal align=center style=\'text-align:center\'><b><span style=\'font-size:22.0pt;font-family:方正小标宋简体\'>%s<o:p></o:p></span></b></p>' % x for x in lines)
    if style in ('br', 'font'):
        return '<center><b><font size="5">%s</font></b></center><br>' % '<br>'.join(lines)
    return '\n'.join('<p style="text-align:center;font-size:22px"><strong>%s</strong></p>' % x for x in lines)


def plain(rep, width=38):
    """The report as preformatted text."""
    out = []
    for b in rep.blocks:
        if b[0] == 't':
            if b[1].caption:
                out.append((b[1].number + '：' if b[1].number else '') + b[1].caption + ('（单位：%s）' % b[1].unit if b[1].unit else ''))
            out.append(boxed(b[1]))
            continue
        head, text = words(b)
        if head is not None:
            rep.run = rep.run or '。'
            head = head + (rep.run + text if text is not None else '')
        s = '　　' + (head if head is not None else text)
        while s:
            out.append(s[:width])
            s = s[width:]
    return '\n'.join(out)
