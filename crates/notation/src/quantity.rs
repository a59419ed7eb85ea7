//! Quantities in prose: number, bound and unit.

use std::ops::Range;

use model::Bound;

use crate::characters::Characters;
use crate::numeral::{self, Numeral, Script};
use crate::words::WORDS;

/// A number with its unit, as prose says it.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenQuantity {
    /// Bytes from the first to the last character of bound words, number and unit (`近200条`).
    pub range: Range<usize>,
    /// Bytes of the number alone (`1.2万` with its scale word).
    pub number: Range<usize>,
    /// The value (`1.2万` is 12000; `0.6%` is 0.6).
    pub value: f64,
    /// How exactly it is said.
    pub bound: Bound,
    /// The measure word or unit as written: `条`, `人次`, `%`, `元`, `万元`. Scale words stay with the
    /// number except before 元, where the unit as printed is `万元` and the value counts 万元.
    pub unit: String,
}

/// A number with what stands around it; indices are characters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    pub(crate) number: Range<usize>,
    pub(crate) value: f64,
    pub(crate) script: Script,
    pub(crate) bound: Option<Bound>,
    pub(crate) unit: Option<Range<usize>>,
    pub(crate) end: usize,
}

/// Every quantity of a paragraph, in order, none overlapping. Leaves alone what is no quantity: dates,
/// document numbers, telephone numbers, article numbers, addresses, enumerators, fixed phrases (两栏, 三安全一稳定).
pub fn quantities(text: &str) -> Vec<WrittenQuantity> {
    let text = &Characters::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    // Nothing before this index belongs to a quantity still to come.
    let mut free = 0;
    while at < text.len() {
        let character = text.at(at);
        if character.is_ascii_alphabetic() {
            at = identifier_end(text, at);
        } else if character == '第' {
            at = ordinal_end(text, at);
        } else if text.starts(at, &['百', '分', '之']) {
            at += 3;
            if let Some(numeral) = numeral::numeral(text, at) {
                found.push(WrittenQuantity {
                    range: text.byte(at - 3)..text.byte(numeral.end),
                    number: text.byte(at)..text.byte(numeral.end),
                    value: numeral.value,
                    bound: WORDS
                        .before(text, at - 3)
                        .map_or(Bound::Exact, |(_, bound)| bound),
                    unit: "%".to_owned(),
                });
                at = numeral.end;
                free = at;
            }
        } else if numeral::begins(character) || character == '半' {
            let (quantity, end) = quantity(text, at, free);
            found.extend(quantity);
            at = end.max(at + 1);
            free = at;
        } else {
            at += 1;
        }
    }
    found
}

/// The quantity that begins at an index, if any, and where reading goes on.
fn quantity(text: &Characters, at: usize, free: usize) -> (Option<WrittenQuantity>, usize) {
    if let Some(end) = WORDS.phrase(text, at) {
        return (None, end);
    }
    let Some(amount) = amount(text, at) else {
        return (None, numeral::run(text, at));
    };
    if let Some(end) = series_end(text, at, &amount) {
        return (None, end);
    }
    let before = text.before(at);
    let counts = match amount.script {
        Script::Arabic => !matches!(before, '×' | '*' | 'x' | 'X' | '.' | '/'),
        Script::Chinese => !WORDS.apart(before),
        Script::Digits => false,
    };
    let Some(unit) = amount.unit.clone().filter(|_| counts) else {
        return (None, amount.number.end);
    };
    let (start, bound) = match WORDS.before(text, at) {
        Some((start, bound)) if start >= free => (start, bound),
        _ => (at, amount.bound.unwrap_or_default()),
    };
    let written = WrittenQuantity {
        range: text.byte(start)..text.byte(amount.end),
        number: text.byte(amount.number.start)..text.byte(amount.number.end),
        value: amount.value,
        bound,
        unit: unit.map(|index| text.at(index)).collect(),
    };
    (Some(written), amount.end)
}

