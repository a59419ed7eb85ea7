"""Sentences as officials write them, each with what a careful reader would note down – and sentences that hold nothing to note."""
import re

from forms import key

DIG = '零一二三四五六七八九'
FULL = str.maketrans('0123456789', '０１２３４５６７８９')


def chinese(n):
    if n < 10:
        return DIG[n]
    if n < 20:
        return '十' + (DIG[n - 10] if n > 10 else '')
    if n < 100:
        return DIG[n // 10] + '十' + (DIG[n % 10] if n % 10 else '')
    if n < 1000:
        r = n % 100
        return DIG[n // 100] + '百' + ('' if not r else ('零' + DIG[r] if r < 10 else DIG[r // 10] + '十' + (DIG[r % 10] if r % 10 else '')))
    return None


class Writer:
    def __init__(self, rng, v, era, year, agency, ph):
        self.r, self.v, self.era, self.year, self.agency, self.ph = rng, v, era, year, agency, ph
        self.ind = []
        self.fails = set()
        self.open = set()
        self.pct_style = rng.choice(['占总数的%s', '占%s', '占申请总数的%s'])
        self.small_cn = rng.random() < .12
        self.full = rng.random() < .08
        self.comma = rng.random() < .15
        self.me = rng.choice(['我局', '本机关', '我单位', '我委', '本单位'])
        self.space = rng.choice(['', '', '', ' '])
        self.section = None
        self.said = set()

    def pick(self, *a):
        return self.r.choice(a)

    def say(self, i, value, bound='exact', optional=False, unit=None, **dims):
        x = dict(id=i, dims=dims, value=value, status='reported', bound=bound, unit=unit, raw=None, **{'from': {'section': self.section}})
        if optional:
            x['optional'] = True
        self.ind.append(x)

    def num(self, n, mw='', approx=True):
        """(text, value, bound) that is true of n."""
        r = self.r
        if approx and n >= 60 and r.random() < .22 and float(n).is_integer():
            k = len(str(int(n))) - 1
            base = int(n) // 10 ** k * 10 ** k
            self.ph.add('bounds')
            if n >= 20000:
                w = int(n) // 10000
                h = r.choice([0, 1])
                if h:
                    w1 = int(n) // 1000 / 10
                    if n != w1 * 10000:
                        return '%s%s余%s' % (('%g' % w1), '万', mw), round(w1 * 10000), 'more_than'
                if n != w * 10000:
                    return '%d万%s%s' % (w, r.choice(['余', '多']), mw), w * 10000, 'more_than'
            if base != n:
                how = r.choice(['余', '多', '近', '逾', '超过', '以上', '约'])
                up = base + 10 ** k
                if how in '余多':
                    return '%d%s%s' % (base, how, mw), base, 'more_than'
                if how == '近' and n > up * .95:
                    return '近%d%s' % (up, mw), up, 'less_than'
                if how in ('逾', '超过'):
                    return '%s%d%s' % (how, base, mw), base, 'more_than'
                if how == '以上':
                    return '%d%s以上' % (base, mw), base, 'more_than'
                q = 10 ** max(1, k - 1)
                a = int(round(n / q)) * q
                if how == '约' and a != n:
                    return '约%d%s' % (a, mw), a, 'about'
        if float(n).is_integer():
            n = int(n)
            s = str(n)
            if self.small_cn and 0 < n < 400 and mw:
                s = '两' if n == 2 else chinese(n)
                self.ph.add('chinese_numerals')
            elif self.comma and n >= 1000:
                s = '{:,}'.format(n)
                self.ph.add('thousands')
            elif self.full:
                s = s.translate(FULL)
                self.ph.add('full_width')
        else:
            s = '%g' % n
        return self.space + s + self.space + mw, n, 'exact'

    def st(self, i, n, mw, approx=True, off=0, **dims):
        """Number text for an indicator, noted at once."""
        t, val, b = self.num(n + off, mw, approx and not off)
        self.say(i, val, b, unit=mw, **dims)
        return t

    def growth(self):
        r = self.r
        if r.random() > .3:
            return ''
        self.ph.add('growth')
        return r.choice(['，同比增长%.1f%%', '，比上年增加%d件' % r.randint(1, 60) + '%.0s', '，较去年同期下降%.2f%%', '，与上年相比减少%.1f个百分点', '，同比上升%d成' % r.randint(1, 4) + '%.0s']) % r.uniform(1, 90)

    # ------------------------------------------------------------ topics
    def start(self):
        y = self.year
        return self.pick('%d年，' % y, '%d年度，' % y, '本年度，', '全年', '今年以来，', '一年来，', '%d年1月1日至12月31日，' % y, '')

    def who(self):
        return self.pick(self.me, self.me, '', self.agency)

    def received(self, off=0):
        v, r = self.v, self.r
        n = v.take('requests.received')
        if n is None:
            return None
        if n + off == 0:
            self.ph.add('negation')
            self.say('requests.received', 0)
            return self.start() + self.who() + self.pick('未收到政府信息公开申请', '没有收到公民、法人或其他组织提出的政府信息公开申请', '未收到任何形式的政府信息公开申请', '未接到要求公开政府信息的申请', '收到政府信息公开申请0件') + '。'
        mw = self.pick('件', '件', '宗', '份', '条')
        t = self.st('requests.received', n, mw, off=off)
        s = self.start() + self.who() + self.pick('共收到政府信息公开申请%s', '收到依申请公开政府信息申请%s', '新收政府信息公开申请共计%s', '收到公民、法人和其他组织提出的政府信息公开申请%s', '共收到群众提交的信息公开申请%s',
                                                  '累计收到信息公开申请%s' if False else '收到的政府信息公开申请为%s', '政府信息公开申请收到%s') % t
        names = dict(in_person=['当面申请', '现场申请', '当面提交'], fax=['传真申请', '以传真方式申请'], email=['电子邮件申请', '通过电子邮件申请'], web_form=['网上申请'], online=['网络申请', '通过网络申请'],
                     letter=['信函申请', '邮寄信函申请', '通过信函申请'], letter_fax=['信函及传真申请'], other=['其他形式申请', '其他方式申请'])
        chs = [(c, v.take('requests.received.by_channel', channel=c)) for c in names]
        chs = [(c, x) for c, x in chs if x]
        if chs and not off and r.random() < .6 and all(x is not None for _, x in chs):
            self.ph.add('enumeration')
            lead = self.pick('，其中', '，其中：', '。其中，', '。其中：')
            style = self.pick('plain', 'plain', 'pct', 'rev')
            items = []
            for c, x in chs:
                nm = self.pick(*names[c])
                val = self.st('requests.received.by_channel', x, mw, approx=False, channel=c)
                if style == 'pct':
                    p = 100.0 * x / n
                    ps = '%.1f%%' % p if not float('%.1f' % p).is_integer() else '%.1f%%' % p
                    items.append(nm + val + '，' + self.pct_style % ps)
                    self.ph.add('percentages')
                elif style == 'rev' and c in ('in_person', 'letter', 'online'):
                    items.append(nm + self.pick('的', '的有', '') + val)
                else:
                    items.append(nm + val)
            s += lead + self.pick('、', '，', '；').join(items) if style != 'pct' else lead + '；'.join(items)
        else:
            s += self.growth()
        return s + '。'

    def accepted(self):
        n = self.v.take('requests.received')
        if not n:
            return None
        return self.start() + self.who() + self.pick('共受理政府信息公开申请%s', '受理依申请公开事项%s', '受理公民提出的政府信息公开申请%s') % self.st('requests.accepted', n, self.pick('件', '宗')) + '。'

    def answered(self):
        v, r = self.v, self.r
        n = v.take('requests.outcome.total')
        if not n:
            return None
        mw = self.pick('件', '件', '宗')
        names = {'granted': ['予以公开', '同意公开'], 'granted_in_part': ['部分公开', '同意部分公开'], 'denied': ['不予公开'], 'info_not_exist': ['信息不存在', '政府信息不存在'],
                 'not_this_agency': ['非本机关政府信息', '不属于本机关公开'], 'unclear': ['申请内容不明确'], 'already_public': ['属于已主动公开范围'],
                 'cannot_provide.not_held': ['本机关不掌握相关信息'], 'not_processed.duplicate': ['重复申请'], 'not_processed.petition_complaint': ['信访举报投诉类申请']}
        items = []
        for i in names:
            x = v.take('requests.outcome.' + i)
            if x:
                items.append((i, x))
        if self.era == 'F34':
            for sub in ('denied', 'cannot_provide', 'not_processed'):
                kids = [x for (i, d), x in v.items() if i.startswith('requests.outcome.%s.' % sub) and not d]
                if kids and None not in kids and sum(kids) and r.random() < .4:
                    items = [(i, x) for i, x in items if not i.startswith(sub)] + [(sub, sum(kids))]
            names.update(cannot_provide=['无法提供'], not_processed=['不予处理'])
        s = self.pick('对上述申请，', '已办结的申请中，', '') if False else ''
        s += self.start() + self.pick('共答复政府信息公开申请%s', '作出答复%s', '对申请的答复总数为%s', '共答复申请%s', '答复信息公开申请共%s') % self.st('requests.outcome.total', n, mw)
        if items and r.random() < .75:
            self.ph.add('enumeration')
            pc = r.random() < .25
            parts = []
            for i, x in items:
                t = self.pick(*names[i]) + self.pick('', '', '的', '答复') .replace('答复', '答复' if i in ('granted', 'granted_in_part', 'denied') else '') + self.st('requests.outcome.' + i, x, mw, approx=False)
                if pc:
                    t += '，占%.1f%%' % (100.0 * x / n)
                    self.ph.add('percentages')
                parts.append(t)
            s += self.pick('，其中', '，其中：', '。其中：') + ('；' if pc else self.pick('，', '、', '；')).join(parts)
        return s + '。'

    def carried(self):
        v = self.v
        if self.era != 'F34':
            return None
        i, o, n = v.take('requests.carried_in'), v.take('requests.carried_out'), v.take('requests.received')
        if None in (i, o, n) or not n:
            return None
        s = self.start() + '新收政府信息公开申请%s' % self.st('requests.received', n, '件', False)
        if i:
            s += '，上年结转%s' % self.st('requests.carried_in', i, '件', False)
        if o:
            s += self.pick('，结转下年度继续办理%s', '；结转下一年度%s') % self.st('requests.carried_out', o, '件', False)
        return s + '。'

    def closed(self):
        v = self.v
        n = v.take('requests.closed')
        if not n:
            return None
        s = self.start() + self.pick('共办结申请%s', '申请办结数为%s', '办结政府信息公开申请%s') % self.st('requests.closed', n, '件', False)
        a, b = [v.take('requests.closed.by_timeliness', timeliness=t) for t in ('on_time', 'extended')]
        if a is not None and b:
            s += '，其中按时办结%s、延期办结%s' % (self.st('requests.closed.by_timeliness', a, '件', False, timeliness='on_time'), self.st('requests.closed.by_timeliness', b, '件', False, timeliness='extended'))
        return s + '。'

    def remedies(self):
        v, r = self.v, self.r
        f1 = self.era == 'F1'
        c = v.take('remedies.total', procedure='reconsideration')
        if self.era == 'F34':
            a, b = v.take('remedies.total', procedure='litigation_direct'), v.take('remedies.total', procedure='litigation_after_reconsideration')
            l = None if a is None or b is None else a + b
        else:
            l = v.take('remedies.total', procedure='litigation')
        if c is None or l is None:
            return None
        if c == 0 and l == 0:
            self.ph.add('negation')
            self.say('remedies.total', 0, procedure='reconsideration')
            self.say('remedies.total', 0, procedure='litigation')
            if f1 and v.take('remedies.total', procedure='administrative_appeal') == 0 and r.random() < .5:
                self.say('remedies.total', 0, procedure='administrative_appeal')
                return self.start() + self.pick('未发生针对本单位有关政府信息公开事务的行政复议案、行政诉讼案和有关的申诉案', '没有发生因政府信息公开引起的行政复议、行政诉讼和申诉', '未受理任何复议、诉讼和申诉案件') + '。'
            return self.start() + self.pick('未发生因政府信息公开引发的行政复议和行政诉讼案件', '没有因政府信息公开工作被申请行政复议、提起行政诉讼的情况', '无因政府信息公开申请行政复议、提起行政诉讼的情况', '未收到涉及政府信息公开的行政复议、行政诉讼') + '。'
        s = self.start()
        if c and l:
            return s + self.pick('因政府信息公开被申请行政复议%s、提起行政诉讼%s', '发生政府信息公开行政复议案件%s，行政诉讼案件%s', '涉及政府信息公开的行政复议%s、行政诉讼%s') % (
                self.st('remedies.total', c, self.pick('件', '起'), False, procedure='reconsideration'), self.st('remedies.total', l, self.pick('件', '起'), False, procedure='litigation')) + '。'
        self.ph.add('negation')
        if c:
            s += self.pick('收到政府信息公开行政复议案件%s', '因政府信息公开被申请行政复议%s') % self.st('remedies.total', c, '件', False, procedure='reconsideration')
            self.say('remedies.total', 0, procedure='litigation')
            return s + self.pick('，未发生行政诉讼案件', '，没有行政诉讼案件', '；无行政诉讼') + '。'
        self.say('remedies.total', 0, procedure='reconsideration')
        return s + self.pick('未发生涉及政府信息公开的行政复议案件，行政诉讼案件%s', '没有因政府信息公开申请行政复议的案件；因政府信息公开被提起行政诉讼%s') % self.st('remedies.total', l, self.pick('件', '宗'), False, procedure='litigation') + '。'

    def consult(self):
        v = self.v
        m = {k: v.take('consultation.by_mode', mode=k) for k in ('online', 'in_person', 'phone')}
        if None in m.values() or not all(m.values()):
            return None
        u = self.pick('人次', '人次', '次')
        s = self.start() + self.who()
        tot = sum(m.values())
        head = self.pick('共接受公众咨询%s', '共接受咨询%s', '共受理各类政府信息咨询%s') % self.st('consultation.total', tot, u, False)
        nm = dict(online=self.pick('网上咨询', '在线咨询'), in_person=self.pick('当面咨询', '现场接待'), phone=self.pick('电话咨询', '咨询电话接听'))
        if self.r.random() < .5:
            self.ph.add('enumeration')
            return s + head + self.pick('，其中', '，其中：') + self.pick('、', '，').join(nm[k] + self.st('consultation.by_mode', m[k], u, False, mode=k) for k in nm) + '。'
        self.ind.pop()
        return s + '接受' + '，'.join(nm[k] + self.st('consultation.by_mode', m[k], u, mode=k) for k in nm).replace('现场接待', '当面咨询').replace('咨询电话接听', '电话咨询') + '。'

    def visits(self):
        n = self.v.take('website.visits_site')
        if n is None:
            n = self.r.randint(5000, 900000)
        i = 'website.visits_site'
        s = self.pick('网站总访问量达%s', '门户网站访问量为%s', '网站访问量%s', '全年网站页面访问量达到%s') % self.st(i, n, self.pick('次', '人次'))
        return self.pick('', '%d年，' % self.year) + s + self.growth().replace('件', '次') + '。'

    def items(self, off=0):
        v, r = self.v, self.r
        n = v.take('disclosure.proactive.items')
        if n is None:
            n = r.randint(100, 3000)
        u = '条'
        s = self.start() + self.who() + self.pick('主动公开政府信息%s', '共主动公开政府信息%s', '新增主动公开政府信息%s', '通过各种渠道主动公开政府信息共计%s') % self.st('disclosure.proactive.items', n, u, off == 0, off=off)
        if r.random() < .4:
            cats = [('org_function', ['机构职能类信息', '机构设置类信息' if False else '机构概况类信息']), ('regulation_document', ['政策法规类信息', '法规文件类信息']), ('plan', ['规划计划类信息']), ('business_dynamic', ['工作动态类信息', '业务动态类信息']),
                    ('personnel', ['人事信息类']), ('notice', ['通知公告类信息']), ('other', ['其他类信息'])]
            k = r.randint(3, 5)
            ch = sorted(r.sample(range(len(cats)), k))
            m = n + off
            ws = [r.random() for _ in ch]
            ps = [int(m * w / sum(ws)) for w in ws]
            ps[-1] += m - sum(ps)
            if min(ps) > 0 and self.ind[-1]['bound'] == 'exact':
                self.ph.add('enumeration')
                self.ph.add('categories')
                if self.plant == 'N.CAT':
                    ps[0] += r.randint(3, 40)
                    self.fails.add('N.CAT')
                    self.plant = None
                s += self.pick('，其中', '，其中：', '。其中：') + self.pick('，', '；', '、').join(
                    self.pick(*cats[c][1]) + self.st('disclosure.proactive.by_category', p, u, False, category=cats[c][0]) for c, p in zip(ch, ps))
                return s + '。'
        return s + self.growth().replace('件', '条') + '。'

    def channels(self):
        v = self.v
        chs = {c: v.take('disclosure.proactive.by_channel', channel=c) for c in ('gazette', 'website', 'weibo', 'wechat')}
        if not all(chs.values()):
            return None
        self.ph.add('enumeration')
        return self.pick('从公开渠道看，', '按公开方式分，', '') + self.pick('通过政府网站公开政府信息%s，政府公报公开%s，政务微博公开%s，政务微信公开%s', '政府网站公开%s、政府公报公开%s、政务微博公开%s、政务微信公开%s') % tuple(
            self.st('disclosure.proactive.by_channel', chs[c], '条', False, channel=c) for c in ('website', 'gazette', 'weibo', 'wechat')) + '。'

    def fees(self):
        r = self.r
        n = self.v.take('fees.requests_total')
        if self.era == 'F34':
            if r.random() < .5:
                self.ph.add('negation')
                for x in ('collected_amount',):
                    self.say('fees.info_processing.' + x, 0)
                for x in ('notices', 'notified_amount', 'collected_cases'):
                    self.say('fees.info_processing.' + x, 0, optional=True)
                return self.pick('本年度未收取信息处理费。', '%d年，%s未向申请人收取信息处理费。' % (self.year, self.me), '本年度没有收取信息处理费。')
            k, a = r.randint(1, 9), r.randint(1, 40) * 50
            return self.pick('%d年发出收费通知%s，收费通知总金额%s，实际收取信息处理费%s。', '本年度（%d年）发出收费通知%s，总金额%s，实际收取信息处理费%s。') % (
                self.year, self.st('fees.info_processing.notices', k, '件', False), self.st('fees.info_processing.notified_amount', a, '元', False), self.st('fees.info_processing.collected_amount', a, '元', False))
        if n == 0 or n is None:
            if n is None:
                return None
            self.ph.add('negation')
            self.say('fees.requests_total', 0)
            return self.pick('%s未就依申请公开政府信息收取任何费用。' % self.start(), '%s对依申请公开政府信息未收取费用。' % self.start())
        if self.era == 'F1':
            return '%s依申请公开政府信息共收取费用%s。' % (self.start(), self.st('fees.requests_total', n, '元', False))
        return None

    def staff(self):
        v = self.v
        a, b = v.take('org.staff_full_time'), v.take('org.staff_part_time')
        if not a or not b:
            return None
        return self.pick('%s配备专职工作人员%s、兼职工作人员%s', '目前%s有从事政府信息公开工作的专职人员%s，兼职人员%s', '%s现有政府信息公开专职人员%s、兼职人员%s') % (
            self.me, self.st('org.staff_full_time', a, self.pick('名', '人'), False), self.st('org.staff_part_time', b, self.pick('名', '人'), False)) + '。'

    def training(self):
        v = self.v
        a, b, c = v.take('training.meetings'), v.take('training.courses'), v.take('training.participants')
        if not a or not b or not c:
            return None
        return self.start() + self.pick('召开政府信息公开工作会议或专题会议%s，举办各类培训班%s，接受培训人员%s', '召开政府信息公开专题会议%s，举办政府信息公开培训班%s，培训人员%s') % (
            self.st('training.meetings', a, '次', False), self.st('training.courses', b, self.pick('次', '期'), False), self.st('training.participants', c, '人次')) + '。'

    def response(self):
        v = self.v
        a, b, c = [v.take('response.' + x) for x in ('press_conferences', 'web_interviews', 'interpretation_articles')]
        if not a or not b or not c:
            return None
        return self.start() + self.pick('参加或举办新闻发布会%s，开展政府网站在线访谈%s，发布政策解读稿件%s', '举办新闻发布会%s、在线访谈%s，发布政策解读稿件%s') % (
            self.st('response.press_conferences', a, self.pick('次', '场'), False), self.st('response.web_interviews', b, '次', False), self.st('response.interpretation_articles', c, '篇')) + '。'

    def jurisdiction(self):
        r = self.r
        self.ph.add('scope_words')
        n = r.randint(30, 900)
        if r.random() < .5:
            return self.start() + self.pick('全市各级行政机关共收到政府信息公开申请%s', '全区各部门共收到政府信息公开申请%s', '全县收到政府信息公开申请%s') % self.st('requests.received', n, '件', scope='jurisdiction') + '。'
        return self.start() + self.pick('全市主动公开政府信息%s', '全区各职能部门共主动公开政府信息%s', '全县各乡镇、各部门主动公开政府信息%s') % self.st('disclosure.proactive.items', n * 40 + 3, '条', scope='jurisdiction') + '。'

    def cumulative(self):
        self.ph.add('period_words')
        n = self.r.randint(300, 30000)
        y = self.year
        return self.pick('截至%d年12月31日，累计主动公开政府信息%%s' % y, '截止%d年底，%s累计主动公开政府信息%%s' % (y, self.me), '自2008年5月1日以来，累计主动公开政府信息%s') % self.st('disclosure.proactive.items', n, '条', period='cumulative') + '。'

    def trap(self):
        """A sentence without a figure of this report."""
        r, y = self.r, self.year
        self.ph.add('traps')
        n, m = r.randint(2, 90), r.randint(2, 40)
        return self.pick(
            '%d年，计划主动公开政府信息%d条以上，举办培训班%d期。' % (y + 1, n * 10, m % 5 + 1),
            '下一年度，力争收到的政府信息公开申请%d件全部按时答复。' % n if False else '下一步，力争%d年主动公开政府信息突破%d条。' % (y + 1, n * 100),
            '%d年共收到政府信息公开申请%d件。' % (y - 1, n),
            '上年度收到政府信息公开申请%d件，受理%d件。' % (n, n),
            '去年同期主动公开政府信息%d条。' % (n * 10),
            '根据《中华人民共和国政府信息公开条例》第%s条规定，行政机关收到政府信息公开申请，不能当场答复的，应当自收到申请之日起15个工作日内予以答复。' % chinese(n),
            '认真落实《关于做好政府信息依申请公开工作的意见》（国办发〔%d〕%d号），完善受理、答复各环节。' % (y - 1, n),
            '市财政局收到政府信息公开申请%d件，答复%d件。' % (n, n),
            '兄弟单位市规划局全年主动公开政府信息%d条，值得借鉴。' % (n * 10),
            '申请受理电话：020-8384%04d，传真：8384%04d，办公时间为工作日8:30至17:30。' % (n * 37, m * 53),
            '%d年上半年收到政府信息公开申请%d件。' % (y, n),
            '1至6月，主动公开政府信息%d条。' % (n * 7),
            '所有申请均在法定期限内答复。',
            '全年开展执法检查%d次，发放宣传资料%d份。' % (n, n * 100),
            '组织志愿服务活动%d场，参与群众%d人次。' % (m, m * 30),
            '共办理市长信箱来信%d件。' % n,
            '要求各科室在%d日内完成信息报送，逾期按照考核办法扣%d分。' % (m, m % 9 + 1),
            '第%s届人民代表大会第%s次会议期间，报送材料%d份。' % (chinese(m), chinese(m % 7 + 1), m),
            '办公地址：中山路%d号，邮政编码：510%03d。' % (n, n * 7),
            '如申请人%d人以上联合提出申请，应当推选代表。' % (m % 5 + 3))

    plant = None

    # ------------------------------------------------------------ the list of sentences
    def listed(self, lines):
        """One sentence of sentences.txt with figures drawn for its slots."""
        r = self.r
        text, zeros = r.choice(lines)
        self.ph.add('listed')
        text = text.replace('@', self.me).replace('全市', self.pick('全市', '全市'))
        text = text.replace('P年', '%d年' % (self.year - 1)).replace('N年', '%d年' % (self.year + 1)).replace('Y', str(self.year))

        def slot(m):
            ws = m.group(1).split(' ')
            i, unit, dims = ws[0], ws[-1], dict(w.split('=') for w in ws[1:-1])
            if unit == '%':
                n = r.choice([100, 96, 90.3])
            elif i.startswith(('disclosure', 'consultation', 'website')):
                n = r.randint(20, 9000)
            else:
                n = r.randint(2, 99)
            k = key(i.lstrip('?'), **dims)
            if self.v.get(k):
                n = self.v[k]
            n = int(n) if float(n).is_integer() else n
            if i.startswith('?'):
                t, val, b = self.num(n, unit, False)
                self.say(i[1:], val, b, optional=True, **dims)
                return t
            return self.st(i, n, unit, unit != '%', **dims)
        text = re.sub(r'\[([^\]]+)\]', slot, text)
        text = re.sub(r'\{([^}]*)\}', lambda m: m.group(1), text)
        for z in zeros:
            ws = z.split(' ')
            self.say(ws[0], 0, **dict(w.split('=') for w in ws[1:]))
        return text


def sentences(path):
    """The list by era: [(text, zeros)]."""
    out = {'1': [], '2': [], '3': []}
    for l in open(path, encoding='utf-8'):
        l = l.rstrip('\n')
        if not l or l.startswith('#'):
            continue
        f = l.split('\t')
        zeros = [z.strip() for z in f[2][2:].split(';')] if len(f) > 2 else []
        for e in f[0].split():
            out[e].append((f[1], [z for z in zeros if z]))
    return out


TOPICS = {
    'F1': [('overview', ['items', 'trap', 'jurisdiction']), ('proactive', ['items2', 'cumulative', 'trap']), ('on_request', ['received', 'accepted', 'answered', 'trap']),
           ('consultation', ['consult', 'visits']), ('fees', ['fees', 'staff']), ('remedies', ['remedies']), ('problems', ['trap'])],
    'F2': [('overview', ['trap', 'jurisdiction', 'staff']), ('proactive', ['items', 'channels', 'cumulative', 'trap']), ('response', ['response', 'trap']), ('on_request', ['received', 'closed', 'answered', 'trap', 'fees']),
           ('remedies_complaints', ['remedies', 'trap']), ('resources', ['training', 'staff']), ('problems', ['trap'])],
    'F34': [('overall', ['items', 'carried', 'received', 'trap', 'jurisdiction', 'visits']), ('overall.on_request', ['answered', 'accepted']), ('problems', ['trap']), ('other_matters', ['fees', 'remedies', 'trap'])],
}
HEADINGS = {'overview': '概述', 'proactive': '主动公开政府信息情况', 'on_request': '政府信息依申请公开情况', 'consultation': '咨询情况', 'fees': '政府信息公开的收费及减免情况', 'remedies': '复议、诉讼和申诉情况',
            'problems': '存在的主要问题及改进情况', 'response': '回应解读情况', 'remedies_complaints': '行政复议、行政诉讼和举报投诉情况', 'resources': '机构建设、保障经费和培训会议情况', 'overall': '总体情况',
            'overall.on_request': '依申请公开情况', 'other_matters': '其他需要报告的事项'}
FILLER = ['领导高度重视政府信息公开工作，进一步健全工作机制，明确分管领导和责任科室。', '严格执行保密审查制度，坚持先审查、后公开，确保公开内容准确规范。', '不断完善网站栏目设置，方便公众查询和获取信息。',
          '加强对基层单位的指导监督，推动公开工作制度化、规范化。', '注重听取群众意见，及时改进工作中的不足。']
