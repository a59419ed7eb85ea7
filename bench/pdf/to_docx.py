"""A word-processor document, printed by LibreOffice; or one of PyMuPDF's stories; or fpdf2."""
import os
import pathlib
import shutil
import subprocess
import tempfile

from look import wide

# One profile for all files: LibreOffice takes seconds to make one.
PROFILE = pathlib.Path(tempfile.gettempdir(), 'nianbao-bench-office').as_uri()


def field(paragraph, code):
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    for kind, text in (('begin', None), (None, code), ('separate', None), ('text', '1'), ('end', None)):
        run = paragraph.add_run()
        if kind == 'text':
            run.text = text
        elif kind is None:
            e = OxmlElement('w:instrText')
            e.set(qn('xml:space'), 'preserve')
            e.text = text
            run._r.append(e)
        else:
            e = OxmlElement('w:fldChar')
            e.set(qn('w:fldCharType'), kind)
            run._r.append(e)


def put_footer(paragraph, style):
    rest = style
    while rest:
        for mark, code in (('{n}', 'PAGE'), ('{N}', 'NUMPAGES')):
            if rest.startswith(mark):
                field(paragraph, code)
                rest = rest[3:]
                break
        else:
            paragraph.add_run(rest[0])
            rest = rest[1:]


def borders(tbl, style, kind):
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    size, val, color = {'solid': (4, 'single', '000000'), 'hair': (2, 'single', '000000'), 'thick_outer': (4, 'single', '000000'), 'double': (4, 'double', '000000'), 'dashed': (4, 'dashed', '000000'),
                        'grey': (4, 'single', 'BFBFBF'), 'header_shaded': (4, 'single', '000000')}[kind]
    pr = tbl._tbl.tblPr
    for old in pr.findall(qn('w:tblBorders')):
        pr.remove(old)
    b = OxmlElement('w:tblBorders')
    sides = {'ruled': 'top left bottom right insideH insideV', 'three_line': 'top bottom', 'aligned': '', 'outer_only': 'top left bottom right', 'rows_only': 'top bottom insideH'}[style].split()
    for side in ('top', 'left', 'bottom', 'right', 'insideH', 'insideV'):
        e = OxmlElement('w:' + side)
        e.set(qn('w:val'), val if side in sides else 'nil')
        e.set(qn('w:sz'), str(size * (4 if kind == 'thick_outer' and side[0] != 'i' or style == 'three_line' else 1)))
        e.set(qn('w:color'), color)
        b.append(e)
    pr.append(b)


def table(doc, t, look, width):
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt
    grid = t.grid()
    style = getattr(t, 'style', 'ruled')
    tbl = doc.add_table(rows=len(grid), cols=len(grid[0]))
    tbl.autofit = False
    borders(tbl, style, look.borders)
    n = len(grid[0])
    lead = {10: [.07, .12, .25] + [.56 / 7] * 7}.get(n, [1 / n] * n)
    for c, share in enumerate(lead):
        tbl.columns[c].width = Pt(width * share)
    cells = [[tbl.cell(r, c) for c in range(n)] for r in range(len(grid))]
    taken = set()
    for r, row in enumerate(t.rows):
        c = 0
        for text, rs, cs in row:
            while (r, c) in taken:
                c += 1
            for dr in range(rs):
                for dc in range(cs):
                    taken.add((r + dr, c + dc))
            one = cells[r][c]
            if rs > 1 or cs > 1:
                one = one.merge(cells[r + rs - 1][c + cs - 1])
            p = one.paragraphs[0]
            p.paragraph_format.first_line_indent = Pt(0)
            p.paragraph_format.line_spacing = 1.1
            run = p.add_run(text)
            run.font.size = Pt(look.table_size)
            p.alignment = WD_ALIGN_PARAGRAPH.CENTER
            if look.vertical_labels and rs > 8 and cs == 1:
                d = OxmlElement('w:textDirection')
                d.set(qn('w:val'), 'tbRlV')
                one._tc.get_or_add_tcPr().append(d)
            if style == 'three_line' and r == 0:
                tcb = OxmlElement('w:tcBorders')
                e = OxmlElement('w:bottom')
                e.set(qn('w:val'), 'single')
                e.set(qn('w:sz'), '6')
                tcb.append(e)
                one._tc.get_or_add_tcPr().append(tcb)
            if look.borders == 'header_shaded' and r < t.header_rows:
                sh = OxmlElement('w:shd')
                sh.set(qn('w:val'), 'clear')
                sh.set(qn('w:fill'), 'D9E2F3')
                one._tc.get_or_add_tcPr().append(sh)
            c += cs
    for r, row in enumerate(tbl.rows):
        pr = row._tr.get_or_add_trPr()
        if look.repeat_header and r < t.header_rows:
            pr.append(OxmlElement('w:tblHeader'))
        if not look.split_rows:
            pr.append(OxmlElement('w:cantSplit'))


