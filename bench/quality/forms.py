"""The forms of the eras as tables, with figures that obey the identities unless one is broken on purpose."""
from model import Table, cell

APPLICANTS = ['natural_person', 'org.commercial', 'org.research', 'org.public_interest', 'org.legal_service', 'org.other', 'all']
DENIED = ['state_secret', 'law_prohibited', 'safety_stability', 'third_party_rights', 'internal_affairs', 'process_info',
          'enforcement_file', 'administrative_query']
DENIED_ZH = ['属于国家秘密', '其他法律行政法规禁止公开', '危及“三安全一稳定”', '保护第三方合法权益', '属于三类内部事务信息',
             '属于四类过程性信息', '属于行政执法案卷', '属于行政查询事项']
CANNOT = ['not_held', 'must_create', 'unclear_after_correction']
CANNOT_ZH = ['本机关不掌握相关政府信息', '没有现成信息需要另行制作', '补正后申请内容仍不明确']
SKIPPED = ['petition_complaint', 'duplicate', 'published_material', 'excessive', 'reconfirm']
SKIPPED_ZH = ['信访举报投诉类申请', '重复申请', '要求提供公开出版物', '无正当理由大量反复申请', '要求行政机关确认或重新出具已获取信息']
OTHER = ['correction_overdue', 'fee_unpaid', 'misc']
OTHER_ZH = ['申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
            '申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请', '其他']


def request_figures(rng, four, size):
    """row key -> seven figures; the column identities hold."""
    keys = ['granted', 'granted_in_part'] + ['denied.' + d for d in DENIED] + ['cannot_provide.' + c for c in CANNOT]
    keys += ['not_processed.' + s for s in SKIPPED] + (['other.' + o for o in OTHER] if four else ['other'])
    f = {k: [0] * 7 for k in ['received', 'carried_in'] + keys + ['total', 'carried_out']}
    for a, share in enumerate([1, .3, .05, .05, .1, .05]):
        if a and rng.random() < .35:
            continue
        for k in keys:
            weight = {'granted': 1, 'granted_in_part': .3, 'cannot_provide.not_held': .5}.get(k, .12)
            if rng.random() < .15 + weight * .6:
                f[k][a] = int(rng.random() * size * share * weight)
        out = sum(f[k][a] for k in keys)
        f['total'][a] = out
        f['carried_out'][a] = int(rng.random() * out * .1) if rng.random() < .5 else 0
        carried = int(rng.random() * (out + f['carried_out'][a]) * .1) if rng.random() < .5 else 0
        f['carried_in'][a] = carried
        f['received'][a] = out + f['carried_out'][a] - carried
    for k in f:
        f[k][6] = sum(f[k][:6])
    return f, keys


def matrix(f, four, rng, blank_zero=False, style=None):
    """The table of requests of 2019 (four = False) or 2021."""
    o = lambda n: '' if blank_zero and n == 0 else n
    note = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）'
    rows = [[cell(note, 3, 3), cell('申请人情况', 1, 7)],
            [cell('自然人', 2), cell('法人或其他组织', 1, 5), cell('总计', 2)],
            [cell(x) for x in ('商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他')]]
    readings = []
    base = 'requests.'

    def line(key, lead):
        r = len(rows)
        rows.append(lead + [cell(o(n)) for n in f[key]])
        id_ = base + key if key in ('received', 'carried_in', 'carried_out') else base + 'outcome.' + key
        for i, a in enumerate(APPLICANTS):
            readings.append((id_, {'applicant': a}, r, 3 + i, '件'))

    dot = rng.choice(['.', '．', '、'])
    line('received', [cell('一、本年新收政府信息公开申请数量', 1, 3)])
    line('carried_in', [cell('二、上年结转政府信息公开申请数量', 1, 3)])
    n = 2 + len(DENIED) + len(CANNOT) + len(SKIPPED) + (3 if four else 1) + 1
    line('granted', [cell('三、本年度办理结果', n), cell('（一）予以公开', 1, 2)])
    line('granted_in_part', [cell('（二）部分公开（区分处理的，只计这一情形，不计其他情形）', 1, 2)])
    for mark, group, keys, names in (('（三）不予公开', 'denied.', DENIED, DENIED_ZH), ('（四）无法提供', 'cannot_provide.', CANNOT, CANNOT_ZH),
                                     ('（五）不予处理', 'not_processed.', SKIPPED, SKIPPED_ZH)):
        for i, (k, zh) in enumerate(zip(keys, names)):
            line(group + k, ([cell(mark, len(keys))] if i == 0 else []) + [cell('%d%s%s' % (i + 1, dot, zh))])
    if four:
        for i, (k, zh) in enumerate(zip(OTHER, OTHER_ZH)):
            line('other.' + k, ([cell('（六）其他处理', 3)] if i == 0 else []) + [cell('%d%s%s' % (i + 1, dot, zh))])
    else:
        line('other', [cell('（六）其他处理', 1, 2)])
    line('total', [cell('（七）总计', 1, 2)])
    line('carried_out', [cell('四、结转下年度继续办理', 1, 3)])
    return Table(rows, 3, readings=[(i.replace('outcome.total', 'outcome.total'), d, r, c, u) for i, d, r, c, u in readings])


