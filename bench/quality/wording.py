"""Sentences of the reports: paraphrases that state an indicator, and sentences that state none."""

OPENINGS = [
    '{year}年，{self}认真贯彻落实《中华人民共和国政府信息公开条例》（以下简称《条例》），坚持以公开为常态、不公开为例外，不断提升政务公开工作水平。',
    '{year}年度，在上级部门的正确领导下，{self}高度重视政府信息公开工作，把它作为转变作风、依法行政的重要抓手。',
    '一年来，{self}围绕中心工作，进一步健全制度，细化任务，扎实推进政府信息公开各项工作。',
    '按照年初部署，{self}明确分管领导和专门科室，形成了主要领导负总责、分管领导具体抓的工作格局。']

INTRODUCTIONS = [
    '本报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）第五十条规定和国务院办公厅《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）要求编制。报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成。报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。如对本报告有疑问，请与{agency}办公室联系（地址：{place}路18号，邮编：{post}，电话：{phone}）。',
    '依据《中华人民共和国政府信息公开条例》规定，现公布{agency}{year}年政府信息公开工作年度报告。本报告中所列数据统计期限为{year}年1月1日至{year}年12月31日。',
    '根据《中华人民共和国政府信息公开条例》的要求，由{agency}编制本报告。全文包括概述、主动公开政府信息情况、依申请公开政府信息情况、复议诉讼情况、存在的主要问题和改进措施。本报告的电子版可以从门户网站（http://www.{pin}.gov.cn）下载。',
    '为保障公民、法人和其他组织依法获取政府信息，{agency}编制了本年度报告，数据统计截至{year}年12月31日。联系电话：{phone}。']

FILLERS = [
    '完善信息发布审核机制，落实先审查、后公开的要求，对拟发布的信息实行三审三校，确保内容准确、表述规范。',
    '加强门户网站和政务新媒体建设，优化栏目设置，及时更新内容，方便群众查询和监督。',
    '全年组织业务人员参加了上级举办的专题培训，进一步提高了工作人员的业务能力和保密意识。',
    '坚持以群众需求为导向，围绕民生实事、重点项目、财政资金等群众关心的事项加大公开力度。',
    '对照“五公开”要求梳理公开事项，动态调整主动公开基本目录，规范公开流程。',
    '强化监督考核，将信息公开工作纳入年度目标管理，定期开展自查自纠，对发现的问题限期整改。',
    '依托政务服务大厅、图书馆、档案馆等场所设置查阅点，配备必要的设施设备，为群众提供便利。',
    '健全依申请公开受理、登记、办理、答复、归档等环节的工作制度，严格按照法定时限答复申请人。']

PROBLEMS = [
    '虽然取得了一定成效，但与群众的期待相比仍有差距，主要表现在：一是公开内容的深度不够，政策解读形式较为单一；二是工作人员多为兼职，业务水平有待提高；三是栏目更新不够及时。',
    '存在的主要问题有信息公开的时效性还不强，公开的形式不够丰富，个别科室主动公开的意识不足。',
    '主要问题：政策解读质量不高，图文解读占比偏低；基层公开标准化水平有待提升。']
IMPROVEMENTS = [
    '下一步，将从以下方面改进：一是加强学习培训，提高业务能力；二是丰富解读形式，推行图解、视频等方式；三是健全常态化检查机制。',
    '今后将进一步健全机制，压实责任，拓宽渠道，努力推动信息公开工作再上新台阶。']

CN = '零一二三四五六七八九'


