"""What a report says: agency, year, headings, sentences, tables; and the truth about it."""
import forms

PLACES = [('浙江省', '宁波市', '海曙区'), ('浙江省', '温州市', '瑞安市'), ('江苏省', '盐城市', '阜宁县'), ('江苏省', '徐州市', '铜山区'), ('山东省', '潍坊市', '寿光市'),
          ('山东省', '临沂市', '费县'), ('四川省', '绵阳市', '游仙区'), ('四川省', '宜宾市', '珙县'), ('湖南省', '岳阳市', '华容县'), ('湖北省', '黄冈市', '蕲春县'),
          ('河南省', '南阳市', '镇平县'), ('安徽省', '安庆市', '桐城市'), ('福建省', '漳州市', '龙海市'), ('江西省', '赣州市', '兴国县'), ('广东省', '佛山市', '南海区'),
          ('广西壮族自治区', '柳州市', '融水苗族自治县'), ('云南省', '曲靖市', '罗平县'), ('贵州省', '遵义市', '湄潭县'), ('陕西省', '宝鸡市', '岐山县'), ('甘肃省', '天水市', '秦安县'),
          ('河北省', '保定市', '涿州市'), ('辽宁省', '鞍山市', '海城市'), ('黑龙江省', '绥化市', '肇东市'), ('吉林省', '四平市', '梨树县'), ('内蒙古自治区', '赤峰市', '宁城县'),
          ('新疆维吾尔自治区', '喀什地区', '莎车县'), ('青海省', '海东市', '乐都区'), ('宁夏回族自治区', '吴忠市', '青铜峡市'), ('海南省', '三亚市', '崖州区'), ('山西省', '运城市', '芮城县')]
BUREAUS = ['水利局', '教育局', '司法局', '审计局', '统计局', '民政局', '交通运输局', '农业农村局', '市场监督管理局', '文化和旅游局', '应急管理局', '自然资源局', '卫生健康局',
           '财政局', '发展和改革局', '医疗保障局', '退役军人事务局', '生态环境局', '城市管理局', '商务局', '林业局', '人力资源和社会保障局']
OLD_BUREAUS = ['水利局', '教育局', '司法局', '审计局', '统计局', '民政局', '国土资源局', '农业局', '工商行政管理局', '质量技术监督局', '安全生产监督管理局', '环境保护局', '卫生局', '财政局', '规划局', '物价局', '城市管理行政执法局', '粮食局', '旅游局']
TOWNS = ['青石镇', '白沙乡', '双桥镇', '龙泉街道', '柳河镇', '石岭乡', '东湖街道', '新桥镇']


def agency(rng, era):
    prov, city, county = rng.choice(PLACES)
    kind = rng.choice(['county_bureau'] * 5 + ['city_bureau'] * 4 + ['town'] * 3 + ['county_gov', 'city_gov', 'county_office'])
    bureau = rng.choice(BUREAUS if era in ('F3', 'F4') else OLD_BUREAUS)
    region = dict(province=prov, city=city, county=county)
    if kind == 'county_bureau':
        full, short, we = city + county + bureau, county + bureau, '我局'
    elif kind == 'city_bureau':
        full, short, we = city + bureau, city + bureau, '我局'
        region['county'] = None
    elif kind == 'town':
        town = rng.choice(TOWNS)
        tail = '办事处' if town.endswith('街道') else '人民政府'
        full, short, we = county + town + tail, town + (tail if town.endswith('街道') else '人民政府'), '我街道' if town.endswith('街道') else '我镇' if town.endswith('镇') else '我乡'
    elif kind == 'county_gov':
        full = short = county + '人民政府'
        we = '我' + county[-1]
    elif kind == 'county_office':
        full = short = county + '人民政府办公室'
        we = '我办'
    else:
        full = short = city + '人民政府'
        we = '我市' if city.endswith('市') else '全区'
        region['county'] = None
    site = (county if region['county'] else city) + '人民政府'
    return dict(full=full, short=short, we=we, region=region, kind=kind, site=site, gov='gov' in kind, seat=county if region['county'] else city)


INTRO = ['本报告根据《中华人民共和国政府信息公开条例》和{notice}的要求，由{A}编制。',
         '根据《中华人民共和国政府信息公开条例》及{notice}的规定，{A}编制了{Y}年度政府信息公开工作年度报告。',
         '按照《中华人民共和国政府信息公开条例》第五十条规定，现将{A}{Y}年政府信息公开工作情况报告如下。']
