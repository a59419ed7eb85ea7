//! Tables whose rows bear the codes of a classification (`2010301 行政运行`): the code is the key, labels are free.

use codebook::Codebook;
use model::LabelMatch;

use super::columns::Panel;
use super::index::Reference;
use super::layout::{Band, Sheet};
use super::matching::{RowMatch, SAME, match_rows};
use super::recognition::{Candidate, Context, TableColumns};
use super::rows::Item;
use crate::label::NormalLabel;

/// The code of a row: what its code cells say together (`201 | 03 | 01`), or the digits that its label begins with.
pub(super) fn code(sheet: &Sheet<'_>, row: usize, panel: &Panel, item: &Item) -> Option<String> {
    let cells = sheet.cells(row, panel.codes.iter().copied());
    let said: String = cells.into_iter().map(|cell| sheet.text(cell)).collect();
    let said: String = said.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = |text: &str| -> String {
        let digits = text.chars().take_while(char::is_ascii_digit);
        digits.collect()
    };
    let code = if said.is_empty() {
        digits(item.text.trim())
    } else {
        said
    };
    let sound = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    sound.then_some(code)
}

/// A band as the table of a form that has coded rows: the one whose header and title it bears. Where two have
/// the same header and no title says which it is, it is neither.
pub(super) fn candidate(context: &Context<'_>, band: &Band) -> Option<Candidate> {
    let coded = context.form.tables.iter().enumerate();
    let coded = coded.filter(|(_, table)| table.rows.iter().any(|row| row.code.is_some()));
    let mut found: Vec<(Fit, usize, Vec<TableColumns>)> = coded
        .filter_map(|(at, _)| {
            let panels = context.panels.iter().enumerate();
            let columns: Vec<TableColumns> = panels
                .filter_map(|(panel_at, panel)| context.header(panel_at, panel, at))
                .collect();
            let fit = Fit::new(context, band, at, &columns)?;
            Some((fit, at, columns))
        })
        .collect();
    found.sort_by(|(one, _, _), (other, _, _)| other.order(one));
    let mut found = found.into_iter();
    let (fit, table, columns) = found.next()?;
    if found
        .next()
        .is_some_and(|(next, _, _)| next.order(&fit).is_eq())
    {
        return None;
    }
    let mut matching = match_rows(
        context.items,
        context.form_at,
        context.form,
        &[table],
        context.index,
    );
    let mut by_code = coded_rows(context, table);
    by_code.retain(|row| {
        columns
            .iter()
            .any(|columns| Some(columns.panel) == panel_of(context, row))
    });
    if by_code.is_empty() && (fit.title < SAME || matching.rows.is_empty()) {
        return None;
    }
    matching
        .rows
        .retain(|row| by_code.iter().all(|coded| coded.item != row.item));
    let score = matching.score + by_code.iter().map(|row| row.score).sum::<f32>() + fit.share;
    matching.rows.extend(by_code);
    matching.rows.sort_by_key(|row| row.item);
    Some(Candidate {
        form: context.form_at,
        score,
        rows: matching.rows,
        columns,
    })
}

/// How well a table of the form fits a band.
struct Fit {
    /// How like the band's title is to the table's; 0 without one.
    title: f32,
    /// How much of the table's header was found.
    share: f32,
    /// Value columns of the band that the table does not have.
    unmet: usize,
}

impl Fit {
    fn new(
        context: &Context<'_>,
        band: &Band,
        table: usize,
        columns: &[TableColumns],
    ) -> Option<Self> {
        let best = |columns: &TableColumns| columns.columns.share;
        let share = columns.iter().map(best).fold(0.0, f32::max);
        let unmet = |columns: &TableColumns| {
            let leaves = columns.columns.of_leaf.iter();
            leaves.filter(|column| column.is_none()).count()
        };
        let unmet = columns.iter().map(unmet).min()?;
        Some(Self {
            title: title(context, band, table),
            share,
            unmet,
        })
    }

    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let told = |fit: &Self| if fit.title >= SAME { fit.title } else { 0.0 };
        (told(self).total_cmp(&told(other)))
            .then(self.share.total_cmp(&other.share))
            .then(other.unmet.cmp(&self.unmet))
    }
}

/// How like the title or caption of a band is to that of a table of the form.
fn title(context: &Context<'_>, band: &Band, table: usize) -> f32 {
    let sheet = band
        .body
        .first()
        .and_then(|at| context.sheets.get(at.sheet));
    let row = sheet.zip(band.title).map(|(sheet, cell)| sheet.text(cell));
    let caption = sheet.and_then(|sheet| sheet.grid.caption.as_ref()?.title.as_deref());
    let wanted = |reference: &Reference| matches!(reference, Reference::Title { form, table: of } if (*form, *of) == (context.form_at, table));
    let score = |text: &str| {
        let hits = context.index.look_up(&NormalLabel::new(text)).into_iter();
        let hits = hits.filter(|hit| context.index.references(*hit).iter().any(wanted));
        hits.map(|hit| hit.score).fold(0.0, f32::max)
    };
    let heading = sheet.and_then(|sheet| sheet.heading);
    let said = row.into_iter().chain(caption).chain(heading);
    said.map(score).fold(0.0, f32::max)
}

/// The rows of a band that bear a code of the table.
fn coded_rows(context: &Context<'_>, table: usize) -> Vec<RowMatch> {
    let Some(of_table) = context.form.tables.get(table) else {
        return Vec::new();
    };
    let rows = context.items.iter().enumerate();
    rows.filter_map(|(item_at, item)| {
        let at = item.at?;
        let panel = context.panels.get(item.panel)?;
        let code = code(context.sheets.get(at.sheet)?, at.row, panel, item)?;
        let row = of_table.rows.iter().position(|row| {
            let digits = row.code.as_deref().and_then(|code| context.digits(code));
            digits == Some(code.len())
        })?;
        Some(RowMatch {
            item: item_at,
            form: context.form_at,
            table,
            row,
            score: 1.0,
            // The code is the key: it is there or not.
            label: LabelMatch::Same,
        })
    })
    .collect()
}

