//! What is repeated in PDFs: in the content of a page, as pages, as objects.

use crate::shapes::{Named, Shape};

/// Shapes of a page's content. `^` becomes a line further down, `#` one further to the right.
pub(crate) const CONTENTS: &[Named] = &[
    (
        "words",
        Shape("", "BT /F 8 Tf 1 0 0 1 # ^ Tm <516C5F00> Tj ET\n", ""),
    ),
    (
        "lines",
        Shape(
            "",
            "BT /F 8 Tf 1 0 0 1 72 ^ Tm <516C5F004FE1606F> Tj ET\n",
            "",
        ),
    ),
    (
        "one line",
        Shape("BT /F 8 Tf 9 500 Td ", "<516C> Tj ", "ET"),
    ),
    (
        "a character again",
        Shape("BT /F 8 Tf ", "1 0 0 1 9 500 Tm <516C> Tj ", "ET"),
    ),
    (
        "slanted text",
        Shape("BT /F 8 Tf ", "7 7 -7 7 # ^ Tm <516C> Tj ", "ET"),
    ),
    (
        "text set upwards",
        Shape("BT /F 8 Tf ", "0 1 -1 0 # ^ Tm <516C> Tj ", "ET"),
    ),
    (
        "text that is not painted",
        Shape("BT 3 Tr /F 8 Tf ", "1 0 0 1 # ^ Tm <516C> Tj ", "ET"),
    ),
    ("lines across", Shape("", "9 ^ m 900 ^ l S\n", "")),
    ("lines down", Shape("", "# 9 m # 900 l S\n", "")),
    ("boxes", Shape("", "# ^ 5 5 re S\n", "")),
    ("thin boxes", Shape("", "# ^ 50 1 re f\n", "")),
    (
        "boxes with text",
        Shape(
            "",
            "72 ^ 50 9 re S BT /F 8 Tf 1 0 0 1 74 ^ Tm <516C> Tj ET\n",
            "",
        ),
    ),
    ("one path", Shape("9 9 m ", "# ^ l ", "S")),
    ("states", Shape("", "q 1 0 0 1 0 0 cm\n", "")),
    ("clips", Shape("", "0 0 # ^ re W n\n", "")),
    ("marked content", Shape("", "/P << /MCID # >> BDC\n", "")),
    ("artifacts", Shape("", "/Artifact BMC EMC\n", "")),
    ("forms", Shape("", "/X Do\n", "")),
    ("operators of nothing", Shape("", "foo ", "")),
    ("numbers", Shape("", "# ", "")),
    ("arrays", Shape("", "[ ", "")),
    ("open brackets", Shape("", "( ", "")),
];

/// Shapes of what stands between the objects of a file.
pub(crate) const OBJECTS: &[Named] = &[
    ("objects", Shape("", "# 0 obj\n<< /A /B >>\nendobj\n", "")),
    (
        "streams",
        Shape(
            "",
            "# 0 obj\n<< /Length 3 >>\nstream\nabc\nendstream\nendobj\n",
            "",
        ),
    ),
    (
        "streams that do not say their length",
        Shape(
            "",
            "# 0 obj << /Filter /Fl >> stream\nabc\nendstream endobj\n",
            "",
        ),
    ),
    ("words of streams", Shape("", "stream\n", "")),
    ("words of objects", Shape("", "obj ", "")),
    ("open dictionaries", Shape("9 0 obj ", "<< ", "")),
    ("comments", Shape("", "% obj\n", "")),
];

const FONT: &str = "5 0 obj\n<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H \
    /DescendantFonts [6 0 R] >>\nendobj\n6 0 obj\n<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light \
    /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R >>\nendobj\n\
    7 0 obj\n<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880] /ItalicAngle 0 \
    /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>\nendobj\n";

const FORM: &str = "8 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 3 >>\nstream\nq Q\nendstream\nendobj\n";

/// What every page has.
const PAGE: &str = "/Type /Page /Parent 2 0 R /MediaBox [0 0 1000 1000] \
    /Resources << /Font << /F 5 0 R >> /XObject << /X 8 0 R >> >>";

/// A line of text on every page, so that each stage has something to do.
const LINE: &str = "BT /F 14 Tf 72 950 Td <5E745EA662A5544A> Tj ET\n";

/// A file of one page with this content.
pub(crate) fn content(content: &str) -> Vec<u8> {
    file(&[format!("{LINE}{content}")], "")
}

/// A file with this between its objects.
pub(crate) fn objects(between: &str) -> Vec<u8> {
    file(&[LINE.to_owned()], between)
}

/// A file of about so many bytes of pages.
pub(crate) fn pages(bytes: usize) -> Vec<u8> {
    let count = bytes / (PAGE.len() + LINE.len());
    let line = |number: usize| {
        format!(
            "BT /F 8 Tf 72 {} Td <516C5F00> Tj ET\n{LINE}",
            900 - number % 800
        )
    };
    file(&(0..count.max(1)).map(line).collect::<Vec<_>>(), "")
}

fn file(contents: &[String], between: &str) -> Vec<u8> {
    const FIRST: usize = 1_000;
    let kids: String = (0..contents.len())
        .map(|n| format!("{} 0 R ", FIRST + 2 * n))
        .collect();
    let mut file = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Kids [{kids}] /Count {} >>\nendobj\n{FONT}{FORM}{between}\n",
        contents.len()
    );
    for (number, content) in contents.iter().enumerate() {
        let (page, stream) = (FIRST + 2 * number, FIRST + 2 * number + 1);
        file += &format!(
            "{page} 0 obj\n<< {PAGE} /Contents {stream} 0 R >>\nendobj\n\
             {stream} 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n",
            content.len()
        );
    }
    // The cross-reference table is left to the reader to find: it tells nothing here.
    (file + "trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n").into_bytes()
}