/// Number, bound words and unit that begin at an index; the unit may be missing.
pub(crate) fn amount(text: &Characters, at: usize) -> Option<Amount> {
    let Numeral {
        mut end,
        mut value,
        script,
        unscaled,
    } = if text.at(at) == '半' {
        if matches!(
            text.before(at),
            '一' | '大' | '多' | '过' | '小' | '上' | '下'
        ) {
            return None;
        }
        Numeral {
            end: at + 1,
            value: 0.5,
            script: Script::Chinese,
            unscaled: None,
        }
    } else {
        numeral::numeral(text, at)?
    };
    let mut bound = None;
    let mut next = text.skip_space(end);
    // 31.2万元 counts 万元. A Chinese 千 is part of the numeral (三千元), an Arabic one of the unit.
    if let Some((unscaled_end, unscaled_value)) = unscaled {
        let scale = text.before(end);
        if currency(text, next).is_some() && (script == Script::Arabic || scale != '千') {
            (end, value) = (unscaled_end, unscaled_value);
            next = text.skip_space(end);
        }
    }
    if let Some((after, said)) = WORDS.between(text, next) {
        let mut scaled = after;
        // 30多万条, but 30多万元 counts 万元.
        if let Some((factor, scale_end)) = numeral::scale(text, after)
            && unscaled.is_none()
            && unit(text, after).is_none()
        {
            value *= factor;
            end = scale_end;
            scaled = scale_end;
        }
        if unit(text, text.skip_space(scaled)).is_some() || text.at(scaled) == '\0' {
            bound = Some(said);
            next = text.skip_space(scaled);
        }
    }
    let unit = unit(text, next).map(|unit_end| next..unit_end);
    let mut amount_end = unit
        .as_ref()
        .map_or(if bound.is_some() { next } else { end }, |unit| unit.end);
    if let Some((after, said)) = WORDS.after(text, amount_end)
        && bound.is_none()
        && text.at(amount_end) != '余'
    {
        bound = Some(said);
        amount_end = after;
    }
    Some(Amount {
        number: at..end,
        value,
        script,
        bound,
        unit,
        end: amount_end,
    })
}

/// The end of a unit, scale words before 元 included.
fn unit(text: &Characters, at: usize) -> Option<usize> {
    if matches!(text.at(at), '万' | '萬' | '亿' | '億' | '千') {
        return currency(text, at + 1);
    }
    WORDS.unit(text, at)
}

fn currency(text: &Characters, at: usize) -> Option<usize> {
    let end = WORDS.unit(text, at)?;
    (text.at(end - 1) == '元').then_some(end)
}

/// Where a number is one of a range (`3-5件`), a list (`3、4月`), a time or a version (`10:30`,
/// `1.2.3`): the end of the whole.
fn series_end(text: &Characters, at: usize, amount: &Amount) -> Option<usize> {
    let mut end = amount
        .unit
        .as_ref()
        .map_or(amount.number.end, |_| amount.end);
    let with_unit = amount.unit.is_some();
    let mut is_series = false;
    loop {
        let separator = text.at(end);
        let mut next = end + 1;
        let joins = match separator {
            '-' | '—' | '–' | '~' | '至' | '到' | '－' => {
                if text.at(next) == separator {
                    next += 1;
                }
                true
            }
            '.' | ':' | '/' | '×' | '*' => !with_unit,
            // `1、12件` at the start of a paragraph: an enumerator.
            '、' | ',' => !with_unit && at > 0,
            _ => false,
        };
        if !joins {
            break;
        }
        next = text.skip_space(next);
        let Some(part) = amount_of_series(text, next, amount.script) else {
            break;
        };
        is_series = true;
        end = part;
        if with_unit {
            break;
        }
    }
    is_series.then_some(end)
}

/// The end of a member of a range or list, in the same script as the first.
fn amount_of_series(text: &Characters, at: usize, script: Script) -> Option<usize> {
    let member = amount(text, at)?;
    (member.script == script).then_some(match member.unit {
        Some(_) => member.end,
        None => member.number.end,
    })
}

/// Characters that are looked through for the marks of an address (`://`, `@`).
const LONGEST_ADDRESS: usize = 64;

