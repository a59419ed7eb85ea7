"""Page templates: how sites of different makers and years dress the same report.

Each takes (report, rng) and returns the page; it records in the report what is furniture and what is invisible.
"""
from markup import block_text, esc, split_numbers, table_cut, table_plain, table_wechat, table_word

NAV = ['首页', '机构概况', '新闻中心', '政务公开', '办事服务', '互动交流', '专题专栏', '魅力家乡']


def dates(report):
    y, m, d = report.published.split('-')
    return y, m, d


def furn(report, *texts):
    report.furniture += [t for t in texts]


def body(report, rng, heading, para, table, signature=None, cut=.1, run=None):
    out = []
    for b in report.blocks:
        if b[0] == 'h':
            out.append(heading(b[1], esc(block_text(b))))
        elif b[0] == 'run':
            sep = rng.choice(['。', '。', '：', '。'])
            out.append((run or (lambda lv, h, t: para(h + t)))(b[1], esc(block_text(b)) + sep, esc(b[5])))
        elif b[0] == 'p':
            out.append(para(esc(b[1])))
        elif b[0] == 'item':
            out.append(para(esc('%s%s' % (b[1], b[2]))))
        else:
            t = b[1]
            if t.number or t.caption:
                line = (t.number or '') + rng.choice(['：', ' ', ':']) + (t.caption or '')
                if t.unit and rng.random() < .5:
                    out.append(para(esc(line)))
                    out.append(para(esc('单位：' + t.unit)))
                else:
                    out.append(para(esc(line + (' 单位：%s' % t.unit if t.unit else ''))))
            pair = table_cut(t, rng) if rng.random() < cut else None
            if pair:
                report.phenomena.add('table_cut')
                out.append(table(pair[0]))
                out.append(table(pair[1]))
            else:
                out.append(table(t))
    if report.signature:
        for line in report.signature:
            report.blocks.append(('p', line))
            out.append((signature or para)(esc(line)))
    return '\n'.join(out)


def site(report, rng, inner, head='', title=None, crumbs=True, foot=True, side=True):
    """A portal around the article."""
    nav = '|'.join(NAV[:rng.randint(4, 8)])
    parts = ['<div class="header"><ul class="nav">%s</ul></div>' % ''.join('<li><a href="/%d/">%s</a></li>' % (i, n) for i, n in enumerate(NAV))]
    furn(report, *[n for n in NAV if len(n) > 3])
    if rng.random() < .5:
        parts.append('<div class="top">今天是2026年11月2日 星期一 <a href="#">无障碍阅读</a> <a href="#">长者模式</a> <a href="#">繁体版</a></div>')
        furn(report, '无障碍阅读', '长者模式')
    if crumbs:
        c = rng.choice(['当前位置：首页 > 政务公开 > 政府信息公开年报', '您现在的位置：首页>>信息公开>>年度报告', '当前位置: 首页 / 政府信息公开 / 政府信息公开年报 / %d年' % report.year])
        parts.append('<div class="position">%s</div>' % esc(c))
        furn(report, c)
    if side:
        links = ['政府信息公开指南', '政府信息公开制度', '法定主动公开内容', '政府信息公开年报', '依申请公开'][:rng.randint(3, 5)]
        parts.append('<div class="leftmenu"><ul>%s</ul></div>' % ''.join('<li><a href="/x%d">%s</a></li>' % (i, x) for i, x in enumerate(links)))
        furn(report, *links)
    parts.append(inner)
    if rng.random() < .6:
        parts.append('<div class="pager"><p>上一篇：<a href="a.html">%d年部门预算公开说明</a></p><p>下一篇：<a href="b.html">关于召开工作例会的通知</a></p></div>' % (report.year - 1))
        furn(report, '%d年部门预算公开说明' % (report.year - 1), '关于召开工作例会的通知')
    if rng.random() < .5:
        parts.append('<div class="share">分享到： <a>微信</a> <a>微博</a> <a href="javascript:window.print()">【打印本页】</a> <a href="javascript:window.close()">【关闭窗口】</a></div>')
        furn(report, '【打印本页】', '【关闭窗口】')
    if foot:
        f = ['主办：某县人民政府办公室 承办：某县政务信息中心', '湘ICP备05004320号-1 网站标识码：4306260001', '公安机关备案号 43062602000102号', '版权所有 未经授权禁止转载']
        parts.append('<div class="footer"><p>%s</p></div>' % '</p><p>'.join(f))
        furn(report, *f)
    return '<!DOCTYPE html><html><head>{head}<title>{t}</title><script>var a=1;var s="第1234件";</script><style>.nav{{float:left}}</style></head><body>{b}</body></html>'.format(
        head=head, t=title or esc(report.title + rng.choice(['', '-门户网站', '_年度报告_某县人民政府'])), b='\n'.join(parts))


