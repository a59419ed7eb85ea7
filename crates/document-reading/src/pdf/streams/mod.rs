//! Bounds what the streams of a file unpack to, before anything unpacks them.
//!
//! The engine unpacks a stream as a whole, whatever it comes to. So the streams are found here by their keywords, in
//! one pass over the bytes ([`dictionary`] tells how each is packed), and those that could come to too much are unpacked
//! once into nothing ([`unpacked`]). Those that are over a bound are blanked in the copy that the engine reads.
//! What is packed in a way that the bytes do not tell is looked at by [`look`], when the file is open.

mod dictionary;
mod unpacked;

use std::sync::{Arc, LazyLock};

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::Object;
use model::Warning;
use regex::bytes::Regex;

use super::{claims, warning};
use crate::Limits;

use dictionary::{Entries, is_blank};
use unpacked::Filter;

/// What is unpacked for its size alone, as a multiple of what a file may come to: after that, what may be too
/// large is taken for too large.
const MOST_COUNTED: usize = 8;

/// A copy of the bytes that unpacks to no more than it may, and what that cost.
pub(super) struct Bounded {
    /// Shared with the engine, which keeps them.
    pub(super) bytes: Arc<Vec<u8>>,
    cut: Cut,
    /// Some streams are encrypted or do not say plainly how they are packed.
    doubtful: bool,
}

/// Streams that are left out.
#[derive(Default)]
struct Cut {
    /// By the bound of one stream.
    large: usize,
    /// By the bound of all streams.
    more: usize,
}

impl Bounded {
    /// Whether anything is left out.
    pub(super) fn is_cut(&self) -> bool {
        self.cut.large + self.cut.more > 0
    }

    /// What is left out, and by which limit.
    pub(super) fn warnings(&self, limits: &Limits) -> Vec<Warning> {
        let said = [
            (self.cut.large, large(limits)),
            (self.cut.more, more(limits)),
        ];
        let said = said.into_iter().filter(|(streams, _)| *streams > 0);
        said.map(|(streams, limit)| {
            warning(
                "limit_reached",
                format!("{limit}; {streams} streams were not read"),
            )
        })
        .collect()
    }
}

fn large(limits: &Limits) -> String {
    format!(
        "limit: pdf_stream_bytes, {}: the PDF has streams that unpack to more",
        limits.stream_bytes
    )
}

fn more(limits: &Limits) -> String {
    format!(
        "limit: pdf_bytes, {}: the PDF's streams unpack to more",
        limits.unpacked_bytes
    )
}

/// Where a stream stands and how it is packed.
struct Stream {
    entries: Entries,
    /// Where its dictionary begins.
    dictionary: usize,
    /// Where its data begin, and where the word stands that ends them.
    data: usize,
    end: usize,
}

impl Stream {
    /// The data as far as any reader can take them to go: to the end of the file, where the length does not say it.
    /// Unpacking finds its own end; what is not packed becomes no more than the file is.
    fn data<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        if self
            .entries
            .filters
            .iter()
            .all(|filter| *filter == Filter::Other)
        {
            return bytes.get(self.data..self.end).unwrap_or_default();
        }
        let rest = bytes.get(self.data..).unwrap_or_default();
        let said = self
            .entries
            .length
            .and_then(|length| rest.split_at_checked(length));
        match said {
            Some((data, behind)) if ends(behind) => data,
            _ => rest,
        }
    }
}

fn ends(behind: &[u8]) -> bool {
    let blank = behind.iter().position(|byte| !is_blank(*byte)).unwrap_or(0);
    behind
        .get(blank..)
        .is_some_and(|behind| behind.starts_with(b"endstream"))
}

