//! Sets of characters that are asked for at every character of a text.

/// Characters of the basic plane, one bit for each.
#[derive(Debug, Default)]
pub(crate) struct CharacterSet(Vec<u64>);

impl FromIterator<char> for CharacterSet {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        let mut bits = vec![0; 0x1_0000 / 64];
        for code in characters.into_iter().map(u32::from) {
            if let Some(bits) = bits.get_mut(code as usize / 64) {
                *bits |= 1 << (code % 64);
            }
        }
        Self(bits)
    }
}

impl CharacterSet {
    pub(crate) fn contains(&self, character: char) -> bool {
        let code = u32::from(character);
        let bits = self.0.get(code as usize / 64);
        bits.is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }
}