def meta_line(report, rng):
    y, m, d = dates(report)
    s = rng.choice(['发布时间：{y}-{m}-{d} 来源：本站 浏览次数：{n}次', '发布日期：{y}-{m}-{d} 10:2{k} 信息来源：办公室 字体：[大 中 小]', '时间：{y}/{m}/{d} 点击数：{n}', '{y}-{m}-{d} 来源：政府办 阅读：{n}',
                    '日期：{y}年{m}月{d}日 【字号 大 中 小】', '发布时间：{y}-{m}-{d} 16:20:3{k} 作者：管理员']).format(y=y, m=m, d=d, n=rng.randint(10, 9999), k=rng.randint(0, 9))
    furn(report, s)
    return s


def cms_div(report, rng):
    para = lambda t: '<p style="text-indent:2em;">%s</p>' % t
    art = body(report, rng, lambda lv, h: '<h%d>%s</h%d>' % (lv + 1, h, lv + 1), para, lambda t: table_plain(t, rng), lambda t: '<p style="text-align:right;">%s</p>' % t)
    return site(report, rng, '<div class="main"><h1 class="title">%s</h1><div class="info">%s</div><div class="TRS_Editor" id="zoom">%s</div></div>' % (esc(report.title), esc(meta_line(report, rng)), art))


def strong_paragraphs(report, rng):
    para = lambda t: '<p>　　%s</p>' % t
    art = body(report, rng, lambda lv, h: '<p>　　<strong>%s</strong></p>' % h, para, lambda t: table_plain(t, rng, wrap='<p style="text-align:center">{}</p>'),
               run=lambda lv, h, t: '<p>　　<strong>%s</strong>%s</p>' % (h, t))
    return site(report, rng, '<div class="article"><div class="bt">%s</div><div class="xx">%s</div><div class="content">%s</div></div>' % (esc(report.title), esc(meta_line(report, rng)), art))


def breaks(report, rng):
    para = lambda t: '　　%s<br>\n' % t
    art = body(report, rng, lambda lv, h: '　　%s<br>\n' % h, para, lambda t: table_plain(t, rng, ' width="90%" border="1"') + '<br>')
    return site(report, rng, '<div class="con"><h2>%s</h2><div class="date">%s</div><div class="text">%s</div></div>' % (esc(report.title), esc(meta_line(report, rng)), art))


def layout_2005(report, rng):
    """Nested layout tables and font tags."""
    y, m, d = dates(report)
    when = '%s-%s-%s' % (y, int(m), int(d))
    para = lambda t: '<font size="3">&nbsp;&nbsp;&nbsp;&nbsp;%s</font><br><br>' % t
    art = body(report, rng, lambda lv, h: '<b><font size="3" color="#000080">%s</font></b><br>' % h, para, lambda t: table_plain(t, rng, ' border="1" cellpadding="2" bordercolor="#000000" align="center"'))
    furn(report, '【关闭窗口】', '站内搜索', '版权所有：某县信息中心')
    return '''<HTML><HEAD><TITLE>%s</TITLE></HEAD><BODY bgcolor="#FFFFFF">
<TABLE width="778" align="center" border="0" cellspacing="0"><TR><TD><TABLE width="100%%"><TR><TD width="10"></TD><TD><a href="/">网站首页</a></TD><TD><a href="/news">政务动态</a></TD><TD>站内搜索 <input></TD></TR></TABLE></TD></TR>
<TR><TD><TABLE width="100%%" border="0"><TR><TD width="160" valign="top"><TABLE><TR><TD><a href="#">领导之窗</a></TD></TR><TR><TD><a href="#">法规文件</a></TD></TR><TR><TD><a href="#">公众监督</a></TD></TR></TABLE></TD>
<TD valign="top"><TABLE width="95%%"><TR><TD align="center"><FONT size="5" color="red"><B>%s</B></FONT></TD></TR><TR><TD align="center">发布日期：%s</TD></TR><TR><TD><HR></TD></TR><TR><TD class="p14">%s</TD></TR><TR><TD align="right"><a href="javascript:close()">【关闭窗口】</a></TD></TR></TABLE></TD></TR></TABLE></TD></TR>
<TR><TD align="center">版权所有：某县信息中心</TD></TR></TABLE></BODY></HTML>''' % (esc(report.title), esc(report.title), when, art)


