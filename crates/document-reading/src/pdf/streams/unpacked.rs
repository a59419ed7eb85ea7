//! How much bytes unpack to, counted up to a bound and kept nowhere where that can be helped.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::DeflateDecoder;

/// How a stream is packed (ISO 32000-1, 7.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Flate,
    Lzw,
    RunLength,
    Ascii85,
    AsciiHex,
    /// One of pictures: such a stream is never text.
    Picture,
    /// One that is passed over.
    Other,
}

impl Filter {
    pub(super) fn named(name: &[u8]) -> Self {
        match name {
            b"FlateDecode" | b"Fl" => Self::Flate,
            b"LZWDecode" | b"LZW" => Self::Lzw,
            b"RunLengthDecode" | b"RL" => Self::RunLength,
            b"ASCII85Decode" | b"A85" => Self::Ascii85,
            b"ASCIIHexDecode" | b"AHx" => Self::AsciiHex,
            b"DCTDecode" | b"DCT" | b"JPXDecode" | b"JBIG2Decode" | b"CCITTFaxDecode" | b"CCF" => {
                Self::Picture
            }
            _ => Self::Other,
        }
    }

    /// The most bytes that one byte can become.
    fn ratio(self) -> usize {
        match self {
            // A match of 258 bytes in two bits.
            Self::Flate => 1_032,
            // An entry of under 4,096 bytes in nine bits.
            Self::Lzw => 4_096,
            // 128 times one byte in two.
            Self::RunLength => 64,
            // `z` is four zeros.
            Self::Ascii85 => 4,
            Self::AsciiHex | Self::Picture | Self::Other => 1,
        }
    }
}

/// The most that so many bytes can become.
pub(super) fn at_most(bytes: usize, filters: &[Filter]) -> usize {
    if filters.contains(&Filter::Picture) {
        return 0;
    }
    let ratio = |bytes: usize, filter: &Filter| bytes.saturating_mul(filter.ratio());
    filters.iter().fold(bytes, ratio)
}

/// What the bytes come to; `None` where that is over the bound, at any step.
pub(super) fn count(bytes: &[u8], filters: &[Filter], bound: usize) -> Option<usize> {
    if filters.contains(&Filter::Picture) {
        return Some(0);
    }
    let mut packing = filters
        .iter()
        .copied()
        .filter(|filter| *filter != Filter::Other);
    let Some(mut last) = packing.next() else {
        return Some(bytes.len()).filter(|count| *count <= bound);
    };
    let mut data = Cow::Borrowed(bytes);
    for next in packing {
        let mut unpacked = Vec::new();
        let count = match last {
            // Only its length is known: what it may become must do.
            Filter::Lzw => {
                let count = lzw(&data, bound)?;
                return Some(at_most(count, &[next])).filter(|count| *count <= bound);
            }
            last => one(&data, last, bound, |part| unpacked.extend_from_slice(part))?,
        };
        debug_assert_eq!(count, unpacked.len());
        data = Cow::Owned(unpacked);
        last = next;
    }
    one(&data, last, bound, |_| {})
}

/// Unpacks by one filter and counts what comes.
fn one(bytes: &[u8], filter: Filter, bound: usize, mut keep: impl FnMut(&[u8])) -> Option<usize> {
    match filter {
        Filter::Flate => flate(bytes, bound, keep),
        Filter::Lzw => lzw(bytes, bound),
        Filter::RunLength => run_length(bytes, bound, keep),
        Filter::Ascii85 => ascii_85(bytes, bound, keep),
        Filter::AsciiHex => {
            let digits = bytes.iter().take_while(|byte| **byte != b'>');
            let digits: Vec<u8> = digits
                .filter_map(|byte| char::from(*byte).to_digit(16))
                .filter_map(|digit| u8::try_from(digit).ok())
                .collect();
            let data: Vec<u8> = digits
                .chunks(2)
                .map(|pair| {
                    pair.first().map_or(0, |high| high << 4) | pair.get(1).copied().unwrap_or(0)
                })
                .collect();
            keep(&data);
            Some(data.len()).filter(|count| *count <= bound)
        }
        Filter::Picture | Filter::Other => {
            keep(bytes);
            Some(bytes.len()).filter(|count| *count <= bound)
        }
    }
}

/// As readers do it: what comes before damage counts.
fn flate(bytes: &[u8], bound: usize, mut keep: impl FnMut(&[u8])) -> Option<usize> {
    let headed =
        |header: &[u8; 2]| header[0] & 0x0F == 8 && u16::from_be_bytes(*header).is_multiple_of(31);
    let bytes = match bytes.split_first_chunk::<2>() {
        Some((header, rest)) if headed(header) => rest,
        _ => bytes,
    };
    let mut decoder = DeflateDecoder::new(bytes);
    let (mut buffer, mut count) = ([0; 4 << 10], 0);
    while let Ok(more @ 1..) = decoder.read(&mut buffer) {
        count += more;
        if count > bound {
            return None;
        }
        keep(buffer.get(..more)?);
    }
    Some(count)
}

