//! Makes of the dictionary (`data/dictionary`) the tables that `src/dictionary` reads where they stand in the program.
//!
//! The words are a tree of characters. Its nodes are numbered level by level, so that the children of a node
//! stand together, sorted: `characters` holds the character of each node, `children` where its children begin (the next
//! node's begin where they end), `words` what is known of the word that ends there, as indices into `frequencies` (logarithms) and
//! `rarities`. `first` holds the node of each character that begins a word, 0 for those that begin none. All numbers are
//! little-endian.

use std::collections::{BTreeMap, VecDeque};
use std::error::Error;
use std::io::Read;
use std::path::Path;
use std::{env, fs};

use flate2::read::GzDecoder;

const FILE: &str = "data/dictionary/words.tsv.gz";
/// In `words`: no word ends here.
const NO_WORD: u16 = u16::MAX;

#[derive(Default)]
struct Node {
    children: BTreeMap<char, Node>,
    word: Option<Word>,
}

struct Word {
    frequency: u64,
    tag: u8,
    rarity: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FILE}");
    println!("cargo::rerun-if-changed=build.rs");
    let mut text = String::new();
    GzDecoder::new(fs::File::open(FILE)?).read_to_string(&mut text)?;
    let mut lines = text.lines();
    let median: f64 = lines
        .next()
        .and_then(|line| line.strip_prefix("# median\t"))
        .ok_or("the first line must state the median of the weights")?
        .parse()?;
    let mut root = Node::default();
    let mut total = 0;
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let [word, frequency, tag, rarity] = fields.as_slice() else {
            return Err(format!("not four fields: `{line}`").into());
        };
        let mut node = &mut root;
        for character in word.chars() {
            node = node.children.entry(character).or_default();
        }
        let known = Word {
            frequency: frequency.parse()?,
            tag: tag.bytes().next().unwrap_or(b' '),
            rarity: if rarity.is_empty() {
                median
            } else {
                rarity.parse()?
            },
        };
        total += known.frequency;
        node.word = Some(known);
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo tells a build script in this way alone"
    )]
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    fs::write(out.join("first"), first(&root)?)?;
    let tables = Tables::of(root)?;
    fs::write(out.join("characters"), &tables.characters)?;
    fs::write(out.join("children"), &tables.children)?;
    fs::write(out.join("words"), &tables.words)?;
    fs::write(out.join("frequencies"), tables.frequencies.bytes())?;
    fs::write(out.join("rarities"), tables.rarities.bytes())?;
    fs::write(out.join("total"), (total as f64).ln().to_le_bytes())?;
    fs::write(out.join("median"), median.to_le_bytes())?;
    Ok(())
}

/// The nodes of one character, by character: they follow the root in order.
fn first(root: &Node) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut nodes = vec![0; usize::from(u16::MAX) + 1];
    for (character, node) in root.children.keys().zip(1_u32..) {
        let at = usize::from(u16::try_from(u32::from(*character))?);
        if let Some(slot) = nodes.get_mut(at) {
            *slot = node;
        }
    }
    let nodes = nodes.into_iter();
    Ok(nodes.flat_map(u32::to_le_bytes).collect())
}

#[derive(Default)]
struct Tables {
    characters: Vec<u8>,
    children: Vec<u8>,
    words: Vec<u8>,
    frequencies: Distinct,
    rarities: Distinct,
}

impl Tables {
    fn of(root: Node) -> Result<Self, Box<dyn Error>> {
        let mut tables = Self::default();
        let mut waiting = VecDeque::from([('\0', root)]);
        let mut numbered: u32 = 1;
        while let Some((character, node)) = waiting.pop_front() {
            let character = u16::try_from(u32::from(character))?;
            tables.characters.extend(character.to_le_bytes());
            tables.children.extend(numbered.to_le_bytes());
            numbered += u32::try_from(node.children.len())?;
            let (frequency, rarity, tag) = match node.word {
                Some(word) => (
                    tables.frequencies.index((word.frequency as f64).ln())?,
                    tables.rarities.index(word.rarity)?,
                    word.tag,
                ),
                None => (NO_WORD, 0, 0),
            };
            tables.words.extend(frequency.to_le_bytes());
            tables.words.extend(rarity.to_le_bytes());
            tables.words.push(tag);
            waiting.extend(node.children);
        }
        tables.children.extend(numbered.to_le_bytes());
        Ok(tables)
    }
}

/// Numbers, each once.
#[derive(Default)]
struct Distinct {
    known: BTreeMap<u64, u16>,
    all: Vec<f64>,
}

impl Distinct {
    fn index(&mut self, number: f64) -> Result<u16, Box<dyn Error>> {
        if let Some(known) = self.known.get(&number.to_bits()) {
            return Ok(*known);
        }
        let index = u16::try_from(self.all.len())?;
        if index == NO_WORD {
            return Err("too many different numbers".into());
        }
        self.known.insert(number.to_bits(), index);
        self.all.push(number);
        Ok(index)
    }

    fn bytes(&self) -> Vec<u8> {
        let all = self.all.iter();
        all.flat_map(|number| number.to_le_bytes()).collect()
    }
}
