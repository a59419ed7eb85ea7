//! What agencies' names are made of.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::CodebookError;
use crate::source::Source;

/// Words that agencies' names end in, words that stand for a name without being one, and what tells
/// the kinds of bodies apart.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyLexicon {
    /// What a name ends in (`局`, `人民政府`, `街道办事处`).
    endings: Vec<String>,
    /// What no name contains (`信息`, `情况`): words that show that a text runs on past a name.
    foreign: Vec<String>,
    /// Names hidden on purpose (`某市`, `××局`).
    hidden: Vec<String>,
    /// What may stand before the place in a name (`国家税务总局`广州市税务局).
    #[serde(default)]
    prefixes: Vec<String>,
    /// What a body of the whole state ends in.
    #[serde(default)]
    national_endings: Vec<String>,
    /// What a body of the whole state begins with.
    #[serde(default)]
    national_beginnings: Vec<String>,
    /// Whole names of such bodies.
    #[serde(default)]
    national_names: Vec<String>,
    /// Words for towns.
    #[serde(default)]
    township: Vec<String>,
    /// Words that hold a word for a town and are none (`城乡`).
    #[serde(default)]
    no_town: Vec<String>,
    /// One body under several names.
    #[serde(default)]
    same: SameNames,
    /// Kinds of bodies, tried in order.
    #[serde(default)]
    bodies: Vec<BodyWords>,
}

/// One body under several names: each with what else it is called.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SameNames {
    /// Ends of whole names.
    endings: BTreeMap<String, Vec<String>>,
    /// What a stem stands before.
    stem_endings: Vec<String>,
    /// What stands between the place and such an ending.
    stems: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct BodyWords {
    /// What kind of body it is.
    kind: BodyKind,
    /// Parts of a name; `$` binds to its end.
    words: Vec<String>,
}

/// What kind of body an agency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// A people's government, its office, or a street office.
    Government,
    /// A department of a government.
    Department,
    /// A body of the state's own line of command: taxes, customs, weather.
    Vertical,
    /// A development zone or another area run by a committee.
    FunctionalArea,
    /// A court or procuratorate.
    Court,
    /// A school or university.
    Education,
    /// A hospital or another body of health care.
    Health,
    /// A firm.
    Enterprise,
    /// An association.
    Association,
    /// Another public institution.
    Institution,
}

impl AgencyLexicon {
    /// Reads the TOML file of the lexicon.
    ///
    /// # Errors
    /// What the TOML reader says, with its line.
    pub(crate) fn parse(source: &Source<'_>) -> Result<Self, CodebookError> {
        source.read()
    }