/// The end of an address or a name made of letters and digits (`www.a.gov.cn`, `A4`, `OA`).
fn identifier_end(text: &Characters, at: usize) -> usize {
    let mut end = at;
    let mut address = false;
    let mut word_end = at;
    while (address || end - at < LONGEST_ADDRESS)
        && text.at(end).is_ascii_graphic()
        && !matches!(text.at(end), ',' | ';' | '(' | ')')
    {
        if word_end == end && text.at(end).is_ascii_alphanumeric() {
            word_end += 1;
        }
        address |= text.at(end) == '@'
            || text.starts(end, &[':', '/', '/'])
            || text.starts(end, &['w', 'w', 'w', '.']);
        end += 1;
    }
    if address { end } else { word_end }
}

/// The end of an ordinal: `第3`, `第(一)`, `第二十`, `第1、2`.
fn ordinal_end(text: &Characters, at: usize) -> usize {
    let mut end = at + 1;
    loop {
        let mut next = text.skip_space(end);
        let bracket = text.at(next) == '(';
        if bracket {
            next = text.skip_space(next + 1);
        }
        let Some(numeral) = numeral::numeral(text, next) else {
            return end;
        };
        next = numeral.end;
        if bracket && text.at(text.skip_space(next)) == ')' {
            next = text.skip_space(next) + 1;
        }
        end = next;
        if !(matches!(text.at(next), '、' | '至' | '-' | '—') && numeral::begins(text.at(next + 1)))
        {
            return end;
        }
        end += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(f64, Bound, String, String)> {
        quantities(text)
            .into_iter()
            .map(|quantity| {
                let written = text.get(quantity.range.clone()).unwrap().to_owned();
                (quantity.value, quantity.bound, quantity.unit, written)
            })
            .collect()
    }

    fn one(text: &str, value: f64, bound: Bound, unit: &str, written: &str) {
        assert_eq!(
            read(text),
            [(value, bound, unit.to_owned(), written.to_owned())],
            "{text}"
        );
    }

    #[test]
    fn plain_quantities() {
        one("主动公开170条。", 170.0, Bound::Exact, "条", "170条");
        one("共170 条", 170.0, Bound::Exact, "条", "170 条");
        one("９宗", 9.0, Bound::Exact, "宗", "９宗");
        one("信息12,175条", 12175.0, Bound::Exact, "条", "12,175条");
        one("接访172批次", 172.0, Bound::Exact, "批次", "172批次");
        one("立案39件次", 39.0, Bound::Exact, "件次", "39件次");
        one("比例为0.6%", 0.6, Bound::Exact, "%", "0.6%");
        one("收到申请一件", 1.0, Bound::Exact, "件", "一件");
        one("四次公众论坛", 4.0, Bound::Exact, "次", "四次");
        one("开会两次", 2.0, Bound::Exact, "次", "两次");
        one(
            "培训一百零三人次",
            103.0,
            Bound::Exact,
            "人次",
            "一百零三人次",
        );
        one("接待30人(次)", 30.0, Bound::Exact, "人(次)", "30人(次)");
        one("2012年共编印3期", 3.0, Bound::Exact, "期", "3期");
        one("百分之九十八", 98.0, Bound::Exact, "%", "百分之九十八");
    }

    #[test]
    fn two_values_are_two() {
        assert_eq!(
            read("接待来访98批、625人次,来信25件"),
            [
                (98.0, Bound::Exact, "批".into(), "98批".into()),
                (625.0, Bound::Exact, "人次".into(), "625人次".into()),
                (25.0, Bound::Exact, "件".into(), "25件".into()),
            ]
        );
    }

    #[test]
    fn bounds_before_between_and_after() {
        one("咨询800余人次", 800.0, Bound::MoreThan, "人次", "800余人次");
        one("发布500多条", 500.0, Bound::MoreThan, "条", "500多条");
        one("访问3万余次", 30000.0, Bound::MoreThan, "次", "3万余次");
        one("采用1.2万多条", 12000.0, Bound::MoreThan, "条", "1.2万多条");
        one("共30多万条", 300_000.0, Bound::MoreThan, "条", "30多万条");
        one("三十余件", 30.0, Bound::MoreThan, "件", "三十余件");
        one("采纳近200条", 200.0, Bound::LessThan, "条", "近200条");
        one("各类信息约20条", 20.0, Bound::About, "条", "约20条");
        one("30条左右", 30.0, Bound::About, "条", "30条左右");
        one("大约 20 条", 20.0, Bound::About, "条", "大约 20 条");
        one("超过300件", 300.0, Bound::MoreThan, "件", "超过300件");
        one("不超过5件", 5.0, Bound::LessThan, "件", "不超过5件");
        one("不足10件", 10.0, Bound::LessThan, "件", "不足10件");
        one("50件以上", 50.0, Bound::MoreThan, "件", "50件以上");
        one("最近3次会议", 3.0, Bound::Exact, "次", "3次");
        one("网上预约20人次", 20.0, Bound::Exact, "人次", "20人次");
    }

    #[test]
    fn money_keeps_its_unit_as_printed() {
        one("成交31.2万元", 31.2, Bound::Exact, "万元", "31.2万元");
        one("收费251000元", 251_000.0, Bound::Exact, "元", "251000元");
        one("约3.5亿元", 3.5, Bound::About, "亿元", "约3.5亿元");
        one("100多万元", 100.0, Bound::MoreThan, "万元", "100多万元");
        one("十万元", 10.0, Bound::Exact, "万元", "十万元");
        one("三千元", 3000.0, Bound::Exact, "元", "三千元");
        one("3千元", 3.0, Bound::Exact, "千元", "3千元");
    }

    #[test]
    fn what_is_no_quantity_is_left_alone() {
        for text in [
            "2012年1月1日至12月31日",
            "二○○八年三月五日",
            "2009-02-18和2009.2.18",
            "国办发〔2014〕12号",
            "(中办发 [2011]22 号)",
            "2012? 2号",
            "电话:020-84833838,邮编510000",
            "http://a.gov.cn/3条",
            "第二十条第(一)项",
            "第3次会议、第一批",
            "第1、2条",
            "24小时服务",
            "12345热线",
            "现有两栏",
            "三安全一稳定",
            "五位一体",
            "3-5件",
            "三至五件",
            "10%-20%",
            "3,4月",
            "数十件,上百条,若干次,几次",
            "三四件",
            "每一条信息",
            "一是加强,二是完善",
            "一件事一次办",
            "竹园区2幢304号",
            "A4纸",
            "10:30",
            "7×24小时",
            "十六届人大七次会议",
            "5部门联合",
            "主动公开260余",
            "进一步",
            "1.部分信息",
        ] {
            // 届 and 次 count sessions in the name of a session; the session is no quantity of the report.
            let found: Vec<_> = read(text)
                .into_iter()
                .filter(|(_, _, unit, _)| unit != "届" && !text.contains("人大"))
                .collect();
            assert_eq!(found, [], "{text}");
        }
    }

    #[test]
    fn an_enumerator_hides_no_quantity() {
        one("1、12件申请", 12.0, Bound::Exact, "件", "12件");
    }

    proptest! {
        #[test]
        fn ranges_are_whole_ascending_and_apart(
            text in "[0-9一二十百万亿半两第约近余多条件次元%,.、:/〔〕() -号年月日至起以上左右a-z]{0,40}"
        ) {
            let mut last = 0;
            for quantity in quantities(&text) {
                prop_assert!(quantity.range.start >= last);
                prop_assert!(quantity.range.start <= quantity.number.start);
                prop_assert!(quantity.number.end <= quantity.range.end);
                prop_assert!(text.get(quantity.range.clone()).is_some());
                prop_assert!(text.get(quantity.number.clone()).is_some());
                prop_assert!(quantity.value.is_finite());
                last = quantity.range.end;
            }
        }

        #[test]
        fn any_text_is_read(text in ".{0,60}") {
            let _ = quantities(&text);
        }
    }
}
