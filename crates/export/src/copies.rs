//! Records whose id an earlier one has: the same bytes stand at several paths.

use std::collections::HashMap;

/// The ids of the records so far, in some 50 bytes each.
#[derive(Default)]
pub struct Copies {
    /// How often each id came.
    seen: HashMap<Id, u32>,
}

/// A record's id: 16 hexadecimal digits, or whatever another program wrote.
#[derive(PartialEq, Eq, Hash)]
enum Id {
    Digits(u64),
    Other(Box<str>),
}

impl Copies {
    /// Takes note of the next record's id. Where an earlier record has it, the id that its rows bear instead: it ends in
    /// -2, -3, …
    pub fn own_id(&mut self, id: &str) -> Option<String> {
        let times = self.seen.entry(Id::of(id)).or_insert(0);
        *times += 1;
        (*times > 1).then(|| format!("{id}-{times}"))
    }
}

impl Id {
    fn of(id: &str) -> Self {
        let digits = id.len() == 16 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let digits = digits.then(|| u64::from_str_radix(id, 16).ok()).flatten();
        digits.map_or_else(|| Self::Other(id.into()), Self::Digits)
    }
}