def libreoffice(flow, look, report, out):
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt
    rng = look.rng
    doc = Document()
    font = rng.choice(['Noto Serif CJK SC', 'Noto Sans CJK SC', 'WenQuanYi Zen Hei', 'AR PL UKai CN'])
    normal = doc.styles['Normal']
    normal.font.name = font
    normal.element.rPr.rFonts.set(qn('w:eastAsia'), font)
    normal.font.size = Pt(look.size)
    normal.paragraph_format.line_spacing = look.leading
    normal.paragraph_format.space_after = Pt(0 if look.indent else 6)
    section = doc.sections[0]
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    top, bottom, left, right = look.margins
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Pt(top), Pt(bottom), Pt(left), Pt(right)
    width = 595.3 - left - right
    side = WD_ALIGN_PARAGRAPH.RIGHT if look.footer_side == 'right' else WD_ALIGN_PARAGRAPH.CENTER
    if look.header:
        p = section.header.paragraphs[0]
        p.alignment = WD_ALIGN_PARAGRAPH.CENTER
        p.add_run(look.header).font.size = Pt(9)
        report.furniture.append(look.header)
        if look.header_rule:
            b = OxmlElement('w:pBdr')
            e = OxmlElement('w:bottom')
            e.set(qn('w:val'), 'single')
            e.set(qn('w:sz'), '6')
            b.append(e)
            p._p.get_or_add_pPr().append(b)
    if look.footer:
        p = section.footer.paragraphs[0]
        p.alignment = side
        put_footer(p, look.footer)
        if look.footer_side == 'outer':
            doc.settings.odd_and_even_pages_header_footer = True
            q = section.even_page_footer.paragraphs[0]
            q.alignment = WD_ALIGN_PARAGRAPH.LEFT
            put_footer(q, look.footer)
            p.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if look.header:
                section.even_page_header.paragraphs[0].add_run(look.header)

    def para(text, indent=True, align=None, bold=False, size=None, shade=False):
        p = doc.add_paragraph()
        run = p.add_run(text)
        run.bold = bold
        if size:
            run.font.size = Pt(size)
        if indent and look.indent:
            p.paragraph_format.first_line_indent = Pt(2 * look.size)
        p.alignment = align if align is not None else WD_ALIGN_PARAGRAPH.JUSTIFY if look.justify else None
        if shade:
            sh = OxmlElement('w:shd')
            sh.set(qn('w:val'), 'clear')
            sh.set(qn('w:fill'), 'EAF1FB')
            p._p.get_or_add_pPr().append(sh)
        return p

    turned = False
    for piece in flow:
        kind = piece[0]
        wants = look.landscape and kind == 't' and wide(piece[1])
        if wants != turned and kind != 'caption':
            new = doc.add_section()
            new.page_width, new.page_height = new.page_height, new.page_width
            new.orientation = WD_ORIENT.LANDSCAPE if wants else WD_ORIENT.PORTRAIT
            turned = wants
            report.phenomena.add('landscape')
        if kind == 'title':
            para(piece[1], False, WD_ALIGN_PARAGRAPH.CENTER, True, look.size * 1.5)
        elif kind == 'cover':
            for _ in range(8):
                para('', False)
            para(piece[1], False, WD_ALIGN_PARAGRAPH.CENTER, True, look.size * 1.6).add_run().add_break(WD_BREAK.PAGE)
        elif kind == 'contents':
            para('目  录', False, WD_ALIGN_PARAGRAPH.CENTER)
            for k, (_, text) in enumerate(piece[1]):
                p = para('%s\t%d' % (text, 2 + k // 3), False, WD_ALIGN_PARAGRAPH.LEFT)
                p.paragraph_format.tab_stops.add_tab_stop(Pt(width), WD_TAB_ALIGNMENT.RIGHT, rng.choice([WD_TAB_LEADER.DOTS, WD_TAB_LEADER.DOTS, WD_TAB_LEADER.HEAVY]))
            doc.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        elif kind == 'h':
            para(piece[2], True, WD_ALIGN_PARAGRAPH.LEFT, look.bold_headings)
        elif kind == 'p':
            o = piece[2]
            para(piece[1], not o.get('right'), WD_ALIGN_PARAGRAPH.RIGHT if o.get('right') else None, shade=o.get('shaded', False))
        elif kind == 'caption':
            para(piece[1], False, WD_ALIGN_PARAGRAPH.CENTER)
        elif kind in ('t', 'pair'):
            # Without a paragraph between them two tables are one.
            for t in piece[1:]:
                table(doc, t, look, (841.9 - left - right) if turned else width)
                para('', False)
    with tempfile.TemporaryDirectory() as d:
        source = os.path.join(d, 'a.docx')
        doc.save(source)
        subprocess.run(['soffice', f'-env:UserInstallation={PROFILE}', '--headless', '--convert-to', 'pdf', '--outdir', d, source], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
        shutil.move(os.path.join(d, 'a.pdf'), out)