def remedy_figures(rng, big):
    out = []
    for _ in range(3):
        x = [int(rng.random() * big) if rng.random() < .4 else 0 for _ in range(4)]
        out += x + [sum(x)]
    return out


def remedies(v, blank_zero=False):
    five = ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计']
    rows = [[cell('行政复议', 1, 5), cell('行政诉讼', 1, 10)],
            [cell(x, 2) for x in five] + [cell('未经复议直接起诉', 1, 5), cell('复议后起诉', 1, 5)],
            [cell(x) for x in five * 2], [cell('' if blank_zero and x == 0 else x) for x in v]]
    readings = []
    for p, name in enumerate(['reconsideration', 'litigation_direct', 'litigation_after_reconsideration']):
        for m, key in enumerate(['upheld', 'corrected', 'other', 'pending', 'total']):
            readings.append(('remedies.' + key, {'procedure': name}, 3, p * 5 + m, '件'))
    return Table(rows, 3, readings=readings)


def disclosure_2021(rng, figures, split=False):
    """Article 20: documents, acts, fees; one table or one for each item."""
    f = figures
    w = 3
    fee_label = rng.choice(['本年收费金额（单位：万元）', '本年收费金额（单位:万元）', '本年收费金额（万元）'])
    blocks = [
        ([[cell('第二十条第（一）项', 1, 4)], [cell(x) for x in ('信息内容', '本年制发件数', '本年废止件数', '现行有效件数')],
          [cell('规章')] + [cell(x) for x in f['regulation']],
          [cell(rng.choice(['行政规范性文件', '规范性文件']))] + [cell(x) for x in f['normative']]],
         [('documents.' + k, {'doc_type': d}, r, c, '件') for r, d in ((2, 'regulation'), (3, 'normative'))
          for c, k in ((1, 'issued'), (2, 'repealed'), (3, 'in_force'))]),
        ([[cell('第二十条第（五）项', 1, 4)], [cell('信息内容'), cell('本年处理决定数量', 1, w)], [cell('行政许可'), cell(f['license'], 1, w)]],
         [('admin_acts.decisions', {'act': 'license'}, 2, 1, '件')]),
        ([[cell('第二十条第（六）项', 1, 4)], [cell('信息内容'), cell('本年处理决定数量', 1, w)], [cell('行政处罚'), cell(f['penalty'], 1, w)],
          [cell('行政强制'), cell(f['coercion'], 1, w)]],
         [('admin_acts.decisions', {'act': 'penalty'}, 2, 1, '件'), ('admin_acts.decisions', {'act': 'coercion'}, 3, 1, '件')]),
        ([[cell('第二十条第（八）项', 1, 4)], [cell('信息内容'), cell(fee_label, 1, w)], [cell('行政事业性收费'), cell(f['fee'], 1, w)]],
         [('admin_fees.amount', {}, 2, 1, '万元')])]
    return join(blocks, split)


