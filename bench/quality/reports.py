"""Reports of the eras, drawn at random but deterministic by seed."""
import forms
import wording
from model import Report

PLACES = [('湖南省', '岳阳市', '平江县'), ('安徽省', '六安市', '霍山县'), ('江苏省', '盐城市', '东台市'), ('广东省', '佛山市', '南海区'), ('浙江省', '温州市', '瑞安市'),
          ('四川省', '绵阳市', '三台县'), ('山东省', '潍坊市', '昌乐县'), ('河南省', '洛阳市', '新安县'), ('福建省', '泉州市', '晋江市'), ('湖北省', '黄冈市', '蕲春县'),
          ('江西省', '吉安市', '泰和县'), ('陕西省', '咸阳市', '泾阳县'), ('云南省', '红河哈尼族彝族自治州', '开远市'), ('内蒙古自治区', '包头市', '土默特右旗'),
          ('北京市', None, '通州区'), ('上海市', None, '静安区'), ('重庆市', None, '江津区'), ('广东省', '广州市', '番禺区'), ('新疆维吾尔自治区', '喀什地区', '莎车县'),
          ('广西壮族自治区', '桂林市', '阳朔县'), ('甘肃省', '定西市', '临洮县'), ('吉林省', '长春市', '南关区')]
BUREAUS = ['财政局', '教育局', '审计局', '统计局', '民政局', '司法局', '交通运输局', '水务局', '农业农村局', '人力资源和社会保障局', '市场监督管理局', '卫生健康委员会',
           '发展和改革委员会', '自然资源和规划局', '文化广电和旅游局', '应急管理局', '住房和城乡建设局', '城市管理综合行政执法局', '退役军人事务局', '医疗保障局',
           '人民政府办公室', '行政审批局', '科学技术局', '生态环境局', '信访局', '林业局', '公安局', '气象局', '国家税务局', '乡村振兴局']
OLD_BUREAUS = ['财政局', '教育局', '审计局', '统计局', '民政局', '司法局', '交通运输局', '水务局', '农业局', '人事局', '工商行政管理局', '卫生局', '国土资源局', '规划局',
               '环境保护局', '城市管理局', '建设局', '人口和计划生育局', '安全生产监督管理局', '经济贸易局', '人民政府办公室', '物价局']
TOWNS = ['城关镇', '双河乡', '新华街道办事处', '龙泉镇', '东风街道办事处', '白石乡']


def pick_agency(rng, old):
    province, city, county = rng.choice(PLACES)
    r = rng.random()
    b = rng.choice(OLD_BUREAUS if old else BUREAUS)
    if r < .5:
        place = county
        name = rng.choice([county, county, (city or province) + county]) + b
        short = county[-1]
    elif r < .75 and city:
        place, name, short = city, city + b, city[-1] if city[-1] in '市州' else '地'
        short = '市' if short not in '市州' else short
    elif r < .9:
        town = rng.choice(TOWNS)
        name = county + town + ('人民政府' if not town.endswith('办事处') else '')
        b, short, place = '', county[-1], county
    else:
        name, short, place = county + '人民政府', county[-1], county
        b = '人民政府'
    self_ = {'局': '我局', '会': '我委', '室': '我办'}.get(name[-1], '我镇' if '镇' in name else '我乡' if '乡人' in name else '我街道' if '街道' in name else '我' + short)
    accept = [name, (city or '') + name, province + (city or '') + name, province + name, province + (city or '') + (county if not name.startswith(county) else '') + name]
    if city and name.startswith(city):
        accept = [name, province + name]
    if name.startswith(province):
        accept = [name]
    return name, accept, self_, place, short


TITLES = ['{a}{y}年政府信息公开工作年度报告', '{a}{y}年度政府信息公开工作年度报告', '{a}{y}年政府信息公开年度报告', '{y}年{a}政府信息公开工作年度报告', '{y}年度{a}政府信息公开年度报告',
          '{a}{y}年政府信息公开工作报告', '{a}关于{y}年政府信息公开工作的年度报告', '{a}{y}年度信息公开年报', '{a}政府信息公开工作年度报告（{y}年）', '{a}政府信息公开{y}年度报告']

