"""Tables and text as the editors of the years wrote them."""
import html


def esc(s):
    return html.escape(s, quote=False)


def table_plain(t, rng, attributes=' border="1" cellspacing="0"', header='td', wrap='{}', caption_row=False, thead=False):
    out = ['<table%s>' % attributes]
    if caption_row and t.caption:
        out.append('<caption>%s</caption>' % esc(t.caption))
    if thead:
        out.append('<thead>')
    for r, row in enumerate(t.rows):
        if thead and r == t.header_rows:
            out.append('</thead><tbody>')
        tag = header if r < t.header_rows else 'td'
        out.append('<tr>' + ''.join('<%s%s%s>%s</%s>' % (
            tag, ' rowspan="%d"' % rs if rs > 1 else '', ' colspan="%d"' % cs if cs > 1 else '', wrap.format(esc(x) or '&nbsp;'), tag) for x, rs, cs in row) + '</tr>')
    out.append(('</tbody>' if thead else '') + '</table>')
    return '\n'.join(out)


def table_word(t, rng):
    """Saved by a word processor: MsoNormal paragraphs, spans, labels broken over lines."""
    def text(x):
        if not x:
            return '<p class=MsoNormal align=center><span lang=EN-US><o:p>&nbsp;</o:p></span></p>'
        if x.isdigit() and len(x) > 2 and rng.random() < .4:
            k = rng.randint(1, len(x) - 1)
            x = '<span lang=EN-US>%s</span><span lang=EN-US>%s</span>' % (x[:k], x[k:])
            return '<p class=MsoNormal align=center style=\'text-align:center\'>%s</p>' % x
        return '<p class=MsoNormal align=center style=\'text-align:center\'><span style=\'font-family:宋体;mso-bidi-font-size:10.5pt\'>%s</span></p>' % esc(x)
    out = ['<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style=\'border-collapse:collapse;mso-padding-alt:0cm 5.4pt\'>']
    for row in t.rows:
        out.append(' <tr style=\'mso-yfti-irow:0\'>')
        for x, rs, cs in row:
            out.append('  <td width=83 %s%s valign=top style=\'border:solid windowtext 1.0pt;padding:0cm 5.4pt\'>%s</td>' % (
                'rowspan=%d ' % rs if rs > 1 else '', 'colspan=%d' % cs if cs > 1 else '', text(x)))
        out.append(' </tr>')
    return '\n'.join(out + ['</table>'])


def table_wechat(t, rng):
    out = ['<section style="overflow-x:auto"><table style="border-collapse:collapse;width:100%"><tbody>']
    for row in t.rows:
        out.append('<tr>' + ''.join('<td rowspan="%d" colspan="%d" style="border:1px solid #666"><section style="margin:0"><span style="font-size:12px">%s</span></section></td>' % (
            rs, cs, esc(x) or '<br/>') for x, rs, cs in row) + '</tr>')
    return ''.join(out + ['</tbody></table></section>'])


def table_cut(t, rng):
    """The same table in two pieces, as pasted from two pages; None where it is too short or a span crosses."""
    n = len(t.rows)
    if n < 12:
        return None
    k = t.header_rows
    spans = []
    r0 = 0
    for r, row in enumerate(t.rows):
        for _, rs, _ in row:
            spans.append((r, r + rs))
    cuts = [c for c in range(n // 3, 2 * n // 3) if not any(a < c < b for a, b in spans)]
    if not cuts:
        return None
    c = rng.choice(cuts)
    from model import Table
    return Table(t.rows[:c], k), Table(t.rows[c:], 0)


def block_text(b):
    """The text of a heading as written, with its mark."""
    return b[2] + b[4]


def split_numbers(rng, s):
    """A number set by several spans, as editors of mobile pages do; s is escaped text."""
    import re

    def cut(m):
        x = m.group(0)
        if len(x) < 2 or rng.random() < .5:
            return '<span style="font-family:Arial">%s</span>' % x
        k = rng.randint(1, len(x) - 1)
        return '<span style="font-family:Arial">%s</span><span>%s</span>' % (x[:k], x[k:])
    return re.sub('[0-9]+', cut, s)
