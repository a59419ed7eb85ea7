"""HTML for printing: Chromium, WeasyPrint."""
import html
import os
import subprocess
import tempfile

from look import wide

BORDER = {'solid': '1px solid #000', 'hair': '.4px solid #000', 'thick_outer': '1px solid #000', 'double': '3px double #000', 'dashed': '1px dashed #000', 'grey': '1px solid #bbb', 'header_shaded': '1px solid #000'}
FONTS = ['"Noto Serif CJK SC"', '"Noto Sans CJK SC"', '"WenQuanYi Zen Hei"', '"AR PL UKai CN"']


def esc(s):
    return html.escape(s, quote=False)


def table(t, look, nested=None):
    style = getattr(t, 'style', 'ruled')
    out = ['<table class="%s">' % style]
    for r, row in enumerate(t.rows):
        if r == 0 and t.header_rows:
            out.append('<thead>' if look.repeat_header else '<tbody>')
        if r == t.header_rows and r:
            out.append('</thead><tbody>' if look.repeat_header else '')
        tag = 'th' if r < t.header_rows else 'td'
        cells = []
        for x, rs, cs in row:
            vertical = look.vertical_labels and rs > 8 and cs == 1 and x
            text = '<div style="writing-mode:vertical-rl;margin:auto">%s</div>' % esc(x) if vertical else esc(x)
            cells.append('<%s%s%s>%s</%s>' % (tag, ' rowspan=%d' % rs if rs > 1 else '', ' colspan=%d' % cs if cs > 1 else '', text, tag))
        out.append('<tr>' + ''.join(cells) + '</tr>')
    out.append('</tbody></table>')
    return ''.join(out)


