"""Writes the benchmark's inputs: government-style pages, text dumps and PDFs, the same bytes every time.

    python3 bench/speed/generate.py OUT [--pages 200] [--dumps 40]

Nothing is fetched and nothing is copied from a real site: figures, agencies, wording, page furniture,
scripts and styles are drawn from the lists below with a fixed seed. Three in ten pages are GBK, four in
ten are Word exports; reports are of three generations (prose with the statistics table of 2014-2018, the
national form of 2019, that of 2021).
"""

import argparse
import pathlib
import random
import shutil

ROOT = pathlib.Path(__file__).resolve().parents[2]

PLACES = ["广东省广州市番禺区", "四川省成都市武侯区", "湖北省宜昌市", "浙江省杭州市余杭区", "河南省洛阳市",
          "江苏省苏州市吴江区", "山东省潍坊市", "福建省泉州市", "安徽省芜湖市", "湖南省长沙市岳麓区"]
OFFICES = ["人民政府办公室", "城市管理局", "教育局", "卫生健康局", "住房和城乡建设局", "水利局", "财政局",
           "民政局", "农业农村局", "市场监督管理局"]
SENTENCES = [
    "认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，持续推进重点领域信息公开。",
    "全年通过门户网站主动公开政府信息{a}条，其中政策文件{b}件，解读材料{c}篇。",
    "共收到政府信息公开申请{a}件，其中自然人申请{b}件，法人或其他组织申请{c}件，均在法定期限内答复。",
    "调整充实政务公开工作领导小组，由主要负责同志任组长，办公室具体承担日常工作，配备专职人员{c}名。",
    "完善信息发布审核制度，严格落实“三审三校”，对拟公开内容逐条开展保密审查和个人隐私核查。",
    "政务微信公众号发布信息{a}条，政务微博发布信息{b}条，总阅读量{a}{b}次。",
    "举办政务公开业务培训{c}场，参训人员{b}人次，编印工作手册{b}册。",
    "围绕营商环境、乡村振兴、生态环境、义务教育、食品药品安全等群众关心的问题，及时回应社会关切。",
    "本年度因政府信息公开申请行政复议{c}件，行政诉讼{c}件，未发生被纠正情形。",
    "一是公开内容不够全面，政策解读形式单一；二是业务人员流动频繁，能力有待提高；三是平台检索功能不够便捷。",
    "下一步将加强学习培训，丰富解读形式，采用图解、视频等方式提高公众知晓率，不断提升服务水平。",
    "依托政务服务中心、档案馆、图书馆设立查阅点{c}个，配备查询设备{c}台，接待查阅{b}人次。",
    "公开财政预决算信息{b}条，重大建设项目信息{b}条，公共资源配置信息{a}条，做到应公开尽公开。",
    "全年办理人大建议{b}件、政协提案{b}件，办复率100%，结果均在网站公开。",
]
HEADINGS = {
    2013: ["概述", "主动公开政府信息情况", "依申请公开政府信息情况", "行政复议和行政诉讼情况", "存在的问题和改进措施"],
    2021: ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况",
           "存在的主要问题及改进情况", "其他需要报告的事项"],
}
OUTCOMES = [
    ("（一）予以公开", ""), ("（二）部分公开", ""),
    ("（三）不予公开", "1.属于国家秘密"), ("", "2.其他法律行政法规禁止公开"), ("", "3.危及“三安全一稳定”"),
    ("", "4.保护第三方合法权益"), ("", "5.属于三类内部事务信息"), ("", "6.属于四类过程性信息"),
    ("", "7.属于行政执法案卷"), ("", "8.属于行政查询事项"),
    ("（四）无法提供", "1.本机关不掌握相关政府信息"), ("", "2.没有现成信息需要另行制作"), ("", "3.补正后申请内容仍不明确"),
    ("（五）不予处理", "1.信访举报投诉类申请"), ("", "2.重复申请"), ("", "3.要求提供公开出版物"),
    ("", "4.无正当理由大量反复申请"), ("", "5.要求行政机关确认或重新出具已获取信息"),
    ("（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"), ("", "3.其他"), ("（七）总计", ""),
]
STATISTICS = [
    ("一、主动公开情况", "——"), ("（一）主动公开政府信息数", "条"), ("其中：主动公开规范性文件数", "条"),
    ("制发规范性文件总数", "件"), ("（二）通过不同渠道和方式公开政府信息的情况", "——"),
    ("1.政府公报公开政府信息数", "条"), ("2.政府网站公开政府信息数", "条"), ("3.政务微博公开政府信息数", "条"),
    ("4.政务微信公开政府信息数", "条"), ("5.其他方式公开政府信息数", "条"), ("二、回应解读情况", "——"),
    ("（一）回应公众关注热点或重大舆情数", "次"), ("（二）通过不同渠道和方式回应解读的情况", "——"),
    ("1.参加或举办新闻发布会总次数", "次"), ("其中：主要负责同志参加新闻发布会次数", "次"),
    ("2.政府网站在线访谈次数", "次"), ("3.政策解读稿件发布数", "篇"), ("4.微博微信回应事件数", "次"),
    ("三、依申请公开情况", "——"), ("（一）收到申请数", "件"), ("1.当面申请数", "件"), ("2.传真申请数", "件"),
    ("3.网络申请数", "件"), ("4.信函申请数", "件"), ("（二）申请办结数", "件"), ("1.按时办结数", "件"),
    ("2.延期办结数", "件"), ("（三）申请答复数", "件"), ("1.属于已主动公开范围数", "件"), ("2.同意公开答复数", "件"),
    ("3.同意部分公开答复数", "件"), ("4.不同意公开答复数", "件"), ("四、行政复议数量", "件"), ("（一）维持具体行政行为数", "件"),
    ("（二）被依法纠错数", "件"), ("五、行政诉讼数量", "件"), ("六、举报投诉数量", "件"),
    ("七、依申请公开信息收取的费用", "万元"), ("八、机构建设和保障经费情况", "——"),
    ("（一）政府信息公开工作专门机构数", "个"), ("（二）设置政府信息公开查阅点数", "个"),
    ("（三）从事政府信息公开工作人员数", "人"), ("九、政府信息公开会议和培训情况", "——"),
    ("（一）召开政府信息公开工作会议或专题会议数", "次"), ("（二）举办各类培训班数", "次"), ("（三）接受培训人员数", "人次"),
]
LINKS = ["首页", "政务公开", "政务服务", "互动交流", "数据开放", "领导之窗", "机构职能", "政策文件", "规划计划", "统计信息",
         "财政信息", "人事信息", "应急管理", "重点领域", "建议提案", "通知公告", "今日要闻", "部门动态", "网上调查", "局长信箱"]
