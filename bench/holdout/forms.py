"""Statistics forms of the four eras: rows as printed, figures that add up, and what each cell means."""

APPLICANTS = [('natural_person', '自然人'), ('org.commercial', '商业企业'), ('org.research', '科研机构'),
              ('org.public_interest', '社会公益组织'), ('org.legal_service', '法律服务机构'), ('org.other', '其他')]


class Table:
    """Cells as (text, rowspan, colspan) in source order, and what they say."""

    def __init__(self, caption=None, number=None, unit=None):
        self.rows, self.ind, self.caption, self.number, self.unit = [], [], caption, number, unit
        self.header_rows, self.optional = 1, []

    def row(self, *cells):
        self.rows.append([c if isinstance(c, tuple) else (c, 1, 1) for c in cells])
        return len(self.rows) - 1

    def grid(self):
        out, hang = [], {}
        for r, cells in enumerate(self.rows):
            line, col, queue = [], 0, list(cells)
            while queue or (r, col) in hang:
                if (r, col) in hang:
                    line.append(hang[(r, col)])
                    col += 1
                    continue
                text, rs, cs = queue.pop(0)
                for k in range(cs):
                    for d in range(1, rs):
                        hang[(r + d, col + k)] = text
                    line.append(text)
                col += cs
            out.append(line)
        width = max(map(len, out))
        return [line + [''] * (width - len(line)) for line in out]

    def note(self, id_, dims, label, raw, row, col, unit):
        value, status = read(raw)
        self.ind.append(dict(id=id_, dims=dims, label=label, value=value, status=status, bound='exact', unit=unit, raw=raw, at=(row, col)))


def read(raw):
    raw = raw.strip()
    if raw == '':
        return None, 'blank'
    if raw in ('/', '—', '--', '-', '\\'):
        return None, 'not_applicable'
    x = float(raw.replace(',', ''))
    return (int(x) if x == int(x) else x), 'reported'


def split(rng, total, n):
    """`total` as n parts, most of them small."""
    parts = [0] * n
    weights = [rng.random() ** 3 + .01 for _ in range(n)]
    for _ in range(total if total < 400 else 0):
        parts[rng.choices(range(n), weights)[0]] += 1
    if total >= 400:
        left = total
        for i in range(n - 1):
            parts[i] = min(left, int(total * weights[i] / sum(weights)))
            left -= parts[i]
        parts[-1] += left
    return parts


DENIED = [('state_secret', '1.属于国家秘密'), ('law_prohibited', '2.其他法律行政法规禁止公开'), ('safety_stability', '3.危及“三安全一稳定”'),
          ('third_party_rights', '4.保护第三方合法权益'), ('internal_affairs', '5.属于三类内部事务信息'), ('process_info', '6.属于四类过程性信息'),
          ('enforcement_file', '7.属于行政执法案卷'), ('administrative_query', '8.属于行政查询事项')]
CANNOT = [('not_held', '1.本机关不掌握相关政府信息'), ('must_create', '2.没有现成信息需要另行制作'), ('unclear_after_correction', '3.补正后申请内容仍不明确')]
NOTPROC = [('petition_complaint', '1.信访举报投诉类申请'), ('duplicate', '2.重复申请'), ('published_material', '3.要求提供公开出版物'),
           ('excessive', '4.无正当理由大量反复申请'), ('reconfirm', '5.要求行政机关确认或重新出具已获取信息')]
OTHER4 = [('correction_overdue', '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请'),
          ('fee_unpaid', '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请'), ('misc', '3.其他')]


