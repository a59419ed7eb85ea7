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
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
         /Resources << {resources} >> >>"
    );
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        page.into_bytes(),
        content,
    ];
    objects.extend(more);
    pdf(&objects)
}

/// A sound report of a few lines, in a Chinese font that is not embedded.
pub(crate) fn report(number: usize) -> Vec<u8> {
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
    let fonts = [
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H \
         /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> \
         /FontDescriptor 7 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880] \
         /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ];
    let fonts = fonts.map(|font| font.as_bytes().to_vec()).to_vec();
    page(
        "/Font << /F 5 0 R >>",
        stream("", content.as_bytes()),
        fonts,
    )
}

/// Forms that each paint the next one ten times: 10^12 of the last. `padding` bytes of comment.
pub(crate) fn slow(padding: usize) -> Vec<u8> {
    const DEPTH: usize = 12;
    let forms = (0..DEPTH).map(|depth| {
        let form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]";
        if depth + 1 == DEPTH {
            return stream(form, b"0 0 m 9 9 l S\n");
        }
        let next = format!(
            "{form} /Resources << /XObject << /F {} 0 R >> >>",
            depth + 6
        );
        stream(&next, "/F Do\n".repeat(10).as_bytes())
    });
    let content = format!("/F Do\n%{}\n", "-".repeat(padding));
    page(
        "/XObject << /F 5 0 R >>",
        stream("", content.as_bytes()),
        forms.collect(),
    )
}

/// Ten GiB of zeros, packed.
pub(crate) fn bomb() -> Vec<u8> {
    let zeros = vec![0; 1 << 20];
    let mut compress = Compress::new(Compression::best(), true);
    let mut block = |flush| {
        let mut packed = Vec::with_capacity(1 << 16);
        compress.compress_vec(&zeros, &mut packed, flush).unwrap();
        packed
    };
    // The first block has the header; what follows a full flush can be repeated.
    let mut data = block(FlushCompress::Full);
    data.extend(block(FlushCompress::Full).repeat(10 << 10));
    page("", stream("/Filter /FlateDecode", &data), Vec::new())
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
