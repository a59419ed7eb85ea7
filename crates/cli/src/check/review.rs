//! What a person should look at first, over all records.

use std::collections::BTreeMap;
use std::io::{self, Write};

use nianbao::Record;
use record::QueuedDoubt;

/// Doubt (largest first), path, part, record, position in the record's review.
type Rank = (std::cmp::Reverse<u64>, String, usize, String, usize);

/// The doubts of all records, the likeliest faults first.
#[derive(Default)]
pub(super) struct Queue {
    ranked: BTreeMap<Rank, QueuedDoubt>,
    most: Option<usize>,
}

impl Queue {
    /// A queue of at most so many.
    pub(super) fn new(most: Option<usize>) -> Self {
        Self {
            ranked: BTreeMap::new(),
            most,
        }
    }

    /// Takes in what a record says of itself.
    pub(super) fn add(&mut self, record: &Record) {
        for (position, doubt) in record.review.iter().enumerate() {
            // Doubts are not negative: their bits are in their order.
            let rank = (
                std::cmp::Reverse(doubt.doubt.get().max(0.0).to_bits()),
                record.source.path.clone(),
                record.source.part,
                record.id.clone(),
                position,
            );
            let queued = QueuedDoubt {
                record: record.id.clone(),
                path: record.source.path.clone(),
                agency: record.agency.name.clone(),
                year: record.period.as_ref().map(|period| period.year),
                doubt: doubt.clone(),
            };
            self.ranked.insert(rank, queued);
            if self.most.is_some_and(|most| self.ranked.len() > most) {
                self.ranked.pop_last();
            }
        }
    }

    /// Writes the queue as JSON Lines.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        for queued in self.ranked.values() {
            serde_json::to_writer(&mut *out, queued)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