/// Bounds what the streams of these bytes unpack to.
pub(super) fn bound(bytes: &[u8], limits: &Limits) -> Bounded {
    let (streams, encrypted) = find(bytes);
    let doubtful = encrypted || streams.iter().any(|stream| !stream.entries.plain);
    let mut copy = bytes.to_vec();
    claims::lower(&mut copy);
    let (pictures, streams): (Vec<Stream>, Vec<Stream>) = streams
        .into_iter()
        .partition(|stream| stream.entries.picture);
    for picture in &pictures {
        // Whoever names it as text gets it as it is.
        hide_filters(&mut copy, picture);
    }
    let cut = cut(&mut copy, bytes, &streams, limits);
    Bounded {
        bytes: Arc::new(copy),
        cut,
        doubtful,
    }
}

/// Blanks the streams in the copy of a file that are over a bound.
fn cut(copy: &mut [u8], bytes: &[u8], streams: &[Stream], limits: &Limits) -> Cut {
    let mut cut = Cut::default();
    let most: Vec<usize> = streams
        .iter()
        .map(|stream| unpacked::at_most(stream.data(bytes).len(), &stream.entries.filters))
        .collect();
    let all = most.iter().copied().fold(0, usize::saturating_add);
    if all <= limits.unpacked_bytes && most.iter().all(|most| *most <= limits.stream_bytes) {
        return cut;
    }
    let mut left = limits.unpacked_bytes;
    let mut work = limits.unpacked_bytes.saturating_mul(MOST_COUNTED);
    for (stream, most) in streams.iter().zip(most) {
        let bound = limits.stream_bytes.min(left);
        let count = if work == 0 && most > bound {
            None
        } else {
            unpacked::count(stream.data(bytes), &stream.entries.filters, bound)
        };
        work = work.saturating_sub(count.unwrap_or(bound));
        match count {
            Some(count) => left -= count,
            None => {
                if bound < limits.stream_bytes {
                    cut.more += 1;
                } else {
                    cut.large += 1;
                }
                hide_filters(copy, stream);
                if let Some(data) = copy.get_mut(stream.data..stream.end) {
                    data.fill(b' ');
                }
            }
        }
    }
    cut
}

/// The streams of an open file that the bytes did not tell enough of: why it may not be read, where it may not.
pub(super) fn look(pdf: &Pdf, bounded: &Bounded, limits: &Limits) -> Result<(), String> {
    if !bounded.doubtful {
        return Ok(());
    }
    let mut left = limits.unpacked_bytes;
    for stream in pdf.objects().into_iter().filter_map(Object::into_stream) {
        let filters: Vec<Filter> = stream
            .filters()
            .iter()
            .map(|filter| (*filter).into())
            .collect();
        let data = stream.raw_data();
        let bound = limits.stream_bytes.min(left);
        match unpacked::count(&data, &filters, bound) {
            Some(count) => left -= count,
            None if bound < limits.stream_bytes => return Err(more(limits)),
            None => return Err(large(limits)),
        }
    }
    Ok(())
}

impl From<hayro_interpret::hayro_syntax::Filter> for Filter {
    fn from(filter: hayro_interpret::hayro_syntax::Filter) -> Self {
        use hayro_interpret::hayro_syntax::Filter as Engine;
        match filter {
            Engine::FlateDecode => Self::Flate,
            Engine::LzwDecode => Self::Lzw,
            Engine::RunLengthDecode => Self::RunLength,
            Engine::Ascii85Decode => Self::Ascii85,
            Engine::AsciiHexDecode => Self::AsciiHex,
            Engine::CcittFaxDecode
            | Engine::Jbig2Decode
            | Engine::DctDecode
            | Engine::JpxDecode => Self::Picture,
            Engine::Crypt => Self::Other,
        }
    }
}

/// The words that stand around dictionaries and data, and what says that data are encrypted.
static WORDS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u)endobj|obj|endstream|stream|/Encrypt").ok());

