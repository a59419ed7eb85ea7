//! The built-in codebook is closed: everything it names is defined, everything defined is used.

mod made;

use std::collections::{BTreeMap, BTreeSet};

use made::INDICATORS;
use nianbao_codebook::{Codebook, CodebookError, ColumnRole, Form, Label, Target};

#[test]
fn the_built_in_files_load() {
    let codebook = Codebook::builtin();
    assert!(codebook.version.starts_with("1-"), "{}", codebook.version);
    assert!(codebook.form("F4").is_some());
    assert!(codebook.indicator("requests.received").is_some());
    assert!(codebook.indicator("requests").is_none());
    assert!(codebook.is_default("applicant", "all"));
    assert!(
        codebook
            .columns
            .roles
            .iter()
            .any(|(word, role)| word == "序号" && *role == ColumnRole::Code)
    );
}

#[test]
fn every_indicator_is_asked_for_by_a_form_or_said_in_prose() {
    let codebook = Codebook::builtin();
    let asked: BTreeSet<String> = codebook
        .forms
        .iter()
        .flat_map(Form::targets)
        .filter_map(|(target, _)| target.indicator)
        .collect();
    let forgotten: Vec<&str> = codebook
        .indicators
        .iter()
        .filter(|indicator| !indicator.narrative && !asked.contains(&indicator.id))
        .map(|indicator| indicator.id.as_str())
        .collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
    assert_eq!(codebook.indicators.len(), 121);
}

#[test]
fn labels_are_canonical_text() {
    for form in &Codebook::builtin().forms {
        for table in &form.tables {
            let columns = table.columns.iter().flat_map(|column| &column.path);
            let labels = table.rows.iter().map(|row| &row.label).chain(columns);
            for text in labels.chain([&table.title]).flat_map(Label::wordings) {
                assert!(
                    !text.contains(['（', '）', '：', '，', '．', ' ']),
                    "{}: {text}",
                    form.id
                );
                assert!(!text.starts_with("其中"), "{}: {text}", form.id);
                assert!(
                    !text.starts_with(|c: char| c.is_ascii_digit()),
                    "{}: {text}",
                    form.id
                );
            }
        }
    }
}

#[test]
fn the_matrix_of_requests_joins_rows_and_columns() {
    let form = Codebook::builtin().form("F4").unwrap();
    let cells = |table: &str| {
        let table = form
            .tables
            .iter()
            .find(|candidate| candidate.id == table)
            .unwrap();
        table
            .targets()
            .map(|(target, _)| target)
            .collect::<Vec<_>>()
    };
    // 22 rows of outcomes, four printed subtotals, received, carried in, carried out; 7 columns.
    assert_eq!(cells("requests").len(), (22 + 4 + 3) * 7);
    let remedies = cells("remedies");
    assert_eq!(remedies.len(), 15);
    assert_eq!(remedies[7].indicator.as_deref(), Some("remedies.other"));
    assert_eq!(remedies[7].dimensions["procedure"], "litigation_direct");
}

fn profile(files: &[(&str, &str)]) -> Result<Codebook, CodebookError> {
    of_base("base = \"none\"", files)
}

