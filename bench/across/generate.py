"""generate.py --seed N --count M --out DIR: made-up agencies that report year after year, with the truth of what does not add up
between their reports. Python 3, standard library only; the same seed gives the same files."""
import argparse
import copy
import json
import random
from pathlib import Path

REGIONS = [('湖北省', '黄冈市', '蕲春县', '421126'), ('浙江省', '温州市', '瑞安市', '330381'), ('四川省', '成都市', '金堂县', '510121'),
           ('河北省', '保定市', '涿州市', '130681'), ('山西省', '运城市', '芮城县', '140830'), ('广东省', '肇庆市', '四会市', '441284'),
           ('江苏省', '徐州市', '沛县', '320322'), ('甘肃省', '天水市', '秦安县', '620522'), ('湖南省', '常德市', '石门县', '430726'),
           ('安徽省', '滁州市', '天长市', '341181')]
BUREAUS = ['财政局', '教育局', '水利局', '民政局', '司法局', '审计局', '统计局', '农业农村局', '应急管理局', '交通运输局', '医疗保障局', '市场监督管理局']
RENAMED = [('文化体育广电旅游局', '文化和旅游局'), ('商务和投资促进局', '商务局'), ('扶贫开发办公室', '乡村振兴局')]
APPLICANTS = ['natural', 'commercial', 'research', 'public', 'legal', 'other']
OUTCOMES = ['（一）予以公开', '（二）部分公开（区分处理的，只计这一情形，不计其他情形）', '1.属于国家秘密', '2.其他法律行政法规禁止公开', '3.危及“三安全一稳定”',
            '4.保护第三方合法权益', '5.属于三类内部事务信息', '6.属于四类过程性信息', '7.属于行政执法案卷', '8.属于行政查询事项',
            '1.本机关不掌握相关政府信息', '2.没有现成信息需要另行制作', '3.补正后申请内容仍不明确', '1.信访举报投诉类申请', '2.重复申请',
            '3.要求提供公开出版物', '4.无正当理由大量反复申请', '5.要求行政机关确认或重新出具已获取信息',
            '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请', '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请', '3.其他']
GROUPS = [(0, 1, None), (1, 2, None), (2, 10, '（三）不予公开'), (10, 13, '（四）无法提供'), (13, 18, '（五）不予处理'), (18, 21, '（六）其他处理')]


def matrix(rng, carried_in, size):
    """A year's matrix: received, carried in, outcomes, carried out, each by applicant; consistent in itself."""
    received = [0 if rng.random() < .4 else rng.randint(1, size) for _ in APPLICANTS]
    received[0] += rng.randint(1, size)
    rows = [[0] * 6 for _ in OUTCOMES]
    out = [0] * 6
    for column in range(6):
        left = received[column] + carried_in[column]
        out[column] = rng.randint(0, min(left, 9)) if rng.random() < .6 else 0
        for _ in range(left - out[column]):
            rows[rng.choice([0, 0, 0, 0, 1, 5, 6, 7, 10, 10, 11, 13])][column] += 1
    return {'received': received, 'in': list(carried_in), 'rows': rows, 'out': out}


def written(rng, numbers, blank):
    cells = numbers + [sum(numbers)]
    return ''.join('<td>%s</td>' % ('' if blank and not n else n) for n in cells)


def page(rng, where, bureau, year, m, documents, note='', source='', blank=False):
    province, city, county, _ = where
    name = county + bureau
    title = '%s%d年政府信息公开工作年度报告' % (name, year)
    rows = [('<td colspan="3">一、本年新收政府信息公开申请数量</td>', m['received']), ('<td colspan="3">二、上年结转政府信息公开申请数量</td>', m['in'])]
    first = True
    height = len(OUTCOMES) + 1
    for start, end, group in GROUPS:
        for at in range(start, end):
            lead = '<td rowspan="%d">三、本年度办理结果</td>' % height if first else ''
            first = False
            if group is None:
                lead += '<td colspan="2">%s</td>' % OUTCOMES[at]
            else:
                lead += ('<td rowspan="%d">%s</td>' % (end - start, group) if at == start else '') + '<td>%s</td>' % OUTCOMES[at]
            rows.append((lead, m['rows'][at]))
    total = [sum(row[c] for row in m['rows']) for c in range(6)]
    rows.append(('<td colspan="2">（七）总计</td>', total))
    rows.append(('<td colspan="3">四、结转下年度继续办理</td>', m['out']))
    body = ''.join('<tr>%s%s</tr>' % (lead, written(rng, numbers, blank)) for lead, numbers in rows)
    if documents:
        issued, repealed, stock = documents
        table = ('<table border="1"><tr><td colspan="4">第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td>'
                 '<td>现行有效件数</td></tr><tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr><tr><td>行政规范性文件</td><td>%d</td><td>%d</td><td>%d</td></tr></table>'
                 % (issued, repealed, stock))
    else:
        table = '<p>主动公开情况见门户网站公开目录。</p>'
    return f'''<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}{source}</title></head><body>
<div class="crumb">首页 &gt; 政府信息公开 &gt; 年报</div><h1>{title}</h1><div>发布时间：{year + 1}-01-{rng.randint(10, 28)}　来源：{source or name}</div>
<p>{name}根据《中华人民共和国政府信息公开条例》编制本报告。{note}所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。</p>
<h2>一、总体情况</h2><p>本年度{province}{city}各项公开要求均已落实，公开目录按季度更新。</p>
<h2>二、主动公开政府信息情况</h2>{table}
<h2>三、收到和处理政府信息公开申请情况</h2><table border="1"><tr><td colspan="3" rowspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>
<td colspan="7">申请人情况</td></tr><tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>
<tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>{body}</table>
<h2>四、存在的主要问题及改进情况</h2><p>解读材料的形式还不够多样，下一步增加图解和短片。</p></body></html>'''


