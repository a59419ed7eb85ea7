//! How bytes become characters.
//!
//! Evidence in this order: a byte order mark; bytes that are valid UTF-8; what the server or the
//! page says, where the bytes agree; bytes that are valid GB18030; a detector on a sample.
//! Trusting the label alone and always detecting each fail on pages that the other reads.

mod declared;
mod pieces;
mod plausible;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use model::{Charset, CharsetBasis};

use crate::Provenance;

/// Bytes given to the detector: more does not make it better, but slower.
const SAMPLE: usize = 16 << 10;

/// The characters of a file.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) charset: Charset,
}

/// Decodes a file. Never fails: what cannot be decoded is U+FFFD, and counted.
pub(crate) fn decode(bytes: &[u8], provenance: &Provenance<'_>) -> Decoded {
    let declared = declared::find(bytes, provenance.content_type);
    let (encoding, basis, marked) = decide(bytes, declared.as_ref());
    let content = bytes.get(marked..).unwrap_or_default();
    let (text, replaced) = pieces::decode(content, encoding);
    Decoded {
        text,
        charset: Charset {
            name: encoding.name().to_owned(),
            basis,
            declared: declared
                .filter(|label| label.encoding != Some(encoding))
                .map(|label| label.label),
            replaced,
        },
    }
}

/// The charset, why, and the length of the byte order mark.
fn decide(
    bytes: &[u8],
    declared: Option<&declared::Label>,
) -> (&'static Encoding, CharsetBasis, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, CharsetBasis::Bom, length);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return (encoding, CharsetBasis::Detected, 0);
    }
    let utf8 = pieces::utf8_share(bytes);
    if utf8.valid {
        return (UTF_8, CharsetBasis::ValidUtf8, 0);
    }
    let declared = declared.and_then(|label| label.encoding);
    // Damaged UTF-8, or a page of two encodings that is mostly UTF-8: no other multi-byte
    // charset gives long runs of valid UTF-8 by chance.
    if utf8.mostly {
        let basis = if declared == Some(UTF_8) {
            CharsetBasis::Declared
        } else {
            CharsetBasis::Detected
        };
        return (UTF_8, basis, 0);
    }
    let sample = sample(bytes);
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8)
        && agrees(encoding, &sample)
    {
        return (encoding, CharsetBasis::Declared, 0);
    }
    // Most Big5 bytes are valid GB18030 too, so validity alone does not decide.
    let gb18030 = plausible::judge(GB18030, &sample);
    let big5 = plausible::judge(BIG5, &sample);
    if gb18030.is_strict() && !big5.reads_better_than(&gb18030) {
        let basis = if GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some()
        {
            CharsetBasis::ValidGb18030
        } else {
            CharsetBasis::Detected
        };
        return (GB18030, basis, 0);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    let guess = if guess == encoding_rs::GBK {
        GB18030
    } else {
        guess
    };
    let best = [GB18030, BIG5]
        .into_iter()
        .map(|encoding| (encoding, plausible::judge(encoding, &sample)))
        .fold((guess, plausible::judge(guess, &sample)), |best, next| {
            if next.1.reads_better_than(&best.1) {
                next
            } else {
                best
            }
        });
    if best.1.common_share() > 0.0 || best.0 != encoding_rs::WINDOWS_1252 {
        (best.0, CharsetBasis::Detected, 0)
    } else {
        (guess, CharsetBasis::Default, 0)
    }
}

/// Whether the bytes bear out a label: few undecodable bytes, and no Chinese charset that reads
/// far better (a single-byte label fits any bytes, a Korean one most of GBK).
fn agrees(encoding: &'static Encoding, sample: &[u8]) -> bool {
    let own = plausible::judge(encoding, sample);
    own.is_nearly_strict()
        && ![GB18030, BIG5]
            .into_iter()
            .filter(|rival| *rival != encoding)
            .any(|rival| plausible::judge(rival, sample).reads_better_than(&own))
}

/// The parts of a file that hold bytes over 127, with a byte or two around, up to [`SAMPLE`].
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::with_capacity(SAMPLE.min(bytes.len()));
    for piece in pieces::marked(bytes) {
        if sample.len() >= SAMPLE {
            break;
        }
        sample.extend_from_slice(bytes.get(piece).unwrap_or_default());
        sample.push(b'\n');
    }
    sample
}

