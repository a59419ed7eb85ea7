//! PDFs made for the tests: sound ones, ones that take all time or memory, damaged ones.

use std::io::Write;

use flate2::{Compress, Compression, FlushCompress};

/// A file of these objects, the first of which is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        writeln!(file, "{number} 0 obj").unwrap();
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    write!(file, "xref\n0 {size}\n0000000000 65535 f \n").unwrap();
    file.extend_from_slice(&table);
    write!(
        file,
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    file
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<< /Length {} {entries} >>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}

/// A file of one page, whose content is object 4; `more` are the objects from 5 on.
fn page(resources: &str, content: Vec<u8>, more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        leaf(resources, 4),
        content,
    ];
    objects.extend(more);
    pdf(&objects)
}

fn leaf(resources: &str, content: usize) -> Vec<u8> {
    format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R \
         /Resources << {resources} >> >>"
    )
    .into_bytes()
}

/// A sound report of a few lines, in a Chinese font that is not embedded.
pub(crate) fn report(number: usize) -> Vec<u8> {
    page(
        "/Font << /F 5 0 R >>",
        stream("", report_content(number).as_bytes()),
        fonts(),
    )
}

fn report_content(number: usize) -> String {
    let lines = [
        "某县林业局2012年政府信息公开工作年度报告".to_owned(),
        "一、概述".to_owned(),
        "本局按照要求编制本年度报告，现予以公布。".to_owned(),
        "二、主动公开情况".to_owned(),
        format!("本年度主动公开政府信息{number}条。"),
    ];
    let mut content = String::from("BT /F 14 Tf 72 740 Td 24 TL\n");
    for line in &lines {
        let hex: Vec<String> = line
            .encode_utf16()
            .map(|unit| format!("{unit:04X}"))
            .collect();
        content.push_str(&format!("<{}> Tj T*\n", hex.concat()));
    }
    content.push_str("ET\n");
    content
}

/// The font of a report: objects 5 to 7.
fn fonts() -> Vec<Vec<u8>> {
    let fonts = [
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H \
         /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> \
         /FontDescriptor 7 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880] \
         /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ];
    fonts.map(|font| font.as_bytes().to_vec()).to_vec()
}

/// A sound report on the first page; the second has this content, which may paint `/F`, this form.
fn beside_a_report(second: Vec<u8>, form: Vec<u8>) -> Vec<u8> {
    let (first, content) = (leaf("/Font << /F 5 0 R >>", 4), report_content(1));
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R 8 0 R] /Count 2 >>".to_vec(),
        first,
        stream("", content.as_bytes()),
    ];
    objects.extend(fonts());
    objects.push(leaf("/XObject << /F 10 0 R >>", 9));
    objects.push(second);
    objects.push(form);
    pdf(&objects)
}

const FORM: &str = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]";

/// A report beside a page of many operators.
pub(crate) fn busy() -> Vec<u8> {
    let (content, form) = ("q Q /F Do\n".repeat(500), "q Q\n".repeat(500));
    beside_a_report(
        stream("", content.as_bytes()),
        stream(FORM, form.as_bytes()),
    )
}

/// A report beside a page with a form that paints itself: it has the resources of the page.
pub(crate) fn circular() -> Vec<u8> {
    beside_a_report(stream("", b"/F Do"), stream(FORM, b"/F Do /F Do"))
}

/// A report beside a page whose content unpacks to so many MiB, and a form to as many.
pub(crate) fn swollen(mebibytes: usize) -> Vec<u8> {
    let entries = format!("{FORM} /Filter /FlateDecode");
    beside_a_report(
        stream("/Filter /FlateDecode", &zeros(mebibytes)),
        stream(&entries, &zeros(mebibytes)),
    )
}

/// Reports in files that claim to have more of something than there can be.
pub(crate) fn boastful() -> Vec<Vec<u8>> {
    let claim = |from: &str, to: &str| {
        let text = String::from_utf8(report(1)).unwrap();
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1).into_bytes()
    };
    vec![
        claim("/Count 1 ", "/Count 2147483647 "),
        claim("/Length ", "/Length 2147483647 /Was "),
        claim("/Size ", "/Size 2147483647 /Was "),
        claim("/DW 1000", "/DW 1000 /W [0 2147483647 1000]"),
        claim("[0 0 600 800]", "[0 0 10000000000 800]"),
        predictor(),
    ]
}

/// A report whose content has rows of 2,147,483,647 columns, as it says; what it holds is not sound.
fn predictor() -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(report_content(1).as_bytes()).unwrap();
    let parameters = "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 >>";
    let content = stream(parameters, &encoder.finish().unwrap());
    page("/Font << /F 5 0 R >>", content, fonts())
}

/// A page that paints a form of much blank 100,000 times, within all limits but that of time. `padding` bytes of
/// comment.
pub(crate) fn slow(padding: usize) -> Vec<u8> {
    let entries = format!("{FORM} /Filter /FlateDecode");
    let content = format!("{}%{}\n", "/F Do\n".repeat(100_000), "-".repeat(padding));
    page(
        "/XObject << /F 5 0 R >>",
        stream("", content.as_bytes()),
        vec![stream(&entries, &zeros(16))],
    )
}

/// A page whose content takes 250 MiB, within all limits but that of memory.
pub(crate) fn heavy() -> Vec<u8> {
    page("", stream("/Filter /FlateDecode", &zeros(250)), Vec::new())
}

/// So many MiB of zeros, packed.
fn zeros(mebibytes: usize) -> Vec<u8> {
    let zeros = vec![0; 1 << 20];
    let mut compress = Compress::new(Compression::best(), true);
    let mut block = |flush| {
        let mut packed = Vec::with_capacity(1 << 16);
        compress.compress_vec(&zeros, &mut packed, flush).unwrap();
        packed
    };
    // The first block has the header; what follows a full flush can be repeated.
    let mut data = block(FlushCompress::Full);
    data.extend(block(FlushCompress::Full).repeat(mebibytes - 1));
    data
}

/// A damaged copy: bytes changed, a part cut out, the end cut off, the same for the same number.
pub(crate) fn mutated(seed: &[u8], number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut below = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % (bound.max(1) as u64)).unwrap()
    };
    let mut bytes = seed.to_vec();
    match number % 3 {
        0 => {
            for _ in 0..=below(64) {
                let at = below(bytes.len());
                bytes[at] = u8::try_from(below(256)).unwrap();
            }
        }
        1 => bytes.truncate(below(bytes.len())),
        _ => {
            let from = below(bytes.len());
            let to = from + below((bytes.len() - from).min(4_096));
            bytes.drain(from..to);
        }
    }
    bytes
}