    /// Whether a text reads like the name of one agency: 2 to 40 characters, all Chinese but
    /// for brackets, an ending of the lexicon, no foreign word, not hidden.
    pub fn is_name(&self, text: &str) -> bool {
        let length = text.chars().count();
        (2..=40).contains(&length)
            && text.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '(' | ')' | '、' | '·' | '〇'))
            && self.endings.iter().any(|ending| text.ends_with(ending.as_str()) && text.len() > ending.len())
            && !self.foreign.iter().any(|word| text.contains(word.as_str()))
            && !self.is_hidden(text)
    }

    /// Whether a name was hidden on purpose.
    pub fn is_hidden(&self, text: &str) -> bool {
        self.hidden.iter().any(|word| text.contains(word.as_str()))
    }

    /// A name without what may stand before its place: `国家税务总局广州市税务局` is `广州市税务局`. A name that is
    /// nothing else stays whole.
    pub fn without_prefix<'a>(&self, name: &'a str) -> &'a str {
        let rests = self.prefixes.iter();
        rests
            .filter_map(|prefix| name.strip_prefix(prefix.as_str()))
            .find(|rest| rest.chars().count() > 2)
            .unwrap_or(name)
    }

    /// Whether a name without a place is that of a body of the whole state: `水利部`, `国家统计局`.
    pub fn is_national(&self, name: &str) -> bool {
        let mut endings = self.national_endings.iter();
        let mut beginnings = self.national_beginnings.iter();
        self.national_names.iter().any(|known| known == name)
            || endings.any(|ending| name.ends_with(ending.as_str()))
            || beginnings.any(|beginning| name.starts_with(beginning.as_str()))
    }

    /// Where the word for a town ends in the part of a name behind its place: `永吉街道办事处` 12, `财政局` none.
    pub fn town_end(&self, name: &str) -> Option<usize> {
        let ends = self.township.iter().filter_map(|word| {
            let other = |at: usize| {
                let mut words = self.no_town.iter();
                words.any(|no| {
                    let mut stands = name.match_indices(no.as_str());
                    stands.any(|(start, _)| start <= at && at < start + no.len())
                })
            };
            let (at, _) = name
                .match_indices(word.as_str())
                .find(|(at, _)| *at > 0 && !other(*at))?;
            Some(at + word.len())
        });
        ends.min()
    }

    /// The name, without its place, by which bodies are matched over the years: `发改局` is `发展和改革局`,
    /// `城关镇人民政府` is `城关镇`.
    pub fn matched(&self, name: &str) -> String {
        let mut name = name.to_owned();
        let endings = self.same.endings.iter();
        let ending = endings
            .flat_map(|(ending, others)| others.iter().map(move |other| (ending, other)))
            .filter(|(ending, other)| {
                name.ends_with(other.as_str()) && !name.ends_with(ending.as_str())
            })
            .max_by_key(|(_, other)| other.len());
        if let Some((ending, other)) = ending {
            name.truncate(name.len() - other.len());
            name.push_str(ending);
        }
        let mut endings = self.same.stem_endings.iter();
        let stem = endings.find_map(|ending| Some((name.strip_suffix(ending.as_str())?, ending)));
        let known = stem.and_then(|(stem, ending)| {
            let mut stems = self.same.stems.iter();
            let (known, _) = stems.find(|(_, others)| others.iter().any(|other| other == stem))?;
            Some(format!("{known}{ending}"))
        });
        known.unwrap_or(name)
    }

    /// What kind of body a name stands for.
    pub fn body(&self, name: &str) -> Option<BodyKind> {
        let bears = |word: &String| match word.strip_suffix('$') {
            Some(ending) => name.ends_with(ending),
            None => name.contains(word.as_str()),
        };
        let body = self.bodies.iter().find(|body| body.words.iter().any(bears));
        body.map(|body| body.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_body_under_several_names() {
        let lexicon = builtin();
        for (name, matched) in [
            ("发改局", "发展和改革局"),
            ("发展改革委员会", "发展和改革委"),
            ("发展和改革委", "发展和改革委"),
            ("城关镇人民政府", "城关镇"),
            ("城关镇", "城关镇"),
            ("水果湖街道办事处", "水果湖街道"),
            ("人民政府", "人民政府"),
            ("政府", "人民政府"),
            ("人民政府办公室", "人民政府办"),
            ("科技局", "科学技术局"),
            ("文化广电局", "文化广电局"),
            ("委员会", "委"),
        ] {
            assert_eq!(lexicon.matched(name), matched);
        }
    }

    fn builtin() -> AgencyLexicon {
        let text = include_str!("../data/agencies.toml");
        AgencyLexicon::parse(&Source::new("agencies.toml", text)).unwrap()
    }

    #[test]
    fn names_are_told_from_text() {
        let lexicon = builtin();
        for name in [
            "广州市番禺区建设局",
            "市城管委",
            "永吉街道办事处",
            "杭州市人民政府",
            "牛街乡人民政府",
            "国家统计局",
        ] {
            assert!(lexicon.is_name(name), "{name}");
        }
        for text in [
            "某市",
            "政府信息公开工作情况",
            "我局",
            "局",
            "本报告由广州市协作办公室",
            "2012年市城管委",
        ] {
            assert!(!lexicon.is_name(text), "{text}");
        }
    }

    #[test]
    fn bodies_are_told_apart() {
        let lexicon = builtin();
        for (name, kind) in [
            ("杭州市人民政府", BodyKind::Government),
            ("天门市人民政府办公室", BodyKind::Government),
            ("永吉街道办事处", BodyKind::Government),
            ("唐村镇", BodyKind::Government),
            ("番禺区建设局", BodyKind::Department),
            ("市城管委", BodyKind::Department),
            ("国家税务总局广州市税务局", BodyKind::Vertical),
            ("厦门海关", BodyKind::Vertical),
            ("苏州工业园区管理委员会", BodyKind::FunctionalArea),
            ("临海市第一中学", BodyKind::Education),
            ("市人民医院", BodyKind::Health),
            ("城市建设投资集团有限公司", BodyKind::Enterprise),
            ("市档案馆", BodyKind::Institution),
            ("县残疾人联合会", BodyKind::Association),
        ] {
            assert_eq!(lexicon.body(name), Some(kind), "{name}");
        }
    }

    #[test]
    fn towns_prefixes_and_the_whole_state() {
        let lexicon = builtin();
        assert_eq!(lexicon.town_end("永吉街道办事处"), Some(12));
        assert_eq!(lexicon.town_end("财政局"), None);
        assert_eq!(lexicon.town_end("自然资源和城乡建设局"), None);
        assert_eq!(
            lexicon.without_prefix("国家税务总局广州市税务局"),
            "广州市税务局"
        );
        assert_eq!(lexicon.without_prefix("国家税务总局"), "国家税务总局");
        assert!(lexicon.is_national("水利部") && lexicon.is_national("国家税务总局"));
        assert!(!lexicon.is_national("财政局"));
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let text = "endings = []\nforeign = []\nhidden = []\nother = 1\n";
        let error = AgencyLexicon::parse(&Source::new("mine.toml", text)).unwrap_err();
        assert!(
            error.to_string().starts_with("mine.toml, line 4"),
            "{error}"
        );
    }
}
