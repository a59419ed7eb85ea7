//! One of several parts of the work: which documents are its own, and what all parts must agree on.

use std::collections::HashSet;

use nianbao::Together;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::args::{Shard, ShardBy};
use crate::input::{Place, is_archive, printed};

/// The documents that are a run's own.
pub(super) struct Part {
    shard: Shard,
    by: ShardBy,
    /// Archives among the inputs, where they are not divided.
    archives: HashSet<String>,
    /// Those of others that hold pages of a report of this part.
    needed: HashSet<String>,
    inputs: u64,
    names: Sha256,
    together: u64,
}

/// What `run.json` says of a part. All parts of one job say the same, but for `index`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PartOf {
    pub(crate) index: u64,
    pub(crate) count: u64,
    pub(crate) by: ShardBy,
    /// Inputs of all parts: documents, or files, as `by` says.
    pub(crate) inputs: u64,
    /// SHA-256 of their names, in order.
    pub(crate) names: String,
    /// Fingerprint of what they say of each other.
    pub(crate) together: String,
}

impl Part {
    pub(super) fn new(shard: Shard, by: ShardBy, places: &[Place], together: &Together) -> Self {
        let whole = by == ShardBy::File;
        let names = places.iter().filter(|_| whole);
        let names = names.map(|place| printed(&place.path));
        let mut part = Self {
            shard,
            by,
            archives: names.filter(|name| is_archive(name)).collect(),
            needed: HashSet::new(),
            inputs: 0,
            names: Sha256::new(),
            together: together.fingerprint(),
        };
        if whole {
            let pages = together.split().filter(|pages| {
                let first = pages.first();
                first.is_some_and(|first| part.takes(first))
            });
            let archives = pages.flatten().map(|page| part.unit(page).to_owned());
            part.needed = archives
                .filter(|name| part.archives.contains(name))
                .collect();
        }
        part
    }

    /// Whether a document is in this part.
    pub(super) fn takes(&self, path: &str) -> bool {
        let hash = Sha256::digest(self.unit(path).as_bytes());
        let start = hash.iter().take(8);
        let start = start.fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
        start % self.shard.count == self.shard.index - 1
    }

    /// Whether a file may hold documents of this part.
    pub(super) fn opens(&mut self, place: &Place) -> bool {
        if self.by == ShardBy::Document {
            return true;
        }
        let name = printed(&place.path);
        self.name(&name);
        self.takes(&name) || self.needed.contains(&name)
    }

    /// Another document of all parts.
    pub(super) fn sees(&mut self, path: &str) {
        if self.by == ShardBy::Document {
            self.name(path);
        }
    }

    fn name(&mut self, name: &str) {
        self.inputs += 1;
        self.names.update((name.len() as u64).to_le_bytes());
        self.names.update(name.as_bytes());
    }

    /// What is divided: the document, or the archive that it is in.
    fn unit<'a>(&self, path: &'a str) -> &'a str {
        let mut archives = path.match_indices("!/");
        let archive = archives.find_map(|(end, _)| {
            let archive = path.get(..end)?;
            self.archives.contains(archive).then_some(archive)
        });
        archive.unwrap_or(path)
    }

    /// When all inputs have been seen.
    pub(super) fn of(self) -> PartOf {
        PartOf {
            index: self.shard.index,
            count: self.shard.count,
            by: self.by,
            inputs: self.inputs,
            names: format!("{:x}", self.names.finalize()),
            together: format!("{:016x}", self.together),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(count: u64, by: ShardBy, places: &[Place]) -> Vec<Part> {
        let parts = (1..=count).map(|index| {
            let shard = Shard { index, count };
            Part::new(shard, by, places, &Together::default())
        });
        parts.collect()
    }

    fn place(name: &str) -> Place {
        Place {
            path: name.into(),
            error: None,
            fetched: None,
        }
    }

    #[test]
    fn every_document_is_in_exactly_one_shard_and_shards_are_alike() {
        let parts = parts(3, ShardBy::Document, &[]);
        let mut sizes = [0; 3];
        for number in 0..3_000 {
            let path = format!("a/{number}.html");
            let own: Vec<usize> = (0..3).filter(|index| parts[*index].takes(&path)).collect();
            assert_eq!(own.len(), 1);
            sizes[own[0]] += 1;
        }
        // Five standard deviations of a fair choice.
        assert!(
            sizes.iter().all(|size| (871..1129).contains(size)),
            "{sizes:?}"
        );
    }

    #[test]
    fn the_shard_of_a_name_is_promised() {
        let parts = parts(8, ShardBy::Document, &[]);
        let of = |path: &str| parts.iter().position(|part| part.takes(path));
        assert_eq!(of("pages/1.html"), Some(5));
        assert_eq!(of("crawl.warc.gz!/17"), Some(7));
    }

    #[test]
    fn by_file_an_archive_is_whole_and_others_do_not_open_it() {
        let places = [place("a.zip"), place("b!/c.zip"), place("d!/e.html")];
        let mut parts = parts(5, ShardBy::File, &places);
        let of = |parts: &[Part], path: &str| parts.iter().position(|part| part.takes(path));
        for (archive, entries) in [
            ("a.zip", ["a.zip!/1", "a.zip!/b.zip!/c!/2"]),
            ("b!/c.zip", ["b!/c.zip!/1", "b!/c.zip!/x"]),
        ] {
            for entry in entries {
                assert_eq!(of(&parts, entry), of(&parts, archive), "{entry}");
            }
        }
        for place in &places {
            let opening = parts.iter_mut().map(|part| part.opens(place));
            assert_eq!(opening.filter(|opens| *opens).count(), 1);
        }
        let said: Vec<PartOf> = parts.into_iter().map(Part::of).collect();
        assert!(
            said.iter()
                .all(|of| of.inputs == 3 && of.names == said[0].names)
        );
    }
}