NUMERALS = "一二三四五六七八"


class Report:
    """What a report says, apart from how it is set."""

    def __init__(self, random_, generation):
        self.random = random_
        self.generation = generation
        self.year = {2013: random_.randint(2014, 2018), 2019: random_.randint(2019, 2020), 2021: random_.randint(2021, 2025)}[generation]
        self.agency = random_.choice(PLACES) + random_.choice(OFFICES)
        self.title = f"{self.agency}{self.year}年政府信息公开工作年度报告"

    def paragraph(self):
        draw = self.random
        sentences = draw.sample(SENTENCES, draw.randint(2, 5))
        return "".join(s.format(a=draw.randint(100, 9000), b=draw.randint(10, 99), c=draw.randint(0, 9)) for s in sentences)

    def figure(self):
        return str(self.random.choice([0, 0, 0, 1, 2, 3, 7, 12, 35, 108, 412]))

    def blocks(self):
        """Pairs: ("p", text), ("h", text) or ("t", rows of (text, columns, rows))."""
        yield "p", (f"　　根据《中华人民共和国政府信息公开条例》规定，现公布{self.agency}{self.year}年政府信息公开工作年度报告。"
                    f"本报告所列数据的统计期限自{self.year}年1月1日起，至{self.year}年12月31日止。")
        headings = HEADINGS[2013 if self.generation == 2013 else 2021]
        for number, heading in enumerate(headings):
            yield "h", f"{NUMERALS[number]}、{heading}"
            table = None if self.generation == 2013 else {1: self.disclosure, 2: self.applications, 3: self.reviews}.get(number)
            if table:
                yield from table()
                continue
            for part in range(self.random.randint(1, 4)):
                yield "p", f"　　（{NUMERALS[part]}）{self.paragraph()}"
                if self.random.random() < 0.5:
                    yield "p", "　　" + self.paragraph()
        if self.generation == 2013:
            yield "p", f"附表：政府信息公开情况统计表（{self.year}年度）"
            rows = [[("统计指标", 1, 1), ("单位", 1, 1), ("统计数", 1, 1)]]
            rows += [[(label, 1, 1), (unit, 1, 1), ("" if unit == "——" else self.figure(), 1, 1)] for label, unit in STATISTICS]
            yield "t", rows
        yield "p", self.agency
        yield "p", f"{self.year + 1}年1月{self.random.randint(5, 30)}日"

    def disclosure(self):
        columns = ["本年制发件数", "本年废止件数", "现行有效件数"] if self.generation == 2021 else ["本年新制作数量", "本年新公开数量", "对外公开总数量"]
        rows = [[("第二十条第（一）项", 4, 1)], [(text, 1, 1) for text in ["信息内容", *columns]]]
        rows += [[(label, 1, 1), *((self.figure(), 1, 1) for _ in range(3))] for label in ("规章", "行政规范性文件")]
        for item, labels in (("五", ["行政许可"]), ("六", ["行政处罚", "行政强制"])):
            rows += [[(f"第二十条第（{item}）项", 4, 1)], [("信息内容", 1, 1), ("本年处理决定数量", 3, 1)]]
            rows += [[(label, 1, 1), (self.figure(), 3, 1)] for label in labels]
        rows += [[("第二十条第（八）项", 4, 1)], [("信息内容", 1, 1), ("本年收费金额（单位：万元）", 3, 1)],
                 [("行政事业性收费", 1, 1), (self.figure(), 3, 1)]]
        yield "t", rows

    def applications(self):
        rows = [[("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), ("申请人情况", 7, 1)],
                [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
                [(name, 1, 1) for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")]]
        figures = lambda: [(self.figure(), 1, 1) for _ in range(7)]
        rows += [[(label, 3, 1), *figures()] for label in ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量")]
        for index, (group, item) in enumerate(OUTCOMES):
            row = []
            if index == 0:
                row.append(("三、本年度办理结果", 1, len(OUTCOMES)))
            if group and not item:
                row.append((group, 2, 1))
            else:
                if group:
                    later = [g for g, _ in OUTCOMES[index + 1:]]
                    row.append((group, 1, 1 + next(n for n, g in enumerate(later) if g)))
                row.append((item, 1, 1))
            rows.append(row + figures())
        rows.append([("四、结转下年度继续办理", 3, 1), *figures()])
        yield "t", rows

    def reviews(self):
        kinds = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
        rows = [[("行政复议", 5, 1), ("行政诉讼", 10, 1)],
                [*((kind, 1, 2) for kind in kinds), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
                [(kind, 1, 1) for kind in kinds * 2], [(self.figure(), 1, 1) for _ in range(15)]]
        yield "t", rows


def identifier(draw):
    return "".join(draw.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(draw.randint(3, 9)))


def script(draw, size):
    """Text of a script: calls, strings, regular expressions, a little markup, as bundles have it."""
    parts, length = [], 0
    while length < size:
        name, other = identifier(draw), identifier(draw)
        part = draw.choice([
            f'function {name}({other}){{var e=document.getElementById("{other}");if(e&&e.style.display!="none"){{e.className+=" {name}";}}return!1}}',
            f'$(".{name} li").hover(function(){{$(this).addClass("on").siblings().removeClass("on");$(".{other}").eq($(this).index()).show()}});\n',
            f'var {name}={{url:"/{other}/index.html",data:[{draw.randint(0, 999)},{draw.randint(0, 999)}],html:"<li><a href=\'#\'>更多</a></li>"}};',
            f'if(/{name}|{other}/i.test(navigator.userAgent)){{window.location.href="http://m.example.gov.cn/{name}"}}\n',
            f'_{name}.push(["_{other}","{identifier(draw)}-{draw.randint(1000, 9999)}"]);',
        ])
        parts.append(part)
        length += len(part)
    return "".join(parts)


def style(draw, size):
    parts, length = [], 0
    while length < size:
        part = (f".{identifier(draw)} .{identifier(draw)}{{width:{draw.randint(10, 999)}px;margin:0 auto;color:#{draw.randint(0, 0xffffff):06x};"
                f"background:url(/images/{identifier(draw)}.png) no-repeat;line-height:{draw.randint(12, 36)}px}}\n")
        parts.append(part)
        length += len(part)
    return "".join(parts)


def links(draw, count, kind):
    items = []
    for _ in range(count):
        text = draw.choice(LINKS) if kind == "nav" else draw.choice(PLACES) + draw.choice(["关于印发工作要点的通知", "召开专题会议", "开展安全检查", "发布工作动态"])
        items.append(f'<li class="{identifier(draw)}"><a href="/{identifier(draw)}/{draw.randint(1000, 99999)}.html" target="_blank" title="{text}">{text}</a></li>')
    return "\n".join(items)


FONT = "font-family:仿宋_GB2312;font-size:16pt;mso-hansi-font-family:仿宋;color:black"


def paragraph_html(draw, text, heading, word):
    if word:
        runs = [text[i:i + 40] for i in range(0, len(text), 40)]
        inner = "".join(f'<span lang="{draw.choice(["EN-US", "ZH-CN"])}" style="{FONT}">{run}</span>' for run in runs)
        inner = f"<b>{inner}</b>" if heading else inner
        return f'<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt;mso-line-height-rule:exactly">{inner}<span lang="EN-US" style="{FONT}"><o:p></o:p></span></p>\n'
    inner = f"<strong>{text}</strong>" if heading else text
    return f'<p style="text-indent: 2em; text-align: justify;">{inner}</p>\n'


def table_html(draw, rows, word):
    out = ['<table border="1" cellspacing="0" cellpadding="0" width="640" style="border-collapse:collapse;border:none">\n<tbody>\n']
    for row in rows:
        out.append("<tr>")
        for text, columns, down in row:
            span = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
            width = draw.randint(40, 200)
            if word:
                out.append(f'<td width="{width}"{span} valign="middle" style="width:{width}.0pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;'
                           f'padding:0cm 5.4pt 0cm 5.4pt"><p class="MsoNormal" align="center" style="text-align:center"><span style="font-family:宋体;font-size:10.5pt">{text}</span></p></td>\n')
            else:
                out.append(f'<td{span} style="width:{width}px"><p>{text}</p></td>')
        out.append("</tr>\n")
    return "".join(out) + "</tbody></table>\n"


def page(draw, report, charset):
    word = draw.random() < 0.4
    furniture = lambda low, high: draw.randint(low, high)
    head = f"""<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{report.title}_{report.agency}</title>
<meta name="SiteName" content="{report.agency}"><meta name="ArticleTitle" content="{report.title}">
<meta name="PubDate" content="{report.year + 1}-01-{draw.randint(10, 28)} 10:21"><meta name="ContentSource" content="{report.agency}">
<link rel="stylesheet" href="/css/style.css"><script src="/js/jquery.min.js"></script>
<style type="text/css">
{style(draw, furniture(2000, 14000))}</style>
<script type="text/javascript">
{script(draw, furniture(3000, 20000))}</script>
</head>
<body>
<!-- {script(draw, furniture(100, 2000)).replace('--', '')} -->
<div class="header"><div class="top"><a href="/">设为首页</a> | <a href="/">加入收藏</a></div>
<div class="nav"><ul>
{links(draw, furniture(10, 60), "nav")}
</ul></div></div>
<div class="position">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/nb/">信息公开年报</a></div>
<div class="main"><div class="left"><ul class="list">
{links(draw, furniture(5, 40), "news")}
</ul></div>
<div class="article"><h1>{report.title}</h1>
<div class="info">发布时间：{report.year + 1}-01-20&nbsp;&nbsp;来源：{report.agency}&nbsp;&nbsp;浏览次数：<span id="hits">{draw.randint(10, 9999)}</span>&nbsp;&nbsp;字体：【<a href="javascript:;">大</a> <a href="javascript:;">中</a> <a href="javascript:;">小</a>】</div>
<div class="content" id="zoom">
"""
    body = []
    for kind, content in report.blocks():
        body.append(table_html(draw, content, word) if kind == "t" else paragraph_html(draw, content, kind == "h", word))
    foot = f"""</div>
<div class="share">【<a href="javascript:window.print()">打印本页</a>】【<a href="javascript:window.close()">关闭窗口</a>】</div></div></div>
<div class="footer"><ul>
{links(draw, furniture(5, 50), "nav")}
</ul><p>主办：{report.agency}　技术支持：信息中心　网站标识码：{draw.randint(10 ** 9, 10 ** 10 - 1)}</p></div>
<script>
{script(draw, furniture(1000, 12000))}</script>
</body>
</html>
"""
    return head + "".join(body) + foot


def dump(report):
    lines = ["选择搜索类型", "请输入搜索", report.title]
    for kind, content in report.blocks():
        if kind == "t":
            lines += ["\t".join(text for text, _, _ in row) for row in content]
        else:
            lines.append(content.strip("　"))
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--dumps", type=int, default=40)
    args = parser.parse_args()
    for folder in ("html", "text", "pdf"):
        (args.out / folder).mkdir(parents=True, exist_ok=True)
    for number in range(args.pages):
        draw = random.Random(number)
        charset = "gb2312" if number % 10 < 3 else "utf-8"
        report = Report(draw, (2013, 2019, 2021)[number % 3])
        (args.out / "html" / f"{number:06}.html").write_bytes(page(draw, report, charset).encode("gb18030" if charset == "gb2312" else "utf-8"))
    for number in range(args.dumps):
        draw = random.Random(10 ** 6 + number)
        (args.out / "text" / f"{number:06}.txt").write_text(dump(Report(draw, (2013, 2019, 2021)[number % 3])), encoding="utf-8", newline="\n")
    for source in sorted((ROOT / "fixtures" / "document-reading-pdf").glob("*.pdf")):
        shutil.copy(source, args.out / "pdf" / source.name)


if __name__ == "__main__":
    main()
