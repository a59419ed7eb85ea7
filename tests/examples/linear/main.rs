//! Extracts inputs of one shape after the other, in the sizes that are given as arguments, and names each: under a
//! program that counts instructions, `tests/linear/run` makes a test of it.

mod pdf;
mod shapes;

use std::io::{Write, stdout};

use nianbao::{Input, Settings};

use shapes::{HEAD, Named, PAGES, Shape, TEXTS};

/// An input, and the name by which its format is known.
struct Made(&'static str, Vec<u8>);

/// What is made of the repetitions of a shape.
type Make = fn(String) -> Made;

/// The repetitions of a shape, about so many bytes.
fn repeated(Shape(before, again, behind): &Shape, bytes: usize) -> String {
    let mut text = (*before).to_owned();
    let start = text.len();
    let mut number = 1_usize;
    while text.len() - start < bytes {
        // Long numbers would make the repetitions longer.
        let down = 990 - number * 10 % 980;
        text.push_str(
            &again
                .replace('#', &number.to_string())
                .replace('^', &down.to_string()),
        );
        number = number % 997 + 1;
    }
    text.push_str(behind);
    text
}

/// What is counted, and what the counting program knows by its name.
#[inline(never)]
fn extract_counted(made: &Made, settings: &Settings) {
    let Made(name, bytes) = made;
    let result = nianbao::extract(bytes, &Input::named(*name), settings);
    if let Err(error) = result {
        assert_ne!(error.code, "panic", "{}", error.message);
    }
}

fn main() -> std::io::Result<()> {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|size| size.parse().ok())
        .collect();
    let settings = Settings::default();
    let kinds: [(&str, &[Named], Make); 4] = [
        ("page", PAGES, |text| {
            Made("a.html", (HEAD.to_owned() + &text).into_bytes())
        }),
        ("text", TEXTS, |text| Made("a.txt", text.into_bytes())),
        ("PDF content", pdf::CONTENTS, |text| {
            Made("a.pdf", pdf::content(&text))
        }),
        ("PDF file", pdf::OBJECTS, |text| {
            Made("a.pdf", pdf::objects(&text))
        }),
    ];
    // What is loaded once is not counted.
    for warm in [
        Made("a.txt", "年度报告\n\n一、概述\n公 开信息3条，".into()),
        Made("a.pdf", pdf::content("")),
    ] {
        let _ = nianbao::extract(&warm.1, &Input::named(warm.0), &settings);
    }
    let show = |kind: &str, name: &str, make: &dyn Fn(usize) -> Made| {
        for size in &sizes {
            writeln!(stdout(), "{kind}: {name}")?;
            extract_counted(&make(*size), &settings);
        }
        Ok::<_, std::io::Error>(())
    };
    for (kind, shapes, make) in kinds {
        for (name, shape) in shapes {
            show(kind, name, &|size| make(repeated(shape, size)))?;
        }
    }
    show("PDF file", "pages", &|size| Made("a.pdf", pdf::pages(size)))
}