def disclosure_2019(rng, f, split=False):
    three = ('上一年项目数量', '本年增/减', '处理决定数量')

    def act(zh, id_):
        return ([cell(zh)] + [cell(x) for x in f[id_]], id_)

    blocks = [([[cell('第二十条第（一）项', 1, 4)], [cell(x) for x in ('信息内容', '本年新制作数量', '本年新公开数量', '对外公开总数量')],
                [cell('规章')] + [cell(x) for x in f['regulation']], [cell('规范性文件')] + [cell(x) for x in f['normative']]],
               [('documents.' + k, {'doc_type': d}, r, c, '件') for r, d in ((2, 'regulation'), (3, 'normative'))
                for c, k in ((1, 'issued'), (2, 'newly_disclosed'), (3, 'disclosed_stock'))])]
    for head, acts in (('五', [('行政许可', 'license'), ('其他对外管理服务事项', 'other_external_service')]),
                       ('六', [('行政处罚', 'penalty'), ('行政强制', 'coercion')])):
        rows = [[cell('第二十条第（%s）项' % head, 1, 4)], [cell('信息内容')] + [cell(x) for x in three]]
        readings = []
        for zh, id_ in acts:
            r = len(rows)
            rows.append([cell(zh)] + [cell(x) for x in f[id_]])
            readings += [('admin_acts.' + k, {'act': id_}, r, c, '项') for c, k in ((1, 'items_prev_year'), (2, 'items_change'), (3, 'decisions'))]
        blocks.append((rows, readings))
    blocks.append(([[cell('第二十条第（八）项', 1, 4)], [cell('信息内容'), cell('上一年项目数量'), cell('本年增/减', 1, 2)],
                    [cell('行政事业性收费'), cell(f['fee_items'][0]), cell(f['fee_items'][1], 1, 2)]],
                   [('admin_fees.items_prev_year', {}, 2, 1, '项'), ('admin_fees.items_change', {}, 2, 2, '项')]))
    blocks.append(([[cell('第二十条第（九）项', 1, 4)], [cell('信息内容'), cell('采购项目数量'), cell('采购总金额', 1, 2)],
                    [cell('政府集中采购'), cell(f['procurement'][0]), cell(f['procurement'][1], 1, 2)]],
                   [('procurement.projects', {}, 2, 1, '个'), ('procurement.amount', {}, 2, 2, '元')]))
    return join(blocks, split)


def join(blocks, split):
    if split:
        return [Table(rows, 2, readings=r) for rows, r in blocks]
    rows, readings = [], []
    for b, r in blocks:
        readings += [(i, d, row + len(rows), c, u) for i, d, row, c, u in r]
        rows += b
    return [Table(rows, 2, readings=readings)]


