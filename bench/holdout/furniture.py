"""What government sites put round an article."""
import html

E = html.escape
NAV = ['网站首页', '走进本地', '政务公开', '政务服务', '互动交流', '数据开放', '专题专栏', '新闻中心', '投资环境', '旅游观光', '领导之窗', '机构设置', '政策文件', '公示公告', '财政预决算', '人事信息', '重大项目',
       '规划计划', '统计数据', '应急管理', '招标采购', '行政执法', '建议提案', '督查落实', '审计公开', '乡镇之窗', '便民查询', '在线访谈', '民意征集', '领导信箱', '网上信访', '办事指南', '表格下载', '场景服务', '法律法规',
       '政府公报', '政策解读', '回应关切', '常务会议', '权责清单', '双随机一公开', '营商环境', '乡村振兴', '生态环境', '食品安全', '教育招生', '医疗卫生', '社会保障', '住房保障', '就业创业', '公共资源交易', '扶贫救助']
SHARE = ['分享到：新浪微博 微信 QQ空间', '扫一扫在手机打开当前页', '【打印本页】【关闭窗口】', '【字体：大 中 小】', '字号：[ 大 中 小 ]', '收藏本页 我要纠错 返回顶部', '打印此文 关闭窗口', '用微信“扫一扫”，分享至朋友圈']
NEWS = ['全市秋粮收购工作座谈会召开', '我县启动冬春水利建设攻坚行动', '市领导走访慰问困难群众', '第十二届桃花节开幕', '城区供水管网改造工程完工', '今年夏季气温偏高注意防暑', '县医院新门诊大楼投入使用', '春季学期开学工作准备就绪',
        '道路交通安全宣传进校园', '企业服务月活动走进开发区', '高标准农田建设现场会召开', '消防演练进社区活动举行']
EXCERPT = ['{o}{y}年政府信息公开工作年度报告 根据《中华人民共和国政府信息公开条例》的规定，{o}编制并公布本年度报告，全年主动公开信息{n}条，受理申请{m}件……',
           '{o}发布{y}年政府信息公开年报 一、总体情况 {y}年{o}主动公开政府信息{n}条，答复申请{m}件，无行政复议和行政诉讼……',
           '{o}{y}年度政府信息公开工作报告 本报告由概述、主动公开、依申请公开等部分组成，数据截至{y}年12月31日，共公开{n}条……']
OTHERS = ['河务管理所', '粮食储备中心', '地方志办公室', '机关事务服务中心', '供销合作社', '档案馆', '气象局', '住房公积金管理中心', '残疾人联合会']


