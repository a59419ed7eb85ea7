"""Pages of content-management systems and hand-made sites. Each shell takes a page and a body, and returns markup."""
import html
import json

import render

E = html.escape
MODERN = ['p', 'strong', 'spans', 'divs', 'headings', 'split', 'word', 'sections', 'br']
OLD = ['br', 'font', 'p', 'word', 'divs']


def doc(head, body, lang=' lang="zh-CN"', attrs=''):
    return '<!DOCTYPE html>\n<html%s>\n<head>\n%s\n</head>\n<body%s>\n%s\n</body>\n</html>\n' % (lang, head, attrs, body)


def head(pg, extra='', sep=None, title=True):
    sep = sep or pg.rng.choice([' - ', '_', '-', ' | ', '——'])
    t = '<title>%s%s%s</title>' % (E(pg.rep.title), sep, E(pg.site)) if title else '<title>%s</title>' % E(pg.site)
    return '@CHARSET@\n%s\n<meta name="SiteName" content="%s">\n%s' % (t, E(pg.site), extra)


def trs(pg, body):
    r = pg.rng
    meta = '<meta name="ArticleTitle" content="%s">\n<meta name="PubDate" content="%s">\n<meta name="ContentSource" content="%s">\n<meta name="ColumnName" content="政府信息公开年报">' % (E(pg.rep.title), pg.date(), E(pg.rep.ag['full']))
    b = pg.search() + pg.menu() + pg.crumbs() + '<h1 class="tit">%s</h1>' % E(pg.rep.title) + pg.infoline() + pg.share()
    b += '<div class="xl-content"><div class="view TRS_UEDITOR trs_paper_default"><div class="TRS_Editor"><style type="text/css">.TRS_Editor P{line-height:2}</style>%s</div></div></div>' % body
    b += '<script>var img="./W02021.jpg"; document.write("<div style=display:none>统计</div>");</script>' + pg.prevnext() + pg.news(4) + pg.footer()
    return doc(head(pg, meta), b)


def jcms(pg, body):
    b = '<div class="header">%s</div>%s<div class="main"><div class="con">%s' % (pg.menu(), pg.crumbs('»'), pg.metadata())
    b += '<!--<$[标题名称(html)]>begin--><h2 class="title">%s</h2><!--<$[标题名称(html)]>end-->%s<div id="zoom"><!--ZJEG_RSS.content.begin--><meta name="ContentStart">%s<meta name="ContentEnd"><!--ZJEG_RSS.content.end--></div></div></div>' % (E(pg.rep.title), pg.share(2), body)
    return doc(head(pg), b + pg.footer() + '<!-- visitcount begin --><script src="/module/visitcount/visit.jsp?type=3"></script>')


def vsb(pg, body):
    b = '<div class="top">%s</div>%s<form name="_newscontent_fromname"><div class="content-t"><h3>%s</h3>%s</div><div class="v_news_content" id="vsb_content_2">%s</div>' % (pg.menu(), pg.crumbs(), E(pg.rep.title), pg.infoline(), body)
    b += '<div id="div_vote_id"></div><p>%s</p></form>%s%s' % (pg.f('【关闭窗口】本条信息已被浏览'), pg.prevnext(), pg.footer())
    return doc(head(pg, '<meta name="pageType" content="3"><meta name="pageTitle" content="%s">' % E(pg.rep.title)), b)


def ucap(pg, body):
    meta = '<meta name="firstpublishedtime" content="%s-08:30:00"><meta name="author" content="">' % pg.rep.date
    pg.said_date = True
    b = '<div class="header">%s%s</div><div class="content"><div class="article oneColumn"><h1>%s</h1><div class="pages-date">%s</div><div class="pages_content" id="UCAP-CONTENT"><ucapcontent>%s</ucapcontent></div></div>%s</div>' % (
        pg.search(), pg.menu(12), E(pg.rep.title), pg.infoline(), body, pg.share(2))
    return doc(head(pg, meta), b + '<div class="related-news">%s</div>' % pg.listing(4) + pg.footer())


def nanwei(pg, body):
    b = '<div class="xl_top">%s</div><div class="xl_main">%s<div class="xl_tit">%s</div>%s<div class="article_zw" id="detailCont">%s</div></div>' % (pg.menu(), pg.crumbs(), E(pg.rep.title), pg.metadata(pg.rng.choice(['dl', 'list'])), body)
    return doc(head(pg), b + pg.share() + pg.footer())


