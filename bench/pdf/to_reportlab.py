"""ReportLab (embedded TrueType; CID fonts that are not embedded), fpdf2, PyMuPDF."""
from look import wide

WQY = '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc'
UKAI = '/usr/share/fonts/truetype/arphic/ukai.ttc'


def esc(s):
    return s.replace('&', '&amp;').replace('<', '&lt;')


def reportlab(flow, look, report, out, cid=False):
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer, Table
    rng = look.rng
    if cid:
        name = 'STSong-Light'
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    else:
        name, path = rng.choice([('WQY', WQY), ('UKai', UKAI)])
        pdfmetrics.registerFont(TTFont(name, path, subfontIndex=0))
    size, lead = look.size, look.size * look.leading
    top, bottom, left, right = look.margins
    body = ParagraphStyle('b', fontName=name, fontSize=size, leading=lead, wordWrap='CJK', firstLineIndent=2 * size if look.indent else 0, spaceAfter=0 if look.indent else 6)
    small = ParagraphStyle('s', parent=body, fontSize=look.table_size, leading=look.table_size * 1.3, firstLineIndent=0, alignment=1)
    centre = ParagraphStyle('c', parent=body, alignment=1, firstLineIndent=0)
    end = ParagraphStyle('r', parent=body, alignment=2, firstLineIndent=0)
    title = ParagraphStyle('t', parent=centre, fontSize=size * 1.5, leading=size * 2.1)
    shade = ParagraphStyle('h', parent=body, backColor=colors.HexColor('#eaf1fb'))
    total = [1]

    def decorate(canvas, doc):
        w, h = canvas._pagesize
        canvas.saveState()
        if look.watermark:
            canvas.saveState()
            canvas.translate(w / 2, h / 2)
            canvas.rotate(40)
            canvas.setFillColor(colors.HexColor('#dddddd'))
            canvas.setFont(name, 60)
            canvas.drawCentredString(0, 0, look.watermark)
            canvas.restoreState()
        canvas.setFont(name, 9)
        if look.header:
            canvas.drawCentredString(w / 2, h - 45, look.header)
            if look.header_rule:
                canvas.line(left, h - 50, w - right, h - 50)
        if look.footer:
            text = look.footer.format(n=doc.page, N=total[0])
            if look.footer_side == 'center':
                canvas.drawCentredString(w / 2, 36, text)
            elif look.footer_side == 'outer' and doc.page % 2 == 0:
                canvas.drawString(left, 36, text)
            else:
                canvas.drawRightString(w - right, 36, text)
        if look.notes_here.get(doc.page):
            y = bottom - 14
            canvas.line(left, bottom - 2, left + 120, bottom - 2)
            canvas.setFont(name, 7.5)
            for i, note in enumerate(look.notes_here[doc.page]):
                canvas.drawString(left, y - 9 * i, '%d %s' % (i + 1, note))
        canvas.restoreState()

    def cells(t):
        grid = t.grid()
        data = [['' for _ in row] for row in grid]
        spans, taken = [], set()
        for r, row in enumerate(t.rows):
            c = 0
            for x, rs, cs in row:
                while (r, c) in taken:
                    c += 1
                for dr in range(rs):
                    for dc in range(cs):
                        taken.add((r + dr, c + dc))
                data[r][c] = Paragraph(esc(x), small) if x else ''
                if rs > 1 or cs > 1:
                    spans.append(('SPAN', (c, r), (c + cs - 1, r + rs - 1)))
                c += cs
        return data, spans

    def table(t, width):
        data, spans = cells(t)
        n = len(data[0])
        share = {10: [.06, .13, .25] + [.08] * 7}.get(n, [1 / n] * n)
        style = getattr(t, 'style', 'ruled')
        pen = colors.HexColor('#bbbbbb') if look.borders == 'grey' else colors.black
        thick = .25 if look.borders == 'hair' else .6
        dash = (2, 1) if look.borders == 'dashed' else None
        rules = {'ruled': [('GRID', (0, 0), (-1, -1), thick, pen, None, dash)], 'three_line': [('LINEABOVE', (0, 0), (-1, 0), 1, pen), ('LINEBELOW', (0, 0), (-1, 0), .5, pen), ('LINEBELOW', (0, -1), (-1, -1), 1, pen)],
                 'aligned': [], 'outer_only': [('BOX', (0, 0), (-1, -1), 1, pen)], 'rows_only': [('LINEABOVE', (0, 0), (-1, -1), .5, pen), ('LINEBELOW', (0, -1), (-1, -1), .5, pen)]}[style]
        if look.borders == 'thick_outer' and style == 'ruled':
            rules.append(('BOX', (0, 0), (-1, -1), 1.5, pen))
        if look.borders == 'header_shaded' and t.header_rows:
            rules.append(('BACKGROUND', (0, 0), (-1, t.header_rows - 1), colors.HexColor('#d9e2f3')))
        return Table(data, [width * s for s in share], repeatRows=t.header_rows if look.repeat_header else 0, style=spans + rules + [('VALIGN', (0, 0), (-1, -1), 'MIDDLE'), ('LEFTPADDING', (0, 0), (-1, -1), 2), ('RIGHTPADDING', (0, 0), (-1, -1), 2)])

    def story():
        out_ = []
        width = A4[0] - left - right
        for piece in flow:
            kind = piece[0]
            if kind == 'title':
                out_ += [Paragraph(esc(piece[1]), title), Spacer(1, 8)]
            elif kind == 'cover':
                out_ += [Spacer(1, 200), Paragraph(esc(piece[1]), title), PageBreak()]
            elif kind == 'contents':
                out_.append(Paragraph('目  录', centre))
                for k, (_, x) in enumerate(piece[1]):
                    dots = int((width - size * (len(x) + 2)) / (pdfmetrics.stringWidth('.', name, size)))
                    out_.append(Paragraph(esc(x) + '.' * max(4, dots - 1) + str(2 + k // 3), ParagraphStyle('x', parent=body, firstLineIndent=0, wordWrap=None)))
                out_.append(PageBreak())
            elif kind == 'h':
                out_.append(Paragraph(esc(piece[2]), body))
            elif kind == 'p':
                o = piece[2]
                out_.append(Paragraph(esc(piece[1]), end if o.get('right') else shade if o.get('shaded') else ParagraphStyle('e', parent=body, wordWrap=None, firstLineIndent=0) if piece[1].isascii() else body))
            elif kind == 'caption':
                out_.append(Paragraph(esc(piece[1]), centre))
            elif kind == 't':
                if look.landscape and wide(piece[1]) and len(piece[1].rows) < 12:
                    # A cell merged over more rows than a page holds is more than ReportLab can set.
                    report.phenomena.add('landscape')
                    out_ += [NextPageTemplate('wide'), PageBreak(), table(piece[1], A4[1] - left - right), NextPageTemplate('tall'), PageBreak()]
                else:
                    out_ += [table(piece[1], width), Spacer(1, 6)]
            elif kind == 'pair':
                out_ += [Table([[table(piece[1], width * .45), table(piece[2], width * .45)]], [width * .5] * 2, style=[('VALIGN', (0, 0), (-1, -1), 'TOP')]), Spacer(1, 6)]
        return out_

    look.notes_here = {}
    if look.notes and getattr(report, 'footnotes', None):
        look.notes_here = {1: report.footnotes}
    if look.header:
        report.furniture.append(look.header)
    if look.watermark:
        report.furniture.append(look.watermark)
        report.phenomena.add('watermark')
    for _ in range(2):
        doc = BaseDocTemplate(out, pagesize=A4, title=report.title if rng.random() < .6 else None)
        lw, lh = landscape(A4)
        doc.addPageTemplates([PageTemplate('tall', [Frame(left, bottom, A4[0] - left - right, A4[1] - top - bottom, 0, 0, 0, 0)], onPage=decorate, pagesize=A4),
                              PageTemplate('wide', [Frame(left, bottom, lw - left - right, lh - top - bottom, 0, 0, 0, 0)], onPage=decorate, pagesize=(lw, lh))])
        doc.build(story())
        total[0] = doc.page


def reportlab_cid(flow, look, report, out):
    reportlab(flow, look, report, out, cid=True)


def fpdf2(flow, look, report, out):
    from fpdf import FPDF
    from fpdf.enums import Align, TableBordersLayout
    rng = look.rng
    top, bottom, left, right = look.margins

    class Pdf(FPDF):
        def header(self):
            if look.header:
                self.set_font('f', size=9)
                self.set_y(36)
                self.cell(0, 10, look.header, align='C')
                self.set_y(top)

        def footer(self):
            if look.footer:
                self.set_y(-40)
                self.set_font('f', size=10)
                self.cell(0, 10, look.footer.replace('{n}', str(self.page_no())).replace('{N}', '{nb}'), align={'center': 'C', 'right': 'R', 'outer': 'R' if self.page_no() % 2 else 'L'}[look.footer_side])

    pdf = Pdf('P', 'pt', 'A4')
    pdf.add_font('f', fname=rng.choice([WQY, UKAI]))
    pdf.set_margins(left, top, right)
    pdf.set_auto_page_break(True, bottom)
    pdf.add_page()
    line = look.size * look.leading
    if look.header:
        report.furniture.append(look.header)

    def para(text, align=Align.L):
        pdf.set_font('f', size=look.size)
        pdf.multi_cell(0, line, ('　　' if look.indent and align == Align.L and not text.isascii() else '') + text, align=align, new_x='LMARGIN', new_y='NEXT')

    for piece in flow:
        kind = piece[0]
        if kind in ('title', 'cover'):
            pdf.set_font('f', size=look.size * 1.5)
            pdf.multi_cell(0, look.size * 2.2, piece[1], align='C', new_x='LMARGIN', new_y='NEXT')
        elif kind == 'contents':
            para('目　录', Align.C)
            for k, (_, x) in enumerate(piece[1]):
                para(x + '…' * 10 + str(2 + k // 3))
            pdf.add_page()
        elif kind == 'h':
            para(piece[2])
        elif kind == 'p':
            para(piece[1], Align.R if piece[2].get('right') else Align.L)
        elif kind == 'caption':
            para(piece[1], Align.C)
        elif kind in ('t', 'pair'):
            for t in piece[1:]:
                pdf.set_font('f', size=look.table_size)
                n = len(t.grid()[0])
                style = getattr(t, 'style', 'ruled')
                layout = {'ruled': TableBordersLayout.ALL, 'three_line': TableBordersLayout.SINGLE_TOP_LINE, 'aligned': TableBordersLayout.NONE, 'outer_only': TableBordersLayout.NONE, 'rows_only': TableBordersLayout.HORIZONTAL_LINES}[style]
                if style == 'three_line':
                    report.phenomena.add('single_top_line')
                with pdf.table(borders_layout=layout, col_widths={10: [4, 8, 16] + [5] * 7}.get(n, [1] * n), line_height=look.table_size * 1.4, text_align='CENTER', first_row_as_headings=False, num_heading_rows=0, padding=2) as table:
                    for row in t.rows:
                        r = table.row()
                        for x, rs, cs in row:
                            r.cell(x, rowspan=rs, colspan=cs)
                pdf.ln(8)
    pdf.output(out)


def pymupdf(flow, look, report, out):
    """Lines of text and thin filled rectangles, drawn by hand."""
    import pymupdf as mu
    rng = look.rng
    top, bottom, left, right = look.margins
    font = mu.Font(fontfile=rng.choice([WQY, UKAI])) if rng.random() < .5 else mu.Font('cjk')
    doc = mu.open()
    size, lead = look.size, look.size * look.leading
    state = {}
    fake = rng.random() < .5

    def new():
        if 'writer' in state:
            state['writer'].write_text(state['page'])
        state['page'] = doc.new_page(width=595, height=842)
        state['writer'] = mu.TextWriter(state['page'].rect)
        state['y'] = top + size

    def put(x, y, text, s):
        state['writer'].append((x, y), text, font=font, fontsize=s)

    def wrap(text, width, s, first=0):
        rows, row, w = [], '', first
        for c in text:
            a = font.text_length(c, s)
            if w + a > width + .01 and not (c in '，。、；：）”》！？' and w + a < width + s):
                rows.append(row)
                row, w = '', 0
            row += c
            w += a
        return rows + [row]

    def para(text, indent=0, align='l', s=None, bold=False):
        s = s or size
        for i, row in enumerate(wrap(text, 595 - left - right, s, indent)):
            if state['y'] > 842 - bottom:
                new()
            w = font.text_length(row, s)
            x = left + (indent if i == 0 else 0) if align == 'l' else (595 - w) / 2 if align == 'c' else 595 - right - w
            put(x, state['y'], row, s)
            if bold and fake:
                report.phenomena.add('fake_bold')
                for k in (1, 2):
                    put(x + .25 * k, state['y'], row, s)
            state['y'] += lead * s / size

    def rule(x0, y0, x1, y1):
        page = state['page']
        rect = mu.Rect(x0 - .25, y0 - .25, x1 + .25, y1 + .25)
        page.draw_rect(rect, color=None, fill=(0, 0, 0), width=0)

    def table(t):
        s = look.table_size
        grid = t.grid()
        n = len(grid[0])
        width = 595 - left - right
        share = {10: [.06, .13, .25] + [.08] * 7}.get(n, [1 / n] * n)
        xs = [left]
        for q in share:
            xs.append(xs[-1] + q * width)
        style = getattr(t, 'style', 'ruled')
        spans, taken = [], set()
        for r, row in enumerate(t.rows):
            c = 0
            for x, rs, cs in row:
                while (r, c) in taken:
                    c += 1
                for dr in range(rs):
                    for dc in range(cs):
                        taken.add((r + dr, c + dc))
                spans.append((r, c, rs, cs, wrap(x, xs[c + cs] - xs[c] - 6, s)))
                c += cs
        pitch = s * 1.3
        heights = [pitch + 6] * len(grid)
        for r, c, rs, cs, rows in spans:
            if rs == 1:
                heights[r] = max(heights[r], len(rows) * pitch + 6)
        for r, c, rs, cs, rows in spans:
            short = len(rows) * pitch + 6 - sum(heights[r:r + rs])
            if short > 0:
                heights[r + rs - 1] += short
        # Pages: rows that fit, spans cut at the page end.
        r0 = 0
        while r0 < len(grid):
            if state['y'] + heights[r0] > 842 - bottom:
                new()
            y0, r1, y = state['y'] - s, r0, state['y'] - s
            while r1 < len(grid) and (y + heights[r1] < 842 - bottom or r1 == r0):
                y += heights[r1]
                r1 += 1
            ys = [y0]
            for r in range(r0, r1):
                ys.append(ys[-1] + heights[r])
            for r, c, rs, cs, rows in spans:
                a, b = max(r, r0), min(r + rs, r1)
                if a >= b:
                    continue
                x0, x1, ya, yb = xs[c], xs[c + cs], ys[a - r0], ys[b - r0]
                if style == 'ruled':
                    for line in ((x0, ya, x1, ya), (x0, yb, x1, yb), (x0, ya, x0, yb), (x1, ya, x1, yb)):
                        rule(*line)
                if a == r or (r0 == a and (r + rs - r0) > (r0 - r)):
                    # The text stands where more of the cell is.
                    if a == r and r + rs > r1 and (r1 - r) * 2 <= rs:
                        continue
                    if a != r and (r0 - r) * 2 > rs:
                        continue
                    h = len(rows) * pitch
                    for k, row in enumerate(rows):
                        put((x0 + x1 - font.text_length(row, s)) / 2, (ya + yb - h) / 2 + pitch * k + s, row, s)
            if style == 'three_line':
                for yy in (ys[0], ys[1], ys[-1]):
                    rule(left, yy, xs[-1], yy)
            elif style == 'outer_only':
                for line in ((left, ys[0], xs[-1], ys[0]), (left, ys[-1], xs[-1], ys[-1]), (left, ys[0], left, ys[-1]), (xs[-1], ys[0], xs[-1], ys[-1])):
                    rule(*line)
            elif style == 'rows_only':
                for yy in ys:
                    rule(left, yy, xs[-1], yy)
            state['y'] = ys[-1] + lead
            r0 = r1
            if r0 < len(grid):
                new()

    new()
    if look.header:
        report.furniture.append(look.header)
    for piece in flow:
        kind = piece[0]
        if kind in ('title', 'cover'):
            para(piece[1], align='c', s=size * 1.5, bold=True)
        elif kind == 'contents':
            para('目 录', align='c')
            for k, (_, x) in enumerate(piece[1]):
                tail = str(2 + k // 3)
                dots = int((595 - left - right - font.text_length(x + tail, size)) / font.text_length('.', size)) - 1
                para(x + '.' * dots + tail)
            new()
        elif kind == 'h':
            para(piece[2], 2 * size if look.indent else 0, bold=look.bold_headings)
        elif kind == 'p':
            para(piece[1], 2 * size if look.indent else 0, 'r' if piece[2].get('right') else 'l')
        elif kind == 'caption':
            para(piece[1], align='c')
        else:
            for t in piece[1:]:
                table(t)
    state['writer'].write_text(state['page'])
    for i, page in enumerate(doc):
        writer = mu.TextWriter(page.rect)
        if look.header:
            w = font.text_length(look.header, 9)
            writer.append(((595 - w) / 2, 44), look.header, font=font, fontsize=9)
        if look.footer:
            text = look.footer.format(n=i + 1, N=len(doc))
            w = font.text_length(text, 10)
            writer.append(((595 - w) / 2 if look.footer_side == 'center' else 595 - right - w, 808), text, font=font, fontsize=10)
        writer.write_text(page)
    doc.subset_fonts()
    doc.save(out, garbage=3, deflate=True)
