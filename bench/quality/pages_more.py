"""More page templates: careless markup, hidden panes, pages that are filled in by a program."""
import html
import re

from markup import block_text, esc, table_plain
from pages import body, dates, furn, meta_line, site


def upper_unclosed(report, rng):
    """Capitals, no closing tags, attributes without quotes."""
    def table(t):
        out = ['<TABLE BORDER=1 CELLPADDING=3 WIDTH=100%>']
        for row in t.rows:
            out.append('<TR>' + ''.join('<TD ALIGN=center%s%s><FONT SIZE=2>%s</FONT>' % (
                ' ROWSPAN=%d' % rs if rs > 1 else '', ' COLSPAN=%d' % cs if cs > 1 else '', esc(x) or '&nbsp;') for x, rs, cs in row))
        return '\n'.join(out + ['</TABLE>'])
    art = body(report, rng, lambda lv, h: '<P><B>%s</B>' % h, lambda t: '<P>&nbsp;&nbsp;&nbsp;&nbsp;%s' % t, table)
    y, m, d = dates(report)
    furn(report, '设为首页', '加入收藏')
    return '''<HTML><HEAD><TITLE>%s</TITLE></HEAD><BODY><CENTER><A HREF=/>首页</A> | <A HREF=/a>设为首页</A> | <A HREF=/b>加入收藏</A></CENTER>
<H2 ALIGN=center>%s</H2><P ALIGN=center>%s-%s-%s 08:30:00 来源:本站<HR>%s</BODY></HTML>''' % (esc(report.title), esc(report.title), y, m, d, art)


def hidden_years(report, rng):
    """Panes of other years, of which one is shown."""
    art = body(report, rng, lambda lv, h: '<p><strong>%s</strong></p>' % h, lambda t: '<p>%s</p>' % t, lambda t: table_plain(t, rng))
    other = '隐藏年份主动公开信息七百三十九条'
    report.invisible.append(other)
    pane = '<div class="tab-pane" style="display:none"><h3>%s</h3><p>一、概述</p><p>%s。</p></div>' % (esc(report.title.replace(str(report.year), str(report.year - 1))), other)
    tabs = '<ul class="tabs"><li>%d年</li><li>%d年</li></ul>' % (report.year, report.year - 1)
    return site(report, rng, '<div class="wrap">%s<div class="tab-pane active"><h3>%s</h3><p class="time">%s</p>%s</div>%s</div>' % (tabs, esc(report.title), esc(meta_line(report, rng)), art, pane))


def title_in_head_only(report, rng):
    art = body(report, rng, lambda lv, h: '<p style="font-weight:bold">%s</p>' % h, lambda t: '<p>%s</p>' % t, lambda t: table_plain(t, rng))
    report.phenomena.add('title_in_head')
    return site(report, rng, '<div class="con-info">%s</div><div class="con-text">%s</div>' % (esc(meta_line(report, rng)), art), title=esc(report.title))


def dl_metadata(report, rng):
    y, m, d = dates(report)
    code = '%09d/%s-%05d' % (rng.randint(1, 10 ** 8), y, rng.randint(1, 99999))
    dl = '<dl class="xxgk">' + ''.join('<dt>%s：</dt><dd>%s</dd>' % x for x in (('索引号', code), ('主题分类', '政务公开'), ('发布机构', esc(report.agency)), ('成文日期', '%s-%s-%s' % (y, m, d)), ('发布日期', '%s-%s-%s' % (y, m, d)), ('文号', ''))) + '</dl>'
    furn(report, code)
    art = body(report, rng, lambda lv, h: '<h4>%s</h4>' % h if lv == 1 else '<h5>%s</h5>' % h, lambda t: '<p>%s</p>' % t, lambda t: table_plain(t, rng, ' class="tb"', header='th'))
    return site(report, rng, '%s<div class="art"><h2>%s</h2>%s</div>' % (dl, esc(report.title), art))


def messy_inline(report, rng):
    """Editors that wrap runs of letters, put blanks of every kind between them, and write full-width digits."""
    wide = rng.random() < .4

    def mess(t):
        parts = re.split('(&[a-z]+;)', t)
        out = []
        for part in parts:
            if part.startswith('&'):
                out.append(part)
                continue
            if wide:
                part = part.translate({ord('0') + i: ord('０') + i for i in range(10)})
            k = 0
            while k < len(part):
                n = rng.randint(4, 18)
                piece = part[k:k + n]
                out.append('<span>%s</span>' % piece if rng.random() < .5 else '<font face="仿宋">%s</font>' % piece if rng.random() < .3 else piece)
                if rng.random() < .05:
                    out.append('\u200b')
                k += n
        return ''.join(out)
    art = body(report, rng, lambda lv, h: '<p><b>%s</b></p>' % mess(h), lambda t: '<p>&ensp;&ensp;&ensp;&ensp;%s</p>' % mess(t), lambda t: table_plain(t, rng, wrap='<p><span>&nbsp;{}&nbsp;</span></p>'))
    if wide:
        report.phenomena.add('full_width_digits')
    return site(report, rng, '<div class="xl"><div class="xl-tit"><p>%s</p></div><div class="xl-info">%s</div><div class="xl-con">%s</div></div>' % (esc(report.title), esc(meta_line(report, rng)), art))


