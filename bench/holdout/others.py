"""Pages that hold no report, though they stand where reports stand."""
import html

E = html.escape


def _page(pg, title, inner, extra=''):
    return '<!DOCTYPE html><html><head>@CHARSET@<title>%s - %s</title>%s</head><body>%s%s<div class="main">%s</div>%s</body></html>' % (E(title), E(pg.site), extra, pg.menu(), pg.crumbs(), inner, pg.footer())


def listing(pg):
    title = '政府信息公开年报'
    return title, [title], _page(pg, title, '<h2>%s</h2>%s<div class="page">共 12 条 首页 上一页 1 2 下一页</div>' % (title, pg.listing(9)))


def listing_with_summaries(pg):
    title = '政府信息公开年度报告'
    return title, [title], _page(pg, title, '<h2>%s</h2>%s' % (title, pg.snippets(6, '年报列表')))


def news(pg):
    ag = pg.rep.ag
    title = '%s召开政府信息公开工作推进会' % ag['full']
    ps = ['%d年3月6日下午，%s在三楼会议室召开政府信息公开工作推进会，传达上级会议精神，部署下一阶段的任务。' % (pg.rep.year, ag['full']),
          '会议指出，上年度的年度报告已经按时向社会公布，今年要在提高质量上下功夫，重点抓好政策解读和依申请公开答复。', '会议要求，各科室要对照任务清单逐项落实，每月底前报送进展情况。']
    return title, ps, _page(pg, title, '<h1>%s</h1>%s%s%s' % (title, pg.infoline(), ''.join('<p>　　%s</p>' % p for p in ps), pg.share(2)))


def regulation(pg):
    title = '%s政府信息公开工作管理办法' % pg.rep.ag['seat']
    ps = ['第一章 总则', '第一条 为了规范政府信息公开工作，保障公民、法人和其他组织依法获取政府信息，根据有关规定，结合本地实际，制定本办法。', '第二条 本办法所称政府信息，是指行政机关在履行职责过程中制作或者获取的信息。',
          '第二章 年度报告', '第三条 各单位应当于每年1月31日前公布上一年度的政府信息公开工作年度报告。', '第四条 年度报告应当包括主动公开、依申请公开、行政复议和行政诉讼等情况。', '第三章 附则', '第五条 本办法自发布之日起施行。']
    return title, ps, _page(pg, title, '<h1>%s</h1>%s%s' % (title, pg.metadata(title=title), ''.join('<p>%s</p>' % p for p in ps)))


def guide(pg):
    ag = pg.rep.ag
    title = '%s政府信息公开指南' % ag['full']
    ps = ['为了更好地提供政府信息公开服务，特编制本指南，需要获得本机关信息服务的公众可以阅读。', '一、主动公开的范围和形式', '本机关通过门户网站、公告栏等形式公开机构职能、规划计划和办事程序。', '二、依申请公开的受理机构',
          '受理机构：%s办公室，办公时间为工作日上午8:30至12:00。' % ag['full'], '三、申请的提出', '申请人可以当面提交，也可以通过信函、网络提交《政府信息公开申请表》。', '附件：政府信息公开申请表']
    return title, ps, _page(pg, title, '<h1>%s</h1>%s%s<a href="/files/sqb.doc">政府信息公开申请表.doc</a>' % (title, pg.infoline(), ''.join('<p>%s</p>' % p for p in ps)))


def soft404(pg):
    ps = ['抱歉，您访问的页面不存在或者已被删除！', '系统将在5秒后自动返回首页。']
    return '页面不存在', ps, _page(pg, '页面不存在', ''.join('<p>%s</p>' % p for p in ps))


def captcha(pg):
    ps = ['访问过于频繁，请输入下图中的验证码后继续访问。', '看不清，换一张']
    return '安全验证', ps, '<html><head>@CHARSET@<title>安全验证</title></head><body><form method=post><p>%s</p><img src="/vcode"><input name=code><p>%s</p></form></body></html>' % tuple(ps)


def attachment(pg):
    rep = pg.rep
    ext = pg.rng.choice(['pdf', 'doc', 'docx', 'wps', 'ofd', 'xls', 'zip'])
    return rep.title, [rep.title, '附件：' + rep.title], _page(pg, rep.title, '<h1>%s</h1>%s<p>附件：<a href="/uploads/%d/P0%d.%s">%s</a></p>%s' % (E(rep.title), pg.infoline(), rep.year, pg.rng.randint(10 ** 6, 10 ** 7), ext, E(rep.title), pg.share()))


def shell(pg):
    rep = pg.rep
    return rep.title, ['请开启JavaScript后刷新页面'], '<!doctype html><html><head>@CHARSET@<title>%s</title><script src="/app.js" defer></script></head><body><div id="app"></div><noscript>请开启JavaScript后刷新页面</noscript></body></html>' % E(rep.title)


def blank_form(pg):
    title = '政府信息公开申请表'
    labels = ['姓名', '工作单位', '证件名称', '证件号码', '联系电话', '通信地址', '电子邮箱', '所需信息内容描述', '信息用途']
    return title, labels, _page(pg, title, '<h2>%s</h2><table border=1>%s</table>' % (title, ''.join('<tr><td>%s</td><td>&nbsp;</td></tr>' % x for x in labels)))


KINDS = [listing, listing_with_summaries, news, regulation, guide, soft404, captcha, attachment, attachment, shell, blank_form]
