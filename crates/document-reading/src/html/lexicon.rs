//! The words that tell furniture and metadata, from `data/furniture.toml` and `data/metadata.toml`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::phrases::Phrases;
use crate::character_set::CharacterSet;
use model::{FurnitureReason, HintKind};

mod files;

use files::{FurnitureFile, Kind, MarkFile, MetadataFile};

/// What a word, tag or role says, and how loudly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) reason: FurnitureReason,
    pub(super) weight: u32,
}

/// What a label of a metadata table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) kind: HintKind,
    pub(super) strong: bool,
}

/// All of it, ready to look up.
#[derive(Default)]
pub(super) struct Lexicon {
    words: HashMap<String, Mark>,
    /// Few: looked through.
    tags: Vec<(String, Mark)>,
    roles: HashMap<String, Mark>,
    hidden_classes: Vec<String>,
    labels: HashMap<String, Label>,
    meta: HashMap<String, HintKind>,
    json: HashMap<String, HintKind>,
    json_others: HashSet<String>,
    pub(super) control_phrases: Phrases,
    pub(super) navigation_phrases: Phrases,
    pub(super) leads: Vec<String>,
    /// Longest first.
    pub(super) breadcrumb: Vec<String>,
    pub(super) footer: Vec<String>,
    /// Ends of a line behind which a picture stands for a table.
    pub(super) caption_ends: Vec<String>,
    /// Traditional characters of these words, and their simplified forms, ascending.
    fold: Vec<(char, char)>,
    /// These traditional characters.
    folds: CharacterSet,
    /// Words of notices to visitors.
    pub(super) notices: Vec<String>,
    /// Headings of what stands behind a text and is none of it.
    afterwords: HashMap<String, FurnitureReason>,
    /// What they begin with.
    afterword_starts: CharacterSet,
    /// Characters of the longest label.
    pub(super) longest_label: usize,
}

/// The lexicon. A test holds the files to be well formed, so that the default is never met.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| load().unwrap_or_default());

fn load() -> Result<Lexicon, toml::de::Error> {
    let furniture: FurnitureFile = toml::from_str(include_str!("../../data/furniture.toml"))?;
    let metadata: MetadataFile = toml::from_str(include_str!("../../data/metadata.toml"))?;
    let marks = |file: HashMap<String, MarkFile>| -> HashMap<String, Mark> {
        file.into_iter()
            .map(|(name, mark)| {
                let (reason, weight) = (mark.reason.into(), mark.weight);
                (name, Mark { reason, weight })
            })
            .collect()
    };
    let longest_first = |mut phrases: Vec<String>| {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        phrases
    };
    let kinds = |file: HashMap<String, Kind>| {
        file.into_iter()
            .map(|(name, kind)| (name, kind.into()))
            .collect()
    };
    let mut lexicon = Lexicon {
        tags: marks(furniture.tags).into_iter().collect(),
        roles: marks(furniture.roles),
        hidden_classes: furniture.hidden.classes,
        meta: kinds(metadata.meta),
        json: kinds(metadata.json),
        json_others: metadata.json_others,
        control_phrases: furniture.lines.control.into(),
        navigation_phrases: furniture.lines.navigation.into(),
        leads: furniture.lines.leads,
        breadcrumb: longest_first(furniture.lines.breadcrumb),
        footer: furniture.lines.footer,
        notices: furniture.lines.notices,
        caption_ends: furniture.pictures.caption_ends,
        ..Lexicon::default()
    };
    let fold = furniture.fold;
    lexicon.fold = fold
        .traditional
        .chars()
        .zip(fold.simplified.chars())
        .collect();
    lexicon.fold.sort_unstable();
    lexicon.folds = fold.traditional.chars().collect();
    for (headings, reason) in [
        (furniture.lines.comments, FurnitureReason::Control),
        (furniture.lines.elsewhere, FurnitureReason::Navigation),
    ] {
        let marked = headings.into_iter().map(|heading| (heading, reason));
        lexicon.afterwords.extend(marked);
    }
    let starts = lexicon
        .afterwords
        .keys()
        .filter_map(|heading| heading.chars().next());
    lexicon.afterword_starts = starts.collect();
    for group in furniture.words {
        let (reason, weight) = (group.reason.into(), group.weight);
        for word in group.words {
            lexicon.words.insert(word, Mark { reason, weight });
        }
    }
    for group in metadata.labels {
        let (kind, strong) = (group.kind.into(), group.strong);
        for label in group.labels {
            lexicon.longest_label = lexicon.longest_label.max(label.chars().count());
            lexicon.labels.insert(label, Label { kind, strong });
        }
    }
    Ok(lexicon)
}

/// A text as the words of the lexicon are written: the traditional characters among theirs in their
/// simplified form, which takes as many bytes.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    let lexicon = &*LEXICON;
    if text.is_ascii()
        || !text
            .chars()
            .any(|character| lexicon.folds.contains(character))
    {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|character| lexicon.simple(character))
            .collect(),
    )
}

impl Lexicon {
    /// The simplified form of a character.
    fn simple(&self, character: char) -> char {
        self.fold
            .binary_search_by_key(&character, |(traditional, _)| *traditional)
            .ok()
            .and_then(|at| self.fold.get(at))
            .map_or(character, |(_, simple)| *simple)
    }