def requests_matrix(rng, form, scale, plant):
    """The requests table of 2019 and 2021 on; returns table, totals and the rules it breaks."""
    groups = [('（三）不予公开', 'denied', DENIED), ('（四）无法提供', 'cannot_provide', CANNOT), ('（五）不予处理', 'not_processed', NOTPROC)]
    if form == 'F4':
        groups.append(('（六）其他处理', 'other', OTHER4))
    leaves = [('granted', '（一）予以公开'), ('granted_in_part', '（二）部分公开（区分处理的，只计这一情形，不计其他情形）')]
    for _, g, rows in groups:
        leaves += [(g + '.' + k, l) for k, l in rows]
    if form == 'F3':
        leaves.append(('other', '（六）其他处理'))
    carried_in = [rng.choice([0, 0, 1]) if scale else 0 for _ in APPLICANTS]
    total = [0] * 6
    for i, w in enumerate(split(rng, scale, 6)):
        total[i] = w
    cells = {k: [0] * 6 for k, _ in leaves}
    keys = list(cells)
    for i in range(6):
        spread = split(rng, total[i], len(keys))
        rng.shuffle(spread)
        for k, v in zip(keys, spread):
            cells[k][i] = v
    out = [rng.choice([0, 0, 0, 1, 2]) if total[i] else 0 for i in range(6)]
    carried_in = [min(c, total[i] + out[i]) for i, c in enumerate(carried_in)]
    received = [total[i] + out[i] - carried_in[i] for i in range(6)]
    book = dict(received=received, carried_in=carried_in, carried_out=out, total=total, **cells)
    for k in list(book):
        book[k] = book[k] + [sum(book[k])]
    fails = set()
    if plant == 'row':
        book['received'][6] += rng.randint(1, 9)
        fails = {'F34.ROW', 'F34.FLOW'}
    elif plant == 'col':
        k = rng.choice(keys)
        book[k][0] += 2
        book[k][6] += 2
        fails = {'F34.COL4' if form == 'F4' else 'F34.COL'}
    elif plant == 'flow':
        book['carried_out'][0] += 3
        book['carried_out'][6] += 3
        fails = {'F34.FLOW'}
    blank = rng.random() < .12
    dash = not blank and rng.random() < .05

    if blank or dash:  # what is left out cannot be summed: nothing is certain to fail
        fails = set()

    def show(v):
        return '' if blank and v == 0 else '/' if dash and v == 0 else str(v)
    t = Table()
    t.header_rows = 3
    t.row(('（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）', 3, 3), ('申请人情况', 1, 7))
    t.row(('自然人', 2, 1), ('法人或其他组织', 1, 5), ('总计', 2, 1))
    t.row(*[n for _, n in APPLICANTS[1:]])

    def line(label, key, id_, head):
        r = t.row(*head, *[show(v) for v in book[key]])
        for i, v in enumerate(book[key]):
            dims = {} if i == 6 else {'applicant': APPLICANTS[i][0]}
            t.note(id_, dims, label, show(v), r, 3 + i, '件')
    a, b, d = '一、本年新收政府信息公开申请数量', '二、上年结转政府信息公开申请数量', '四、结转下年度继续办理'
    line(a, 'received', 'requests.received', [(a, 1, 3)])
    line(b, 'carried_in', 'requests.carried_in', [(b, 1, 3)])
    n = len(leaves) + 1
    first = [('三、本年度办理结果', n, 1)]
    for k, l in leaves[:2]:
        line(l, k, 'requests.outcome.' + k, first + [(l, 1, 2)])
        first = []
    for name, g, rows in groups:
        lead = [(name, len(rows), 1)]
        for k, l in rows:
            line(l, g + '.' + k, 'requests.outcome.%s.%s' % (g, k), lead + [l])
            lead = []
    if form == 'F3':
        line('（六）其他处理', 'other', 'requests.outcome.other', [('（六）其他处理', 1, 2)])
    line('（七）总计', 'total', 'requests.outcome.total', [('（七）总计', 1, 2)])
    line(d, 'carried_out', 'requests.carried_out', [(d, 1, 3)])
    return t, book, fails