fn of_base(base: &str, files: &[(&str, &str)]) -> Result<Codebook, CodebookError> {
    let stated =
        format!("id = \"mine\"\nversion = \"1\"\ntitle = \"我的\"\nname = \"Mine\"\n{base}\n");
    let stated = [("profile.toml", stated.as_str())];
    let files = files.iter().chain(&stated);
    Codebook::from_files(files.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
}

#[test]
fn an_error_names_file_line_and_remedy() {
    let broken = INDICATORS.replace("unit =", "units =");
    let error = profile(&[("indicators.toml", &broken)]).unwrap_err();
    assert!(
        error.to_string().starts_with("indicators.toml, line "),
        "{error}"
    );

    let error = profile(&[("indicator.toml", INDICATORS)]).unwrap_err();
    assert!(error.to_string().contains("call it one of"), "{error}");

    let form = r#"
id = "X"
title = "X"
basis = "X"
first_year = 2010
last_year = 2012
[[table]]
id = "visits"
title = "访问"
rows = [{ level = 1, label = "访问量", indicator = "visit" }]
"#;
    let error = profile(&[("indicators.toml", INDICATORS), ("forms/X.toml", form)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "forms/X.toml, 访问量: `visit` is no indicator; correct it or define it in indicators.toml"
    );
    let fixed = form.replace("\"visit\"", "\"visits\"");
    let codebook = profile(&[("indicators.toml", INDICATORS), ("forms/X.toml", &fixed)]).unwrap();
    assert_eq!(codebook.forms.len(), 1);

    let twice = fixed.replace("rows = [", "rows = [{ level = 1, label = \"访问量\" }, ");
    let error = profile(&[("indicators.toml", INDICATORS), ("forms/X.toml", &twice)]).unwrap_err();
    assert!(error.to_string().contains("stands twice"), "{error}");
}

#[test]
fn the_version_follows_the_content_and_not_the_order_of_files() {
    let columns = "labels = [\"指标\"]\nunits = []\ncodes = []\nnotes = []\nvalues = []\n";
    let one = profile(&[("indicators.toml", INDICATORS), ("columns.toml", columns)]).unwrap();
    let two = profile(&[("columns.toml", columns), ("indicators.toml", INDICATORS)]).unwrap();
    assert_eq!(one.version, two.version);
    let three = profile(&[("indicators.toml", INDICATORS)]).unwrap();
    assert_ne!(one.version, three.version);
}

const RULE: &str = r#"
[[rule]]
id = "X.SUM"
kind = "inequality"
formulas = ["visits <= 2 * visits"]
meaning = "More than there are."
meaning_zh = "超过总数。"
"#;

#[test]
fn a_rule_that_names_what_is_not_there_is_refused() {
    let load = |rule: &str| profile(&[("indicators.toml", INDICATORS), ("rules.toml", rule)]);
    assert_eq!(load(RULE).unwrap().rules.len(), 1);
    let refused = |from: &str, to: &str| load(&RULE.replace(from, to)).unwrap_err().to_string();
    assert!(refused("2 * visits", "2 * visit").contains("`visit` is no indicator"));
    assert!(refused("<= 2", "< 2").contains("cannot be read"));
    assert!(refused("= 2 * visits", "= visits[period=year]").contains("period = year"));
    assert!(refused("kind", "forms = [\"F9\"]\nkind").contains("no form `F9`"));
    assert!(refused("formulas = [", "note = [").contains("rules.toml, line "));
}

#[test]
fn rules_are_found_by_form_family() {
    let rules = &Codebook::builtin().rules;
    let holds = |id: &str, form: &str| {
        let rule = rules.iter().find(|rule| rule.id == id);
        rule.is_some_and(|rule| rule.holds_for(form))
    };
    assert!(holds("F1.FULLTEXT", "F1.GZ"));
    assert!(!holds("F1.FULLTEXT", "F10"));
    assert!(holds("N.TABLE", "F4"));
    assert!(!holds("F34.ROW", "F2"));
}

#[test]
fn what_compares_is_said_of_what_forms_ask_for() {
    let codebook = Codebook::builtin();
    let said = |id: &str| {
        codebook
            .comparisons
            .iter()
            .filter(|entry| entry.speaks_of(id))
            .count()
    };
    assert_eq!(said("requests.received"), 1);
    assert_eq!(said("requests.outcome.other.misc"), 1);
    let unsaid = codebook.indicators.iter().filter(|it| said(&it.id) == 0);
    let unsaid: Vec<&str> = unsaid.map(|it| it.id.as_str()).collect();
    assert!(unsaid.is_empty(), "{unsaid:?}");
}

/// A wording as tables are matched by: without 其中, number, trailing note or unit, and the words for a count.
fn normal(text: &str) -> String {
    let text = text.trim_start_matches("其中").trim_start_matches(':');
    let bracket = text.find('(').filter(|at| *at > 0 && text.ends_with(')'));
    let inside = bracket.and_then(|at| text.get(at..)).unwrap_or_default();
    let note = ["单位", "条", "件", "次", "不包括", "区分处理"];
    let is_note = note
        .iter()
        .any(|start| inside.trim_start_matches('(').starts_with(start));
    let text = bracket
        .filter(|_| is_note)
        .and_then(|at| text.get(..at))
        .unwrap_or(text);
    let counted = ["总数", "数量", "数"]
        .iter()
        .find_map(|end| text.strip_suffix(end));
    let text = counted.filter(|text| !text.is_empty()).unwrap_or(text);
    text.chars().filter(|c| !"“”\"《》".contains(*c)).collect()
}

#[test]
fn every_wording_means_one_thing_below_its_parent() {
    for form in &Codebook::builtin().forms {
        for table in &form.tables {
            let mut meant: BTreeMap<(Option<usize>, String), &Target> = BTreeMap::new();
            for row in &table.rows {
                for wording in row.label.wordings() {
                    let known = meant.insert((row.parent, normal(wording)), &row.target);
                    let same = known.is_none_or(|known| *known == row.target);
                    assert!(same, "{} {}: {wording}", form.id, table.id);
                }
            }
            let mut columns: BTreeMap<Vec<String>, &Target> = BTreeMap::new();
            for column in &table.columns {
                let Some((last, groups)) = column.path.split_last() else {
                    continue;
                };
                for wording in last.wordings() {
                    let groups = groups.iter().map(|group| normal(&group.text));
                    let path = groups.chain([normal(wording)]).collect();
                    let known = columns.insert(path, &column.target);
                    let same = known.is_none_or(|known| *known == column.target);
                    assert!(same, "{} {}: {wording}", form.id, table.id);
                }
            }
        }
    }
}

#[test]
fn every_indicator_says_what_it_is_and_where_that_was_seen() {
    for indicator in &Codebook::builtin().indicators {
        for (what, text) in [
            ("label", &indicator.label),
            ("name", &indicator.name),
            ("definition", &indicator.definition),
            ("unit", &indicator.unit),
            ("source", &indicator.source),
        ] {
            assert!(!text.trim().is_empty(), "{}: {what}", indicator.id);
        }
        let years = indicator.first_year..=indicator.last_year;
        assert!((1990..=2100).contains(years.start()) && !years.is_empty());
    }
}