STYLES = {  # marks of level 1, 2 and 3; what stands between a mark and its heading
    'han': (lambda n: wording.chinese(n) + '、', lambda n: '（%s）' % wording.chinese(n), lambda n: '%d.' % n),
    'han_half': (lambda n: wording.chinese(n) + '、', lambda n: '(%s)' % wording.chinese(n), lambda n: '%d、' % n),
    'han_space': (lambda n: wording.chinese(n) + ' ', lambda n: '（%s）' % wording.chinese(n), lambda n: '（%d）' % n),
    'part': (lambda n: '第%s部分 ' % wording.chinese(n), lambda n: wording.chinese(n) + '、', lambda n: '（%s）' % wording.chinese(n)),
    'arabic': (lambda n: '%d、' % n, lambda n: '（%d）' % n, lambda n: '①②③④⑤⑥'[n - 1]),
    'arabic_dot': (lambda n: '%d. ' % n, lambda n: '（%d）' % n, lambda n: '①②③④⑤⑥'[n - 1]),
    'none': (lambda n: '', lambda n: '', lambda n: ''),
    'han_dot': (lambda n: wording.chinese(n) + '.', lambda n: '（%s）' % wording.chinese(n), lambda n: '%d．' % n),
    'chapter': (lambda n: wording.chinese(n) + '、', lambda n: '%d.' % n, lambda n: '（%d）' % n)}