def proactive_matrix(rng, form, gov):
    t = Table()
    reg = rng.randint(0, 4) if gov else 0
    dash = rng.random() < .06

    def z(v):
        return '/' if dash and v == 0 else str(v)
    if form == 'F4':
        t.row(('第二十条第（一）项', 1, 4))
        t.row('信息内容', '本年制发件数', '本年废止件数', '现行有效件数')
        for label, dt, vals in (('规章', 'regulation', [reg, 0, reg * 3]), ('行政规范性文件', 'normative', [rng.randint(0, 9), rng.randint(0, 4), rng.randint(5, 60)])):
            r = t.row(label, *map(z, vals))
            for c, m in enumerate(('issued', 'repealed', 'in_force')):
                t.note('documents.' + m, {'doc_type': dt}, label, z(vals[c]), r, c + 1, '件')
        for art, rows in (('五', [('行政许可', 'license')]), ('六', [('行政处罚', 'penalty'), ('行政强制', 'coercion')])):
            t.row(('第二十条第（%s）项' % art, 1, 4))
            t.row('信息内容', ('本年处理决定数量', 1, 3))
            for label, act in rows:
                v = rng.choice([0, rng.randint(1, 90), rng.randint(100, 4000)])
                r = t.row(label, (z(v), 1, 3))
                t.note('admin_acts.decisions', {'act': act}, label, z(v), r, 1, '件')
        t.row(('第二十条第（八）项', 1, 4))
        t.row('信息内容', ('本年收费金额（单位：万元）', 1, 3))
        v = rng.choice(['0', '%.2f' % (rng.random() * 900 + 1), str(rng.randint(1, 80))])
        r = t.row('行政事业性收费', (v, 1, 3))
        t.note('admin_fees.amount', {}, '行政事业性收费', v, r, 1, '万元')
        return t
    t.row(('第二十条第（一）项', 1, 4))
    t.row('信息内容', '本年新制作数量', '本年新公开数量', '对外公开总数量')
    for label, dt, vals in (('规章', 'regulation', [reg, reg, reg * 4]), ('规范性文件', 'normative', [5, 4, 31])):
        if dt == 'normative':
            vals = [rng.randint(0, 12), rng.randint(0, 10), rng.randint(11, 80)]
        r = t.row(label, *map(z, vals))
        for c, m in enumerate(('issued', 'newly_disclosed', 'disclosed_stock')):
            t.note('documents.' + m, {'doc_type': dt}, label, z(vals[c]), r, c + 1, '件')
    for art, rows in (('五', [('行政许可', 'license'), ('其他对外管理服务事项', 'other_external_service')]), ('六', [('行政处罚', 'penalty'), ('行政强制', 'coercion')])):
        t.row(('第二十条第（%s）项' % art, 1, 4))
        t.row('信息内容', '上一年项目数量', '本年增/减', '处理决定数量')
        for label, act in rows:
            vals = [str(rng.randint(0, 60)), rng.choice(['0', '+3', '-2', '5', '-1']), str(rng.randint(0, 2500))]
            r = t.row(label, *vals)
            for c, m in enumerate(('items_prev_year', 'items_change', 'decisions')):
                t.note('admin_acts.' + m, {'act': act}, label, vals[c], r, c + 1, '项' if c < 2 else '件')
    t.row(('第二十条第（八）项', 1, 4))
    t.row('信息内容', '上一年项目数量', ('本年增/减', 1, 2))
    vals = [str(rng.randint(0, 9)), rng.choice(['0', '-1', '1'])]
    r = t.row('行政事业性收费', vals[0], (vals[1], 1, 2))
    t.note('admin_fees.items_prev_year', {}, '行政事业性收费', vals[0], r, 1, '项')
    t.note('admin_fees.items_change', {}, '行政事业性收费', vals[1], r, 2, '项')
    t.row(('第二十条第（九）项', 1, 4))
    t.row('信息内容', '采购项目数量', ('采购总金额', 1, 2))
    n = rng.randint(1, 40)
    amount = '%.2f' % (n * (rng.random() * 60 + 2))
    r = t.row('政府集中采购', str(n), (amount + '万元', 1, 2))
    t.note('procurement.projects', {}, '政府集中采购', str(n), r, 1, '个')
    t.ind.append(dict(id='procurement.amount', dims={}, label='政府集中采购', value=float(amount), status='reported', bound='exact', unit='万元', raw=amount + '万元', at=(r, 2)))
    return t


