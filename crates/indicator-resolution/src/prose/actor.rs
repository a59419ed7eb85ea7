//! The body that a clause speaks of: the agency of the report, or another one.

use super::line::Line;
use super::words::Words;

/// Longest name of a body, in characters.
const LONGEST_NAME: usize = 20;
/// Fewest characters between a territory and the end of a name that say whose body it is (市|财政|局).
const LEAST_CORE: usize = 1;

/// A body named at the start of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Actor {
    /// Where its name ends.
    pub(super) end: usize,
    /// It is the agency of the report.
    pub(super) own: bool,
}

/// What a report says of itself that its prose is read by.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    /// Year covered.
    pub(super) year: Option<i16>,
    /// Names of the agency.
    pub(super) names: Vec<Vec<char>>,
}

impl About {
    /// Whether a name is the agency's or short for it: its characters stand in the agency's name in order
    /// (市城管委: 广州市城市管理委员会).
    fn is_named(&self, name: &[char]) -> bool {
        self.names.iter().any(|known| {
            let mut rest = known.iter();
            name.iter().all(|wanted| rest.any(|found| found == wanted))
        })
    }
}

/// The body that a clause names at `start`, with its territory (`市财政局`) or as an outsider
/// (`兄弟单位`), straight before what it did; `None` where the agency of the report is not known.
pub(super) fn actor(
    line: &Line,
    start: usize,
    limit: usize,
    words: &Words,
    about: &About,
) -> Option<Actor> {
    if about.names.is_empty() {
        return None;
    }
    let limit = limit.min(start + LONGEST_NAME);
    let outsider = words.outsiders.at(line, start).is_some();
    let mut territory = None;
    for at in start..limit {
        let character = line.at(at);
        if !is_name(character) {
            return None;
        }
        let end = at + 1;
        let ends = words.bodies.ends(line, end, start);
        if let Some(length) = ends
            && (words.acts.at(line, end).is_some() || line.at(end).is_ascii_digit())
        {
            let core = territory.map_or(0, |after: usize| (end - length).saturating_sub(after));
            if !outsider && core < LEAST_CORE {
                return None;
            }
            let name: Vec<char> = (start..end).map(|index| line.at(index)).collect();
            let own = !outsider && about.is_named(&name);
            return Some(Actor { end, own });
        }
        if territory.is_none()
            && matches!(character, '省' | '市' | '区' | '县' | '州' | '旗' | '盟')
        {
            territory = Some(end);
        }
    }
    None
}

/// A character that may be part of a name: no punctuation, digit or particle.
fn is_name(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
        && !"的向对由在经被了将把与及从为给因以到共收受".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_short_for_the_agency() {
        let about = About {
            year: None,
            names: vec!["广州市城市管理委员会".chars().collect()],
        };
        let named = |text: &str| about.is_named(&text.chars().collect::<Vec<_>>());
        assert!(named("市城管委") && named("广州市城市管理委员会"));
        assert!(!named("市财政局") && !named("市规划局"));
    }
}
