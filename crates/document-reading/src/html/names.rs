//! Names met in a page, so that the parser's table of all names is asked once for each.

use html5ever::LocalName;

/// Slots for names: about as many as a page has.
const SLOTS: usize = 256;

/// Names of tags and attributes.
#[derive(Default)]
pub(super) struct Names {
    known: Vec<Option<LocalName>>,
}

impl Names {
    /// A name in lower case.
    pub(super) fn get(&mut self, name: &str) -> LocalName {
        // FNV-1a, and whether the name is as it is meant.
        let (mut hash, mut literal) = (0x811C_9DC5_u32, true);
        for byte in name.bytes() {
            literal &= !byte.is_ascii_uppercase() && byte != 0;
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        if !literal {
            let meant = name.to_ascii_lowercase().replace('\0', "\u{FFFD}");
            return LocalName::from(meant);
        }
        if self.known.is_empty() {
            self.known.resize(SLOTS, None);
        }
        let Some(slot) = self.known.get_mut(hash as usize % SLOTS) else {
            return LocalName::from(name);
        };
        match slot {
            Some(known) if **known == *name => known.clone(),
            _ => slot.insert(LocalName::from(name)).clone(),
        }
    }
}
