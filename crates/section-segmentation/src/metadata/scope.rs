//! Whose figures a report holds, in its own words: a city's may sum over its counties.

use model::{ReportScope, ScopeKind};

use super::Sources;
use super::patterns::{PATTERNS, Scope};
use crate::formulas::head;
use crate::line::Line;

/// Characters of a line that are looked at.
const LONGEST: usize = 2_000;

/// The first sentence that says whose figures stand in the report. How the report was made is said in
/// its opening; what its figures cover, anywhere.
pub(crate) fn scope(sources: &Sources<'_>) -> Option<ReportScope> {
    let mut body = sources.body();
    body.find_map(|(line, opens)| of_line(line, opens))
}

fn of_line(line: &Line<'_>, opens: bool) -> Option<ReportScope> {
    // All patterns need one of these words: most lines are done here.
    let may = ["各", "全", "本级", "汇总"];
    if !may.iter().any(|word| line.text.contains(word)) {
        return None;
    }
    let mut start = 0;
    let mut sentences = head(line.text, LONGEST).split_inclusive(['。', ';']);
    sentences.find_map(|sentence| {
        let text = sentence.trim();
        let begin = start + (sentence.len() - sentence.trim_start().len());
        start += sentence.len();
        Some(ReportScope {
            kind: of_sentence(text, opens)?,
            span: line.span(begin, begin + text.len()),
        })
    })
}

fn of_sentence(sentence: &str, opens: bool) -> Option<ScopeKind> {
    let Scope {
        compiled,
        covers,
        own_level,
        territories,
        departments,
    } = &PATTERNS.scope;
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    // What speaks of figures names them, what is made of parts says 各 or 汇总.
    let of_figures = has(&["数据", "统计", "报告", "年报"]);
    if of_figures && own_level.is_match(sentence) {
        return Some(ScopeKind::OwnLevel);
    }
    let named = |part: &str| {
        if territories.is_match(part) {
            Some(ScopeKind::Jurisdiction)
        } else if departments.is_match(part) {
            Some(ScopeKind::OwnLevel)
        } else {
            None
        }
    };
    let opens = opens && has(&["各", "汇总"]);
    let made = compiled.iter().filter(|_| opens);
    let covers = covers.iter().filter(|_| of_figures);
    let mut parts = made
        .chain(covers)
        .filter_map(|pattern| Some(pattern.find(sentence)?.as_str()));
    parts.find_map(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_over_all_below() {
        for text in [
            "本报告由市公开办根据条例,汇总全市各县(市、区)和市直部门的公开情况编制而成。",
            "本报告综合各县、区人民政府和市政府各部门的工作报告与统计数据而成",
            "2012年度报告由市政府办公厅综合各区(县)人民政府(下称“区(县)政府”)和各委、办、局的年度报告编制而成。",
            "本年报根据各乡镇、各部门报送的统计数据编制。",
            "本报告中的数据为全县各乡镇、各部门的汇总数据。",
            "本报告所列数据的统计范围为全市各级行政机关。",
            "报告汇总了全州8个县(市)及州级部门的数据,由州政府办公室编制。",
        ] {
            assert_eq!(
                of_sentence(text, true),
                Some(ScopeKind::Jurisdiction),
                "{text}"
            );
        }
    }

    #[test]
    fn its_own_level_alone() {
        for text in [
            "本报告所列数据仅为市本级数据。",
            "本报告综合市政府各部门的年度报告编制而成。",
            "以上数据不含各区县。",
            "报告数据不包括各乡镇、街道办事处。",
        ] {
            assert_eq!(of_sentence(text, true), Some(ScopeKind::OwnLevel), "{text}");
        }
    }

    #[test]
    fn what_says_nothing_of_figures() {
        for text in [
            "本报告根据条例要求,由市综合行政执法局编制。",
            "本报告所列数据的统计期限自2023年1月1日起至12月31日止。",
            "各县区、各部门要及时汇总上报数据。",
            "综合各方面意见,修订了公开指南。",
            "全市各级各部门高度重视信息公开工作。",
            "本报告的电子版可在全市公开平台下载。",
            "根据条例和省政府办公厅的要求,结合各科室工作实际编制本报告。",
            "制定全区公开要点,下发各街道、各部门,整理形成目录。",
        ] {
            assert_eq!(of_sentence(text, true), None, "{text}");
        }
    }

    #[test]
    fn how_it_was_made_is_said_in_the_opening() {
        let text = "汇总各县区、各部门材料编写情况通报。";
        assert_eq!(of_sentence(text, false), None);
    }
}
