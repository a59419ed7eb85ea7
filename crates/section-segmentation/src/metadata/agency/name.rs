//! Names of agencies in titles and sentences.

use codebook::Codebook;
use notation::dates;

/// Words for a level that stand for a place: `市财政局`.
pub(super) const LEVELS: [char; 6] = ['省', '市', '县', '区', '州', '旗'];

/// The name in a title: what is left without year, subject and kind of report.
pub(super) fn of_title(title: &str, codebook: &Codebook) -> Option<String> {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = without_year(title.strip_prefix("关于").unwrap_or(title));
    let ends = codebook.reports.title.after_name.iter();
    let end = ends.filter_map(|end| Some((rest.find(end.as_str())?, end.as_str())));
    let end = end.filter(|(at, _)| *at > 0).min();
    let cut = |text: &str, at: usize| text.get(..at).unwrap_or_default().to_owned();
    let mut rest = match end {
        // 人民政府信息公开: the government's own name runs into the subject.
        Some((at, "政府信息公开")) if cut(rest, at).ends_with("人民") => {
            cut(rest, at) + "政府"
        }
        Some((at, _)) => cut(rest, at),
        None => rest.to_owned(),
    };
    if let Some(date) = dates(&rest).first().filter(|date| date.range.start > 0) {
        rest.truncate(date.range.start);
    }
    let digits = rest.find(|c: char| c.is_ascii_digit() || c == '〇' || c == '○');
    if let Some(at) = digits.filter(|at| *at > 0) {
        rest.truncate(at);
    }
    let rest = rest
        .trim_end_matches(['的', '(', '、', '和', '及', '-', '—'])
        .trim_start_matches('的');
    codebook.agencies.is_name(rest).then(|| rest.to_owned())
}

/// A text without the year that it begins with: `2012年`, `2012年度`, `2012`.
fn without_year(text: &str) -> &str {
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && !"〇○零一二三四五六七八九".contains(c))
        .unwrap_or(0);
    let is_year = text
        .get(..digits)
        .is_some_and(|year| year.chars().count() == 4);
    let Some(rest) = text.get(digits..).filter(|_| is_year) else {
        return text;
    };
    let rest = rest.strip_prefix('年').unwrap_or(rest);
    rest.strip_prefix('度').unwrap_or(rest)
}

/// The longest name that a text ends in, beginning at a division where there is one.
pub(super) fn at_end(text: &str, codebook: &Codebook) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = without_year(&text);
    let whole = codebook.agencies.is_name(text).then_some(text);
    whole
        .or_else(|| {
            text.char_indices()
                .filter_map(|(start, _)| text.get(start..))
                .find(|rest| {
                    codebook.divisions.at_start_of(rest).is_some()
                        && codebook.agencies.is_name(rest)
                })
        })
        .map(str::to_owned)
}

/// Whether a name says where its body lies.
pub(super) fn has_place(name: &str, codebook: &Codebook) -> bool {
    use codebook::BodyKind::{Education, Enterprise, FunctionalArea, Health, Vertical};
    let body = codebook.agencies.body(name);
    // Such bodies name their place shortly: 厦门海关. 东风路街道 does not lie in 东风区.
    let shortly = matches!(
        body,
        Some(Education | Enterprise | FunctionalArea | Health | Vertical)
    ) && codebook.divisions.at_start_of(name).is_some();
    let (place, _) = split_place(name, codebook);
    shortly || !place.is_empty() || codebook.agencies.is_national(name)
}

/// The divisions that a name begins with (`广州市番禺区`), and what stands behind them. A short name counts
/// only before the full name of a division: 广东广州市, but no 桂林 in 桂林路.
pub(super) fn split_place<'a>(name: &'a str, codebook: &Codebook) -> (&'a str, &'a str) {
    let divisions = &codebook.divisions;
    let whole = codebook.agencies.without_prefix(name);
    let mut rest = whole;
    for _ in 0..3 {
        let Some(named) = divisions.at_start_of(rest) else {
            break;
        };
        let after = rest.get(named.text().len()..).unwrap_or_default();
        let leads = || {
            divisions
                .at_start_of(after)
                .is_some_and(|next| next.is_full())
        };
        if !named.is_full() && !leads() {
            break;
        }
        rest = after;
    }
    let place = whole.get(..whole.len() - rest.len()).unwrap_or_default();
    (place, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_titles() {
        let codebook = Codebook::builtin();
        for (title, name) in [
            ("2012年甲镇政府信息公开年度报告", Some("甲镇")),
            (
                "2015上海市公安局黄浦分局政府信息公开工作年度报告",
                Some("上海市公安局黄浦分局"),
            ),
            (
                "番禺区人民政府信息公开年度报告(2012年)",
                Some("番禺区人民政府"),
            ),
            (
                "临海市档案局二〇一二年政府信息公开年报",
                Some("临海市档案局"),
            ),
            (
                "关于2012年度临海市档案局政府信息公开工作情况的报告",
                Some("临海市档案局"),
            ),
            (
                "临海市档案局2020政府信息公开工作年度报告",
                Some("临海市档案局"),
            ),
            ("政府信息公开工作年度报告", None),
            ("某市政府信息公开工作年度报告", None),
        ] {
            assert_eq!(of_title(title, codebook).as_deref(), name, "{title}");
        }
    }

    #[test]
    fn places_are_parted_from_what_follows() {
        let codebook = Codebook::builtin();
        for (name, place, rest) in [
            ("广东省广州市番禺区建设局", "广东省广州市番禺区", "建设局"),
            ("国家税务总局广州市税务局", "广州市", "税务局"),
            ("广东广州市财政局", "广东广州市", "财政局"),
            ("市财政局", "", "市财政局"),
        ] {
            assert_eq!(split_place(name, codebook), (place, rest));
        }
    }
}
