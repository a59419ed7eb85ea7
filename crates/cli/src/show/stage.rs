//! What a stage made of a document: blocks with their places, layers and styles, then reports.

use std::fmt::{self, Write};

use model::{Block, BlockContent, Content, Document, Layer, Place, Report, Style, TableMarkup};
use nianbao::Inspection;

use super::{grid, shortened, why};

/// Characters of a paragraph that are shown.
const START: usize = 100;

/// The inspection as text.
pub(super) fn shown(inspection: &Inspection) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_inspection(&mut text, inspection);
    text
}

fn write_inspection(out: &mut String, inspection: &Inspection) -> fmt::Result {
    let document = &inspection.document;
    writeln!(out, "{}", document.media_type.name())?;
    if let Some(charset) = &document.charset {
        let declared = charset.declared.as_deref().unwrap_or("the same");
        writeln!(
            out,
            "charset {} ({:?}), declared {declared}, {} replaced",
            charset.name, charset.basis, charset.replaced
        )?;
    }
    for hint in &document.hints {
        writeln!(
            out,
            "hint {:?}: {}",
            hint.kind,
            shortened(&hint.text, START)
        )?;
    }
    for attachment in &document.attachments {
        writeln!(
            out,
            "attachment {}: {}",
            attachment.uri,
            shortened(&attachment.text, START)
        )?;
    }
    for warning in &document.warnings {
        writeln!(out, "warning {}: {}", warning.code, warning.message)?;
    }
    for (index, block) in document.blocks.iter().enumerate() {
        write_block(out, index, block)?;
        why::write_line(out, index, &inspection.explanation)?;
    }
    for (index, report) in inspection.reports.iter().enumerate() {
        write_report(out, index, report, document)?;
        let outline = inspection.explanation.outlines.get(index);
        outline.map_or(Ok(()), |outline| why::write_outline(out, outline))?;
    }
    Ok(())
}

fn write_block(out: &mut String, index: usize, block: &Block) -> fmt::Result {
    let layer = match block.layer {
        Layer::Body => "body".to_owned(),
        Layer::Hidden => "hidden".to_owned(),
        Layer::Furniture(reason) => format!("furniture {reason:?}"),
    };
    write!(
        out,
        "#{index} {} {layer}{}",
        place(&block.place),
        style(&block.style)
    )?;
    match &block.content {
        BlockContent::Paragraph(text) => writeln!(out, "\n  {}", shortened(text.value(), START)),
        BlockContent::Picture { text, uri } => {
            let uri = uri.as_deref().unwrap_or("–");
            writeln!(out, "\n  picture {uri} {}", shortened(text.value(), START))
        }
        BlockContent::Table(markup) => {
            writeln!(out, " {:?} markup", markup.shape)?;
            out.push_str(&grid::drawn(&markup_rows(markup), 0));
            Ok(())
        }
        BlockContent::Grid(table) => {
            writeln!(out, " {:?} {} × {}", table.shape, table.rows, table.columns)?;
            for line in table.caption.iter().flat_map(|caption| &caption.lines) {
                writeln!(out, "  caption {}", shortened(line.value(), START))?;
            }
            let rows: Vec<Vec<String>> = table
                .texts()
                .into_iter()
                .map(|row| row.into_iter().map(str::to_owned).collect())
                .collect();
            out.push_str(&grid::drawn(&rows, table.header_rows));
            Ok(())
        }
    }
}

fn markup_rows(markup: &TableMarkup) -> Vec<Vec<String>> {
    let rows = markup.rows.iter().map(|row| {
        let cells = row
            .cells
            .iter()
            .map(|cell| match (cell.row_span, cell.col_span) {
                (1, 1) => cell.text.value().to_owned(),
                (rows, columns) => format!("{} [{rows}×{columns}]", cell.text.value()),
            });
        cells.collect()
    });
    rows.collect()
}

fn place(at: &Place) -> String {
    match at {
        Place::Lines { first, last } => format!("lines {first}–{last}"),
        Place::Node { path } => path.clone(),
        Place::InPage { page, place: inner } => format!("source {page}, {}", place(inner)),
        Place::Boxes(boxes) => {
            let boxes = boxes.iter().map(|b| {
                format!(
                    "page {} {:.0},{:.0}–{:.0},{:.0}",
                    b.page, b.x0, b.y0, b.x1, b.y1
                )
            });
            boxes.collect::<Vec<_>>().join(" + ")
        }
    }
}

fn style(style: &Style) -> String {
    let plain = Style::default();
    let mut text = String::new();
    let mut add = |differs: bool, part: String| {
        if differs {
            text.push(' ');
            text.push_str(&part);
        }
    };
    if let Some(level) = style.heading_level {
        add(true, format!("h{level}"));
    }
    if let Some(size) = style.font_size {
        add(true, format!("{size}pt"));
    }
    add(style.bold_bytes > 0, format!("bold:{}", style.bold_bytes));
    add(
        style.alignment != plain.alignment,
        format!("{:?}", style.alignment),
    );
    add(style.list_item, "item".into());
    add(
        style.link_share > 0.0,
        format!("links:{:.2}", style.link_share),
    );
    add(style.break_before, "break".into());
    text
}

fn write_report(
    out: &mut String,
    index: usize,
    report: &Report,
    document: &Document,
) -> fmt::Result {
    writeln!(
        out,
        "\nreport {index} {:?}, complete {}",
        report.kind, report.complete
    )?;
    if let Some(title) = &report.title {
        writeln!(out, "  title {}", title.text)?;
    }
    writeln!(
        out,
        "  agency {:?} from {:?}",
        report.agency.name, report.agency.basis
    )?;
    let year = report.period.as_ref().map(|period| period.year);
    writeln!(out, "  year {year:?}")?;
    for section in &report.sections {
        let indent = "  ".repeat(usize::try_from(section.level).unwrap_or(0).min(20) + 1);
        let number = section.number.as_deref().unwrap_or("");
        let heading = section
            .heading
            .as_deref()
            .unwrap_or("(before the first heading)");
        writeln!(out, "{indent}§ {number} {heading}")?;
        for content in &section.content {
            match content {
                Content::Paragraph { span } => {
                    let text = shortened(document.slice(*span), START);
                    writeln!(out, "{indent}  #{} {text}", span.block)?;
                }
                Content::Item { marker, span, .. } => {
                    let text = shortened(document.slice(*span), START);
                    let marker = document.slice(*marker);
                    writeln!(out, "{indent}  #{} • {marker} {text}", span.block)?;
                }
                Content::Table { block } => writeln!(out, "{indent}  #{block} ▦")?,
            }
        }
    }
    let furniture = report
        .furniture
        .iter()
        .map(|span| format!("#{}", span.block));
    writeln!(
        out,
        "  furniture {}",
        furniture.collect::<Vec<_>>().join(" ")
    )
}
