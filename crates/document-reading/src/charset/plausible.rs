//! Whether a decoding reads as Chinese: undecodable bytes, and the share of common characters.

use std::sync::LazyLock;

use encoding_rs::Encoding;

use crate::character_set::CharacterSet;

/// The commonest characters of Chinese official prose, simplified and traditional.
static COMMON: LazyLock<CharacterSet> = LazyLock::new(|| listed().collect());

fn listed() -> impl Iterator<Item = char> {
    include_str!("../../data/common_characters.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::chars)
        .filter(|character| !character.is_whitespace())
}

/// How a sample reads in one charset.
pub(super) struct Judgement {
    /// Characters over 127.
    characters: u32,
    /// Of these, undecodable.
    lost: u32,
    /// Of these, common in Chinese prose.
    common: u32,
}

/// Reads a sample in a charset. The sample's last character may be cut.
pub(super) fn judge(encoding: &'static Encoding, sample: &[u8]) -> Judgement {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let mut judgement = Judgement {
        characters: 0,
        lost: 0,
        common: 0,
    };
    let known = &*COMMON;
    for character in text.chars().filter(|character| !character.is_ascii()) {
        judgement.characters += 1;
        if character == char::REPLACEMENT_CHARACTER {
            judgement.lost += 1;
        } else if known.contains(character) {
            judgement.common += 1;
        }
    }
    judgement
}

impl Judgement {
    /// No undecodable byte.
    pub(super) fn is_strict(&self) -> bool {
        self.lost == 0
    }

    /// At most one undecodable character in a hundred, or three in all.
    pub(super) fn is_nearly_strict(&self) -> bool {
        self.lost <= 3.max(self.characters / 100) && self.lost * 2 <= self.characters
    }

    /// Share of common characters, 0 to 1.
    pub(super) fn common_share(&self) -> f64 {
        f64::from(self.common) / f64::from(self.characters.max(1))
    }

    /// Whether it reads clearly better: half as many common characters again, and a tenth of
    /// all (chance gives one or two in a hundred, prose thirty and more), at no more loss.
    pub(super) fn reads_better_than(&self, other: &Self) -> bool {
        self.common_share() > 0.1
            && self.common_share() > other.common_share() * 1.5
            && (self.is_nearly_strict() || self.lost < other.lost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_only_chinese_characters() {
        assert!(listed().count() > 200);
        assert!(listed().all(|character| ('\u{2010}'..='\u{FFEF}').contains(&character)));
    }
}