def policy_page(pg, body):
    meta = pg.metadata() + (pg.metadata() if pg.rng.random() < .5 else '')
    b = pg.menu(10) + '<div class="wrap"><table class="bd1"><tr><td>%s</td></tr></table><div class="b12c" id="printArea"><p class="t" align="center"><span style="font-size:24px">%s</span></p>%s</div></div>' % (meta, E(pg.rep.title), body)
    return doc(head(pg), b + pg.share(2) + pg.footer())


def asp2008(pg, body):
    r = pg.rng
    left = '<table width="180" bgcolor="#E8F4FF"><tr><td><b>%s</b></td></tr>%s</table>' % (pg.f('栏目导航区'), ''.join('<tr><td>·<a href="more.asp?cid=%d">%s</a></td></tr>' % (i, pg.f(x)) for i, x in enumerate(['局内要闻动态', '政策法规汇编', '办事程序指南', '党建工作园地'])))
    b = '<table width="778" align="center" border="0" cellpadding="0" cellspacing="0" bgcolor="#FFFFFF"><tr><td colspan="2"><img src="images/top.jpg" width="778" height="120"></td></tr><tr><td colspan=2><table width="100%%">%s</table></td></tr><tr><td colspan="2"><marquee scrollamount="3"><font color="red">%s</font></marquee></td></tr>' % (
        pg.menu(9, 'table'), pg.f('热烈欢迎各级领导莅临我单位网站指导工作！'))
    b += '<tr><td width="180" valign="top">%s</td><td valign="top"><table width="96%%" align="center" border="0"><tr><td height="40" align="center"><font size="4" color="#CC0000"><b>%s</b></font></td></tr><tr><td align="center"><font size="2">%s</font></td></tr><tr><td><hr size="1"></td></tr><tr><td class="content">%s</td></tr><tr><td align="right"><font size="2">%s</font></td></tr></table></td></tr>' % (
        left, E(pg.rep.title), pg.infoline(), body, pg.f('【打印此页】【关闭窗口】'))
    b += '<tr><td colspan="2" align="center" bgcolor="#0066CC"><font color="#FFFFFF">%s</font></td></tr></table>' % pg.footer()
    return '<html><head>%s</head><body topmargin=0 bgcolor="#CCCCCC"><center>%s</center></body></html>' % (head(pg, title=r.random() < .5), b)


def jsp_cells(pg, cells):
    """One table row for every paragraph."""
    rows = ''.join('<tr><td class="p14" style="line-height:24px">%s</td></tr>' % c for c in cells)
    b = '<table width="900" align="center"><tr><td>%s</td></tr><tr><td>%s</td></tr></table><table width="900" align="center" border="0"><tr><td align="center" class="bt"><strong>%s</strong></td></tr><tr><td align="center">%s</td></tr>%s</table>' % (
        pg.menu(8, 'line'), pg.crumbs('→'), E(pg.rep.title), pg.infoline(), rows)
    pg.phen.add('report_in_many_cells')
    return '<html><head>%s</head><body>%s%s</body></html>' % (head(pg), b, pg.footer())


def noframes(pg, body):
    inner = '<h2 align="center">%s</h2>%s%s' % (E(pg.rep.title), pg.infoline(), body)
    return '<html><head>%s</head><frameset rows="80,*" border="0"><frame src="top.htm" name="top"><frame src="main.htm"><noframes><body>%s</body></noframes></frameset></html>' % (head(pg), inner)


def word_saved(pg, body):
    h = '''@CHARSET@
<meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word %d"><link rel=File-List href="a.files/filelist.xml">
<title>%s</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>User</o:Author><o:Pages>9</o:Pages></o:DocumentProperties></xml><![endif]-->
<style><!-- /* Style Definitions */ p.MsoNormal {mso-style-parent:"";margin:0cm;font-size:10.5pt;font-family:"Times New Roman";} @page Section1 {size:595.3pt 841.9pt;} --></style>
<!--[if gte mso 10]><style>table.MsoNormalTable {mso-style-name:普通表格;}</style><![endif]-->''' % (pg.rng.choice([11, 12]), pg.rng.choice([E(pg.rep.title), '关于', '附件']))
    b = '<div class=Section1 style=\'layout-grid:15.6pt\'>%s<p class=MsoNormal><!--[if gte vml 1]><v:shapetype id="_x0000_t75"/><![endif]--><![if !vml]><![endif]></p><div style=\'mso-element:footer\'><p class=MsoFooter><!--[if supportFields]><span>PAGE</span><![endif]--></p></div></div>' % body
    return '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>%s</head><body lang=ZH-CN>%s</body></html>' % (h, b)


