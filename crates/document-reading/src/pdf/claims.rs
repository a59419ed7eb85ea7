//! Numbers that a file claims and that the engine makes room for, brought down in place to what there can be: a row of
//! the predictors of 7.4.4.4 has no two thousand million samples, and the codes of a font end at 65,535 (9.7.4.3).

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

/// Samples in a row.
const COLUMNS: u64 = 1 << 20;
/// The last code of a font whose codes are numbers of glyphs.
const LAST_CODE: u64 = 0xFFFF;

/// What claims something: a key and its number, or the widths of a font, in their place or as an object.
static CLAIMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?-u)/(Columns|W2?)[\x00\t\n\x0C\r ]*([0-9]+|\[)|obj[\x00\t\n\x0C\r ]*(\[)").ok()
});

/// Brings the claims of a file down.
pub(super) fn lower(bytes: &mut [u8]) {
    let mut over: Vec<(Range<usize>, u64)> = Vec::new();
    for claim in CLAIMS.iter().flat_map(|claims| claims.captures_iter(bytes)) {
        let key = claim.get(1).map_or(&b""[..], |key| key.as_bytes());
        let Some(value) = claim.get(2).or_else(|| claim.get(3)) else {
            continue;
        };
        let most = match key {
            b"Columns" => COLUMNS,
            _ => LAST_CODE,
        };
        if value.as_bytes() == b"[" {
            let array = bytes.get(value.start()..).unwrap_or_default();
            let found = numbers(array).into_iter().map(|number| {
                let range = value.start() + number.start..value.start() + number.end;
                (range, most)
            });
            over.extend(found);
        } else {
            over.push((value.range(), most));
        }
    }
    for (range, most) in over {
        let Some(digits) = bytes.get_mut(range) else {
            continue;
        };
        let value = str::from_utf8(digits).ok().map(str::parse::<u64>);
        // What cannot be told is more than anything.
        if value.is_some_and(|value| value.is_ok_and(|value| value <= most)) {
            continue;
        }
        // The number has no fewer digits than its bound.
        digits.fill(b' ');
        for (digit, byte) in digits.iter_mut().zip(most.to_string().bytes()) {
            *digit = byte;
        }
    }
}

/// The whole numbers in an array of numbers; none where it holds anything else.
fn numbers(array: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (index, byte) in array.iter().enumerate() {
        match byte {
            b'0'..=b'9' | b'.' | b'-' | b'+' => continue,
            b'[' | b']' | b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ' => {}
            _ => return Vec::new(),
        }
        let number = array.get(start..index).unwrap_or_default();
        if !number.is_empty() && number.iter().all(u8::is_ascii_digit) {
            found.push(start..index);
        }
        start = index + 1;
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return found;
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lowered(text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        lower(&mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn claims_are_lowered_and_nothing_else_is() {
        for (claimed, expected) in [
            ("/Columns 2147483647 >>", "/Columns 1048576    >>"),
            (
                "/Columns 99999999999999999999999>>",
                "/Columns 1048576                >>",
            ),
            ("/Columns 5 /Colors 77", "/Columns 5 /Colors 77"),
            (
                "/W [0 2147483647 500 1[500 600]]",
                "/W [0 65535      500 1[500 600]]",
            ),
            ("/W2[1 99999 -1000 500 880]", "/W2[1 65535 -1000 500 880]"),
            (
                "6 0 obj\n[0 70000 500]\nendobj",
                "6 0 obj\n[0 65535 500]\nendobj",
            ),
            ("6 0 obj [70000 0 R]", "6 0 obj [70000 0 R]"),
            ("/Width 2147483647", "/Width 2147483647"),
            ("/W [1 4 2] 99999", "/W [1 4 2] 99999"),
            ("/W [70000 ", "/W [70000 "),
            ("/W [41 42 299.80469 3]", "/W [41 42 299.80469 3]"),
        ] {
            assert_eq!(lowered(claimed), expected);
        }
    }
}
