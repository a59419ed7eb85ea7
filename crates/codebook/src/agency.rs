//! What agencies' names are made of.

use serde::Deserialize;

/// Words that agencies' names end in, and words that stand for a name without being one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyLexicon {
    /// What a name ends in (`局`, `人民政府`, `街道办事处`).
    endings: Vec<String>,
    /// What no name contains (`信息`, `情况`): words that show that a text runs on past a name.
    foreign: Vec<String>,
    /// Names hidden on purpose (`某市`, `××局`).
    hidden: Vec<String>,
}

impl AgencyLexicon {
    /// Reads the TOML file of the lexicon.
    ///
    /// # Errors
    /// What the TOML reader says, with its line.
    pub(crate) fn parse(text: &str) -> Result<Self, (usize, String)> {
        toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = text
                .get(..start)
                .map_or(1, |before| before.matches('\n').count() + 1);
            (line, error.message().to_owned())
        })
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_text() {
        let lexicon = AgencyLexicon::parse(include_str!("../data/agencies.toml")).unwrap();
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
    fn an_unknown_key_is_named_with_its_line() {
        let error = AgencyLexicon::parse("endings = []\nforeign = []\nhidden = []\nother = 1\n")
            .unwrap_err();
        assert_eq!(error.0, 4);
    }
}