def wps_saved(pg, body):
    h = '@CHARSET@<meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 14"><title></title><!--[if gte mso 9]><xml><w:WordDocument><w:BrowserLevel>MicrosoftInternetExplorer4</w:BrowserLevel></w:WordDocument></xml><![endif]--><style>@font-face{font-family:"仿宋";}p.p0{margin:0pt}</style>'
    return '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>%s</head><body style="tab-interval:21pt;text-justify-trim:punctuation;"><!--StartFragment--><div class="Section0" style="layout-grid:15.6pt;">%s</div><!--EndFragment--></body></html>' % (h, body.replace('class=MsoNormal', 'class=MsoNormal style="mso-pagination:none"'))


def excel_saved(pg, cells):
    rows = ''.join('<tr height=19 style=\'height:14.25pt\'><td colspan=10 class=xl24 style=\'mso-ignore:colspan\'>%s</td></tr>' % c for c in cells)
    pg.phen.add('report_in_many_cells')
    return '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>@CHARSET@<meta name=ProgId content=Excel.Sheet><style>td{mso-number-format:General;}</style></head><body link=blue><table x:str border=0 cellpadding=0 cellspacing=0 width=720><col width=72 span=10><tr height=30><td colspan=10 class=xl25>%s</td></tr>%s</table></body></html>' % (E(pg.rep.title), rows)


def wechat(pg, body):
    b = '<div id="js_article" class="rich_media"><div class="rich_media_inner"><h1 class="rich_media_title" id="activity-name">\n  %s\n</h1><div id="meta_content"><span class="rich_media_meta_text">%s</span><em id="publish_time">%s</em></div><div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">%s</div></div><div class="rich_media_tool">%s</div></div><div class="qr_code_pc">%s</div>' % (
        E(pg.rep.title), pg.f(pg.rep.ag['seat'] + '发布公众号'), pg.date(), body, pg.f('阅读原文 阅读 %d 在看' % pg.rng.randint(20, 900)), pg.f('微信扫一扫关注该公众号'))
    return doc('@CHARSET@<meta property="og:title" content="%s"><title></title>' % E(pg.rep.title), b)


def mobile(pg, body):
    b = '<header class="m-head"><a href="/m/">返回</a><span>%s</span></header><section class="m-art"><h2>%s</h2>%s<div class="m-con">%s</div></section><footer>%s</footer><div class="fixbar">%s</div>' % (
        pg.f('手机版政府网'), E(pg.rep.title), pg.infoline(), body, pg.f('触屏版 | 电脑版 | 客户端下载'), pg.f('点赞 收藏 转发到朋友圈'))
    return doc(head(pg, '<meta name="viewport" content="width=device-width">'), b)


def spa_state(pg, body):
    y, m, d = map(int, pg.rep.date.split('-'))
    pg.said_date = True
    data = {'route': '/detail', 'site': {'name': pg.site, 'nav': [{'id': 1, 'name': '首页'}, {'id': 2, 'name': '政务公开'}]},
            'article': {'id': pg.rng.randint(1000, 99999), 'title': pg.rep.title, 'publishTime': '%d-%02d-%02d 09:%02d:00' % (y, m, d, pg.rng.randint(10, 59)), 'source': pg.rep.ag['full'], 'content': body, 'views': 12}}
    js = json.dumps(data, ensure_ascii=pg.rng.random() < .5).replace('</', '<\\/')
    return doc(head(pg), '<div id="app"></div><noscript>%s</noscript><script>window.__INITIAL_STATE__=%s;(function(){var s;})()</script><script src="/js/app.8f3a.js"></script>' % (pg.f('请启用JavaScript以继续访问本站。'), js))


def spa_visible(pg, body):
    """The article in markup, its date only in the state."""
    pg.said_date = True
    data = {'detail': {'title': pg.rep.title, 'publishDate': pg.rep.date, 'stat': {'from': '%d-01-01' % pg.rep.year, 'to': '%d-12-31' % pg.rep.year}}}
    return doc(head(pg), '<div id="app">%s<h1>%s</h1><div class="detail">%s</div>%s</div><script>window.__INITIAL_STATE__ = %s</script>' % (pg.menu(), E(pg.rep.title), body, pg.footer(), json.dumps(data, ensure_ascii=False)))


