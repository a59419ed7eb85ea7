//! Chinese words: which there are, how often they are used, how rare they are among documents.
//!
//! `build.rs` makes tables of `data/dictionary` that stand in the program as they are read: nothing is loaded, and
//! of a page of text no more is touched than the words that begin in it.

mod segmentation;

pub(crate) use segmentation::cut;

static FIRST: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/first"));
static CHARACTERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/characters"));
static CHILDREN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/children"));
static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words"));
static FREQUENCIES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/frequencies"));
static RARITIES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rarities"));
static TOTAL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/total"));
static MEDIAN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/median"));

/// In `WORDS`: no word ends here.
const NO_WORD: u16 = u16::MAX;

/// Number `at` of a table of little-endian numbers of `N` bytes; zeros past the end.
fn number<const N: usize>(table: &[u8], at: usize) -> [u8; N] {
    let (numbers, _) = table.as_chunks::<N>();
    numbers.get(at).copied().unwrap_or([0; N])
}

/// A prefix of words: a node of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Prefix(u32);

impl Prefix {
    const EMPTY: Self = Self(0);

    /// The prefix with one more character, where a word begins so.
    fn with(self, character: char) -> Option<Self> {
        let character = u16::try_from(u32::from(character)).ok()?;
        if self == Self::EMPTY {
            let node = u32::from_le_bytes(number(FIRST, usize::from(character)));
            return (node != 0).then_some(Self(node));
        }
        let at = self.0 as usize;
        let begin = |at| u32::from_le_bytes(number(CHILDREN, at));
        let (mut low, mut high) = (begin(at), begin(at + 1));
        while low < high {
            let middle = low.midpoint(high);
            let here = u16::from_le_bytes(number(CHARACTERS, middle as usize));
            match here.cmp(&character) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(Self(middle)),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The word that it is, if it is one.
    fn word(self) -> Option<Word> {
        let [f0, f1, r0, r1, tag]: [u8; 5] = number(WORDS, self.0 as usize);
        let frequency = u16::from_le_bytes([f0, f1]);
        (frequency != NO_WORD).then_some(Word {
            frequency,
            rarity: u16::from_le_bytes([r0, r1]),
            tag,
        })
    }
}

/// A word of the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    frequency: u16,
    rarity: u16,
    tag: u8,
}

impl Word {
    /// The logarithm of how often it is used.
    fn log_frequency(self) -> f64 {
        f64::from_le_bytes(number(FREQUENCIES, usize::from(self.frequency)))
    }

    /// How rare it is among documents: the logarithm of their number over that of those with the word.
    pub(crate) fn rarity(self) -> f64 {
        f64::from_le_bytes(number(RARITIES, usize::from(self.rarity)))
    }

    /// What part of speech it is: the first letter of jieba's tag.
    pub(crate) fn tag(self) -> char {
        char::from(self.tag)
    }
}

/// How rare a word is of which nothing is known.
pub(crate) fn usual_rarity() -> f64 {
    f64::from_le_bytes(number(MEDIAN, 0))
}

/// The logarithm of how often all words are used.
fn log_total() -> f64 {
    f64::from_le_bytes(number(TOTAL, 0))
}

/// A word by its text.
pub(crate) fn word(text: &str) -> Option<Word> {
    text.chars().try_fold(Prefix::EMPTY, Prefix::with)?.word()
}
