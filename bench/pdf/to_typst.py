"""Typst."""
from look import wide

ESC = str.maketrans({c: '\\' + c for c in '#*_`$<>@\\[]~=-+/'})


def esc(s):
    return s.translate(ESC).replace('"', '\\"') if False else s.translate(ESC)


def stroke(style, look):
    pen = {'solid': '.6pt', 'hair': '.25pt', 'thick_outer': '.6pt', 'double': '.6pt', 'dashed': '(thickness: .6pt, dash: "dashed")', 'grey': '.6pt + gray', 'header_shaded': '.6pt'}[look.borders]
    if style in ('three_line', 'aligned', 'outer_only', 'rows_only'):
        return {'three_line': '(x, y) => (top: if y <= 1 { 1pt } else { 0pt })', 'aligned': 'none', 'outer_only': 'none', 'rows_only': '(x, y) => (top: .6pt, bottom: .6pt)'}[style]
    return pen


def table(t, look):
    style = getattr(t, 'style', 'ruled')
    n = len(t.grid()[0])
    columns = {10: '(1.2em, 1.6fr, 3fr' + ', 1fr' * 7 + ')'}.get(n, '(' + '1fr,' * n + ')')
    out = []
    for r, row in enumerate(t.rows):
        cells = []
        for x, rs, cs in row:
            cells.append('table.cell(rowspan: %d, colspan: %d)[%s]' % (rs, cs, esc(x)))
        out.append(cells)
    head, rest = out[:t.header_rows], out[t.header_rows:]
    parts = []
    if head:
        parts.append('table.header(repeat: %s, %s)' % ('true' if look.repeat_header else 'false', ', '.join(c for r in head for c in r)))
    parts += [c for r in rest for c in r]
    if style == 'three_line':
        parts.append('table.hline(stroke: 1pt)')
    fill = ', fill: (x, y) => if y < %d { rgb("#d9e2f3") }' % t.header_rows if look.borders == 'header_shaded' else ''
    text = 'text(size: %spt, table(columns: %s, inset: 3pt, align: center + horizon, stroke: %s%s, %s))' % (look.table_size, columns, stroke(style, look), fill, ', '.join(parts))
    return 'block(stroke: 1pt, %s)' % text if style == 'outer_only' else text


def typst(flow, look, report, out):
    import typst as engine
    rng = look.rng
    top, bottom, left, right = look.margins
    font = rng.choice(['Noto Serif CJK SC', 'Noto Sans CJK SC', 'WenQuanYi Zen Hei', 'AR PL UKai CN'])
    side = {'center': 'center', 'right': 'right', 'outer': 'center'}[look.footer_side]
    lines = ['#set document(title: "%s")' % report.title]
    lines.append('#set page(paper: "a4", margin: (top: %dpt, bottom: %dpt, left: %dpt, right: %dpt)' % (top, bottom, left, right))
    if look.header:
        text = 'align(center, text(size: 9pt)[%s])' % esc(look.header)
        lines[-1] += ', header: ' + ('block(width: 100%%, stroke: (bottom: .5pt), inset: 3pt, %s)' % text if look.header_rule else text)
        report.furniture.append(look.header)
    if look.footer:
        text = esc(look.footer).replace('{n}', '#counter(page).display()').replace('{N}', '#counter(page).final().first()')
        lines[-1] += ', footer: context align(%s, text(size: 10pt)[%s])' % (side, text)
    if look.watermark:
        lines[-1] += ', background: rotate(-35deg, text(size: 60pt, fill: rgb("#dddddd"))[%s])' % look.watermark
        report.furniture.append(look.watermark)
        report.phenomena.add('watermark')
    lines[-1] += ')'
    lines.append('#set text(font: "%s", size: %spt, lang: "zh")' % (font, look.size))
    lines.append('#set par(justify: %s, leading: %sem, first-line-indent: (amount: %s, all: true), spacing: %sem)' % (
        'true' if look.justify else 'false', look.leading - .7, '2em' if look.indent else '0em', look.leading - .7 if look.indent else look.leading))
    for piece in flow:
        kind = piece[0]
        if kind == 'title':
            lines.append('#align(center, text(size: 1.5em, weight: "bold")[%s])' % esc(piece[1]))
        elif kind == 'cover':
            lines.append('#v(30%%)\n#align(center, text(size: 1.7em, weight: "bold")[%s])\n#pagebreak()' % esc(piece[1]))
        elif kind == 'contents':
            lines.append('#align(center)[目　录]\n' + '\n\n'.join('#block(width: 100%%)[%s #box(width: 1fr, repeat[.]) %d]' % (esc(x), 2 + k // 3) for k, (_, x) in enumerate(piece[1])) + '\n#pagebreak()')
        elif kind == 'h':
            text = esc(piece[2])
            lines.append('#text(weight: "bold")[%s]' % text if look.bold_headings else text)
        elif kind == 'p':
            o = piece[2]
            text = esc(piece[1]) + ('#footnote[%s]' % esc(o['note']) if o.get('note') else '')
            if o.get('right'):
                lines.append('#align(right)[%s]' % text)
            elif o.get('shaded'):
                lines.append('#block(fill: rgb("#eaf1fb"), inset: 4pt)[%s]' % text)
            elif piece[1].isascii():
                lines.append('#[#set text(lang: "en", hyphenate: true)\n%s]' % text)
            else:
                lines.append(text)
        elif kind == 'caption':
            lines.append('#align(center)[%s]' % esc(piece[1]))
        elif kind == 't':
            if look.landscape and wide(piece[1]):
                report.phenomena.add('landscape')
                lines.append('#page(flipped: true)[#%s]' % table(piece[1], look))
            else:
                lines.append('#' + table(piece[1], look))
        elif kind == 'pair':
            lines.append('#grid(columns: (1fr, 1fr), gutter: 20pt, %s, %s)' % (table(piece[1], look), table(piece[2], look)))
    source = '\n\n'.join(lines)
    with open(out + '.typ', 'w', encoding='utf-8') as f:
        f.write(source)
    engine.compile(out + '.typ', output=out, root='/')
    import os
    os.remove(out + '.typ')