def page(flow, look, report, producer):
    rng = look.rng
    weasy = producer == 'weasyprint'
    top, bottom, left, right = look.margins
    font = rng.choice(FONTS)
    border = BORDER[look.borders]
    side = {'center': 'center', 'right': 'right', 'outer': 'right'}[look.footer_side]
    css = []
    boxes = ''
    if look.header:
        boxes += '@top-center{content:"%s";font-size:9pt;%s}' % (look.header.replace('"', ''), 'border-bottom:.5pt solid #000;width:100%' if look.header_rule else '')
    if look.footer:
        text = '"' + look.footer.replace('{n}', '" counter(page) "').replace('{N}', '" counter(pages) "') + '"'
        boxes += '@bottom-%s{content:%s;font-size:10pt}' % (side, text)
    css.append('@page{size:A4;margin:%dpt %dpt %dpt %dpt;%s}' % (top, right, bottom, left, boxes))
    css.append('@page wide{size:A4 landscape}')
    css.append('body{font-family:%s;font-size:%spt;line-height:%s;margin:0;%s}' % (font, look.size, look.leading, 'text-align:justify' if look.justify else ''))
    css.append('p{margin:0 0 %s 0;text-indent:%s;orphans:1;widows:1}' % ('.2em' if look.indent else '.8em', '2em' if look.indent else '0'))
    css.append('h1{font-size:1.5em;text-align:center}h2,h3,h4{font-size:1em;margin:.5em 0;font-weight:%s;text-indent:%s}' % ('bold' if look.bold_headings else 'normal', '2em' if look.indent else '0'))
    css.append('table{border-collapse:collapse;width:100%%;font-size:%spt;line-height:1.3;text-align:center;margin:.5em 0}td,th{padding:2pt 3pt;font-weight:normal;border:%s;overflow-wrap:anywhere}tr{break-inside:%s}' % (
        look.table_size, border, 'auto' if look.split_rows else 'avoid'))
    if look.borders == 'thick_outer':
        css.append('table{border:2px solid #000}')
    if look.borders == 'header_shaded':
        css.append('th{background:#d9e2f3}')
    css.append('.three_line td,.three_line th{border:0}.three_line{border-top:1.5pt solid #000;border-bottom:1.5pt solid #000}.three_line tr:first-child th{border-bottom:.75pt solid #000}')
    css.append('.aligned td,.aligned th{border:0}.outer_only td,.outer_only th{border:0}.outer_only{border:1pt solid #000}.rows_only td,.rows_only th{border:0;border-bottom:.6pt solid #000}.rows_only{border-top:.6pt solid #000}')
    css.append('.shade{background:#eaf1fb}.pair{display:flex;gap:20pt}.pair>div{flex:1}.wide{page:wide}.cols{columns:2;column-gap:24pt}.fn{float:footnote;font-size:8pt}')
    css.append('.toc{display:flex}.toc span{white-space:nowrap}.toc i{flex:1;min-width:0;overflow:hidden;white-space:nowrap;font-style:normal}.lead{text-indent:0}.watermark{position:fixed;top:40%;left:15%;font-size:60pt;color:#ddd;transform:rotate(-35deg);z-index:-1}')
    css.append('.caption{text-align:center;text-indent:0}.right{text-align:right;text-indent:0}.cover{height:700pt;text-align:center;padding-top:200pt;box-sizing:border-box}')
    body = []
    if look.watermark:
        body.append('<div class="watermark">%s</div>' % look.watermark)
        report.phenomena.add('watermark')
        report.furniture.append(look.watermark)
    cols = False
    for piece in flow:
        kind = piece[0]
        if cols and kind in ('t', 'pair', 'caption', 'contents', 'cover'):
            body.append('</div>')
            cols = False
        if not cols and look.columns == 2 and kind in ('h', 'p'):
            body.append('<div class="cols">')
            cols = True
            report.phenomena.add('two_columns')
        if kind == 'title':
            body.append('<h1>%s</h1>' % esc(piece[1]))
        elif kind == 'cover':
            body.append('<div class="cover"><h1>%s</h1></div>' % esc(piece[1]))
        elif kind == 'contents':
            if weasy:
                css_rows = ''.join('<p class="lead n%d">%s</p>' % (k, esc(x)) for k, (_, x) in enumerate(piece[1]))
                css_rows += '<style>%s</style>' % ''.join('.n%d::after{content:leader(".") "%d"}' % (k, 2 + k // 3) for k in range(len(piece[1])))
                body.append('<div style="break-after:page"><p style="text-align:center;text-indent:0">目　录</p>%s</div>' % css_rows)
                continue
            body.append('<div style="break-after:page"><p style="text-align:center;text-indent:0">目　录</p>%s</div>' % ''.join(
                '<div class="toc"><span>%s</span><i>%s</i><span>%d</span></div>' % (esc(x), '.' * 200, 2 + k // 3) for k, (_, x) in enumerate(piece[1])))
        elif kind == 'h':
            body.append('<h%d>%s</h%d>' % (piece[1] + 1, esc(piece[2]), piece[1] + 1))
        elif kind == 'p':
            o = piece[2]
            cls = 'right' if o.get('right') else 'shade' if o.get('shaded') else ''
            note = '<span class="fn">%s</span>' % esc(o['note']) if o.get('note') and weasy else ''
            lang = ' lang="en" style="hyphens:auto;text-indent:0"' if piece[1].isascii() else ''
            body.append('<p class="%s"%s>%s%s</p>' % (cls, lang, esc(piece[1]), note))
        elif kind == 'caption':
            body.append('<p class="caption">%s</p>' % esc(piece[1]))
        elif kind == 't':
            w = look.landscape and wide(piece[1])
            if w:
                report.phenomena.add('landscape')
            body.append(('<div class="wide">%s</div>' if w else '%s') % table(piece[1], look))
        elif kind == 'pair':
            body.append('<div class="pair"><div>%s</div><div>%s</div></div>' % (table(piece[1], look), table(piece[2], look)))
    if cols:
        body.append('</div>')
    if look.header:
        report.furniture.append(look.header)
    return '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>%s</title><style>%s</style></head><body>%s</body></html>' % (
        esc(report.title) if rng.random() < .7 else 'untitled', '\n'.join(css), '\n'.join(body))


def weasyprint(flow, look, report, out):
    from weasyprint import HTML
    import logging
    logging.getLogger('weasyprint').setLevel(logging.CRITICAL)
    look.borders = {'dashed': 'solid'}.get(look.borders, look.borders)
    HTML(string=page(flow, look, report, 'weasyprint')).write_pdf(out, pdf_tags=look.rng.random() < .3)


def chromium(flow, look, report, out):
    text = page(flow, look, report, 'chromium')
    with tempfile.TemporaryDirectory() as d:
        source = os.path.join(d, 'a.html')
        with open(source, 'w', encoding='utf-8') as f:
            f.write(text)
        tags = ['--disable-pdf-tagging'] if look.rng.random() < .5 else []
        subprocess.run(['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--no-pdf-header-footer', '--user-data-dir=' + d + '/u', '--print-to-pdf=' + out] + tags + ['file://' + source],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