def in_textarea(report, rng):
    """The article stands escaped in a hidden text area, from which a script fills the page."""
    art = body(report, rng, lambda lv, h: '<p><strong>%s</strong></p>' % h, lambda t: '<p>%s</p>' % t, lambda t: table_plain(t, rng))
    y, m, d = dates(report)
    return '''<!DOCTYPE html><html><head><meta charset="utf-8"><title>%s</title><meta name="PubDate" content="%s-%s-%s"></head><body><div class="nav"><a href="/">首页</a><a href="/x">政务公开</a></div>
<h1>%s</h1><div id="content"></div><textarea id="src" style="display:none">%s</textarea><script>document.getElementById('content').innerHTML=document.getElementById('src').value;</script></body></html>''' % (
        esc(report.title), y, m, d, esc(report.title), html.escape(art))


def long_menu(report, rng):
    """A menu of a hundred entries in front, and a list of like reports behind."""
    menu = ''.join('<li><a href="/m%d">%s</a></li>' % (i, x) for i, x in enumerate(['%s%s' % (a, b) for a in ('城乡建设', '社会保障', '教育科技', '医疗卫生', '环境保护', '安全生产', '食品药品', '财政资金', '重大项目', '公共服务') for b in ('领域', '政策', '动态', '公告', '结果', '标准', '目录', '解读')]))
    art = body(report, rng, lambda lv, h: '<p class="t%d">%s</p>' % (lv, h), lambda t: '<p>%s</p>' % t, lambda t: table_plain(t, rng, caption_row=True))
    like = ['某县%s%d年政府信息公开工作年度报告' % (b, report.year) for b in ('司法局', '档案局', '体育局', '民族宗教局')]
    furn(report, *like)
    tail = '<div class="xgwz"><h3>相关信息</h3><ul>%s</ul></div>' % ''.join('<li><a href="/r%d">%s</a><span>%d-01-20</span></li>' % (i, x, report.year + 1) for i, x in enumerate(like))
    return site(report, rng, '<ul class="m">%s</ul><div class="detail-main"><div class="d-title">%s</div><div class="d-sub">%s</div><div class="d-body">%s</div></div>%s' % (menu, esc(report.title), esc(meta_line(report, rng)), art, tail))


def list_markup(report, rng):
    """Sections as an ordered list: the browser numbers them."""
    report.phenomena.add('numbers_by_browser')
    out, open_ = [], False
    out.append('<div class="lead">')
    for i, b in enumerate(report.blocks):
        if b[0] in ('h', 'run') and b[1] == 1:
            out.append('</div></li>' if open_ else '</div><ol>')
            out.append('<li><h3>%s</h3><div>' % esc(b[4]))
            report.blocks[i] = b[:3] + (None,) + b[4:]
            open_ = True
        elif b[0] == 'h':
            out.append('<h4>%s</h4>' % esc(block_text(b)))
        elif b[0] == 'run':
            out.append('<p>%s。%s</p>' % (esc(block_text(b)), esc(b[5])))
        elif b[0] == 'p':
            out.append('<p>%s</p>' % esc(b[1]))
        elif b[0] == 't':
            t = b[1]
            if t.number:
                out.append('<p>%s：%s%s</p>' % (t.number, t.caption, '（单位：%s）' % t.unit if t.unit else ''))
            out.append(table_plain(t, rng))
    out.append('</div></li></ol>' if open_ else '</div>')
    for line in report.signature:
        report.blocks.append(('p', line))
        out.append('<p style="text-align:right">%s</p>' % esc(line))
    return site(report, rng, '<article class="post"><h1>%s</h1><p class="info">%s</p>%s</article>' % (esc(report.title), esc(meta_line(report, rng)), '\n'.join(out)))


def caption_in_table(report, rng):
    """The name of a table in its first row; a phantom column; blanks as strokes."""
    def table(t):
        width = len(t.grid()[0])
        name = t.caption and '%s　%s' % (t.number or '', t.caption)
        head = '<tr><td colspan="%d" align="center"><b>%s</b></td></tr>' % (width, esc(name)) if name else ''
        if name:
            t.optional_rows.append(name)
        x = table_plain(t, rng)
        return x.replace('<tr>', head + '<tr>', 1)
    blocks = []
    for b in report.blocks:
        blocks.append(b)
    art = body(report, rng, lambda lv, h: '<p><span style="font-family:黑体;font-size:16pt">%s</span></p>' % h, lambda t: '' if t.startswith(('附表', '单位：')) and len(t) < 30 else '<p><span style="font-family:仿宋;font-size:16pt">%s</span></p>' % t, table, cut=0)
    return site(report, rng, '<div class="pages_content"><div class="tit">%s</div><div class="pages-date">%s</div>%s</div>' % (esc(report.title), esc(meta_line(report, rng)), art))


TEMPLATES = [upper_unclosed, hidden_years, title_in_head_only, dl_metadata, messy_inline, in_textarea, long_menu, list_markup, caption_in_table]