PERIOD = ['本报告所列数据的统计期限自{Y}年1月1日起至{Y}年12月31日止。', '报告中数据统计时段为{Y}年1月1日至{Y}年12月31日。']
CONTACT = ['如对本报告有疑问，请与{A}联系（地址：{seat}人民路{n}号；电话：{tel}；邮编：{zip}）。', '公众如需了解详情，可拨打{A}办公室电话{tel}，或者致信{seat}建设路{n}号。']
GENERAL = ['{Y}年，{we}坚持以公开为常态、不公开为例外，把信息公开同业务办理一起部署、一起检查。', '一年来，{we}围绕群众关心的事项，不断拓宽公开渠道，公开的质量有了明显提高。',
           '{we}由分管负责人牵头，明确专人负责信息的审核与发布，做到事事有人管、件件有记录。']
PROACTIVE = ['全年通过门户网站、公告栏和政务新媒体主动公开各类信息{a}条，其中政策文件{b}条、工作动态{c}条、财政信息{d}条。', '及时发布与群众生产生活密切相关的政策措施，对重要文件同步配发解读材料{b}篇。',
             '{we}对机构职能、办事指南和权责清单逐项核对，更新内容{d}处，做到线上线下一致。']
ONREQ = ['进一步畅通受理渠道，规范登记、审核、办理、答复和归档各个环节。', '对疑难申请，会同法律顾问研究答复口径，做到依法有据、表述准确。', '答复文书统一编号、统一格式，全年没有发生超期答复的情况。']
MANAGE = ['严格执行先审查后公开的程序，落实三审三校要求，坚决防止失泄密问题发生。', '对历年文件进行清理，失效和废止的文件均在网页上注明状态。']
PLATFORM = ['优化公开专栏的栏目设置，对链接失效、内容空白的栏目做了调整。', '在便民服务中心设置查阅点，配备电脑和资料架，方便群众查询和打印。']
SUPERVISE = ['把公开工作纳入年度考核，每季度通报一次，对进度迟缓的科室进行提醒。', '组织业务培训{m}次，参加培训{k}人次，工作人员的业务水平得到提升。']
PROBLEM = ['一是部分信息更新不够及时，二是解读形式比较单一，三是基层人员流动快，业务不够熟悉。', '公开内容与群众期待之间还有差距，专栏的检索功能也需要完善。', '个别科室对公开工作重视不够，信息报送存在滞后现象。']
IMPROVE = ['下一步，{we}将加强学习培训，完善制度，把公开要求落实到公文办理的全过程。', '今后要丰富解读的形式，多用图表和问答，让群众看得懂、记得住、用得上。', '针对上述问题，{we}已制定整改清单，明确责任人和完成时限。']
EXTRA = ['{Y}年未向申请人收取信息处理费。', '{we}没有其他需要报告的事项。', '按照上级部署，{we}完成了年度公开要点的全部任务。']
CONSULT = ['共接待来访咨询{k}人次，接听咨询电话{a}次，对群众提出的问题均当场或者限时作出答复。', '在大厅设立咨询窗口，由业务骨干轮流值守，耐心解释政策规定。']
ORDER = '一二三四五六七八九十'


