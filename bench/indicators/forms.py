"""The statistical forms of every era as rows, with consistent figures drawn for them.

A row is (label, id, dims, unit). `id` is None for headings and for rows that map to nothing.
A `Values` object holds what the made-up agency did; rows read it by (id, dims).
"""
from collections import OrderedDict

APPLICANTS = ['natural_person', 'org.commercial', 'org.research', 'org.public_interest', 'org.legal_service', 'org.other']
APPLICANT_LABELS = ['自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他']
DENIED = ['state_secret', 'law_prohibited', 'safety_stability', 'third_party_rights', 'internal_affairs', 'process_info',
          'enforcement_file', 'administrative_query']
CANNOT = ['not_held', 'must_create', 'unclear_after_correction']
NOT_PROCESSED = ['petition_complaint', 'duplicate', 'published_material', 'excessive', 'reconfirm']
OTHER = ['correction_overdue', 'fee_unpaid', 'misc']
GZ_CHANNELS = ['in_person', 'fax', 'email', 'web_form', 'letter', 'other']


def key(i, **d):
    return (i, tuple(sorted(d.items())))


class Values(OrderedDict):
    """(id, dims) -> number or None (the agency left it out)."""

    def put(self, i, v, **d):
        self[key(i, **d)] = v
        return v

    def take(self, i, **d):
        return self.get(key(i, **d))


def split(rng, n, k, skew=3):
    """n as k non-negative parts, many of them zero."""
    w = [rng.random() ** skew if rng.random() < .75 else 0 for _ in range(k)]
    if not sum(w):
        w[rng.randrange(k)] = 1
    t = sum(w)
    parts = [int(n * x / t) for x in w]
    parts[max(range(k), key=lambda i: w[i])] += n - sum(parts)
    return parts