F2 = [
    ('一、主动公开情况', '——', None, None, 0),
    ('（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）', '条', 'disclosure.proactive.items', {}, 0),
    ('其中：主动公开规范性文件数', '条', 'documents.newly_disclosed', {'doc_type': 'normative'}, 0),
    ('制发规范性文件总数', '件', 'documents.issued', {'doc_type': 'normative'}, 0),
    ('（二）通过不同渠道和方式公开政府信息的情况', '——', None, None, 0),
    ('1．政府公报公开政府信息数', '条', 'disclosure.proactive.by_channel', {'channel': 'gazette'}, 0),
    ('2．政府网站公开政府信息数', '条', 'disclosure.proactive.by_channel', {'channel': 'website'}, 0),
    ('3．政务微博公开政府信息数', '条', 'disclosure.proactive.by_channel', {'channel': 'weibo'}, 0),
    ('4．政务微信公开政府信息数', '条', 'disclosure.proactive.by_channel', {'channel': 'wechat'}, 0),
    ('5．其他方式公开政府信息数', '条', 'disclosure.proactive.by_channel', {'channel': 'other'}, 0),
    ('二、回应解读情况', '——', None, None, 0),
    ('（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）', '次', 'response.hot_topics', {}, 0),
    ('（二）通过不同渠道和方式回应解读的情况', '——', None, None, 0),
    ('1．参加或举办新闻发布会总次数', '次', 'response.press_conferences', {}, 0),
    ('其中：主要负责同志参加新闻发布会次数', '次', 'response.press_conferences_principal', {}, 0),
    ('2．政府网站在线访谈次数', '次', 'response.web_interviews', {}, 0),
    ('其中：主要负责同志参加政府网站在线访谈次数', '次', 'response.web_interviews_principal', {}, 0),
    ('3．政策解读稿件发布数', '篇', 'response.interpretation_articles', {}, 0),
    ('4．微博微信回应事件数', '次', 'response.weibo_wechat_events', {}, 0),
    ('5．其他方式回应事件数', '次', 'response.other_events', {}, 0),
    ('三、依申请公开情况', '——', None, None, 0),
    ('（一）收到申请数', '件', 'requests.received', {}, 0),
    ('1．当面申请数', '件', 'requests.received.by_channel', {'channel': 'in_person'}, 0),
    ('2．传真申请数', '件', 'requests.received.by_channel', {'channel': 'fax'}, 0),
    ('3．网络申请数', '件', 'requests.received.by_channel', {'channel': 'online'}, 0),
    ('4．信函申请数', '件', 'requests.received.by_channel', {'channel': 'letter'}, 0),
    ('（二）申请办结数', '件', 'requests.closed', {}, 0),
    ('1．按时办结数', '件', 'requests.closed.by_timeliness', {'timeliness': 'on_time'}, 0),
    ('2．延期办结数', '件', 'requests.closed.by_timeliness', {'timeliness': 'extended'}, 0),
    ('（三）申请答复数', '件', 'requests.outcome.total', {}, 0),
    ('1．属于已主动公开范围数', '件', 'requests.outcome.already_public', {}, 0),
    ('2．同意公开答复数', '件', 'requests.outcome.granted', {}, 0),
    ('3．同意部分公开答复数', '件', 'requests.outcome.granted_in_part', {}, 0),
    ('4．不同意公开答复数', '件', 'requests.outcome.denied', {}, 0),
    ('其中：涉及国家秘密', '件', 'requests.outcome.denied.state_secret', {}, 0),
    ('涉及商业秘密', '件', 'requests.outcome.denied.trade_secret', {}, 0),
    ('涉及个人隐私', '件', 'requests.outcome.denied.personal_privacy', {}, 0),
    ('危及国家安全、公共安全、经济安全和社会稳定', '件', 'requests.outcome.denied.safety_stability', {}, 0),
    ('不是《条例》所指政府信息', '件', 'requests.outcome.not_government_info', {}, 0),
    ('法律法规规定的其他情形', '件', 'requests.outcome.denied.other_statutory', {}, 0),
    ('5．不属于本行政机关公开数', '件', 'requests.outcome.not_this_agency', {}, 0),
    ('6．申请信息不存在数', '件', 'requests.outcome.info_not_exist', {}, 0),
    ('7．告知作出更改补充数', '件', 'requests.outcome.asked_to_correct', {}, 0),
    ('8．告知通过其他途径办理数', '件', 'requests.outcome.redirected', {}, 0),
    ('四、行政复议数量', '件', 'remedies.total', {'procedure': 'reconsideration'}, 0),
    ('（一）维持具体行政行为数', '件', 'remedies.upheld', {'procedure': 'reconsideration'}, 0),
    ('（二）被依法纠错数', '件', 'remedies.corrected', {'procedure': 'reconsideration'}, 0),
    ('（三）其他情形数', '件', 'remedies.other', {'procedure': 'reconsideration'}, 0),
    ('五、行政诉讼数量', '件', 'remedies.total', {'procedure': 'litigation'}, 0),
    ('（一）维持具体行政行为或者驳回原告诉讼请求数', '件', 'remedies.upheld', {'procedure': 'litigation'}, 0),
    ('（二）被依法纠错数', '件', 'remedies.corrected', {'procedure': 'litigation'}, 0),
    ('（三）其他情形数', '件', 'remedies.other', {'procedure': 'litigation'}, 0),
    ('六、举报投诉数量', '件', 'remedies.total', {'procedure': 'complaint_report'}, 0),
    ('七、依申请公开信息收取的费用', '万元', 'fees.requests_total', {}, 0),
    ('八、机构建设和保障经费情况', '——', None, None, 0),
    ('（一）政府信息公开工作专门机构数', '个', 'org.dedicated_bodies', {}, 0),
    ('（二）设置政府信息公开查阅点数', '个', 'org.reading_points', {}, 0),
    ('（三）从事政府信息公开工作人员数', '人', 'org.staff_total', {}, 0),
    ('1．专职人员数（不包括政府公报及政府网站工作人员数）', '人', 'org.staff_full_time', {}, 0),
    ('2．兼职人员数', '人', 'org.staff_part_time', {}, 0),
    ('（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）', '万元', 'spending.dedicated_budget', {}, 0),
    ('九、政府信息公开会议和培训情况', '——', None, None, 0),
    ('（一）召开政府信息公开工作会议或专题会议数', '次', 'training.meetings', {}, 0),
    ('（二）举办各类培训班数', '次', 'training.courses', {}, 0),
    ('（三）接受培训人员数', '人次', 'training.participants', {}, 0)]