def chinese(n):
    if n < 10:
        return CN[n]
    if n < 100:
        return ('' if n < 20 else CN[n // 10]) + '十' + (CN[n % 10] if n % 10 else '')
    return str(n)


class Prose:
    """Draws sentences; `stated` gathers (id, dims, value, bound, optional)."""

    def __init__(self, rng, values):
        self.rng, self.values, self.stated = rng, values, []

    def number(self, n):
        r = self.rng.random()
        if n >= 10000 and r < .2:
            return '{:,}'.format(n)
        if 1 < n < 20 and r < .05:
            return chinese(n)
        if r < .08:
            return ' %d ' % n
        return str(n)

    def say(self, id_, dims, value, bound='exact', optional=False):
        self.stated.append((id_, dims, value, bound, optional))

    def bounded(self, n):
        """(words, value, bound)"""
        if n < 40 or self.rng.random() < .7:
            return self.number(n), n, 'exact'
        k = 10 ** (len(str(n)) - 1)
        low = n // k * k
        low = low if low > 0 else n
        form = self.rng.choice(['余', '多', '近', '约', '超过', '逾', '左右'])
        if form in '余多' and low >= 10:
            return '%d%s' % (low, form), low, 'more_than'
        if form == '近':
            return '近%d' % (low + k), low + k, 'less_than'
        if form == '约':
            return '约%d' % low, low, 'about'
        if form == '左右':
            return str(n), n, 'exact'
        return '%s%d' % (form, low), low, 'more_than'

    def proactive(self, n, own):
        w, v, b = self.bounded(n)
        u = self.rng.choice(['条', '条', '件', '篇'])
        self.say('disclosure.proactive.items', {}, v, b)
        t = self.rng.choice([
            '{y}年，{o}共主动公开政府信息{w}{u}。', '全年主动公开政府信息{w}{u}。', '截至{y}年12月31日，{o}本年度主动公开各类政府信息共计{w}{u}。',
            '{o}全年通过门户网站、政务新媒体等渠道主动公开政府信息{w}{u}。', '本年度{o}累计主动公开政府信息{w}{u}，公开率和及时率进一步提高。',
            '主动公开政府信息的数量为{w}{u}。', '{y}年度{o}主动公开信息{w}{u}。', '一年来，{o}共向社会主动公开政府信息{w}{u}。',
            '全年新增主动公开信息{w}{u}。', '{y}年{o}累计公开政府信息{w}{u}。'])
        return t.format(y=self.values['year'], o=own, w=w, u=u)

    def received(self, n, own):
        self.say('requests.received', {}, n)
        if n == 0:
            t = self.rng.choice(['{y}年，{o}未收到政府信息公开申请。', '本年度没有收到公民、法人和其他组织的政府信息公开申请。', '全年未收到依申请公开政府信息的申请。',
                                 '{y}年{o}没有收到依申请公开事项。', '{y}年，{o}未收到任何形式的政府信息公开申请。', '本年度{o}收到政府信息公开申请0件。',
                                 '{o}{y}年无依申请公开政府信息的申请。', '报告期内，{o}未接到要求公开政府信息的申请。', '{y}年度收到信息公开申请为零。'])
            return t.format(y=self.values['year'], o=own)
        t = self.rng.choice(['{y}年，{o}共收到政府信息公开申请{w}件。', '全年共收到依申请公开{w}件，均在法定期限内答复。', '{o}{y}年新收政府信息公开申请{w}件。',
                             '本年度{o}收到公民、法人或其他组织提出的政府信息公开申请{w}件，全部按时答复。', '{y}年度，共收到群众提交的政府信息公开申请{w}宗。',
                             '接收政府信息公开申请共{w}件，较上年增加12.5%。', '全年收到的政府信息公开申请共计{w}件。', '依申请公开方面，{o}收到申请{w}件，办理过程规范有序。'])
        return t.format(y=self.values['year'], o=own, w=self.number(n))

    def channels(self, parts):
        """parts: channel -> n, all named."""
        names = {'in_person': ['当面申请', '现场申请'], 'online': ['网络申请', '通过网络申请'], 'letter': ['信函申请', '邮寄申请'], 'fax': ['传真申请']}
        out = []
        for c, n in parts.items():
            self.say('requests.received.by_channel', {'channel': c}, n, optional=True)
            out.append('%s%d件' % (self.rng.choice(names[c]), n))
        return '其中，' + self.rng.choice(['，', '、', '；']).join(out) + '。'

    def outcomes(self, f):
        """A list of results in words."""
        words = [('granted', ['予以公开{n}件', '同意公开{n}件']), ('granted_in_part', ['部分公开{n}件', '予以部分公开{n}件']), ('denied', ['不予公开{n}件']),
                 ('cannot_provide', ['无法提供{n}件']), ('not_processed', ['不予处理{n}件']), ('other', ['其他处理{n}件'])]
        out = []
        for k, forms in words:
            if k in f and (f[k] or self.rng.random() < .3):
                out.append(self.rng.choice(forms).format(n=f[k]))
                self.say('requests.outcome.' + k, {}, f[k])
        return '办理结果为：' + '，'.join(out) + '。' if out else ''

    def remedies(self, rec, lit, own):
        r = self.rng
        if rec == 0 and lit == 0:
            self.say('remedies.total', {'procedure': 'reconsideration'}, 0)
            self.say('remedies.total', {'procedure': 'litigation'}, 0)
            t = r.choice(['{y}年，{o}未发生因政府信息公开引起的行政复议和行政诉讼。', '本年度没有因政府信息公开申请行政复议、提起行政诉讼的情况。', '{y}年度，{o}无行政复议、行政诉讼案件。',
                          '全年未发生涉及政府信息公开的行政复议、行政诉讼案件。', '{y}年因政府信息公开被申请行政复议0件，被提起行政诉讼0件。', '{o}未收到有关政府信息公开事务的行政复议申请和行政诉讼。'])
            return t.format(y=self.values['year'], o=own)
        self.say('remedies.total', {'procedure': 'reconsideration'}, rec)
        self.say('remedies.total', {'procedure': 'litigation'}, lit)
        t = r.choice(['{y}年，因政府信息公开引发行政复议{a}件、行政诉讼{b}件。', '全年发生政府信息公开行政复议案件{a}件，行政诉讼案件{b}件。', '本年度涉及政府信息公开的行政复议{a}起，行政诉讼{b}起。'])
        return t.format(y=self.values['year'], a=rec, b=lit)

    def fees(self, own):
        self.say('fees.requests_total', {}, 0)
        return self.rng.choice(['{y}年，{o}未收取任何依申请公开政府信息的费用。', '{o}在办理依申请公开政府信息过程中没有收取费用。', '全年依申请公开政府信息未收取检索、复制、邮寄等费用。']).format(
            y=self.values['year'], o=own)

    def info_fee(self, own):
        self.say('fees.info_processing.collected_amount', {}, 0, optional=True)
        self.say('fees.info_processing.collected_cases', {}, 0, optional=True)
        self.say('fees.info_processing.notices', {}, 0, optional=True)
        return self.rng.choice(['{y}年，{o}未收取信息处理费。', '本年度{o}未产生政府信息公开信息处理费。', '按照《政府信息公开信息处理费管理办法》，{o}{y}年度没有收取信息处理费的情况。',
                                '{y}年收取信息处理费0元。']).format(y=self.values['year'], o=own)

    def accountability(self):
        self.say('accountability.cases', {}, 0, optional=True)
        return self.rng.choice(['全年未发生责任追究事项。', '本年度没有因政府信息公开工作被追究责任的情况。'])

    def consultation(self, own):
        r = self.rng
        a, b, c = r.randint(3, 900), r.randint(2, 700), r.randint(5, 900)
        w, v, bd = self.bounded(a)
        self.say('consultation.by_mode', {'mode': 'online'}, v, bd)
        self.say('consultation.by_mode', {'mode': 'phone'}, b)
        self.say('consultation.by_mode', {'mode': 'in_person'}, c)
        return r.choice(['{y}年，{o}共接受网上咨询{a}人次，电话咨询{b}人次，现场咨询{c}人次。', '全年网上咨询{a}人次，咨询电话接听{b}人次，现场接待{c}人次。',
                         '{o}共处理网上咨询{a}人次、接听咨询电话{b}人次、现场接待咨询{c}人次。']).format(y=self.values['year'], o=own, a=w, b=b, c=c), (v, b, c)

    def fulltext(self, n):
        r = self.rng
        if r.random() < .5:
            self.say('disclosure.proactive.items_fulltext', {}, n)
            return '其中全文电子化的主动公开信息{}条。'.format(n)
        self.say('disclosure.proactive.fulltext_rate', {}, 100)
        return r.choice(['全文电子化率达100%。', '主动公开信息的全文电子化率为100%。'])

    def categories(self, n):
        r = self.rng
        names = ['机构职能类', '政策法规类', '规划计划类', '业务动态类', '其他类']
        left, out = n, []
        for i, name in enumerate(names):
            k = left if i == 4 else int(r.random() * left * .6)
            left -= k
            out.append('%s信息%d条' % (name, k))
        return '其中，' + r.choice(['，', '、', '；']).join(out) + '。'

    def distractor(self):
        """Numbers that are no indicator."""
        r = self.rng
        return r.choice(['举办政策宣讲活动%d场，发放宣传资料%d份，惠及群众%d人。' % (r.randint(2, 30), r.randint(100, 900), r.randint(100, 9000)),
                         '完成公文拟办%d件，办理“12345”政务服务便民热线工单%d件，满意率达%d%%。' % (r.randint(10, 99), r.randint(10, 999), r.randint(90, 99)),
                         '全年召开党组会议%d次，研究重点工作%d项。' % (r.randint(5, 30), r.randint(3, 40)),
                         '严格落实“四类过程性信息”和“三类内部事务信息”的界定标准，24小时内回应关切。',
                         '根据《条例》第二十条第（一）项、第二十一条的规定，对2个栏目进行了调整。',
                         '微信公众号现有粉丝%d人。' % r.randint(300, 90000)])