def word_saved(report, rng):
    para = lambda t: "<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt'><span style='font-size:16.0pt;font-family:仿宋_GB2312'>%s</span></p>" % word_runs(t, rng)
    art = body(report, rng, lambda lv, h: "<p class=MsoNormal style='text-indent:32.0pt'><b><span style='font-size:16.0pt;font-family:黑体'>%s<o:p></o:p></span></b></p>" % h, para,
               lambda t: table_word(t, rng), cut=.2)
    if rng.random() < .5:
        report.published = report.published if report.signature else None
        return ('<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 11"><title>%s</title><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--></head>'
                "<body lang=ZH-CN><div class=Section1><p class=MsoNormal align=center style='text-align:center'><span style='font-size:22.0pt;font-family:方正小标宋简体'>%s</span></p>%s</div></body></html>") % (
                    esc(report.title), esc(report.title), art)
    return site(report, rng, '<div class="zwxl-article"><div class="zwxl-title">%s</div><div class="zwxl-bar"><span>%s</span></div><div class="Section1">%s</div></div>' % (esc(report.title), esc(meta_line(report, rng)), art))


def word_runs(t, rng):
    import re
    return re.sub('[0-9]+', lambda m: "</span><span lang=EN-US style='font-size:16.0pt'>%s</span><span style='font-size:16.0pt'>" % m.group(0), t)


def wechat(report, rng):
    y, m, d = dates(report)
    para = lambda t: '<section style="margin:8px 0;line-height:1.75"><span style="font-size:15px">%s</span></section>' % split_numbers(rng, t)
    art = body(report, rng, lambda lv, h: '<section style="text-align:%s"><section style="display:inline-block;background:#1e6fba;color:#fff"><strong><span>%s</span></strong></section></section>' % ('center' if lv == 1 else 'left', h),
               para, lambda t: table_wechat(t, rng), cut=0)
    furn(report, '点击上方蓝字关注我们', '预览时标签不可点', '微信扫一扫')
    return '''<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title></title></head><body><div id="js_article"><h1 class="rich_media_title" id="activity-name">%s</h1>
<div class="rich_media_meta_list"><span>某县发布</span> <em id="publish_time">%s-%s-%s</em></div><div class="rich_media_content" id="js_content"><section><p>点击上方蓝字关注我们</p></section>%s</div>
<div class="rich_media_tool">预览时标签不可点</div><div class="qr">微信扫一扫<br>关注该公众号</div></div></body></html>''' % (esc(report.title), y, m, d, art)


def metadata_table(report, rng):
    y, m, d = dates(report)
    code = 'M%07d/%s-%05d' % (rng.randint(1, 9999999), y, rng.randint(1, 99999))
    rows = [('索 引 号', code, '组配分类', '政府信息公开年报'), ('发布机构', report.agency, '发文日期', '%s年%d月%d日' % (y, int(m), int(d))), ('名　　称', report.title, '文　　号', '无'), ('主 题 词', '', '有效性', '有效')]
    meta = '<table class="xxgk_table" width="100%%">%s</table>' % ''.join('<tr><td class="l">%s：</td><td>%s</td><td class="l">%s：</td><td>%s</td></tr>' % tuple(esc(x) for x in r) for r in rows)
    furn(report, '组配分类', code)
    para = lambda t: '<p style="font-size:12pt">%s</p>' % t
    art = body(report, rng, lambda lv, h: '<p style="font-size:12pt;font-family:黑体">%s</p>' % h, para, lambda t: table_plain(t, rng, ' class="x"', thead=rng.random() < .5, header='th'))
    twice = '<div class="m-show">%s</div>' % meta if rng.random() < .3 else ''
    head = '<h1>%s</h1>' % esc(report.title) if rng.random() < .7 else '<p style="text-align:center"><strong>%s</strong></p>' % esc(report.title)
    return site(report, rng, '<div class="xxgk">%s%s%s<div class="wz">%s</div></div>' % (meta, twice, head, art))


def title_in_lines(report, rng):
    """The title stands in the body in two lines, besides the heading of the page."""
    k = report.title.find(str(report.year))
    k = k if k > 3 else report.title.find('政府信息公开')
    report.phenomena.add('title_in_lines')
    a, b = report.title[:k], report.title[k:]
    para = lambda t: '<p>%s</p>' % t
    art = body(report, rng, lambda lv, h: '<p><b>%s</b></p>' % h, para, lambda t: table_plain(t, rng, wrap='<span>{}</span>'))
    own = '<p style="text-align:center"><span style="font-size:22pt">%s</span></p><p style="text-align:center"><span style="font-size:22pt">%s</span></p>' % (esc(a), esc(b))
    return site(report, rng, '<div class="detail"><div class="title">%s</div><div class="date">%s</div><div class="nr">%s%s</div></div>' % (esc(report.title), esc(meta_line(report, rng)), own, art))