def spa_json(pg, body):
    pg.said_date = True
    data = {'props': {'pageProps': {'info': {'infoTitle': pg.rep.title, 'infoContent': body, 'pubDate': pg.rep.date + 'T01:20:00Z'}}}, 'page': '/info/[id]'}
    return doc(head(pg), '<div id="__next"><div class="loading">%s</div></div><script id="__NEXT_DATA__" type="application/json">%s</script>' % (pg.f('正在加载中，请稍候……'), json.dumps(data, ensure_ascii=False).replace('<', '\\u003c')))


def srcdoc(pg, body):
    b = pg.menu() + pg.crumbs() + '<h1>%s</h1>%s<iframe width="100%%" height="900" frameborder="0" srcdoc="%s"></iframe>%s' % (E(pg.rep.title), pg.infoline(), E('<html><body>%s</body></html>' % body), pg.footer())
    return doc(head(pg), b)


def textarea(pg, body):
    b = pg.menu() + '<h2>%s</h2>%s<div id="artcontent"></div><textarea id="hidContent" style="display:none">%s</textarea><script>document.getElementById("artcontent").innerHTML=document.getElementById("hidContent").value;</script>%s' % (E(pg.rep.title), pg.infoline(), E(body, quote=False), pg.footer())
    return doc(head(pg), b)


def hidden_input(pg, body):
    b = pg.menu() + '<h2>%s</h2>%s<div id="content"></div><input type="hidden" id="contentHtml" value="%s"><script>$("#content").html($("#contentHtml").val());</script>%s' % (E(pg.rep.title), pg.infoline(), E(body), pg.footer())
    return doc(head(pg), b)


def pre_page(pg, text):
    b = '<h3 align=center>%s</h3>%s<pre style="font-size:14px">\n%s\n</pre>%s' % (E(pg.rep.title), pg.infoline(), E(text), pg.footer())
    return '<html><head>%s</head><body>%s%s</body></html>' % (head(pg), pg.menu(6, 'line'), b)


def print_twin(pg, body):
    """A print or phone version of the same text, hidden."""
    pg.phen.add('hidden_duplicate')
    twin = pg.rng.choice(['<div id="printDiv" style="display:none;">%s</div>', '<div class="mobile-only" hidden>%s</div>', '<div class="wap" style="display: none">%s</div>'])
    b = pg.menu() + '<h1>%s</h1>%s<div class="article">%s</div>' % (E(pg.rep.title), pg.infoline(), body) + twin % ('<h1>%s</h1>%s' % (E(pg.rep.title), body))
    return doc(head(pg), b + pg.footer())


def tabs(pg, body):
    """A pane for each chapter, of which one shows. `body` is made with sections."""
    pg.phen.add('hidden_panes')
    parts = body.split('<section class="chapter">')
    names = [b[3] for b in pg.rep.blocks if b[0] == 'h' and b[1] == 1]
    out, cls = parts[0], pg.rng.choice(['style="display:none"', 'hidden', 'class="tab-pane" style="display:none;"'])
    for i, part in enumerate(parts[1:]):
        out += '<div %s>%s</div>' % ('class="tab-pane active"' if i == 0 else cls, part.replace('</section>', ''))
    bar = '<ul class="tab-nav">%s</ul>' % ''.join('<li>%s</li>' % E(n) for n in names)
    b = pg.menu() + '<h1>%s</h1>%s%s<div class="tab-content">%s</div>' % (E(pg.rep.title), pg.infoline(), bar, out)
    return doc(head(pg), b + pg.footer())


def year_tabs(pg, body):
    pg.phen.add('hidden_years')
    r = pg.rng
    other = ''.join('<div class="year-pane" style="display:none"><p>%s</p></div>' % pg.hide('%d年度的年报正在整理，请点击链接下载查看全文。' % (pg.rep.year - k)) for k in (1, 2, 3))
    bar = ''.join('<a href="javascript:;">%s</a>' % pg.f('%d年度年报' % (pg.rep.year - k)) for k in range(4))
    b = pg.menu() + '<div class="years">%s</div><div class="year-pane"><h1>%s</h1>%s%s</div>%s' % (bar, E(pg.rep.title), pg.infoline(), body, other)
    return doc(head(pg), b + pg.footer())


def snippets(pg, body):
    side = pg.snippets(pg.rng.randint(3, 6), pg.rng.choice(['相关报告', '其他单位年报', '猜你喜欢']))
    main = '<div class="left"><h1>%s</h1>%s<div class="nr">%s</div></div>' % (E(pg.rep.title), pg.infoline(), body)
    b = pg.menu() + pg.crumbs() + '<div class="wrap">%s</div>' % (side + main if pg.rng.random() < .5 else main + side)
    return doc(head(pg), b + pg.news(5, '热点推荐') + pg.footer())


