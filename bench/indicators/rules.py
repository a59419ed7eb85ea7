"""The within-report rules, written from the codebook's identities.tsv without sight of nianbao's own data.

`failing(values, form)` takes {(id, dims): number} of one source (table or prose) and returns
(failing rules, rules whose verdict is a matter of opinion).
"""
from forms import APPLICANTS, CANNOT, DENIED, NOT_PROCESSED, OTHER, key

O = 'requests.outcome.'


def failing(v, form, indicated):
    """v: reported numbers; indicated: keys the report has a row for (blank ones too)."""
    bad, open_ = set(), set()

    def g(i, **d):
        return v.get(key(i, **d))

    def total(rule, t, parts, tol=0, soft=False):
        """t = sum of parts; unknown parts make the rule undecided."""
        if t is None or any(p is None for p in parts):
            if t is not None and sum(p or 0 for p in parts) > t:
                open_.add(rule)
            return
        if abs(t - sum(parts)) > tol:
            (open_ if soft else bad).add(rule)

    def le(rule, a, b, soft=False):
        if a is not None and b is not None and a > b:
            (open_ if soft else bad).add(rule)
    ch = lambda *names: [g('requests.received.by_channel', channel=c) for c in names]
    out = lambda *names: [g(O + n) for n in names]
    if 'F2' in form:
        items = g('disclosure.proactive.items')
        chs = [g('disclosure.proactive.by_channel', channel=c) for c in ('gazette', 'website', 'weibo', 'wechat', 'other')]
        known = [c for c in chs if c is not None]
        if items is not None and known:
            if max(known) > items or (len(known) == 5 and sum(known) < items):
                bad.add('F2.CH')
            elif len(known) < 5:
                open_.add('F2.CH')
        le('F2.DOC', g('documents.newly_disclosed', doc_type='normative'), items)
        le('F2.DOC', g('documents.newly_disclosed', doc_type='normative'), g('documents.issued', doc_type='normative'), soft=True)
        total('F2.RECV', g('requests.received'), ch('in_person', 'fax', 'online', 'letter'))
        total('F2.CLOSED', g('requests.closed'), [g('requests.closed.by_timeliness', timeliness=t) for t in ('on_time', 'extended')])
        total('F2.OUT', g(O + 'total'), out('already_public', 'granted', 'granted_in_part', 'denied', 'not_this_agency', 'info_not_exist', 'asked_to_correct', 'redirected'))
        total('F2.DENY', g(O + 'denied'), out('denied.state_secret', 'denied.trade_secret', 'denied.personal_privacy', 'denied.safety_stability', 'not_government_info', 'denied.other_statutory'))
        a, b, c = g('requests.closed'), g(O + 'total'), g('requests.received')
        if a is not None and b is not None and a != b or a is not None and c is not None and a > c:
            open_.add('F2.CLOSED_OUT')
        for p in ('reconsideration', 'litigation'):
            t, parts = g('remedies.total', procedure=p), [g('remedies.' + m, procedure=p) for m in ('upheld', 'corrected', 'other')]
            if t is not None and None not in parts and t != sum(parts):
                (bad if t < sum(parts) else open_).add('F2.REM')
        le('F2.PRINC', g('response.press_conferences_principal'), g('response.press_conferences'))
        le('F2.PRINC', g('response.web_interviews_principal'), g('response.web_interviews'))
        parts = [g('response.' + x) for x in ('press_conferences', 'web_interviews', 'interpretation_articles', 'weibo_wechat_events', 'other_events')]
        if g('response.hot_topics') is not None and g('response.hot_topics') > sum(p or 0 for p in parts):
            open_.add('F2.RESP')
    if 'F1' in form or 'F2' in form:
        total('F2.STAFF', g('org.staff_total'), [g('org.staff_full_time'), g('org.staff_part_time')])
    if 'F1' in form:
        fam = form['F1']
        if fam == 'AH':
            total('F1.RECV.AH', g('requests.received'), ch('in_person', 'online', 'letter_fax'))
        else:
            total('F1.RECV', g('requests.received'), ch('in_person', 'fax', 'email', 'web_form', 'letter', 'other'))
        if fam == 'GZ':
            total('F1.OUT.GZ', g(O + 'total'), out('granted', 'granted_in_part', 'denied', 'info_not_exist', 'not_this_agency', 'unclear'))
        if fam == 'SH08':
            total('F1.OUT.SH08', g(O + 'total'), out('granted', 'granted_in_part', 'not_government_info', 'info_not_exist', 'not_this_agency', 'unclear', 'not_processed.duplicate', 'denied'))
            total('F1.OUT.SH08', g(O + 'denied'), out('denied.state_secret', 'denied.trade_secret', 'denied.personal_privacy', 'denied.process_info', 'denied.safety_stability', 'denied.other_statutory'))
            le('F1.DOCS', g('documents.newly_disclosed', doc_type='normative'), g('documents.official_disclosed'))
            le('F1.DOCS', g('documents.official_disclosed'), g('disclosure.proactive.items'))
        if fam == 'GZ':
            le('F1.DOCS', g('documents.newly_disclosed', doc_type='normative'), g('disclosure.proactive.items'), soft=True)
        if fam == 'SH04':
            total('F1.OUT.SH04', g(O + 'total'), out('granted', 'granted_in_part', 'refused_broad'))
            total('F1.OUT.SH04', g(O + 'refused_broad'), out('not_government_info', 'info_not_exist', 'not_this_agency', 'unclear') +
                  [g(O + 'exempt_scope', scope_no=str(n)) for n in range(1, 7)] + out('refused_other_reason'))
        if fam in ('FJ', 'AH'):
            total('F1.OUT.FJ', g(O + 'total'), out('granted', 'granted_in_part', 'refused_broad' if fam == 'FJ' else 'denied', 'other'))
        a, b = g(O + 'total'), g('requests.received')
        if a is not None and b is not None and a > b:
            open_.add('F1.ANS_LE_REQ')
        le('F1.FULLTEXT', g('disclosure.proactive.items_fulltext'), g('disclosure.proactive.items'))
        if fam in ('GZ', 'SH04'):
            le('F1.APPEAL', g('remedies.first_handling', procedure='administrative_appeal'), g('remedies.total', procedure='administrative_appeal'))
        le('F1.WEB', g('website.visits_disclosure_column'), g('website.visits_site'))
        if fam in ('SH04', 'SH08'):
            total('F1.FEE', g('fees.disclosure_total'), [g('fees.proactive_total'), g('fees.requests_total')], .01)
            d = ['delivery'] if fam == 'SH04' else []
            total('F1.FEE', g('fees.proactive_total'), [g('fees.proactive.by_item', item=i) for i in ['postage', 'copy_paper', 'copy_cd', 'copy_floppy'] + d], .01)
            total('F1.FEE', g('fees.requests_total'), [g('fees.requests.by_item', item=i) for i in ['search', 'postage', 'copy_paper', 'copy_cd', 'copy_floppy'] + d + (['other'] if d else [])], .01)
    if 'F34' in form:
        f = form['F34']
        ids = sorted({i for i, d in indicated if i.startswith('requests.')})
        for i in ids:
            total('F34.ROW', g(i), [g(i, applicant=a) for a in APPLICANTS])
        other = ['other'] if f == 'F3' else ['other.' + x for x in OTHER]
        leaves = ['granted', 'granted_in_part'] + ['denied.' + x for x in DENIED] + ['cannot_provide.' + x for x in CANNOT] + ['not_processed.' + x for x in NOT_PROCESSED] + other
        for a in APPLICANTS + [None]:
            d = {'applicant': a} if a else {}
            total('F34.COL' if f == 'F3' else 'F34.COL4', g(O + 'total', **d), [g(O + l, **d) for l in leaves])
            r, ci, t, co = g('requests.received', **d), g('requests.carried_in', **d), g(O + 'total', **d), g('requests.carried_out', **d)
            if None in (r, ci, t, co):
                if any(x is not None for x in (r, ci, t, co)):
                    open_.add('F34.FLOW')
            elif r + ci != t + co:
                bad.add('F34.FLOW')
        if f == 'F3':
            for t in ('regulation', 'normative'):
                le('F3.STOCK', g('documents.newly_disclosed', doc_type=t), g('documents.disclosed_stock', doc_type=t))
        for p in ('reconsideration', 'litigation_direct', 'litigation_after_reconsideration'):
            total('F34.REM', g('remedies.total', procedure=p), [g('remedies.' + m, procedure=p) for m in ('upheld', 'corrected', 'other', 'pending')])
    return bad, open_ - bad