def article_semantic(report, rng):
    para = lambda t: '<p>%s</p>' % t
    art = body(report, rng, lambda lv, h: '<h%d>%s</h%d>' % (lv + 2, h, lv + 2), para, lambda t: '<figure>%s</figure>' % table_plain(t, rng, '', header='th', thead=True))
    y, m, d = dates(report)
    furn(report, '相关文章', '机关党建工作要点')
    head = '<meta charset="utf-8"><meta name="ArticleTitle" content="%s"><meta name="PubDate" content="%s-%s-%s 09:00"><meta name="ContentSource" content="办公室">' % (esc(report.title), y, m, d)
    inner = '<main><article><header><h1>%s</h1><time datetime="%s-%s-%s">%s年%s月%s日</time></header>%s</article><aside><h3>相关文章</h3><ul><li><a href="1">机关党建工作要点</a></li></ul></aside></main>' % (
        esc(report.title), y, m, d, y, m, d, art)
    return site(report, rng, inner, head)


def hidden_copy(report, rng):
    """A copy for the mobile view is hidden; attachments at the end."""
    para = lambda t: '<p class="ql-align-justify">%s</p>' % t
    art = body(report, rng, lambda lv, h: '<p class="ql"><strong>%s</strong></p>' % h, para, lambda t: table_plain(t, rng), cut=0)
    report.invisible.append('无障碍辅助说明文字不应出现')
    line = meta_line(report, rng)
    hid = '<div style="display:none" class="mobile"><h1>%s</h1>%s<p>无障碍辅助说明文字不应出现</p></div>' % (esc(report.title), art)
    att = '<div class="fj"><p>附件：</p><p><a href="/att/1.pdf">%s.pdf</a></p></div>' % esc(report.title)
    return site(report, rng, '<div class="article-box">%s<div class="ewb-article"><h3>%s</h3><div class="ewb-info">%s</div>%s%s</div></div>' % (hid, esc(report.title), esc(line), art, att))


def list_items(report, rng):
    """Numbered subsections as lists of the editor; headings as h4."""
    para = lambda t: '<div>%s</div>' % t
    art = body(report, rng, lambda lv, h: '<div><b>%s</b></div>' % h, para, lambda t: '<div class="table-responsive">%s</div>' % table_plain(t, rng, ' class="table table-bordered"'), run=lambda lv, h, t: '<div><b>%s</b>%s</div>' % (h, t))
    return site(report, rng, '<div class="content-title">%s</div><div class="content-info"><span>%s</span></div><div class="content-body">%s</div>' % (esc(report.title), esc(meta_line(report, rng)), art))


def one_cell(report, rng):
    """The whole article in one cell, paragraphs parted by two breaks; the date only in the signature."""
    para = lambda t: '&nbsp;&nbsp;&nbsp; %s<br /><br />' % t
    art = body(report, rng, lambda lv, h: '<strong>&nbsp;&nbsp;&nbsp; %s</strong><br /><br />' % h, para, lambda t: table_plain(t, rng, ' border="1" style="width:100%"'), cut=0,
               signature=lambda t: '<div align="right">%s</div>' % t)
    if not report.signature:
        report.published = None
    return site(report, rng, '<table width="1000" class="bg"><tr><td height="40" align="center" class="big">%s</td></tr><tr><td align="left" class="txt">%s</td></tr></table>' % (esc(report.title), art))


def data_script(report, rng):
    """A page of spans, unruled; headings set only by size."""
    para = lambda t: '<p class="p0"><span style="font-size:16px;color:#333">%s</span></p>' % t
    art = body(report, rng, lambda lv, h: '<p class="p0"><span style="font-size:%dpx;font-weight:%s">%s</span></p>' % (20 if lv == 1 else 18, 'bold' if lv == 1 else 'normal', h), para, lambda t: table_plain(t, rng, wrap='<div>{}</div>'))
    return site(report, rng, '<div class="news_tit">%s</div><div class="news_date"><i>%s</i></div><div class="news_con">%s</div>' % (esc(report.title), esc(meta_line(report, rng)), art), side=False)


TEMPLATES = [cms_div, strong_paragraphs, breaks, layout_2005, word_saved, wechat, metadata_table, title_in_lines, article_semantic, hidden_copy, list_items, one_cell, data_script]
# Templates that set headings of different levels differently.
LEVELS_SEEN = [cms_div, article_semantic, data_script, wechat]