def long_menu(pg, body):
    pg.phen.add('long_menu')
    b = pg.menu(300) + pg.crumbs() + '<div class="detail"><p class="title">%s</p>%s<div>%s</div></div>%s' % (E(pg.rep.title), pg.infoline(), body, pg.listing())
    return doc(head(pg), b + pg.footer())


def comments(pg, body):
    b = pg.menu() + '<article><h1>%s</h1>%s%s</article>%s%s%s' % (E(pg.rep.title), pg.infoline(), body, pg.share(3), pg.comments(), pg.cookie())
    return doc(head(pg), b + pg.footer())


def pages(pg, body):
    r = pg.rng
    bar = '<div class="page">%s <a>1</a> <a>2</a> <a>3</a> %s</div>' % (pg.f('共3页 首页 上一页'), pg.f('下一页 尾页 跳转到第页'))
    b = pg.menu() + pg.crumbs('/') + '<div class="art-main"><div class="art-title">%s</div>%s%s%s</div>%s' % (E(pg.rep.title), pg.infoline(), body, bar, pg.news(6))
    return doc(head(pg), b + pg.footer())


def image_title(pg, body):
    """The title is a picture; only the head says it."""
    pg.phen.add('title_in_head_only')
    b = pg.menu() + pg.crumbs() + '<div class="con"><img src="tit_%d.gif" alt="">%s<div>%s</div></div>' % (pg.rep.year, pg.infoline(), body)
    return doc(head(pg), b + pg.footer())


def print_page(pg, body):
    return doc(head(pg, title=pg.rng.random() < .5), '<p align="center"><b>%s</b></p>%s' % (E(pg.rep.title), body))


def xhtml(pg, body):
    b = '<div id="wrapper"><div id="nav">%s</div><div id="main"><div class="h">%s</div>%s<div class="body">%s</div></div></div>' % (pg.menu(), E(pg.rep.title), pg.infoline(), body)
    return '<?xml version="1.0" encoding="@ENC@"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml"><head>%s</head><body>%s%s</body></html>' % (head(pg), b, pg.footer())


def noscript(pg, body):
    b = '<div id="root"></div><noscript><h1>%s</h1>%s%s</noscript><script src="main.js"></script>' % (E(pg.rep.title), pg.infoline(), body)
    return doc(head(pg), b)


def gazette(pg, body):
    """Semantic markup, with everything else in aside and footer."""
    b = '<header>%s</header><nav>%s</nav><main><article><header><h1>%s</h1><time datetime="%s">%s</time></header>%s</article><aside>%s</aside></main><footer>%s</footer>' % (
        pg.f('在线公报阅读器'), pg.menu(), E(pg.rep.title), pg.rep.date, pg.f(pg.date()), body, pg.news(5), pg.footer())
    return doc(head(pg), b)


# name: (shell, body styles, eras or None, body as cells)
SHELLS = {f.__name__: (f, styles, eras, mode) for f, styles, eras, mode in [
    (trs, MODERN, None, ''), (jcms, MODERN, None, ''), (vsb, MODERN, None, ''), (ucap, MODERN, None, ''), (nanwei, MODERN, None, ''), (policy_page, MODERN, None, ''),
    (asp2008, OLD, ('F1', 'F2'), ''), (jsp_cells, ['cells'], None, 'cells'), (noframes, OLD, ('F1', 'F2'), ''), (word_saved, ['word'], None, 'own_title'), (wps_saved, ['word'], None, 'own_title'),
    (excel_saved, ['cells'], None, 'cells'), (wechat, ['wechat'], ('F3', 'F4'), ''), (mobile, MODERN, None, ''), (spa_state, MODERN, ('F3', 'F4'), ''), (spa_visible, MODERN, ('F3', 'F4'), ''),
    (spa_json, MODERN, ('F3', 'F4'), ''), (srcdoc, MODERN, None, ''), (textarea, MODERN, None, ''), (hidden_input, MODERN, None, ''), (pre_page, ['pre'], ('F1', 'F2'), 'pre'), (print_twin, MODERN, None, ''),
    (tabs, ['sections'], None, ''), (year_tabs, MODERN, None, ''), (snippets, MODERN, None, ''), (long_menu, MODERN, None, ''), (comments, MODERN, None, ''), (pages, MODERN, None, ''),
    (image_title, MODERN, None, ''), (print_page, MODERN, None, ''), (xhtml, MODERN, None, ''), (noscript, MODERN, None, ''), (gazette, MODERN, None, '')]}