def agency(rng, where, bureau, out, truth, taken, drawn):
    first = rng.choice([2021, 2021, 2022])
    years = list(range(first, 2025))
    free = [pair for pair in RENAMED if (where, pair) not in drawn]
    renamed = rng.random() < .12 and bool(free)
    if renamed:
        before, after = rng.choice(free)
        drawn.add((where, (before, after)))
        change = rng.choice(years[1:])
    gap = rng.choice(years[1:]) if rng.random() < .12 else None
    size = rng.choice([4, 12, 40])
    carried, stock, previous = [rng.randint(0, 3) for _ in APPLICANTS], rng.randint(5, 60), None
    for year in years:
        name = (before if year < change else after) if renamed else bureau
        comparable = previous is not None and previous['name'] == name
        what, fails, looks = [], [], []
        carried_in = list(carried)
        if not comparable:
            carried_in = [rng.randint(0, 3) for _ in APPLICANTS]
        if comparable and rng.random() < .25:
            column = rng.randrange(6)
            step = rng.choice([1, 2, 3, 5, 8])
            carried_in[column] += step
            # A blank says no number to differ from; the total is printed but where all are blank.
            silent = previous['blank'] and not sum(carried)
            (looks if step <= 2 or silent else fails).append('F34.XYEAR.CARRY')
            if not silent and step > 2 and previous['blank'] and not carried[column]:
                looks.append('F34.XYEAR.CARRY')
            what.append('carry_%s' % ('near' if step <= 2 else 'far'))
        m = matrix(rng, carried_in, size)
        issued, repealed = rng.randint(0, 5), rng.randint(0, 3)
        new_stock = max(stock + issued - repealed, 0)
        repealed = stock + issued - new_stock
        if comparable and previous['documents'] and rng.random() < .2:
            new_stock += rng.choice([4, 9, 20])
            looks.append('F4.XYEAR.STOCK')
            what.append('stock')
        documents = (issued, repealed, new_stock)
        blank = rng.random() < .15
        if blank:
            what.append('blank')
        if year != gap:
            truth.append({'agency': where[2] + name, 'region': where[3], 'year': year, 'fail': fails, 'look': looks, 'what': what})
            entry = truth[-1]
            stem = '%s_%s_%d' % (where[3], taken[name], year)
            (out / (stem + '.html')).write_text(page(rng, where, name, year, m, documents, blank=blank), encoding='utf-8')
            x = rng.random()
            if x < .08:
                (out / (stem + '_again.html')).write_text(page(rng, where, name, year, m, documents, source='县政府门户', blank=blank), encoding='utf-8')
                what.append('twice_same')
            elif x < .16:
                corrected = copy.deepcopy(m)
                corrected['rows'][0][0] += 1
                corrected['received'][0] += 1
                (out / (stem + '_again.html')).write_text(page(rng, where, name, year, corrected, documents, source='县政府门户', blank=blank), encoding='utf-8')
                entry['fail'].append('N.TWICE')
                what.append('twice_corrected')
        previous = {'name': name, 'documents': documents, 'blank': blank} if year != gap else None
        carried, stock = list(m['out']), new_stock


def summed(rng, where, out, truth):
    """A county whose report says that it sums over all its agencies, and the agencies themselves."""
    year = 2023
    parts = []
    for number, bureau in enumerate(BUREAUS[:rng.randint(4, 8)]):
        m = matrix(rng, [rng.randint(0, 2) for _ in APPLICANTS], 12)
        parts.append(m)
        (out / ('sum_%s_%02d.html' % (where[3], number))).write_text(page(rng, where, bureau, year, m, None), encoding='utf-8')
        truth.append({'agency': where[2] + bureau, 'region': where[3], 'year': year, 'fail': [], 'look': [], 'what': ['part']})
    total = {'received': [0] * 6, 'in': [0] * 6, 'out': [0] * 6, 'rows': [[0] * 6 for _ in OUTCOMES]}
    for m in parts:
        for c in range(6):
            for key in ('received', 'in', 'out'):
                total[key][c] += m[key][c]
            for r in range(len(OUTCOMES)):
                total['rows'][r][c] += m['rows'][r][c]
    off = rng.random() < .5
    if off:
        more = 5 + sum(total['received'])
        total['received'][0] += more
        total['rows'][0][0] += more
    note = '本报告中的数据为全县各乡镇、各部门的汇总数据。'
    (out / ('sum_%s_whole.html' % where[3])).write_text(page(rng, where, '人民政府', year, total, None, note), encoding='utf-8')
    truth.append({'agency': where[2] + '人民政府', 'region': where[3], 'year': year, 'fail': [], 'look': ['F34.AGG'] if off else [], 'what': ['whole_off' if off else 'whole']})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=60)
    parser.add_argument('--out', type=Path, required=True)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    pages = options.out / 'pages'
    pages.mkdir(parents=True, exist_ok=True)
    names = BUREAUS + [name for pair in RENAMED for name in pair]
    taken = {name: '%02d' % number for number, name in enumerate(names)}
    truth = []
    places = [(where, bureau) for where in REGIONS[:7] for bureau in BUREAUS]
    rng.shuffle(places)
    # A name that changed is drawn once a region, so that no two agencies have one.
    drawn = set()
    for where, bureau in places[:options.count]:
        agency(rng, where, bureau, pages, truth, taken, drawn)
    for where in REGIONS[7:]:
        summed(rng, where, pages, truth)
    with open(options.out / 'truth.jsonl', 'w', encoding='utf-8') as file:
        for entry in truth:
            file.write(json.dumps(entry, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