/// UTF-16 without a mark: it has zero bytes, which text in other charsets has not, and in one
/// byte order nearly every unit is a character of a Chinese page.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    if head.len() < 4 || !head.contains(&0) {
        return None;
    }
    let share = |unit: fn([u8; 2]) -> u16| {
        let (mut good, mut all) = (0_u32, 0_u32);
        for pair in head.chunks_exact(2) {
            let &[first, second] = pair else { continue };
            all += 1;
            good += u32::from(matches!(
                unit([first, second]),
                0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0xFF | 0x2000..=0x206F | 0x2460..=0x25FF
                    | 0x3000..=0x303F | 0x3220..=0x33FF | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF
            ));
        }
        f64::from(good) / f64::from(all.max(1))
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    if little.max(big) < 0.95 {
        None
    } else if little > big {
        Some(UTF_16LE)
    } else {
        Some(UTF_16BE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "我局依法公开政府信息，全年收到申请十二件，均在期限内答复。镕";
    const TRADITIONAL: &str = "本府依法公開政府資訊，全年收到申請十二件，均於期限內答覆。";

    fn decided(bytes: &[u8], content_type: Option<&str>) -> Decoded {
        let provenance = Provenance {
            content_type,
            ..Provenance::default()
        };
        decode(bytes, &provenance)
    }

    fn page(label: &str, text: &[u8]) -> Vec<u8> {
        [
            format!("<meta charset={label}><p>").as_bytes(),
            text,
            b"</p>",
        ]
        .concat()
    }

    #[track_caller]
    fn assert_decision(bytes: &[u8], name: &str, basis: CharsetBasis, declared: Option<&str>) {
        let decoded = decided(bytes, None);
        assert_eq!(
            (
                decoded.charset.name.as_str(),
                decoded.charset.basis,
                decoded.charset.declared.as_deref(),
                decoded.charset.replaced
            ),
            (name, basis, declared, 0),
            "{}",
            decoded.text
        );
    }

    #[test]
    fn evidence_is_taken_in_order() {
        let gbk = GB18030.encode(PROSE).0;
        let big5 = BIG5.encode(TRADITIONAL).0;
        let utf8 = PROSE.as_bytes();
        assert_decision(
            &page("gb2312", &gbk),
            "gb18030",
            CharsetBasis::Declared,
            None,
        );
        assert_decision(
            &page("gb2312", utf8),
            "UTF-8",
            CharsetBasis::ValidUtf8,
            Some("gb2312"),
        );
        assert_decision(
            &page("utf-8", &gbk),
            "gb18030",
            CharsetBasis::ValidGb18030,
            Some("utf-8"),
        );
        assert_decision(&gbk, "gb18030", CharsetBasis::ValidGb18030, None);
        assert_decision(&page("big5", &big5), "Big5", CharsetBasis::Declared, None);
        assert_decision(&big5, "Big5", CharsetBasis::Detected, None);
        assert_decision(
            &page("gbk", &big5),
            "Big5",
            CharsetBasis::Detected,
            Some("gbk"),
        );
        assert_decision(
            &page("iso-8859-1", &gbk),
            "gb18030",
            CharsetBasis::ValidGb18030,
            Some("iso-8859-1"),
        );
        assert_decision(
            &[b"\xEF\xBB\xBF", utf8].concat(),
            "UTF-8",
            CharsetBasis::Bom,
            None,
        );
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let text = format!("{PROSE}\r\n2013");
        let units = |bom: bool| -> Vec<u8> {
            bom.then_some(0xFEFF)
                .into_iter()
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect()
        };
        assert_decision(&units(true), "UTF-16LE", CharsetBasis::Bom, None);
        assert_decision(&units(false), "UTF-16LE", CharsetBasis::Detected, None);
        assert_eq!(decided(&units(false), None).text, text);
    }

    #[test]
    fn a_cut_last_character_is_still_utf8() {
        let bytes = &PROSE.as_bytes()[..PROSE.len() - 1];
        let decoded = decided(bytes, None);
        assert_eq!(decoded.charset.basis, CharsetBasis::ValidUtf8);
        assert_eq!(decoded.charset.replaced, 1);
    }

    #[test]
    fn a_server_label_goes_before_the_page() {
        let gbk = GB18030.encode(PROSE).0;
        let decoded = decided(&page("utf-8", &gbk), Some("text/html; charset=GBK"));
        assert_eq!(decoded.charset.basis, CharsetBasis::Declared);
        assert_eq!(decoded.charset.declared, None);
    }
}