class Builder:
    def __init__(self, rng, era):
        self.rng = rng
        self.year = {'F1': rng.randint(2008, 2013), 'F1N': rng.randint(2008, 2014), 'F2': rng.randint(2014, 2018), 'F3': rng.randint(2019, 2020), 'F4': rng.randint(2021, 2025)}[era]
        name, accept, self.own, self.place, short = pick_agency(rng, era in ('F1', 'F1N', 'F2'))
        self.report = Report(name, accept, self.year, era)
        self.prose = wording.Prose(rng, {'year': self.year})
        self.restyle(rng.choice(['han', 'han', 'han', 'han', 'han_half', 'han_half', 'han_space', 'part', 'arabic', 'arabic_dot', 'han_dot', 'chapter', 'none']))
        self.count = [0, 0, 0]
        self.report.title = rng.choice(TITLES).format(a=name, y=self.year)
        month = rng.randint(1, 3)
        self.report.published = '%d-%02d-%02d' % (self.year + 1, month, rng.randint(1, 28))
        self.report.optional_ids = ['disclosure.proactive.by_category', 'disclosure.proactive.by_channel', 'requests.accepted', 'requests.outcome.total', 'requests.closed',
                                    'requests.received.by_channel', 'training', 'org.', 'fees.info_processing', 'accountability', 'requests.outcome.denied.', 'consultation.total']

    def restyle(self, name):
        self.report.phenomena = {p for p in self.report.phenomena if not p.startswith('marks_')} | {'marks_' + name}
        self.style_name, self.style = name, STYLES[name]

    def h(self, level, text, run=None):
        self.count[level - 1] += 1
        for i in range(level, 3):
            self.count[i] = 0
        mark = self.style[level - 1](self.count[level - 1])
        number = mark.strip(' 、.．').strip() or None
        if run is not None:
            self.report.blocks.append(('run', level, mark, number, text, run))
        else:
            self.report.blocks.append(('h', level, mark, number, text))

    def p(self, *sentences):
        self.report.blocks.append(('p', ''.join(s for s in sentences if s)))

    def t(self, *tables):
        for t in tables:
            self.report.blocks.append(('t', t))

    def fill(self, n=1):
        return ''.join(self.rng.sample(wording.FILLERS, n))

    def sub(self, text, *sentences):
        body = ''.join(s for s in sentences if s)
        if self.style_name != 'none' and self.rng.random() < self.run_in:
            self.h(2, text, body)
            self.report.phenomena.add('run_in')
        else:
            self.h(2, text)
            self.p(body)

    def intro(self):
        r = self.rng
        if r.random() < .8:
            self.p(r.choice(wording.INTRODUCTIONS[:2] if self.report.era in ('F3', 'F4') else wording.INTRODUCTIONS[1:]).format(
                year=self.year, agency=self.report.agency, place='人民', post=r.randint(100000, 899999), phone='0%d-%d' % (r.randint(310, 999), r.randint(2000000, 8999999)), pin='xinan'))

    may_split = True

    def build(self):
        self.run_in = self.rng.choice([0, 0, 0, .8, 1])
        self.intro()
        getattr(self, self.report.era.lower())()
        self.report.stated = self.prose.stated
        r = self.rng.random()
        y, m, d = self.report.published.split('-')
        if r < .35:
            han = '%s年%d月%d日' % (y, int(m), int(d))
            if self.rng.random() < .2:
                han = ''.join('〇一二三四五六七八九'[int(c)] for c in y) + '年' + wording.chinese(int(m)) + '月' + wording.chinese(int(d)) + '日'
            self.report.signature = [self.report.agency, han]
            self.report.phenomena.add('signature')
        return self.report

    def problems(self):
        r = self.rng
        head = r.choice(['存在的主要问题及改进情况', '政府信息公开工作存在的主要问题及改进情况', '存在的主要问题和改进措施', '主要问题和改进措施', '存在问题及下一步工作打算'])
        self.h(1, head)
        if r.random() < .5:
            self.sub(r.choice(['存在的主要问题', '存在问题']), r.choice(wording.PROBLEMS))
            self.sub(r.choice(['改进措施', '改进情况', '下一步工作']), r.choice(wording.IMPROVEMENTS))
        elif r.random() < .4:
            self.p('当前工作中还存在以下问题：')
            marks = r.choice(['%d.', '（%d）', '%d、'])
            for i, s in enumerate(r.sample(['公开的时效性有待增强，个别信息更新不及时。', '解读形式不够丰富，群众参与度不高。', '工作人员业务水平参差不齐，培训力度不足。', '公开内容与群众需求存在差距。'], 3)):
                self.report.blocks.append(('item', (marks % (i + 1)).strip('.、'), s)) if False else self.p(marks % (i + 1) + s)
            self.p(r.choice(wording.IMPROVEMENTS))
            self.report.phenomena.add('items')
        else:
            self.p(r.choice(wording.PROBLEMS))
            self.p(r.choice(wording.IMPROVEMENTS))

    def f34(self, four):
        r, p = self.rng, self.prose
        size = r.choice([0, 3, 12, 60, 400, 3000])
        f, keys = forms.request_figures(r, four, size)
        rem = forms.remedy_figures(r, r.choice([0, 4, 30]))
        rec, lit = rem[4], rem[9] + rem[14]
        self.h(1, r.choice(['总体情况', '总体情况', '概述']))
        outcome = {'granted': f['granted'][6], 'granted_in_part': f['granted_in_part'][6]}
        for g in ('denied', 'cannot_provide', 'not_processed', 'other'):
            outcome[g] = sum(f[k][6] for k in keys if k == g or k.startswith(g + '.'))
        number = r.randint(20, 30000)
        say_requests = [p.received(f['received'][6], self.own)]
        if f['received'][6] and r.random() < .5:
            say_requests.append(p.outcomes(outcome))
        if r.random() < .7:
            self.p(r.choice(wording.OPENINGS).format(year=self.year, self=self.own))
            name = lambda s: s + r.choice(['', '', '方面', '情况'])
            self.sub(name('主动公开'), p.proactive(number, self.own), p.categories(number) if r.random() < .4 else '', self.fill())
            self.sub(name('依申请公开'), *say_requests)
            self.sub(name('政府信息管理'), self.fill(), p.distractor())
            self.sub(name(r.choice(['政府信息公开平台建设', '平台建设'])), self.fill(), p.distractor())
            self.sub(name('监督保障'), self.fill(), p.accountability() if r.random() < .5 else '')
        else:
            self.p(r.choice(wording.OPENINGS).format(year=self.year, self=self.own), p.proactive(number, self.own))
            self.p(*say_requests)
            self.p(self.fill(2), p.distractor())
        self.h(1, r.choice(['主动公开政府信息情况', '主动公开政府信息情况', '行政机关主动公开政府信息情况']))
        split = r.random() < .2 and self.may_split
        if split:
            self.report.phenomena.add('article20_split')
        v = lambda top: r.choice([0, 0, r.randint(0, top)])
        if four:
            self.t(*forms.disclosure_2021(r, dict(regulation=[0, 0, 0], normative=[v(9), v(4), v(60)], license=v(90000), penalty=v(8000), coercion=v(300),
                                                  fee=r.choice(['0', '0', '%.2f' % (r.random() * 900), '%.4f' % (r.random() * 9000), str(r.randint(1, 90))])), split))
        else:
            a = lambda: [v(300), r.choice(['0', '0', '+%d' % r.randint(1, 30), '-%d' % r.randint(1, 30), str(r.randint(1, 9))]), v(9000)]
            stock = r.randint(0, 30)
            new = r.randint(0, stock)
            self.t(*forms.disclosure_2019(r, dict(regulation=[0, 0, 0], normative=[new, new, stock], license=a(), other_external_service=a(), penalty=a(), coercion=a(),
                                                  fee_items=[v(9), '0'], procurement=[v(20), r.choice(['0', '251000元', '160.5964万元', '36.5'])]), split))
        self.h(1, r.choice(['收到和处理政府信息公开申请情况', '行政机关收到和处理政府信息公开申请情况', '收到和处理政府信息公开申请情况']))
        blank = r.random() < .15
        self.break_figures(f, rem, four, blank)
        self.t(forms.matrix(f, four, r, blank))
        self.h(1, r.choice(['政府信息公开行政复议、行政诉讼情况', '因政府信息公开工作被申请行政复议、提起行政诉讼情况', '政府信息公开行政复议和行政诉讼情况']))
        if r.random() < .3 and rec == 0 and lit == 0:
            self.p(p.remedies(rec, lit, self.own))
        self.t(forms.remedies(rem, blank and r.random() < .5))
        self.problems()
        if r.random() < .9:
            self.h(1, '其他需要报告的事项')
            self.p(r.choice([p.info_fee(self.own), '无。', '本年度无其他需要报告的事项。', p.info_fee(self.own) + self.fill()]) if four else r.choice(['无其他需要报告的事项。', '无']))

    def f3(self):
        self.f34(False)

    def f4(self):
        self.f34(True)

    def break_figures(self, f, rem, four, blank):
        """Plants a contradiction in a quarter of the reports."""
        r = self.rng
        col = 'F34.COL4' if four else 'F34.COL'
        self.report.checks_open = ['F34.SUB', 'F34.REM.LIT']
        if blank or r.random() > .3:
            return
        kind = r.choice(['flow', 'row', 'remedy', 'both'])
        if kind == 'flow':
            f['carried_out'][0] += 2
            f['carried_out'][6] += 2
            self.report.checks.append('F34.FLOW')
        elif kind == 'row':
            f['received'][6] += 3
            self.report.checks += ['F34.ROW', 'F34.FLOW']
            self.report.checks_open += ['N.TABLE', 'F34.NARR']
        elif kind == 'remedy':
            rem[4] += 1
            self.report.checks.append('F34.REM')
            self.report.checks_open += ['N.TABLE', 'F34.NARR']
        else:
            f['granted'][0] += 1
            f['granted'][6] += 1
            self.report.checks.append(col)
            self.report.checks_open += ['N.TABLE', 'F34.NARR']
        self.report.phenomena.add('contradiction_' + kind)

    def f2(self):
        r, p = self.rng, self.prose
        table = r.random() < .75
        ch = {c: r.randint(0, 900) for c in ('gazette', 'website', 'weibo', 'wechat', 'other')}
        items = max(max(ch.values()), r.randint(1, sum(ch.values()) + 1))
        rq = {c: r.choice([0, 0, r.randint(0, 40)]) for c in ('in_person', 'fax', 'online', 'letter')}
        received = sum(rq.values())
        self.h(1, r.choice(['概述', '基本情况', '总体情况', '政府信息公开工作总体情况']))
        self.p(r.choice(wording.OPENINGS).format(year=self.year, self=self.own), self.fill())
        self.h(1, r.choice(['主动公开政府信息情况', '政府信息主动公开情况', '主动公开情况']))
        if r.random() < .5:
            self.sub(r.choice(['公开内容', '主动公开的主要内容']), p.proactive(items, self.own), p.categories(items) if r.random() < .4 else '')
            self.sub(r.choice(['公开形式', '公开渠道']), self.fill(), p.distractor())
        else:
            self.p(p.proactive(items, self.own), self.fill())
        self.h(1, r.choice(['依申请公开政府信息情况', '政府信息依申请公开情况', '依申请公开情况', '政府信息依申请公开办理情况']))
        self.p(p.received(received, self.own), p.channels(rq) if received and r.random() < .4 else '')
        if r.random() < .7:
            self.h(1, r.choice(['政府信息公开的收费及减免情况', '收费和减免情况', '依申请公开收费及减免情况']))
            self.p(p.fees(self.own))
        rec, lit = r.choice([(0, 0), (0, 0), (r.randint(1, 9), r.randint(0, 4))])
        self.h(1, r.choice(['因政府信息公开申请行政复议、提起行政诉讼情况', '行政复议、行政诉讼情况', '复议、诉讼和申诉情况']))
        self.p(p.remedies(rec, lit, self.own))
        self.problems()
        if not table:
            return
        rows = {'disclosure.proactive.items|': items, 'documents.newly_disclosed|normative': r.randint(0, min(items, 9)), 'documents.issued|normative': 12}
        rows.update({'disclosure.proactive.by_channel|' + c: n for c, n in ch.items()})
        rows.update({'requests.received.by_channel|' + c: n for c, n in rq.items()})
        parts = [r.randint(0, received) // 3 for _ in range(3)]
        granted = received - sum(parts) if sum(parts) <= received else received
        parts = parts if sum(parts) <= received else [0, 0, 0]
        rows.update({'requests.received|': received, 'requests.closed|': received, 'requests.closed.by_timeliness|on_time': received, 'requests.closed.by_timeliness|extended': 0,
                     'requests.outcome.total|': received, 'requests.outcome.already_public|': parts[0], 'requests.outcome.granted|': granted, 'requests.outcome.granted_in_part|': 0,
                     'requests.outcome.denied|': parts[1], 'requests.outcome.denied.state_secret|': parts[1], 'requests.outcome.info_not_exist|': parts[2]})
        rows.update({'remedies.total|reconsideration': rec, 'remedies.upheld|reconsideration': rec, 'remedies.total|litigation': lit, 'remedies.upheld|litigation': lit})
        press = r.randint(0, 6)
        rows.update({'response.press_conferences|': press, 'response.press_conferences_principal|': r.randint(0, press), 'response.web_interviews|': 3, 'response.web_interviews_principal|': 1,
                     'response.hot_topics|': 1, 'response.interpretation_articles|': r.randint(0, 90), 'response.weibo_wechat_events|': 1, 'response.other_events|': 0,
                     'org.dedicated_bodies|': 1, 'org.reading_points|': r.randint(1, 9), 'org.staff_total|': 7, 'org.staff_full_time|': 2, 'org.staff_part_time|': 5,
                     'spending.dedicated_budget|': r.choice(['0', '3.5', '12']), 'training.meetings|': r.randint(0, 9), 'training.courses|': r.randint(0, 4), 'training.participants|': r.randint(0, 200)})
        broken = r.random() < .25
        if broken:
            kind = r.choice(['recv', 'staff', 'out'])
            if kind == 'recv':
                rows['requests.received.by_channel|letter'] += 3
                self.report.checks.append('F2.RECV')
            elif kind == 'staff':
                rows['org.staff_total|'] = 9
                self.report.checks.append('F2.STAFF')
            else:
                rows['requests.outcome.total|'] += 4
                self.report.checks.append('F2.OUT')
            self.report.phenomena.add('contradiction_f2')
        self.report.checks_open = ['F2.CLOSED_OUT', 'F2.RESP', 'F2.DOC', 'N.TABLE'] + (['F2.CLOSED'] if broken else [])
        values = {forms.f2_key(i, d): str(rows.get(forms.f2_key(i, d), 0)) for _, _, i, d, _ in forms.F2 if i}
        values['structural'] = r.choice(['——', '', '——'])
        self.h(1, r.choice(['附表', '政府信息公开情况统计表', '统计附表', '政府信息公开工作统计表']))
        codes = r.random() < .3
        if codes:
            self.report.phenomena.add('row_numbers')
        self.t(forms.national_table(r, values, codes))

    def f1(self, table=True):
        r, p = self.rng, self.prose
        items = r.randint(20, 15000)
        channel = {c: r.choice([0, 0, r.randint(0, 30)]) for c in ('in_person', 'fax', 'email', 'web_form', 'letter', 'other')}
        received = sum(channel.values())
        self.h(1, r.choice(['概述', '概 述', '基本情况', '概述']))
        if r.random() < .4:
            self.p(r.choice(wording.OPENINGS).format(year=self.year, self=self.own))
            self.sub(r.choice(['领导重视，机构健全', '加强组织领导']), self.fill())
            self.sub(r.choice(['完善制度，规范运作', '健全工作制度']), self.fill())
            self.sub(r.choice(['强化宣传，注重培训']), self.fill(), p.distractor())
        else:
            self.p(r.choice(wording.OPENINGS).format(year=self.year, self=self.own), self.fill())
        self.h(1, r.choice(['政府信息主动公开情况', '主动公开政府信息情况', '主动公开政府信息的情况']))
        self.p(p.proactive(items, self.own), p.fulltext(items) if r.random() < .5 else '')
        self.h(1, r.choice(['政府信息依申请公开情况', '依申请公开政府信息和不予公开政府信息的情况', '依申请公开政府信息情况']))
        self.p(p.received(received, self.own))
        v = None
        if r.random() < .7:
            self.h(1, '咨询情况' if r.random() < .7 else '咨询处理情况')
            s, v = p.consultation(self.own)
            self.p(s)
        self.h(1, r.choice(['复议、诉讼和申诉情况', '行政复议、行政诉讼情况']))
        self.p(p.remedies(0, 0, self.own))
        self.h(1, r.choice(['存在的主要问题和改进措施', '主要问题和改进措施']))
        self.p(r.choice(wording.PROBLEMS))
        self.p(r.choice(wording.IMPROVEMENTS))
        if not table:
            return
        rows = {'disclosure.proactive.items|': items, 'disclosure.proactive.items_fulltext|': items, 'documents.newly_disclosed|normative': r.randint(0, 9),
                'disclosure.on_request_catalogue.items|': r.randint(0, 20), 'requests.received|': received, 'requests.outcome.total|': received, 'requests.outcome.granted|': received,
                'disclosure.service_info.items|': r.choice(['', '8']), 'consultation.by_mode|online': v[0] if v else 0, 'consultation.by_mode|in_person': v[2] if v else 0,
                'consultation.by_mode|phone': v[1] if v else 0, 'website.visits_disclosure_column|': r.randint(0, 90000)}
        rows.update({'requests.received.by_channel|' + c: n for c, n in channel.items()})
        self.report.checks_open = ['N.TABLE', 'F1.DOCS']
        x = r.random()
        if x < .15 and received:
            rows['requests.outcome.granted|'] = received + 2
            self.report.checks.append('F1.OUT.GZ')
            self.report.phenomena.add('contradiction_f1')
        elif x < .3:
            rows['requests.received|'] = ''
            self.report.phenomena.add('blank_total')
        self.h(1, r.choice(['说明与附表', '附表', '说明和附表']))
        values = {forms.f2_key(x[1], x[2]): str(rows.get(forms.f2_key(x[1], x[2]), 0)) for t in forms.GZ for x in t[3]}
        self.t(*forms.annex_tables(r, values))

    def f1n(self):
        self.f1(False)
