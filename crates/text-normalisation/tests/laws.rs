//! Laws of normalising, on texts made at random of what reports are made of.

use model::{
    Block, BlockContent, CellMarkup, Document, MediaType, Place, RowMarkup, Shape, TableMarkup,
    Text,
};
use nianbao_text_normalisation::normalise;
use proptest::prelude::*;

/// Pieces of text, clean and messy: words, spaces, numbers, punctuation, what is not seen.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "政府信息", "公开", "建", "设", "年度", "报告", "概", "述", "一", "二", "情况", "条", "统计",
            "单位", "的", "和", "局", "第", "共", "受理",
        ]),
        3 => prop::sample::select(vec![
            " ", "  ", "\u{3000}", "\u{a0}", "\t", "\u{200b}", "\u{feff}", "\u{ad}", "\u{7}",
        ]),
        2 => prop::sample::select(vec![
            "２０１２", "12", "3", "170", "075", "年", "月", "日", "％", "1.", "(一)", "（二）",
        ]),
        2 => prop::sample::select(vec![
            "，", "。", "、", "：", "；", "《", "》", "“", "”", "|", "（", "）", ",", ":", "(bào)", "...",
        ]),
        1 => prop::sample::select(vec!["ＯＡ", "Word", "http://a.cn", "①", "㎡", "⽤", "\u{f9e1}", "\u{fffd}"]),
    ]
    .prop_map(str::to_owned)
}

fn line() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

fn text_document() -> impl Strategy<Value = Document> {
    prop::collection::vec((line(), 1_u32..3), 0..12).prop_map(|lines| {
        let mut document = Document::new(MediaType::Text);
        let mut at = 0;
        for (line, step) in lines {
            at += step;
            let place = Place::Lines {
                first: at,
                last: at,
            };
            let text = Text::read(line);
            document.blocks.push(Block::paragraph(text, place));
        }
        document
    })
}

fn page() -> impl Strategy<Value = Document> {
    let cells = prop::collection::vec(prop::collection::vec(line(), 1..4), 1..6);
    (cells, line()).prop_map(|(cells, line)| {
        let cell = |lines: Vec<String>| CellMarkup {
            text: Text::read(lines.join("\n")),
            row_span: 1,
            col_span: 1,
            header: false,
            place: None,
        };
        let row = RowMarkup {
            cells: cells.into_iter().map(cell).collect(),
            ..RowMarkup::default()
        };
        let place = Place::Node {
            path: "/html/body/table".to_owned(),
        };
        let mut block = Block::paragraph(Text::read(line), place);
        block.style.bold_bytes = block.text().map_or(0, |text| text.value().len());
        let mut table = block.clone();
        table.content = BlockContent::Table(TableMarkup {
            rows: vec![row],
            caption: Some(Text::read("附表１")),
            shape: Shape::Grid,
        });
        let mut document = Document::new(MediaType::Html);
        document.blocks = vec![block, table];
        document
    })
}

fn document() -> impl Strategy<Value = Document> {
    prop_oneof![text_document(), page()]
}

fn texts(document: &Document) -> Vec<Text> {
    let mut texts = Vec::new();
    for block in &document.blocks {
        match &block.content {
            BlockContent::Paragraph(text) => texts.push(text.clone()),
            BlockContent::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                texts.extend(cells.map(|cell| cell.text.clone()));
                texts.extend(table.caption.clone());
            }
            _ => {}
        }
    }
    texts
}

/// The form that a character has by itself; nothing for what is not seen.
fn form(c: char) -> String {
    let mut document = Document::new(MediaType::Html);
    let place = Place::Node {
        path: "/".to_owned(),
    };
    document.blocks.push(Block::paragraph(Text::read(c), place));
    first(&normalise(document))
}

/// The canonical value of the first text.
fn first(document: &Document) -> String {
    let text = texts(document).into_iter().next();
    text.map_or_else(String::new, |text| text.value().to_owned())
}

fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(form)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn normalising_twice_changes_nothing(document in document()) {
        let once = normalise(document);
        prop_assert_eq!(normalise(once.clone()), once);
    }

    #[test]
    fn canonical_text_is_its_own_canonical_form(line in line()) {
        let one = |text: Text| {
            let mut document = Document::new(MediaType::Html);
            let place = Place::Node { path: "/".to_owned() };
            document.blocks.push(Block::paragraph(text, place));
            texts(&normalise(document))[0].value().to_owned()
        };
        let once = one(Text::read(line));
        prop_assert_eq!(one(Text::read(once.as_str())), once);
    }

    #[test]
    fn blocks_never_grow_and_keep_their_order(document in document()) {
        let before = document.blocks.len();
        let after = normalise(document);
        prop_assert!(after.blocks.len() <= before);
        let lines: Vec<(u32, u32)> = after.blocks.iter().filter_map(|block| match block.place {
            Place::Lines { first, last } => Some((first, last)),
            _ => None,
        }).collect();
        prop_assert!(lines.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn what_was_written_is_kept_and_mapped(document in document()) {
        let written: String = texts(&document).iter().map(|text| text.written().to_owned()).collect();
        let after = texts(&normalise(document));
        let kept: String = after.iter().map(|text| text.written().replace('\n', "")).collect();
        prop_assert_eq!(kept, written.replace('\n', ""));
        for text in after {
            let source: Vec<char> = text.written().chars().collect();
            let value: Vec<char> = text.value().chars().collect();
            let mut last = (0, 0);
            for run in text.runs() {
                prop_assert!(run.length > 0 && run.value_start >= last.0 && run.written_start >= last.1);
                last = (run.value_start + run.length, run.written_start + run.length);
                for offset in 0..run.length {
                    let from = source[(run.written_start + offset) as usize];
                    let to = value[(run.value_start + offset) as usize];
                    let same = from == to || form(from) == to.to_string();
                    prop_assert!(same || from.is_whitespace() && to.is_whitespace(), "{from:?} {to:?}");
                }
            }
        }
    }

    #[test]
    fn no_visible_character_is_lost_or_invented(document in document()) {
        for text in texts(&normalise(document)) {
            let (value, source) = (visible(text.value()), visible(text.written()));
            // Reading aids go where there are many.
            let source = if value == source { source } else { source.replace("(bào)", "") };
            prop_assert_eq!(value.replace("(bào)", ""), source.replace("(bào)", ""));
        }
    }

    #[test]
    fn digits_stay_apart(numbers in prop::collection::vec(1_u32..1_000_000, 2..5)) {
        let cell = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
        let mut document = Document::new(MediaType::Html);
        let place = Place::Node { path: "/".to_owned() };
        document.blocks.push(Block::paragraph(Text::read(cell.as_str()), place));
        let text = texts(&normalise(document));
        prop_assert_eq!(text[0].value(), cell);
    }

    #[test]
    fn any_characters_are_borne(text in any::<String>()) {
        let mut document = Document::new(MediaType::Text);
        let place = Place::Lines { first: 1, last: 1 };
        document.blocks.push(Block::paragraph(Text::read(text), place));
        let once = normalise(document);
        prop_assert_eq!(normalise(once.clone()), once);
    }
}

#[test]
fn line_ends_in_cells_go_where_they_break_a_word_and_stay_where_they_part() {
    let place = Place::Node {
        path: "/".to_owned(),
    };
    let cell = |text: &str| {
        let mut document = Document::new(MediaType::Pdf);
        document
            .blocks
            .push(Block::paragraph(text.into(), place.clone()));
        texts(&normalise(document))[0].value().to_owned()
    };
    assert_eq!(cell("行政复\n议数"), "行政复议数");
    assert_eq!(cell("426716\n26270"), "426716\n26270");
    assert_eq!(
        cell("网站访问量\n其中:专栏访问量"),
        "网站访问量\n其中:专栏访问量"
    );
}
