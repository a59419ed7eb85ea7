//! The words that decide how labels are compared: `data/label_words.tsv`.

use std::sync::LazyLock;

/// The word lists.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Counting suffixes, longest first as listed.
    pub(crate) suffixes: Vec<String>,
    /// Units.
    pub(crate) units: Vec<String>,
    /// Headers of columns that add up the others.
    pub(crate) totals: Vec<String>,
    /// Other spellings, with the one that is compared.
    pub(crate) variants: Vec<(String, String)>,
    /// Groups of words that tell labels apart.
    pub(crate) groups: Vec<Group>,
}

/// Words of which a label holds one or another, never by chance.
#[derive(Debug)]
pub(crate) struct Group {
    /// Also a label that holds none differs from one that holds some.
    pub(crate) strict: bool,
    /// The words.
    pub(crate) words: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| parse(include_str!("../../data/label_words.tsv")));

/// The lists.
pub(crate) fn words() -> &'static Words {
    &WORDS
}

/// Whether a text is a unit and nothing else.
pub(crate) fn is_unit(text: &str) -> bool {
    words().units.iter().any(|unit| unit == text)
}

/// Whether a header says that its column adds up the others.
pub(crate) fn is_total(header: &str) -> bool {
    words().totals.iter().any(|total| total == header)
}

fn parse(source: &str) -> Words {
    let mut lists = Words::default();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, words)) = line.split_once('\t') else {
            continue;
        };
        let words: Vec<String> = words.split('|').map(str::to_owned).collect();
        match kind {
            "suffix" => lists.suffixes.extend(words),
            "unit" => lists.units.extend(words),
            "variant" => lists.variants.extend(words.iter().filter_map(|pair| {
                let (written, compared) = pair.split_once('=')?;
                Some((written.to_owned(), compared.to_owned()))
            })),
            "total" => lists.totals.extend(words),
            "strict" | "contrast" => lists.groups.push(Group {
                strict: kind == "strict",
                words,
            }),
            _ => {}
        }
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_understood() {
        let source = include_str!("../../data/label_words.tsv");
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let (kind, list) = line.split_once('\t').expect(line);
            assert!(
                ["variant", "suffix", "unit", "total", "strict", "contrast"].contains(&kind),
                "{line}"
            );
            assert!(
                list.split('|').all(|word| !word.trim().is_empty()),
                "{line}"
            );
        }
        assert!(words().variants.len() > 3);
        assert!(is_unit("人次") && !is_unit("数量"));
        assert!(words().groups.iter().any(|group| group.strict));
        // A bit for each.
        assert!(words().groups.iter().all(|group| group.words.len() <= 64));
    }
}