fn panel_of(context: &Context<'_>, row: &RowMatch) -> Option<usize> {
    context.items.get(row.item).map(|item| item.panel)
}

impl Context<'_> {
    fn digits(&self, dimension: &str) -> Option<usize> {
        let codebook: &Codebook = self.codebook;
        codebook.dimension(dimension)?.digits
    }
}

#[cfg(test)]
mod tests {
    use model::{Cell, Grid, Reading, Shape, Text};

    use super::super::{LabelIndex, of_grids};
    use super::*;

    const DIMENSIONS: &str = r#"
[[dimension]]
id = "class"
name = "class"
label = "类"
digits = 3
[[dimension]]
id = "item"
name = "item"
label = "项"
digits = 7
"#;
    const FORM: &str = r#"
id = "X"
title = "X"
basis = "X"
first_year = 2010
last_year = 2012
[[table]]
id = "spent"
title = "支出决算表"
columns = [{ path = ["合计"], indicator = "spent" }, { path = ["基本支出"], indicator = "basic" }]
rows = [{ level = 1, label = "合计" }, { level = 1, code = "class" }, { level = 2, code = "item" }]
[[table]]
id = "capital"
title = "国有资本支出决算表"
columns = [{ path = ["合计"], indicator = "capital" }, { path = ["基本支出"], indicator = "basic" }]
rows = [{ level = 1, label = "合计" }, { level = 1, code = "class" }, { level = 2, code = "item" }]
"#;

    fn codebook() -> Codebook {
        let indicator = |id: &str| {
            format!(
                "[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\nlabel = \"{id}\"\ndefinition = \"x\"\nunit = \"元\"\n\
                 value_type = \"money\"\ndimensions = {{ class = \"*\", item = \"*\" }}\nfirst_year = 2010\nlast_year = 2012\nsource = \"K\"\n"
            )
        };
        let columns = "labels = [\"科目名称\"]\nunits = []\ncodes = [\"类\", \"款\", \"项\"]\nnotes = []\nvalues = []\n";
        let files = [
            (
                "profile.toml",
                "id = \"x\"\nversion = \"1\"\ntitle = \"x\"\nname = \"x\"\nbase = \"none\"\n"
                    .to_owned(),
            ),
            ("dimensions.toml", DIMENSIONS.to_owned()),
            (
                "indicators.toml",
                ["spent", "basic", "capital"].map(indicator).concat(),
            ),
            ("columns.toml", columns.to_owned()),
            ("forms/X.toml", FORM.to_owned()),
        ];
        Codebook::from_files(
            files
                .into_iter()
                .map(|(name, text)| (name.to_owned(), text)),
        )
        .unwrap()
    }

    const ROWS: [[&str; 6]; 5] = [
        ["类", "款", "项", "科目名称", "合计", "基本支出"],
        ["", "", "", "合计", "12", "5"],
        ["201", "", "", "一般公共服务支出", "12", "5"],
        ["201", "03", "", "办公厅", "12", "5"],
        ["201", "03", "01", "行政运行", "12", ""],
    ];

    fn readings(heading: Option<&str>) -> Vec<Reading> {
        let codebook = codebook();
        let cell = |row: usize, column: usize, text: &&str| Cell {
            row,
            column,
            row_span: 1,
            column_span: 1,
            text: Text::from(*text),
            header: false,
            place: None,
        };
        let rows = ROWS.iter().enumerate();
        let cells = rows.flat_map(|(row, texts)| {
            let texts = texts.iter().enumerate();
            texts.map(move |(column, text)| cell(row, column, text))
        });
        let grid = Grid {
            caption: None,
            header_rows: 1,
            rows: ROWS.len(),
            columns: 6,
            cells: cells.collect(),
            shape: Shape::Grid,
            keeps_blanks: true,
        };
        let index = LabelIndex::new(&codebook);
        of_grids(std::iter::once((&grid, heading)), None, &codebook, &index)
    }

    #[test]
    fn codes_over_three_columns_are_the_keys_of_their_rows() {
        let found: Vec<(String, String, Option<f64>)> = readings(Some("一、支出决算表"))
            .into_iter()
            .map(|reading| {
                let dimensions = reading.dimensions.iter();
                let dimensions = dimensions.map(|(name, value)| format!("{name}={value}"));
                (reading.indicator, dimensions.collect(), reading.value)
            })
            .collect();
        let wanted = [
            ("spent", "", Some(12.0)),
            ("basic", "", Some(5.0)),
            ("spent", "class=201", Some(12.0)),
            ("basic", "class=201", Some(5.0)),
            ("spent", "item=2010301", Some(12.0)),
            ("basic", "item=2010301", None),
        ];
        // 20103 has five digits: no dimension of this codebook.
        let wanted = wanted.map(|(id, dims, value)| (id.to_owned(), dims.to_owned(), value));
        assert_eq!(found, wanted);
    }

    #[test]
    fn two_tables_of_one_header_are_told_apart_by_their_title_or_not_at_all() {
        let capital = readings(Some("国有资本支出决算表"));
        assert!(capital.iter().any(|reading| reading.indicator == "capital"));
        let codes = |reading: &Reading| !reading.dimensions.is_empty();
        assert!(!readings(None).iter().any(codes));
    }
}