    /// What a tag name says.
    pub(super) fn tag(&self, name: &str) -> Option<Mark> {
        let known = |(tag, _): &&(String, Mark)| tag == name;
        self.tags.iter().find(known).map(|(_, mark)| *mark)
    }

    /// What a role says.
    pub(super) fn role(&self, name: &str) -> Option<Mark> {
        self.roles.get(name).copied()
    }

    /// What the words of an `id` or `class` value say; the loudest counts.
    pub(super) fn name(&self, value: &str) -> Option<Mark> {
        let mut best: Option<Mark> = None;
        let mut word = String::new();
        let mut low = false;
        let mut check = |word: &mut String| {
            if let Some(mark) = self.words.get(word.as_str())
                && best.is_none_or(|best| mark.weight > best.weight)
            {
                best = Some(*mark);
            }
            word.clear();
        };
        for character in value.chars().chain([' ']) {
            if !character.is_ascii_alphabetic() || (character.is_ascii_uppercase() && low) {
                check(&mut word);
            }
            if character.is_ascii_alphabetic() {
                word.push(character.to_ascii_lowercase());
            }
            low = character.is_ascii_lowercase();
        }
        best
    }

    /// Whether a class hides its element from sight.
    pub(super) fn hides(&self, class: &str) -> bool {
        self.hidden_classes.iter().any(|known| known == class)
    }

    /// What a label of a metadata table is about; `written` without spaces, brackets and colon.
    pub(super) fn label(&self, written: &str) -> Option<Label> {
        self.labels.get(&*folded(written)).copied()
    }

    /// What a meta tag is about.
    pub(super) fn meta(&self, name: &str) -> Option<HintKind> {
        self.meta.get(&name.trim().to_ascii_lowercase()).copied()
    }

    /// What a line heads that is none of the text before it; brackets, counts and colon left aside.
    pub(super) fn afterword(&self, line: &str) -> Option<FurnitureReason> {
        const LONGEST: usize = 24;
        let start = line.chars().find(|character| character.is_alphabetic())?;
        let known = self.afterword_starts.contains(self.simple(start));
        if !known || line.chars().nth(LONGEST).is_some() {
            return None;
        }
        let folded = folded(line);
        let heading: String = folded
            .chars()
            .filter(|character| character.is_alphabetic())
            .collect();
        let heading = heading.trim_end_matches(['条', '篇']);
        self.afterwords.get(heading).copied()
    }

    /// What a key of a script's JSON is about.
    pub(super) fn json(&self, key: &str) -> Option<HintKind> {
        let words = words(key);
        let whole = self.json.get(&words.concat());
        // The last words of a key tell what it is of: `pageDocTitle` is a `docTitle`.
        let part = || {
            (1..words.len()).find_map(|start| {
                let (before, name) = words.split_at(start);
                let other = before.iter().any(|word| self.json_others.contains(word));
                self.json.get(&name.concat()).filter(|_| !other)
            })
        };
        whole.or_else(part).copied()
    }
}

/// The words of a key in lower case: `docPubTime`, `doc_pub_time`.
fn words(key: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut low = false;
    for character in key.chars() {
        if !character.is_alphanumeric() {
            low = false;
            words.push(String::new());
            continue;
        }
        if words.is_empty() || (low && character.is_uppercase()) {
            words.push(String::new());
        }
        low = character.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_by_their_last_words() {
        for (key, kind) in [
            ("pubDate", Some(HintKind::Published)),
            ("ARTICLE_PUB_TIME", Some(HintKind::Published)),
            ("xxgkDocTitle", Some(HintKind::Title)),
            ("siteTitle", None),
            ("subtitle", None),
        ] {
            assert_eq!(LEXICON.json(key), kind, "{key}");
        }
    }

    #[test]
    fn the_files_are_well_formed() {
        let lexicon = load().unwrap();
        assert!(
            lexicon
                .words
                .keys()
                .all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()))
        );
        assert!(
            lexicon
                .labels
                .keys()
                .all(|label| !label.contains([' ', '：', ':']))
        );
        let furniture: FurnitureFile =
            toml::from_str(include_str!("../../data/furniture.toml")).unwrap();
        let lengths = |text: &str| -> Vec<usize> { text.chars().map(char::len_utf8).collect() };
        let fold = furniture.fold;
        assert_eq!(lengths(&fold.traditional), lengths(&fold.simplified));
        assert!(!lexicon.control_phrases.is_empty() && !lexicon.footer.is_empty());
    }

    #[test]
    fn labels_are_known_in_traditional_characters() {
        assert!(load().unwrap().label("發佈時間").is_some());
        assert_eq!(folded("發佈時間：一"), "发布时间：一");
    }

    #[test]
    fn names_are_read_word_by_word() {
        let reason = |value: &str| LEXICON.name(value).map(|mark| mark.reason);
        assert_eq!(reason("topNav2"), Some(FurnitureReason::Navigation));
        assert_eq!(reason("site-footer"), Some(FurnitureReason::SiteFooter));
        assert_eq!(reason("bdsharebuttonbox"), Some(FurnitureReason::Control));
        assert_eq!(reason("naval content"), None);
    }
}