def national_table(rng, v, codes=False):
    """v: key 'id|dims' -> cell text; 2014-2018."""
    head = [cell(x) for x in (['序号'] if codes else []) + [rng.choice(['统计指标', '统 计 指 标', '指标名称']), '单位', rng.choice(['统计数', '统计数量', '数量'])]]
    rows, readings = [head], []
    for n, (label, unit, id_, dims, _) in enumerate(F2):
        text = '' if id_ is None else v[f2_key(id_, dims)]
        if id_ is None:
            text = v.get('structural', '')
        else:
            readings.append((id_, dims, len(rows), 2 + codes, unit))
        rows.append(([cell(n + 1)] if codes else []) + [cell(label), cell(unit), cell(text)])
    return Table(rows, 1, readings=readings)


def f2_key(id_, dims):
    return id_ + '|' + ','.join(dims.values())


GZ = [
    ('附表1', '主动公开情况统计', '条', [('主动公开信息数', 'disclosure.proactive.items', {}), ('其中：全文电子化的主动公开信息数', 'disclosure.proactive.items_fulltext', {}),
                                ('新增的行政规范性文件数', 'documents.newly_disclosed', {'doc_type': 'normative'})]),
    ('附表2', '依申请公开情况统计', '条', [('依申请公开信息目录数', 'disclosure.on_request_catalogue.items', {}), ('申请总数', 'requests.received', {})] + [
        (a, 'requests.received.by_channel', {'channel': c}) for a, c in (
            ('其中：1．当面申请数', 'in_person'), ('2．传真申请数', 'fax'), ('3．电子邮件申请数', 'email'), ('4．网上申请数', 'web_form'),
            ('5．信函申请数', 'letter'), ('6．其他形式申请数', 'other'))] + [
        ('对申请的答复总数', 'requests.outcome.total', {}), ('其中：1．同意公开答复数', 'requests.outcome.granted', {}),
        ('2．同意部分公开答复数', 'requests.outcome.granted_in_part', {}), ('3．不予公开答复数', 'requests.outcome.denied', {}),
        ('4．信息不存在答复数', 'requests.outcome.info_not_exist', {}), ('5．非本机关政府信息答复数', 'requests.outcome.not_this_agency', {}),
        ('6．申请内容不明确答复数', 'requests.outcome.unclear', {})]),
    ('附表3', '咨询情况统计', None, [('提供服务类信息数', 'disclosure.service_info.items', {}, '条'), ('网上咨询数', 'consultation.by_mode', {'mode': 'online'}, '人次'),
                              ('现场接待人数', 'consultation.by_mode', {'mode': 'in_person'}, '人次'), ('咨询电话接听数', 'consultation.by_mode', {'mode': 'phone'}, '宗次'),
                              ('网站专栏页面访问量', 'website.visits_disclosure_column', {}, '人次')]),
    ('附表4', '申诉情况统计表', '件', [('行政复议数', 'remedies.total', {'procedure': 'reconsideration'}), ('行政诉讼数', 'remedies.total', {'procedure': 'litigation'}),
                             ('行政申诉数', 'remedies.total', {'procedure': 'administrative_appeal'}),
                             ('其中：对本单位首次处理不满意的行政申诉数', 'remedies.first_handling', {'procedure': 'administrative_appeal'})])]


def annex_tables(rng, v):
    out = []
    for number, caption, unit, lines in GZ:
        own = unit is None
        rows, readings = [[cell('指标'), cell('单位'), cell('数量')] if own else [cell('指标'), cell('数量')]], []
        for x in lines:
            readings.append((x[1], x[2], len(rows), 2 if own else 1, x[3] if own else unit))
            rows.append([cell(x[0])] + ([cell(x[3])] if own else []) + [cell(v[f2_key(x[1], x[2])])])
        out.append(Table(rows, 1, caption=caption, number=number, unit=unit, readings=readings))
    return out