class Report:
    """Blocks in reading order: (kind, …); kinds h (level, number, heading, run-in text or None), p, item (number, text), t (table)."""

    def __init__(self, rng, era=None, style=None):
        self.rng = rng
        self.era = era or rng.choices(['F1', 'F2', 'F3', 'F4'], [22, 18, 20, 40])[0]
        self.year = rng.randint(*{'F1': (2008, 2013), 'F2': (2014, 2018), 'F3': (2019, 2020), 'F4': (2021, 2024)}[self.era])
        self.ag = agency(rng, self.era)
        self.blocks, self.fails, self.phen = [], set(), {'form_' + self.era}
        self.planted = None
        self.vals = dict(A=self.ag['full'], Y=self.year, we=self.ag['we'], seat=self.ag['seat'])
        self.title = self.make_title()
        self.docno = None
        self.signature = None
        if rng.random() < .25:
            self.docno = '%s政办发〔%d〕%d号' % (self.ag['seat'][0], self.year + 1, rng.randint(1, 60))
        month, day = rng.choice([(1, rng.randint(4, 31)), (2, rng.randint(1, 28)), (3, rng.randint(1, 31))])
        self.date = '%d-%02d-%02d' % (self.year + 1, month, day)
        self.sub = rng.choice(['runin', 'own', 'none', 'own'])
        self.write()

    def make_title(self):
        Y, s = self.year, self.ag['short']
        new = ['{s}{Y}年政府信息公开工作年度报告', '{s}{Y}年度政府信息公开工作年度报告', '{Y}年{s}政府信息公开工作年度报告', '{s}关于{Y}年政府信息公开工作的年度报告', '{Y}年度{s}政府信息公开工作报告']
        old = ['{s}{Y}年政府信息公开工作年度报告', '{s}{Y}年度政府信息公开年度报告', '{Y}年{s}政府信息公开年度报告', '{s}{Y}年政府信息公开工作报告']
        return self.rng.choice(new if self.era in ('F3', 'F4') else old).format(s=s, Y=Y)

    def say(self, pool, n=1):
        r, out = self.rng, []
        for t in r.sample(pool, min(n, len(pool))):
            v = dict(self.vals, a=r.randint(60, 3000), b=r.randint(2, 59), c=r.randint(20, 900), d=r.randint(3, 80), m=r.randint(1, 9), k=r.randint(10, 400), n=r.randint(2, 300),
                     tel='0%d-%d' % (r.randint(310, 999), r.randint(2000000, 8999999)), zip=r.randint(110000, 859999), notice=self.notice())
            out.append(t.format(**v))
        return ''.join(out)

    def notice(self):
        return {'F1': '省政府办公厅有关通知', 'F2': '《国务院办公厅关于加强和规范政府信息公开情况统计报送工作的通知》', 'F3': '《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》', 'F4': '《中华人民共和国政府信息公开工作年度报告格式》'}[self.era]

    def p(self, text):
        self.blocks.append(('p', text))

    def h(self, level, number, heading, run=None):
        self.blocks.append(('h', level, number, heading, run))

    def t(self, table):
        self.blocks.append(('t', table))

    def subs(self, pairs):
        """Sub-chapters, with their heading on a line of its own, run in, or as plain paragraphs."""
        for i, (head, pool) in enumerate(pairs):
            text = self.say(pool, self.rng.randint(1, 2))
            if self.sub == 'none':
                self.p(text)
            elif self.sub == 'runin':
                self.h(2, '（%s）' % ORDER[i], head, text)
            else:
                self.h(2, '（%s）' % ORDER[i], head)
                self.p(text)
                if self.rng.random() < .3:
                    self.p(self.say(GENERAL))

    def write(self):
        r = self.rng
        intro = self.say(INTRO) + self.say(PERIOD)
        if r.random() < .6:
            self.p(intro)
            if r.random() < .5:
                self.p(self.say(CONTACT))
        else:
            self.p(intro + self.say(CONTACT))
        scale = r.choice([0, r.randint(1, 9), r.randint(1, 9), r.randint(10, 90), r.randint(100, 1500)])
        plant = None
        if r.random() < .18:
            plant = r.choice(['row', 'col', 'flow', 'remedies'] if self.era in ('F3', 'F4') else ['recv'])
        self.planted = plant
        getattr(self, 'write_' + ('new' if self.era in ('F3', 'F4') else self.era.lower()))(scale if not (plant and scale < 3) else 12, plant)
        if self.fails:
            self.phen.add('contradiction')
        if r.random() < .4:
            y, m, d = map(int, self.date.split('-'))
            self.signature = [self.ag['full'], '%d年%d月%d日' % (y, m, d)]
            if self.era != 'F1' and self.era != 'F2':
                for s in self.signature:
                    self.p(s)
                    self.blocks[-1] = ('sig', s)
            else:
                self.signature = None

    def write_new(self, scale, plant):
        r, f4 = self.rng, self.era == 'F4'
        self.h(1, '一、', '总体情况')
        self.p(self.say(GENERAL))
        self.subs([('主动公开', PROACTIVE), ('依申请公开', ONREQ), ('政府信息管理', MANAGE), ('政府信息公开平台建设', PLATFORM), ('监督保障', SUPERVISE)])
        self.h(1, '二、', '主动公开政府信息情况')
        self.t(forms.proactive_matrix(r, self.era, self.ag['gov']))
        self.h(1, '三、', '收到和处理政府信息公开申请情况')
        t, book, fails = forms.requests_matrix(r, self.era, scale, plant)
        self.fails |= fails
        self.t(t)
        self.h(1, '四、', '政府信息公开行政复议、行政诉讼情况' if f4 else '因政府信息公开工作被申请行政复议、提起行政诉讼情况')
        t, vals, fails = forms.remedies_matrix(r, plant)
        self.fails |= fails
        self.t(t)
        self.h(1, '五、', r.choice(['存在的主要问题及改进情况', '政府信息公开工作存在的主要问题及改进情况']))
        if r.random() < .4:
            self.h(2, '（一）', '存在的主要问题')
            self.p(self.say(PROBLEM))
            self.h(2, '（二）', '改进情况')
            self.p(self.say(IMPROVE, 2))
        else:
            self.p(self.say(PROBLEM, 2))
            self.p(self.say(IMPROVE, 2))
        self.h(1, '六、', '其他需要报告的事项')
        self.p(self.say(EXTRA))

    def write_f2(self, scale, plant):
        r = self.rng
        for i, (head, pools) in enumerate([('概述', [GENERAL, MANAGE]), ('主动公开政府信息情况', [PROACTIVE, PLATFORM]), ('依申请公开政府信息情况', [ONREQ]),
                                           ('因政府信息公开申请行政复议、提起行政诉讼情况', [['{Y}年，没有发生因政府信息公开引起的复议和诉讼案件。']]),
                                           ('政府信息公开工作存在的主要问题和改进措施', [PROBLEM, IMPROVE])]):
            self.h(1, ORDER[i] + '、', head)
            if i == 1 and self.sub != 'none':
                self.subs([('公开的内容', PROACTIVE), ('公开的形式', PLATFORM)])
            else:
                for pool in pools:
                    self.p(self.say(pool, 2))
        self.h(1, '六、', '附表')
        t, fails = forms.national_table(r, self.year, scale, plant)
        self.fails |= fails
        t.caption = '政府信息公开情况统计表（%d年度）' % self.year
        self.t(t)

    def write_f1(self, scale, plant):
        r = self.rng
        for i, (head, pool) in enumerate([('概述', GENERAL + SUPERVISE), ('政府信息主动公开情况', PROACTIVE), ('政府信息依申请公开情况', ONREQ), ('咨询情况', CONSULT),
                                          ('复议、诉讼和申诉情况', ['{Y}年，{we}没有发生针对本单位有关信息公开事务的行政复议、行政诉讼和申诉。']), ('主要问题和改进措施', PROBLEM)]):
            self.h(1, ORDER[i] + '、', head)
            if i == 0 and self.sub != 'none':
                self.subs([('加强组织领导', GENERAL), ('健全规章制度', MANAGE)])
                continue
            if i == 5:
                self.p(self.say(PROBLEM, 2))
                self.p(self.say(IMPROVE, 1))
                continue
            for _ in range(r.randint(1, 2)):
                self.p(self.say(pool))
        self.h(1, '七、', '说明与附表')
        tables, fails = forms.local_tables(r, scale, plant, r.choice(['four', 'four', 'long', 'coded']))
        self.fails |= fails
        for t in tables:
            self.t(t)

    def truth(self):
        """Sections, tables and indicators in the form of the record."""
        secs, tables, inds, n = [], [], [], 0
        stack = []

        def sec(level, number, heading):
            nonlocal stack
            stack = [x for x in stack if x[0] < level]
            s = dict(id='s%d' % (len(secs) + 1), parent=stack[-1][1] if stack and level else None, level=level, number=number, heading=heading, content=[])
            secs.append(s)
            if level:
                stack.append((level, s['id']))
            return s
        cur = None
        for b in self.blocks:
            if b[0] == 'h':
                cur = sec(b[1], b[2].rstrip('、') if b[2] else None, b[3])
                if b[4]:
                    cur['content'].append(dict(type='paragraph', text=b[4]))
                continue
            if cur is None:
                cur = sec(0, None, None)
            if b[0] in ('p', 'sig', 'note'):
                cur['content'].append(dict(type='paragraph', text=b[1]))
            elif b[0] == 'item':
                cur['content'].append(dict(type='item', number=b[1], text=b[2]))
            elif b[0] == 't':
                n += 1
                t = b[1]
                tables.append(dict(id='t%d' % n, section=cur['id'], number=t.number, caption=t.caption, unit=t.unit, header_rows=t.header_rows, rows=t.grid(), shape='grid', optional_rows=t.optional))
                cur['content'].append(dict(type='table', table='t%d' % n))
                for x in t.ind:
                    y = {k: v for k, v in x.items() if k != 'at'}
                    inds.append(dict(y, **{'from': dict(table='t%d' % n, row=x['at'][0], col=x['at'][1])}))
        return secs, tables, inds