class Page:
    """Furniture is noted as it is written."""

    def __init__(self, rng, rep):
        self.rng, self.rep = rng, rep
        self.furniture, self.invisible, self.phen = [], [], set()
        self.site = rep.ag['site'] + rng.choice(['门户网站', '网', '', '公众信息网'])

    def f(self, text):
        self.furniture.append(text)
        return E(text, quote=False)

    def hide(self, text):
        self.invisible.append(text)
        return E(text, quote=False)

    def menu(self, n=None, tag='ul'):
        r = self.rng
        n = n or r.randint(8, 20)
        names = r.sample(NAV, min(n, len(NAV)))
        while len(names) < n:
            names.append(r.choice(NAV) + r.choice(['（一）', '专栏', '查询', '目录', '平台', '信息', '指南']))
        for x in names:
            self.furniture.append(x)
        if tag == 'ul':
            return '<ul>%s</ul>' % ''.join('<li><a href="/col/col%d/index.html">%s</a></li>' % (r.randint(100, 9999), E(x)) for x in names)
        if tag == 'table':
            return '<tr bgcolor="#0066CC">%s</tr>' % ''.join('<td align="center"><a href="list.asp?id=%d"><font color="#FFFFFF">%s</font></a></td>' % (r.randint(1, 99), E(x)) for x in names)
        return ' | '.join('<a href="/%d/">%s</a>' % (r.randint(1, 999), E(x)) for x in names)

    def crumbs(self, sep=' &gt; '):
        head = self.rng.choice(['您现在的位置：', '当前位置：', '您的位置：', '当前所在位置：'])
        names = ['首页', '政府信息公开', '政府信息公开年报']
        self.furniture.append(head)
        return '<div class="crumb">%s%s</div>' % (head, sep.join('<a href="#">%s</a>' % x for x in names))

    def search(self):
        return '<form action="/search" method="get"><input type="text" name="q" value="请输入关键字"><input type="submit" value="搜索"></form><div class="hot">%s<a href="#">%s</a> <a href="#">%s</a></div>' % (
            self.f('热门搜索：'), self.f('社保缴费查询'), self.f('不动产登记办理'))

    def share(self, n=1):
        return ''.join('<div class="tools">%s</div>' % self.f(x) for x in self.rng.sample(SHARE, n))

    def news(self, n=6, head='热点新闻'):
        r = self.rng
        items = ''.join('<li><a href="/art/%d.html">%s</a><span>%02d-%02d</span></li>' % (r.randint(1, 9999), self.f(x), r.randint(1, 12), r.randint(1, 28)) for x in r.sample(NEWS, n))
        return '<div class="side"><h3>%s</h3><ul>%s</ul></div>' % (self.f(head), items)

    def snippets(self, n=4, head='相关报告'):
        """Lists of other agencies' reports, with summaries."""
        r, out = self.rng, []
        self.phen.add('report_like_snippets')
        for o in r.sample(OTHERS, n):
            name = self.rep.ag['seat'] + o
            y = self.rep.year - r.randint(0, 2)
            text = r.choice(EXCERPT).format(o=name, y=y, n=r.randint(10, 900), m=r.randint(0, 40))
            out.append('<li><a href="t%d.html">%s</a><p>%s</p></li>' % (r.randint(1, 999), self.f('%s%d年年报' % (name, y)), self.f(text)))
        return '<div class="rel"><h3>%s</h3><ul>%s</ul></div>' % (self.f(head), ''.join(out))

    def listing(self, n=8):
        r = self.rng
        names = ['%s%s%d年政府信息公开工作年度报告' % (self.rep.ag['seat'], o, self.rep.year - 1) for o in r.sample(OTHERS, min(n, len(OTHERS)))]
        return '<ul class="list">%s</ul>' % ''.join('<li><a href="%d.htm">%s</a> <span>[%d-%02d-%02d]</span></li>' % (r.randint(1, 999), self.f(x), self.rep.year, r.randint(1, 3), r.randint(1, 28)) for x in names)

    def prevnext(self):
        r, ag = self.rng, self.rep.ag
        return '<div class="pn"><p>%s<a href="#">%s</a></p><p>%s<a href="#">%s</a></p></div>' % (self.f('上一篇：'), self.f('%s关于调整办公时间的通知' % ag['seat']), self.f('下一篇：'), self.f('%s义务植树活动方案' % ag['seat']))

    def footer(self):
        r, ag = self.rng, self.rep.ag
        lines = ['主办：%s办公室' % ag['site'], '承办：%s大数据中心' % ag['seat'], '网站标识码：%d' % r.randint(1100000000, 6599999999), '%sICP备%08d号-1' % (ag['region']['province'][0], r.randint(5000000, 19999999)),
                 '公网安备 %d号' % r.randint(11010000000000, 65010000000000), '建议使用1024×768以上分辨率浏览', '联系电话：0%d-%d' % (r.randint(310, 999), r.randint(2000000, 8999999)), '版权所有 未经许可不得转载']
        return '<div class="foot">%s</div>' % ''.join('<p>%s</p>' % self.f(x) for x in r.sample(lines, r.randint(3, 6)))

    def counter(self):
        return '<span>%s</span>' % self.f(self.rng.choice(['浏览次数：%d次', '点击数：%d', '访问量：%d', '阅读量：%d次']) % self.rng.randint(3, 9000))

    def cookie(self):
        return '<div id="cookie" class="fixed">%s<button>同意</button></div>' % self.f('本网站使用Cookies来改善您的浏览体验，继续访问即表示同意。')

    def comments(self):
        r = self.rng
        out = [self.f('网友评论（仅代表个人观点）')]
        for t in r.sample(['希望下次能把路灯修一下，谢谢政府！', '请问去年的报告在哪里可以看到？', '数据很详细，点个赞。', '我提交的申请什么时候能答复？'], 3):
            out.append('<div class="cmt"><b>%s</b> <em>%d-0%d-11 08:%d</em><p>%s</p></div>' % (self.f('网友%d' % r.randint(10000, 99999)), self.rep.year + 1, r.randint(2, 9), r.randint(10, 59), self.f(t)))
        return '<div class="comments">%s<textarea placeholder="请输入评论"></textarea></div>' % ''.join(out)

    def date(self, sep='-'):
        y, m, d = map(int, self.rep.date.split('-'))
        self.said_date = True
        forms = ['%d-%02d-%02d' % (y, m, d), '%d年%02d月%02d日' % (y, m, d), '%d-%02d-%02d %02d:%02d' % (y, m, d, self.rng.randint(8, 17), self.rng.randint(10, 59)), '%d/%02d/%02d' % (y, m, d), '%d.%02d.%02d' % (y, m, d)]
        return self.rng.choice(forms)

    said_date = False

    def infoline(self):
        """Date, source and counter under the title."""
        r = self.rng
        parts = [r.choice(['发布日期：', '发布时间：', '时间：', '日期：']) + self.date(), '来源：' + r.choice([self.rep.ag['full'], '本站', self.rep.ag['seat'] + '政府办']), r.choice(['作者：admin', '编辑：办公室', '信息员：王某', '责任编辑：李某'])]
        sep = r.choice([' &nbsp; ', '　', ' | ', '</span> <span>'])
        return '<div class="info"><span>%s</span> %s</div>' % (sep.join(self.f(x) for x in parts[:r.randint(1, 3)]), self.counter() if r.random() < .6 else '')

    def metadata(self, kind='table', title=None):
        """Index number, agency, dates, title and document number, as a table or a list."""
        r, rep = self.rng, self.rep
        pairs = [('索引号', '%s-%d-%05d' % (r.choice(['014', '11360', 'K2']), rep.year + 1, r.randint(1, 99999))), ('组配分类', '政府信息公开年报'), ('发布机构', rep.ag['full']), ('发文日期', self.date()),
                 ('名称', title or rep.title), ('文号', rep.docno or r.choice(['无', ''])), ('主题词', '政务公开'), ('有效性', '有效')]
        self.phen.add('metadata_' + kind)
        if rep.docno:
            rep.docno_shown = True
        pairs = pairs[:2] + pairs[2:6] if r.random() < .4 else pairs
        for k, v in pairs:
            self.furniture.append(k + '：' + v)
        if kind == 'dl':
            return '<dl class="meta">%s</dl>' % ''.join('<dt>%s：</dt><dd>%s</dd>' % (k, E(v)) for k, v in pairs)
        if kind == 'list':
            return '<ul class="meta">%s</ul>' % ''.join('<li><b>%s：</b>%s</li>' % (k, E(v)) for k, v in pairs)
        rows = ['<tr>%s</tr>' % ''.join('<td width="90"><b>%s：</b></td><td>%s</td>' % (k if r.random() < .7 or len(k) != 2 else k[0] + '&nbsp;&nbsp;' + k[1], E(v)) for k, v in pairs[i:i + 2]) for i in range(0, len(pairs), 2)]
        return '<table class="xxgk" width="100%%" border="1">%s</table>' % ''.join(rows)