/// Every stream, in the order of the file, and whether they are encrypted.
fn find(bytes: &[u8]) -> (Vec<Stream>, bool) {
    let mut found: Vec<Stream> = Vec::new();
    let mut encrypted = false;
    // Where the dictionary of the object begins that has no stream yet.
    let mut object = None;
    let mut open = false;
    for word in WORDS.iter().flat_map(|words| words.find_iter(bytes)) {
        match word.as_bytes() {
            b"obj" => object = Some(word.end()),
            b"endobj" => object = None,
            b"/Encrypt" => encrypted = true,
            b"endstream" => {
                if let (Some(stream), true) = (found.last_mut(), open) {
                    stream.end = word.start();
                }
                open = false;
            }
            _ => {
                let line = match bytes.get(word.end()..) {
                    Some([b'\r', b'\n', ..]) => 2,
                    Some([b'\r' | b'\n', ..]) => 1,
                    _ => continue,
                };
                let Some(dictionary) = object.take() else {
                    continue;
                };
                found.push(Stream {
                    entries: dictionary::read(
                        bytes.get(dictionary..word.start()).unwrap_or_default(),
                    ),
                    dictionary,
                    data: word.end() + line,
                    end: bytes.len(),
                });
                open = true;
            }
        }
    }
    (found, encrypted)
}

/// Makes the names of a stream's filters such that no reader knows them: it is taken as it is.
fn hide_filters(bytes: &mut [u8], stream: &Stream) {
    for name in &stream.entries.names {
        let name = stream.dictionary + name.start + 1..stream.dictionary + name.end;
        if let Some(name) = bytes.get_mut(name) {
            name.fill(b'x');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(stream_bytes: usize, unpacked_bytes: usize) -> Limits {
        Limits {
            stream_bytes,
            unpacked_bytes,
            ..Limits::default()
        }
    }

    /// Three streams, the second of 600 bytes when unpacked.
    const FILE: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Length 4 >>\nstream\nq Q \nendstream\nendobj\n\
        2 0 obj<</Filter /RL/Length 99>>stream\r\n\x81a\x81b\x81c\x81d\x81e\x80\nendstream\nendobj\n\
        3 0 obj << /Length 5 0 R >> stream\nBT ET\nendstream endobj";

    #[test]
    fn a_stream_over_the_bound_is_blanked_and_the_others_stay() {
        let whole = bound(FILE, &limits(700, 10_000));
        assert_eq!((whole.bytes.as_slice(), whole.is_cut()), (FILE, false));
        let cut = bound(FILE, &limits(600, 10_000));
        assert_eq!(cut.bytes.len(), FILE.len());
        let text = String::from_utf8_lossy(&cut.bytes);
        assert!(
            text.contains("/Filter /xx/Length 99>>stream\r\n            endstream"),
            "{text}"
        );
        assert!(text.contains("q Q ") && text.contains("BT ET"), "{text}");
        let said = cut.warnings(&limits(600, 10_000));
        assert!(
            said[0].message.starts_with("limit: pdf_stream_bytes, 600"),
            "{said:?}"
        );
    }

    #[test]
    fn all_streams_have_a_bound_together() {
        let some = limits(1_000, 640);
        let cut = bound(FILE, &some);
        let text = String::from_utf8_lossy(&cut.bytes);
        assert!(!text.contains("/RL") && text.contains("BT ET"), "{text}");
        assert!(
            cut.warnings(&some)[0]
                .message
                .starts_with("limit: pdf_bytes, 640")
        );
    }

    #[test]
    fn filters_that_are_not_told_are_doubtful() {
        for (said, doubtful) in [("/Fl", false), ("5 0 R", true), ("/F#6C", true)] {
            let file = format!("1 0 obj << /Filter {said} >> stream\nendstream endobj");
            assert_eq!(
                bound(file.as_bytes(), &limits(9, 9)).doubtful,
                doubtful,
                "{said}"
            );
        }
    }

    #[test]
    fn a_picture_is_not_unpacked_whoever_asks() {
        let file = b"1 0 obj << /Subtype /Image /Filter [/Fl /RL] >> stream\nabc\nendstream endobj";
        let bounded = bound(file, &limits(1, 1));
        assert!(
            String::from_utf8_lossy(&bounded.bytes).contains("/Filter [/xx /xx] >> stream\nabc")
        );
        assert!(!bounded.is_cut());
    }
}
