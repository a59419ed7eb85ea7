//! Rules that fail, one line each.

use std::io::{self, Write};

use nianbao::Record;
use record::CheckStatus;

use super::field;

/// The names of the columns.
pub(super) const HEADER: &str = "path\tpart\tid\tagency\tyear\trule\texpected\tfound\tmessage\n";

/// Characters of a message that are written.
const MESSAGE: usize = 400;

/// Writes the failing rules of a record and gives their number.
pub(super) fn write(out: &mut impl Write, record: &Record) -> io::Result<u64> {
    let mut failing = 0;
    for check in &record.checks {
        if check.status != CheckStatus::Fail {
            continue;
        }
        failing += 1;
        let number = |value: &Option<record::Number>| {
            value.map_or_else(String::new, |value| value.to_string())
        };
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            field(&record.source.path, usize::MAX),
            record.source.part,
            record.id,
            record.agency.name.as_deref().unwrap_or_default(),
            record
                .period
                .as_ref()
                .map_or_else(String::new, |period| period.year.to_string()),
            check.rule,
            number(&check.expected),
            number(&check.found),
            field(&check.message, MESSAGE),
        )?;
    }
    Ok(failing)
}