def remedies_matrix(rng, plant):
    t = Table()
    t.header_rows = 3
    names = ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计']
    t.row(('行政复议', 1, 5), ('行政诉讼', 1, 10))
    t.row(*[(n, 2, 1) for n in names], ('未经复议直接起诉', 1, 5), ('复议后起诉', 1, 5))
    t.row(*(names + names))
    vals, book, fails = [], [], set()
    for k in range(3):
        four = [rng.choice([0, 0, 0, 1, 2, rng.randint(0, 30)]) for _ in range(4)]
        vals += four + [sum(four)]
    if plant == 'remedies':
        vals[4] += 1
        fails = {'F34.REM'}
    r = t.row(*map(str, vals))
    for i, v in enumerate(vals):
        proc = ('reconsideration', 'litigation_direct', 'litigation_after_reconsideration')[i // 5]
        m = ('upheld', 'corrected', 'other', 'pending', 'total')[i % 5]
        t.note('remedies.' + m, {'procedure': proc}, names[i % 5], str(v), r, i, '件')
    return t, vals, fails


def _lines(t, rows, cols=1, sep='', width=3):
    """Rows of (label, unit, id, dims, value): label, unit, value(s)."""
    for label, unit, id_, dims, v in rows:
        if id_ is None:
            t.row(label, '——', '——')
            continue
        r = t.row(label, unit, v)
        t.note(id_, dims, label, v, r, 2, unit)


def national_table(rng, year, scale, plant):
    """The form of 2014 to 2018."""
    t = Table()
    t.row('统计指标', '单位', '统计数')
    ch = [rng.randint(0, 20), rng.randint(200, 4000), rng.randint(0, 900), rng.randint(0, 900), rng.randint(0, 60)]
    norm = rng.randint(0, 20)
    req = split(rng, scale, 4)
    late = min(scale, rng.randint(0, 2))
    outs = split(rng, scale, 8)
    deny = split(rng, outs[3], 6)
    fails = set()
    rec = [rng.randint(0, 5) for _ in range(3)]
    lit = [rng.randint(0, 3) for _ in range(3)]
    got = scale
    if plant == 'recv':
        got += 2
        fails.add('F2.RECV')
    full, part = rng.randint(0, 6), rng.randint(1, 9)
    press, talk = rng.randint(0, 12), rng.randint(0, 8)
    D, R, O = 'disclosure.proactive.', 'response.', 'requests.outcome.'
    S = str
    rows = [('一、主动公开情况', None, None, None, None),
            ('（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）', '条', D + 'items', {}, S(max(ch) + sum(ch) // 40)),
            ('其中：主动公开规范性文件数', '条', 'documents.newly_disclosed', {'doc_type': 'normative'}, S(norm)),
            ('制发规范性文件总数', '件', 'documents.issued', {'doc_type': 'normative'}, S(norm + 1)),
            ('（二）通过不同渠道和方式公开政府信息的情况', None, None, None, None)]
    for i, (k, l) in enumerate((('gazette', '政府公报'), ('website', '政府网站'), ('weibo', '政务微博'), ('wechat', '政务微信'), ('other', '其他方式'))):
        rows.append(('%d．%s公开政府信息数' % (i + 1, l), '条', D + 'by_channel', {'channel': k}, S(ch[i])))
    rows += [('二、回应解读情况', None, None, None, None),
             ('（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）', '次', R + 'hot_topics', {}, S(rng.randint(0, press + talk))),
             ('（二）通过不同渠道和方式回应解读的情况', None, None, None, None),
             ('1．参加或举办新闻发布会总次数', '次', R + 'press_conferences', {}, S(press)),
             ('其中：主要负责同志参加新闻发布会次数', '次', R + 'press_conferences_principal', {}, S(press // 2)),
             ('2．政府网站在线访谈次数', '次', R + 'web_interviews', {}, S(talk)),
             ('其中：主要负责同志参加政府网站在线访谈次数', '次', R + 'web_interviews_principal', {}, S(talk // 2)),
             ('3．政策解读稿件发布数', '篇', R + 'interpretation_articles', {}, S(rng.randint(0, 70))),
             ('4．微博微信回应事件数', '次', R + 'weibo_wechat_events', {}, S(rng.randint(0, 90))),
             ('5．其他方式回应事件数', '次', R + 'other_events', {}, S(rng.randint(0, 9))),
             ('三、依申请公开情况', None, None, None, None),
             ('（一）收到申请数', '件', 'requests.received', {}, S(got))]
    for i, (k, l) in enumerate((('in_person', '当面'), ('fax', '传真'), ('online', '网络'), ('letter', '信函'))):
        rows.append(('%d．%s申请数' % (i + 1, l), '件', 'requests.received.by_channel', {'channel': k}, S(req[i])))
    rows += [('（二）申请办结数', '件', 'requests.closed', {}, S(scale)),
             ('1．按时办结数', '件', 'requests.closed.by_timeliness', {'timeliness': 'on_time'}, S(scale - late)),
             ('2．延期办结数', '件', 'requests.closed.by_timeliness', {'timeliness': 'extended'}, S(late)),
             ('（三）申请答复数', '件', O + 'total', {}, S(scale)),
             ('1．属于已主动公开范围数', '件', O + 'already_public', {}, S(outs[0])),
             ('2．同意公开答复数', '件', O + 'granted', {}, S(outs[1])),
             ('3．同意部分公开答复数', '件', O + 'granted_in_part', {}, S(outs[2])),
             ('4．不同意公开答复数', '件', O + 'denied', {}, S(outs[3])),
             ('其中：涉及国家秘密', '件', O + 'denied.state_secret', {}, S(deny[0])),
             ('涉及商业秘密', '件', O + 'denied.trade_secret', {}, S(deny[1])),
             ('涉及个人隐私', '件', O + 'denied.personal_privacy', {}, S(deny[2])),
             ('危及国家安全、公共安全、经济安全和社会稳定', '件', O + 'denied.safety_stability', {}, S(deny[3])),
             ('不是《条例》所指政府信息', '件', O + 'not_government_info', {}, S(deny[4])),
             ('法律法规规定的其他情形', '件', O + 'denied.other_statutory', {}, S(deny[5])),
             ('5．不属于本行政机关公开数', '件', O + 'not_this_agency', {}, S(outs[4])),
             ('6．申请信息不存在数', '件', O + 'info_not_exist', {}, S(outs[5])),
             ('7．告知作出更改补充数', '件', O + 'asked_to_correct', {}, S(outs[6])),
             ('8．告知通过其他途径办理数', '件', O + 'redirected', {}, S(outs[7]))]
    for n, p, name, v, keep in (('四', 'reconsideration', '行政复议数量', rec, '维持具体行政行为数'), ('五', 'litigation', '行政诉讼数量', lit, '维持具体行政行为或者驳回原告诉讼请求数')):
        rows.append(('%s、%s' % (n, name), '件', 'remedies.total', {'procedure': p}, S(sum(v))))
        for i, (m, l) in enumerate((('upheld', keep), ('corrected', '被依法纠错数'), ('other', '其他情形数'))):
            rows.append(('（%s）%s' % ('一二三'[i], l), '件', 'remedies.' + m, {'procedure': p}, S(v[i])))
    rows += [('六、举报投诉数量', '件', 'remedies.total', {'procedure': 'complaint_report'}, S(rng.randint(0, 3))),
             ('七、依申请公开信息收取的费用', '万元', 'fees.requests_total', {}, rng.choice(['0', '0', '0.12', ''])),
             ('八、机构建设和保障经费情况', None, None, None, None),
             ('（一）政府信息公开工作专门机构数', '个', 'org.dedicated_bodies', {}, S(rng.randint(0, 9))),
             ('（二）设置政府信息公开查阅点数', '个', 'org.reading_points', {}, S(rng.randint(0, 30))),
             ('（三）从事政府信息公开工作人员数', '人', 'org.staff_total', {}, S(full + part)),
             ('1．专职人员数（不包括政府公报及政府网站工作人员数）', '人', 'org.staff_full_time', {}, S(full)),
             ('2．兼职人员数', '人', 'org.staff_part_time', {}, S(part)),
             ('（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）', '万元', 'spending.dedicated_budget', {}, rng.choice(['0', '5', '12.5', ''])),
             ('九、政府信息公开会议和培训情况', None, None, None, None),
             ('（一）召开政府信息公开工作会议或专题会议数', '次', 'training.meetings', {}, S(rng.randint(0, 9))),
             ('（二）举办各类培训班数', '次', 'training.courses', {}, S(rng.randint(0, 9))),
             ('（三）接受培训人员数', '人次', 'training.participants', {}, S(rng.randint(0, 400)))]
    _lines(t, rows)
    return t, fails


def local_tables(rng, scale, plant, kind):
    """Annex tables of 2008 to 2013: four small ones, or one long one."""
    items = rng.randint(60, 3000)
    req, fails = split(rng, scale, 6), set()
    outs = split(rng, scale, 6)
    got = scale
    if plant == 'recv':
        got += 1
        fails.add('F1.RECV')
    S, O = str, 'requests.outcome.'
    blank = rng.random() < .3
    B = (lambda v: '' if blank and v == 0 else S(v))
    if blank:
        fails = set()
    A1 = [('主动公开信息数', '条', 'disclosure.proactive.items', {}, S(items)),
          ('其中：全文电子化的主动公开信息数', '条', 'disclosure.proactive.items_fulltext', {}, S(items - rng.randint(0, 20))),
          ('新增的行政规范性文件数', '条', 'documents.newly_disclosed', {'doc_type': 'normative'}, S(rng.randint(0, 15)))]
    chan = [('in_person', '当面'), ('fax', '传真'), ('email', '电子邮件'), ('web_form', '网上'), ('letter', '信函'), ('other', '其他形式')]
    A2 = [('申请总数', '条', 'requests.received', {}, S(got))]
    A2 += [('%s%d.%s申请数' % ('其中：' if i == 0 else '', i + 1, l), '条', 'requests.received.by_channel', {'channel': k}, B(req[i])) for i, (k, l) in enumerate(chan)]
    A2.append(('对申请的答复总数', '条', O + 'total', {}, S(scale)))
    A2 += [('%s%d.%s' % ('其中：' if i == 0 else '', i + 1, l), '条', O + k, {}, B(outs[i])) for i, (k, l) in enumerate((
        ('granted', '同意公开答复数'), ('granted_in_part', '同意部分公开答复数'), ('denied', '不予公开答复数'), ('info_not_exist', '信息不存在答复数'),
        ('not_this_agency', '非本机关政府信息答复数'), ('unclear', '申请内容不明确答复数')))]
    A3 = [('提供服务类信息数', '条', 'disclosure.service_info.items', {}, B(rng.choice([0, rng.randint(3, 90)]))),
          ('网上咨询数', '人次', 'consultation.by_mode', {'mode': 'online'}, B(rng.randint(0, 500))),
          ('现场接待人数', '人次', 'consultation.by_mode', {'mode': 'in_person'}, B(rng.randint(0, 900))),
          ('咨询电话接听数', '人次', 'consultation.by_mode', {'mode': 'phone'}, B(rng.randint(0, 900))),
          ('网站专栏页面访问量', '人次', 'website.visits_disclosure_column', {}, S(rng.randint(1000, 600000)))]
    A4 = [('行政复议数', '件', 'remedies.total', {'procedure': 'reconsideration'}, B(rng.randint(0, 3))),
          ('行政诉讼数', '件', 'remedies.total', {'procedure': 'litigation'}, B(rng.randint(0, 2))),
          ('行政申诉数', '件', 'remedies.total', {'procedure': 'administrative_appeal'}, B(rng.randint(1, 2)))]
    if kind == 'long':
        t = Table(caption='政府信息公开情况统计表')
        t.row('指标', '单位', '数量')
        _lines(t, A1 + A3 + A2 + A4)
        return [t], fails
    if kind == 'coded':
        t = Table(caption='政府信息公开指标统计附表')
        t.row('指标名称', '代码', '计量单位', '本年数')
        for i, (label, unit, id_, dims, v) in enumerate(A1 + A2 + A3 + A4):
            r = t.row(label, '%02d' % (i + 1), unit, v)
            t.note(id_, dims, label, v, r, 3, unit)
        return [t], fails
    out = []
    for n, (cap, rows, unit) in enumerate((('主动公开情况统计', A1, '条'), ('依申请公开情况统计', A2, '条'), ('咨询情况统计', A3, None), ('复议、诉讼和申诉情况统计', A4, '件'))):
        t = Table(caption=cap, number='附表%d' % (n + 1), unit=unit)
        if unit:
            t.row('指标', '数量')
            for label, u, id_, dims, v in rows:
                r = t.row(label, v)
                t.note(id_, dims, label, v, r, 1, u)
        else:
            t.row('指标', '单位', '数量')
            _lines(t, rows)
        out.append(t)
    return out, fails