/// Lengths alone: each entry of the table is one byte longer than the one it was made from.
fn lzw(bytes: &[u8], bound: usize) -> Option<usize> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const FIRST: usize = 258;
    let mut table: Vec<usize> = Vec::new();
    let mut before: Option<usize> = None;
    let (mut held, mut bits, mut count) = (0_u32, 0_u32, 0_usize);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        // A code is longer one entry early, as writers do it by default.
        let width = match FIRST + table.len() + 1 {
            ..512 => 9,
            512..1_024 => 10,
            1_024..2_048 => 11,
            _ => 12,
        };
        if bits < width {
            continue;
        }
        bits -= width;
        let code = (held >> bits) as usize & ((1 << width) - 1);
        let length = match code {
            CLEAR => {
                table.clear();
                before = None;
                continue;
            }
            END => break,
            ..CLEAR => 1,
            code => match (table.get(code - FIRST), before) {
                (Some(known), _) => *known,
                (None, Some(before)) => before + 1,
                (None, None) => break,
            },
        };
        count += length;
        if count > bound {
            return None;
        }
        if let (Some(before), true) = (before, FIRST + table.len() < 4_096) {
            table.push(before + 1);
        }
        before = Some(length);
    }
    Some(count)
}

fn run_length(bytes: &[u8], bound: usize, mut keep: impl FnMut(&[u8])) -> Option<usize> {
    let (mut rest, mut count) = (bytes, 0);
    while let [length, tail @ ..] = rest {
        let (run, used) = match usize::from(*length) {
            length @ ..128 => {
                let part = tail.get(..=length).unwrap_or(tail);
                (Cow::Borrowed(part), part.len())
            }
            128 => break,
            length => match tail.first() {
                Some(byte) => (Cow::Owned(vec![*byte; 257 - length]), 1),
                None => break,
            },
        };
        count += run.len();
        if count > bound {
            return None;
        }
        keep(&run);
        rest = tail.get(used..).unwrap_or_default();
    }
    Some(count)
}

fn ascii_85(bytes: &[u8], bound: usize, mut keep: impl FnMut(&[u8])) -> Option<usize> {
    let (mut value, mut digits, mut count) = (0_u32, 0_usize, 0_usize);
    for byte in bytes {
        let (word, length) = match byte {
            b'z' if digits == 0 => ([0; 4], 4),
            b'!'..=b'u' => {
                value = value.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                digits += 1;
                if digits < 5 {
                    continue;
                }
                (value.to_be_bytes(), 4)
            }
            b'~' => break,
            // Blanks, and what does not belong there.
            _ => continue,
        };
        (value, digits) = (0, 0);
        count += length;
        if count > bound {
            return None;
        }
        keep(&word);
    }
    if digits > 1 {
        for _ in digits..5 {
            value = value.wrapping_mul(85).wrapping_add(84);
        }
        let word = value.to_be_bytes();
        let word = word.get(..digits - 1).unwrap_or_default();
        count += word.len();
        keep(word);
    }
    Some(count).filter(|count| *count <= bound)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn each_filter_is_counted_up_to_its_bound() {
        let lzw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        for (filter, bytes, expected) in [
            (Filter::Flate, packed(&[7; 5_000]), 5_000),
            (Filter::Lzw, lzw.to_vec(), 10),
            (Filter::RunLength, vec![2, 1, 2, 3, 254, 9, 128, 5], 6),
            (Filter::Ascii85, b"z 87cUR\nDZ ~> zz".to_vec(), 9),
            (Filter::AsciiHex, b"41 4 2 4> 99".to_vec(), 3),
            (Filter::Other, b"abc".to_vec(), 3),
        ] {
            assert_eq!(
                count(&bytes, &[filter], expected),
                Some(expected),
                "{filter:?}"
            );
            assert_eq!(count(&bytes, &[filter], expected - 1), None, "{filter:?}");
            assert!(at_most(bytes.len(), &[filter]) >= expected, "{filter:?}");
        }
    }

    #[test]
    fn filters_one_after_the_other_are_followed() {
        let twice = packed(&packed(&vec![0; 1 << 20]));
        assert_eq!(count(&twice, &[Filter::Flate; 2], 1 << 20), Some(1 << 20));
        assert_eq!(count(&twice, &[Filter::Flate; 2], (1 << 20) - 1), None);
        let hex: String = packed(&[7; 900])
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            count(hex.as_bytes(), &[Filter::AsciiHex, Filter::Flate], 900),
            Some(900)
        );
        assert_eq!(count(&twice, &[Filter::Flate, Filter::Picture], 1), Some(0));
    }

    #[test]
    fn damage_ends_the_count() {
        let whole = packed(
            &(0..40_000_u32)
                .flat_map(u32::to_be_bytes)
                .collect::<Vec<u8>>(),
        );
        let part = count(&whole[..whole.len() / 2], &[Filter::Flate], usize::MAX).unwrap();
        assert!(part > 0 && part < 160_000, "{part}");
        assert_eq!(
            count(b"no such thing", &[Filter::Flate], usize::MAX),
            Some(0)
        );
    }
}