def draw_f1(rng, v, family, size):
    items = v.put('disclosure.proactive.items', rng.randint(20, 60) * size + rng.randint(0, 9))
    v.put('disclosure.proactive.items_fulltext', items - rng.choice([0, rng.randint(1, 9)]))
    docs = v.put('documents.newly_disclosed', max(0, min(items // 4, rng.randint(0, 9 * size // 2 + 1))), doc_type='normative')
    v.put('documents.official_disclosed', docs + rng.randint(1, max(2, items // 4)))
    v.put('disclosure.service_info.items', rng.randint(0, 40 * size))
    v.put('disclosure.on_request_catalogue.items', rng.randint(0, 30 * size))
    v.put('documents.official_state_secret', rng.choice([0, 0, 1, 2]))
    received = rng.choice([0, rng.randint(1, 9), rng.randint(3, 12 * size)])
    if family == 'AH':
        names = ['in_person', 'online', 'letter_fax']
    else:
        names = GZ_CHANNELS
    for c, p in zip(names, split(rng, received, len(names))):
        v.put('requests.received.by_channel', p, channel=c)
    v.put('requests.received', received)
    total = v.put('requests.outcome.total', max(0, received - rng.choice([0, 0, 0, 1])))
    O = 'requests.outcome.'
    if family == 'GZ':
        ids = ['granted', 'granted_in_part', 'denied', 'info_not_exist', 'not_this_agency', 'unclear']
    elif family == 'SH08':
        ids = ['granted', 'granted_in_part', 'not_government_info', 'info_not_exist', 'not_this_agency', 'unclear', 'not_processed.duplicate', 'denied']
    elif family == 'SH04':
        ids = ['granted', 'granted_in_part', 'refused_broad']
    elif family == 'FJ':
        ids = ['granted', 'granted_in_part', 'refused_broad', 'other']
    else:
        ids = ['granted', 'granted_in_part', 'denied', 'other']
    for i, p in zip(ids, split(rng, total, len(ids), 2)):
        v.put(O + i, p)
    if family == 'SH08':
        sub = ['state_secret', 'trade_secret', 'personal_privacy', 'process_info', 'safety_stability', 'other_statutory']
        for i, p in zip(sub, split(rng, v.take(O + 'denied'), 6)):
            v.put(O + 'denied.' + i, p)
    if family == 'SH04':
        sub = ['not_government_info', 'info_not_exist', 'not_this_agency', 'unclear'] + list(range(1, 7)) + ['refused_other_reason']
        for i, p in zip(sub, split(rng, v.take(O + 'refused_broad'), len(sub))):
            if isinstance(i, int):
                v.put(O + 'exempt_scope', p, scope_no=str(i))
            else:
                v.put(O + i, p)
    for m, k in (('online', 60), ('in_person', 40), ('phone', 90)):
        v.put('consultation.by_mode', rng.randint(0, k * size), mode=m)
    site = v.put('website.visits_site', rng.randint(3000, 90000) * size)
    v.put('website.visits_disclosure_column', site // rng.randint(3, 19))
    v.put('remedies.total', rng.choice([0, 0, 0, 1, 2]), procedure='reconsideration')
    v.put('remedies.total', rng.choice([0, 0, 0, 0, 1]), procedure='litigation')
    a = v.put('remedies.total', rng.choice([0, 0, 0, 2]), procedure='administrative_appeal')
    v.put('remedies.first_handling', min(a, rng.choice([0, 1])), procedure='administrative_appeal')
    v.put('remedies.total', rng.choice([0, 0, 1, 3]), procedure='complaint_report')
    pro = [0 if rng.random() < .7 else rng.randint(1, 90) for _ in range(5)]
    for i, p in zip(['postage', 'delivery', 'copy_paper', 'copy_cd', 'copy_floppy'], pro):
        v.put('fees.proactive.by_item', p, item=i)
    req = [0 if rng.random() < .6 else rng.randint(1, 120) for _ in range(7)]
    for i, p in zip(['search', 'postage', 'delivery', 'copy_paper', 'copy_cd', 'copy_floppy', 'other'], req):
        v.put('fees.requests.by_item', p, item=i)
    if family == 'SH08':
        for f, its in (('proactive', ['delivery']), ('requests', ['delivery', 'other'])):
            for i in its:
                v.put('fees.%s.by_item' % f, 0, item=i)
        pro[1], req[2], req[6] = 0, 0, 0
    v.put('fees.proactive_total', sum(pro))
    v.put('fees.requests_total', sum(req))
    v.put('fees.disclosure_total', sum(pro) + sum(req))
    ft, pt = rng.randint(0, 3), rng.randint(0, 12)
    v.put('org.staff_full_time', ft)
    v.put('org.staff_part_time', pt)
    v.put('org.staff_total', ft + pt)
    b = v.put('spending.dedicated_budget', rng.choice([0, rng.randint(1, 20), round(rng.uniform(.5, 9), 1)]))
    v.put('spending.actual', round(b * .8, 2))
    v.put('spending.litigation', rng.choice([0, 0, .5]))


def draw_f2(rng, v, size):
    items = v.put('disclosure.proactive.items', rng.randint(40, 200) * size + rng.randint(0, 9))
    docs = v.put('documents.newly_disclosed', min(items // 3, rng.randint(0, 6 * size)), doc_type='normative')
    v.put('documents.issued', docs + rng.choice([0, 0, rng.randint(1, 5)]), doc_type='normative')
    web = int(items * rng.uniform(.7, 1))
    rest = [rng.choice([0, rng.randint(0, items // 3)]) for _ in range(4)]
    if web + sum(rest) < items:
        web = items
    for c, p in zip(['gazette', 'website', 'weibo', 'wechat', 'other'], [rest[0], web] + rest[1:]):
        v.put('disclosure.proactive.by_channel', p, channel=c)
    R = 'response.'
    conf = v.put(R + 'press_conferences', rng.randint(0, 6))
    v.put(R + 'press_conferences_principal', min(conf, rng.randint(0, 2)))
    iv = v.put(R + 'web_interviews', rng.randint(0, 6))
    v.put(R + 'web_interviews_principal', min(iv, rng.randint(0, 3)))
    art = v.put(R + 'interpretation_articles', rng.randint(0, 15 * size))
    ww = v.put(R + 'weibo_wechat_events', rng.randint(0, 9))
    oe = v.put(R + 'other_events', rng.randint(0, 9))
    v.put(R + 'hot_topics', min(conf + iv + art + ww + oe, rng.randint(0, 9)))
    received = rng.choice([0, rng.randint(1, 9), rng.randint(3, 25 * size)])
    v.put('requests.received', received)
    for c, p in zip(['in_person', 'fax', 'online', 'letter'], split(rng, received, 4, 2)):
        v.put('requests.received.by_channel', p, channel=c)
    closed = v.put('requests.closed', max(0, received - rng.choice([0, 0, 0, 1])))
    late = rng.choice([0, 0, min(closed, rng.randint(0, 2))])
    v.put('requests.closed.by_timeliness', closed - late, timeliness='on_time')
    v.put('requests.closed.by_timeliness', late, timeliness='extended')
    O = 'requests.outcome.'
    v.put(O + 'total', closed)
    for i, p in zip(['already_public', 'granted', 'granted_in_part', 'denied', 'not_this_agency', 'info_not_exist', 'asked_to_correct', 'redirected'],
                    split(rng, closed, 8, 2)):
        v.put(O + i, p)
    for i, p in zip(['denied.state_secret', 'denied.trade_secret', 'denied.personal_privacy', 'denied.safety_stability', 'not_government_info',
                     'denied.other_statutory'], split(rng, v.take(O + 'denied'), 6)):
        v.put(O + i, p)
    for p in ('reconsideration', 'litigation'):
        t = v.put('remedies.total', rng.choice([0, 0, 0, rng.randint(1, 3 * size)]), procedure=p)
        for i, x in zip(['upheld', 'corrected', 'other'], split(rng, t, 3)):
            v.put('remedies.' + i, x, procedure=p)
    v.put('remedies.total', rng.choice([0, 0, 1, 4]), procedure='complaint_report')
    v.put('fees.requests_total', rng.choice([0, 0, 0, .02, 1.5]))
    v.put('org.dedicated_bodies', rng.randint(1, 2 + size))
    v.put('org.reading_points', rng.randint(1, 3 + size))
    ft, pt = rng.randint(0, 4), rng.randint(1, 6 + 2 * size)
    v.put('org.staff_full_time', ft)
    v.put('org.staff_part_time', pt)
    v.put('org.staff_total', ft + pt)
    v.put('spending.dedicated_budget', rng.choice([0, rng.randint(1, 30), round(rng.uniform(.5, 30), 2)]))
    v.put('training.meetings', rng.randint(0, 9))
    v.put('training.courses', rng.randint(0, 9))
    v.put('training.participants', rng.randint(0, 60 * size))


def draw_f34(rng, v, size, form, rules_maker):
    D = 'documents.'
    for t in ('regulation', 'normative'):
        z = t == 'regulation' and not rules_maker
        made = 0 if z else rng.randint(0, 5 * size)
        v.put(D + 'issued', made, doc_type=t)
        if form == 'F3':
            v.put(D + 'newly_disclosed', made, doc_type=t)
            v.put(D + 'disclosed_stock', 0 if z else made + rng.randint(0, 60 * size), doc_type=t)
        else:
            v.put(D + 'repealed', 0 if z else rng.randint(0, 3 * size), doc_type=t)
            v.put(D + 'in_force', 0 if z else made + rng.randint(1, 60 * size), doc_type=t)
    acts = ['license', 'penalty', 'coercion'] + (['other_external_service'] if form == 'F3' else [])
    for a in acts:
        if form == 'F3':
            n = v.put('admin_acts.items_prev_year', rng.randint(0, 40 * size), act=a)
            v.put('admin_acts.items_change', rng.choice([0, rng.randint(-min(n, 9), 20)]), act=a)
        v.put('admin_acts.decisions', rng.choice([0, rng.randint(0, 900 * size)]), act=a)
    if form == 'F3':
        n = v.put('admin_fees.items_prev_year', rng.randint(0, 20))
        v.put('admin_fees.items_change', rng.choice([0, -1 if n else 0, 2]))
        n = v.put('procurement.projects', rng.choice([0, rng.randint(1, 30)]))
        v.put('procurement.amount', 0 if not n else round(n * rng.uniform(.8, 90), rng.choice([0, 2, 4])))
    else:
        v.put('admin_fees.amount', rng.choice([0, round(rng.uniform(1, 9000), rng.choice([0, 2, 4]))]))
    O = 'requests.outcome.'
    leaves = ['granted', 'granted_in_part'] + ['denied.' + x for x in DENIED] + ['cannot_provide.' + x for x in CANNOT] + \
        ['not_processed.' + x for x in NOT_PROCESSED] + (['other'] if form == 'F3' else ['other.' + x for x in OTHER])
    weights = [rng.randint(5, 60) * size, rng.randint(0, 9) * size, rng.randint(0, 2), 0, rng.randint(0, 1), rng.randint(0, 3)] + [rng.randint(0, 1) for _ in range(2)]
    weights = rng.choice([0, 3, 9, 30, 60 * size])
    tot = {}
    for n, a in enumerate(APPLICANTS):
        total = weights if n == 0 else rng.choice([0, 0, rng.randint(0, max(1, weights // 6))])
        ps = split(rng, total, len(leaves), 3)
        for i, p in zip(leaves, ps):
            v.put(O + i, p, applicant=a)
            tot[i] = tot.get(i, 0) + p
        v.put(O + 'total', total, applicant=a)
        tot['total'] = tot.get('total', 0) + total
        cin = min(total, rng.choice([0, 0, rng.randint(0, 3)]))
        cout = rng.choice([0, 0, 0, rng.randint(0, 3)])
        v.put('requests.carried_in', cin, applicant=a)
        v.put('requests.carried_out', cout, applicant=a)
        v.put('requests.received', total + cout - cin, applicant=a)
        for i, x in (('requests.carried_in', cin), ('requests.carried_out', cout), ('requests.received', total + cout - cin)):
            tot[i] = tot.get(i, 0) + x
    for i, x in tot.items():
        v.put(i if i.startswith('requests.') else O + i, x)
    for p in ('reconsideration', 'litigation_direct', 'litigation_after_reconsideration'):
        ms = [rng.choice([0, 0, rng.randint(0, 2 * size)]) for _ in range(4)]
        for m, x in zip(('upheld', 'corrected', 'other', 'pending'), ms):
            v.put('remedies.' + m, x, procedure=p)
        v.put('remedies.total', sum(ms), procedure=p)


# ------------------------------------------------------------------ rows of the list forms
R = lambda label, i=None, unit='', **d: (label, i, d, unit)
C = 'requests.received.by_channel'
O = 'requests.outcome.'

GZ = {
    '主动公开情况统计': [R('主动公开信息数', 'disclosure.proactive.items', '条'),
                 R('其中：全文电子化的主动公开信息数', 'disclosure.proactive.items_fulltext', '条'),
                 R('新增的行政规范性文件数', 'documents.newly_disclosed', '条', doc_type='normative')],
    '依申请公开情况统计': [R('依申请公开信息目录数', 'disclosure.on_request_catalogue.items', '条'),
                  R('申请总数', 'requests.received', '条'),
                  R('其中：1.当面申请数', C, '条', channel='in_person'), R('2.传真申请数', C, '条', channel='fax'),
                  R('3.电子邮件申请数', C, '条', channel='email'), R('4.网上申请数', C, '条', channel='web_form'),
                  R('5.信函申请数', C, '条', channel='letter'), R('6.其他形式申请数', C, '条', channel='other'),
                  R('对申请的答复总数', O + 'total', '条'), R('其中：1.同意公开答复数', O + 'granted', '条'),
                  R('2.同意部分公开答复数', O + 'granted_in_part', '条'), R('3.不予公开答复数', O + 'denied', '条'),
                  R('4.信息不存在答复数', O + 'info_not_exist', '条'), R('5.非本机关政府信息答复数', O + 'not_this_agency', '条'),
                  R('6.申请内容不明确答复数', O + 'unclear', '条')],
    '咨询情况统计': [R('提供服务类信息数', 'disclosure.service_info.items', '条'),
               R('网上咨询数', 'consultation.by_mode', '人次', mode='online'), R('现场接待人数', 'consultation.by_mode', '人次', mode='in_person'),
               R('咨询电话接听数', 'consultation.by_mode', '宗次', mode='phone'),
               R('网站页面访问量', 'website.visits_site', '人次'), R('其中：政务公开专栏访问量', 'website.visits_disclosure_column', '人次')],
    '申诉情况统计表': [R('行政复议数', 'remedies.total', '件', procedure='reconsideration'), R('行政诉讼数', 'remedies.total', '件', procedure='litigation'),
                R('行政申诉数', 'remedies.total', '件', procedure='administrative_appeal'),
                R('其中：对本单位首次处理不满意的行政申诉数', 'remedies.first_handling', '件', procedure='administrative_appeal')],
}


def fees(other):
    P, Q = 'fees.proactive.by_item', 'fees.requests.by_item'
    a = [R('收取费用总数', 'fees.disclosure_total', '元'), R('主动公开信息收费总数', 'fees.proactive_total', '元'),
         R('其中：1.邮寄费', P, '元', item='postage')]
    b = [R('依申请提供信息收取费用', 'fees.requests_total', '元'), R('其中：1.检索费', Q, '元', item='search'), R('2.邮寄费', Q, '元', item='postage')]
    if other:
        a += [R('2.递送费', P, '元', item='delivery'), R('3.复制费（纸张）', P, '元', item='copy_paper'), R('4.复制费（光盘）', P, '元', item='copy_cd'),
              R('5.复制费（软盘）', P, '元', item='copy_floppy')]
        b += [R('3.递送费', Q, '元', item='delivery'), R('4.复制费（纸张）', Q, '元', item='copy_paper'), R('5.复制费（光盘）', Q, '元', item='copy_cd'),
              R('6.复制费（软盘）', Q, '元', item='copy_floppy'), R('7.其他收费', Q, '元', item='other')]
    else:
        a += [R('2.复制费（纸张）', P, '元', item='copy_paper'), R('3.复制费（光盘）', P, '元', item='copy_cd'), R('4.复制费（软盘）', P, '元', item='copy_floppy')]
        b += [R('3.复制费（纸张）', Q, '元', item='copy_paper'), R('4.复制费（光盘）', Q, '元', item='copy_cd'), R('5.复制费（软盘）', Q, '元', item='copy_floppy')]
    return a + b


STAFF = [R('政府信息公开指定专职人员数', 'org.staff_total', '人'), R('其中：1.全职人员', 'org.staff_full_time', '人'), R('2.兼职人员', 'org.staff_part_time', '人'),
         R('处理政府信息公开的专项经费', 'spending.dedicated_budget', '万元'), R('处理政府信息公开的实际支出', 'spending.actual', '万元'),
         R('与诉讼有关的总费用', 'spending.litigation', '万元')]
HEAD04 = GZ['主动公开情况统计'] + [R('提供服务类信息数', 'disclosure.service_info.items', '条'),
                           R('网站专栏页面访问量', 'website.visits_disclosure_column', '人次'), R('现场接待人数', 'consultation.by_mode', '人次', mode='in_person'),
                           R('网上咨询数', 'consultation.by_mode', '人次', mode='online'), R('咨询电话接听数', 'consultation.by_mode', '人次', mode='phone')]
APPEALS = GZ['申诉情况统计表']
SH04 = HEAD04 + GZ['依申请公开情况统计'][:8] + [R('对申请的答复总数', O + 'total', '条'), R('其中：1.同意公开答复数', O + 'granted', '条'),
                                       R('2.同意部分公开答复数', O + 'granted_in_part', '条'), R('3.否决公开答复总数', O + 'refused_broad', '条'),
                                       R('其中：(1)“非《规定》所指政府信息”数', O + 'not_government_info', '条'), R('(2)“信息不存在”数', O + 'info_not_exist', '条'),
                                       R('(3)“非本部门掌握”数', O + 'not_this_agency', '条'), R('(4)“申请内容不明确”数', O + 'unclear', '条')] + \
    [R('(%d)“免予公开范围%d”数' % (n + 4, n), O + 'exempt_scope', '条', scope_no=str(n)) for n in range(1, 7)] + \
    [R('(11)其它原因', O + 'refused_other_reason', '条')] + APPEALS + fees(True) + STAFF
SH08 = HEAD04[:2] + [R('公文类信息数', 'documents.official_disclosed', '条'), R('其中：新增的行政规范性文件数', 'documents.newly_disclosed', '条', doc_type='normative')] + HEAD04[3:] + \
    [GZ['依申请公开情况统计'][0], R('属于国家秘密的公文类信息数', 'documents.official_state_secret', '条')] + GZ['依申请公开情况统计'][1:8] + \
    [R('对申请的答复总数', O + 'total', '条'), R('1.同意公开答复数', O + 'granted', '条'), R('2.同意部分公开答复数', O + 'granted_in_part', '条'),
     R('3.非《规定》所指政府信息数', O + 'not_government_info', '条'), R('4.信息不存在数', O + 'info_not_exist', '条'), R('5.非本机关职权范围数', O + 'not_this_agency', '条'),
     R('6.申请内容不明确数', O + 'unclear', '条'), R('7.重复申请数', O + 'not_processed.duplicate', '条'), R('8.不予公开答复总数', O + 'denied', '条'),
     R('其中：（1）“国家秘密”数', O + 'denied.state_secret', '条'), R('（2）“商业秘密”数', O + 'denied.trade_secret', '条'),
     R('（3）“个人隐私”数', O + 'denied.personal_privacy', '条'), R('（4）“过程中信息且影响安全稳定”数', O + 'denied.process_info', '条'),
     R('（5）“危及安全和稳定”数', O + 'denied.safety_stability', '条'), R('（6）“法律法规规定的其他情形”数', O + 'denied.other_statutory', '条')] + APPEALS[:3] + fees(False) + STAFF
FJ = [R('一、主动公开政府信息情况'), R('主动公开政府信息数', 'disclosure.proactive.items', '条'),
      R('其中：1.政府网站', 'disclosure.proactive.by_channel', '条', channel='website'), R('2.政府公报', 'disclosure.proactive.by_channel', '条', channel='gazette'),
      R('二、依申请公开政府信息情况'), R('申请总数', 'requests.received', '件'), R('其中：1.当面申请数', C, '件', channel='in_person'), R('2.传真申请数', C, '件', channel='fax'),
      R('3.电子邮件申请数', C, '件', channel='email'), R('4.网上申请数', C, '件', channel='web_form'), R('5.信函申请数', C, '件', channel='letter'), R('6.其它形式申请数', C, '件', channel='other'),
      R('对申请的答复总数', O + 'total', '件'), R('其中：1.同意公开答复数', O + 'granted', '件'), R('2.同意部分公开答复数', O + 'granted_in_part', '件'),
      R('3.否决公开答复数', O + 'refused_broad', '件'), R('4.其他类型答复数', O + 'other', '件'), R('三、复议、诉讼、申诉情况')] + APPEALS[:3]
AH = [R('一、主动公开信息数', 'disclosure.proactive.items', '条'), R('二、依申请公开情况'), R('1.信息公开申请数', 'requests.received', '件'), R('其中：①当面申请数', C, '件', channel='in_person'),
      R('②网上填表及电子邮件申请数', C, '件', channel='online'), R('③信函及传真申请数', C, '件', channel='letter_fax'), R('2.对申请的答复数', O + 'total', '件'),
      R('其中：①同意公开数', O + 'granted', '件'), R('②同意部分公开数', O + 'granted_in_part', '件'), R('③不予公开数', O + 'denied', '件'), R('④其他情况', O + 'other', '件'),
      R('三、有关政府信息公开投诉数', 'remedies.total', '件', procedure='complaint_report'), R('四、有关政府信息公开行政复议数', 'remedies.total', '件', procedure='reconsideration'),
      R('五、有关政府信息公开行政诉讼数', 'remedies.total', '件', procedure='litigation')]
Y = 'disclosure.proactive.by_channel'
F2 = [R('一、主动公开情况'), R('（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）', 'disclosure.proactive.items', '条'),
      R('其中：主动公开规范性文件数', 'documents.newly_disclosed', '条', doc_type='normative'), R('制发规范性文件总数', 'documents.issued', '件', doc_type='normative'),
      R('（二）通过不同渠道和方式公开政府信息的情况'), R('1．政府公报公开政府信息数', Y, '条', channel='gazette'), R('2．政府网站公开政府信息数', Y, '条', channel='website'),
      R('3．政务微博公开政府信息数', Y, '条', channel='weibo'), R('4．政务微信公开政府信息数', Y, '条', channel='wechat'), R('5．其他方式公开政府信息数', Y, '条', channel='other'),
      R('二、回应解读情况'), R('（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）', 'response.hot_topics', '次'),
      R('（二）通过不同渠道和方式回应解读的情况'), R('1．参加或举办新闻发布会总次数', 'response.press_conferences', '次'),
      R('其中：主要负责同志参加新闻发布会次数', 'response.press_conferences_principal', '次'), R('2．政府网站在线访谈次数', 'response.web_interviews', '次'),
      R('其中：主要负责同志参加政府网站在线访谈次数', 'response.web_interviews_principal', '次'), R('3．政策解读稿件发布数', 'response.interpretation_articles', '篇'),
      R('4．微博微信回应事件数', 'response.weibo_wechat_events', '次'), R('5．其他方式回应事件数', 'response.other_events', '次'),
      R('三、依申请公开情况'), R('（一）收到申请数', 'requests.received', '件'), R('1．当面申请数', C, '件', channel='in_person'), R('2．传真申请数', C, '件', channel='fax'),
      R('3．网络申请数', C, '件', channel='online'), R('4．信函申请数', C, '件', channel='letter'), R('（二）申请办结数', 'requests.closed', '件'),
      R('1．按时办结数', 'requests.closed.by_timeliness', '件', timeliness='on_time'), R('2．延期办结数', 'requests.closed.by_timeliness', '件', timeliness='extended'),
      R('（三）申请答复数', O + 'total', '件'), R('1．属于已主动公开范围数', O + 'already_public', '件'), R('2．同意公开答复数', O + 'granted', '件'),
      R('3．同意部分公开答复数', O + 'granted_in_part', '件'), R('4．不同意公开答复数', O + 'denied', '件'), R('其中：涉及国家秘密', O + 'denied.state_secret', '件'),
      R('涉及商业秘密', O + 'denied.trade_secret', '件'), R('涉及个人隐私', O + 'denied.personal_privacy', '件'),
      R('危及国家安全、公共安全、经济安全和社会稳定', O + 'denied.safety_stability', '件'), R('不是《条例》所指政府信息', O + 'not_government_info', '件'),
      R('法律法规规定的其他情形', O + 'denied.other_statutory', '件'), R('5．不属于本行政机关公开数', O + 'not_this_agency', '件'), R('6．申请信息不存在数', O + 'info_not_exist', '件'),
      R('7．告知作出更改补充数', O + 'asked_to_correct', '件'), R('8．告知通过其他途径办理数', O + 'redirected', '件')]
for _n, _p, _l, _w in (('四', 'reconsideration', '行政复议', '维持具体行政行为数'), ('五', 'litigation', '行政诉讼', '维持具体行政行为或者驳回原告诉讼请求数')):
    F2 += [R('%s、%s数量' % (_n, _l), 'remedies.total', '件', procedure=_p), R('（一）' + _w, 'remedies.upheld', '件', procedure=_p),
           R('（二）被依法纠错数', 'remedies.corrected', '件', procedure=_p), R('（三）其他情形数', 'remedies.other', '件', procedure=_p)]
F2 += [R('六、举报投诉数量', 'remedies.total', '件', procedure='complaint_report'), R('七、依申请公开信息收取的费用', 'fees.requests_total', '万元'), R('八、机构建设和保障经费情况'),
       R('（一）政府信息公开工作专门机构数', 'org.dedicated_bodies', '个'), R('（二）设置政府信息公开查阅点数', 'org.reading_points', '个'),
       R('（三）从事政府信息公开工作人员数', 'org.staff_total', '人'), R('1．专职人员数（不包括政府公报及政府网站工作人员数）', 'org.staff_full_time', '人'), R('2．兼职人员数', 'org.staff_part_time', '人'),
       R('（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）', 'spending.dedicated_budget', '万元'),
       R('九、政府信息公开会议和培训情况'), R('（一）召开政府信息公开工作会议或专题会议数', 'training.meetings', '次'), R('（二）举办各类培训班数', 'training.courses', '次'),
       R('（三）接受培训人员数', 'training.participants', '人次')]
F2_TAIL = F2[10:20] + F2[-11:]
MATRIX_ROWS = [('一、本年新收政府信息公开申请数量', None, 'requests.received'), ('二、上年结转政府信息公开申请数量', None, 'requests.carried_in'),
               ('（一）予以公开', None, O + 'granted'), ('（二）部分公开（区分处理的，只计这一情形，不计其他情形）', None, O + 'granted_in_part')] + \
    [(l, '（三）不予公开', O + 'denied.' + i) for l, i in zip(['1.属于国家秘密', '2.其他法律行政法规禁止公开', '3.危及“三安全一稳定”', '4.保护第三方合法权益', '5.属于三类内部事务信息',
                                                      '6.属于四类过程性信息', '7.属于行政执法案卷', '8.属于行政查询事项'], DENIED)] + \
    [(l, '（四）无法提供', O + 'cannot_provide.' + i) for l, i in zip(['1.本机关不掌握相关政府信息', '2.没有现成信息需要另行制作', '3.补正后申请内容仍不明确'], CANNOT)] + \
    [(l, '（五）不予处理', O + 'not_processed.' + i) for l, i in zip(['1.信访举报投诉类申请', '2.重复申请', '3.要求提供公开出版物', '4.无正当理由大量反复申请',
                                                             '5.要求行政机关确认或重新出具已获取信息'], NOT_PROCESSED)]
MATRIX = {
    'F3': MATRIX_ROWS + [('（六）其他处理', None, O + 'other'), ('（七）总计', None, O + 'total'), ('四、结转下年度继续办理', None, 'requests.carried_out')],
    'F4': MATRIX_ROWS + [(l, '（六）其他处理', O + 'other.' + i) for l, i in zip(['1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
                                                                       '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请', '3.其他'], OTHER)] +
    [('（七）总计', None, O + 'total'), ('四、结转下年度继续办理', None, 'requests.carried_out')],
}
