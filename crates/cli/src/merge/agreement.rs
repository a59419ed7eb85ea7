//! Whether outputs are parts of one job.

use std::collections::BTreeMap;

use serde_json::Value;

use super::shard::Shard;
use crate::exit::Failure;
use crate::extract::{PartOf, Run};

/// Settings by which pages depend on those that are read with them.
const TOGETHER: [&str; 2] = ["site_evidence", "join_pages"];

/// Refuses what one run could not have written.
pub(super) fn check(shards: &[Shard]) -> Result<(), Failure> {
    let Some((first, others)) = shards.split_first() else {
        return Ok(());
    };
    for other in others {
        if let Some((what, one, two)) = difference(&first.run, &other.run) {
            return Err(Failure::fatal(format!(
                "{} and {} are not of one job: {what} is {one} there and {two} here; extract them alike",
                first.name(),
                other.name()
            )));
        }
    }
    match &first.run.shard {
        Some(part) => complete(part, shards),
        None => apart(shards),
    }
}

/// What two runs differ in that must be the same, and its values.
fn difference(one: &Run, two: &Run) -> Option<(String, Value, Value)> {
    let fixed = |run: &Run| {
        let part = run.shard.as_ref();
        let part = |of: fn(&PartOf) -> Value| part.map_or(Value::Null, of);
        [
            ("the program's version", run.version.clone().into()),
            ("the record's schema", run.schema.clone().into()),
            ("the codebook", run.codebook.clone().into()),
            ("the profile", run.profile.clone()),
            ("the number of shards", part(|part| part.count.into())),
            ("--shard-by", part(|part| serde_json::json!(part.by))),
            ("the number of inputs", part(|part| part.inputs.into())),
            ("the list of inputs", part(|part| part.names.clone().into())),
            (
                "what the inputs say of each other",
                part(|part| part.together.clone().into()),
            ),
        ]
    };
    let pairs = fixed(one).into_iter().zip(fixed(two));
    let mut pairs = pairs.map(|((what, one), (_, two))| (what.to_owned(), one, two));
    pairs.find(|(_, one, two)| one != two).or_else(|| {
        let names = one.settings.keys().chain(two.settings.keys());
        let value = |run: &Run, name| run.settings.get(name).cloned().unwrap_or_default();
        let mut pairs = names.map(|name| (name.clone(), value(one, name), value(two, name)));
        pairs.find(|(_, one, two)| one != two)
    })
}

/// All shards of a job, each once.
fn complete(part: &PartOf, shards: &[Shard]) -> Result<(), Failure> {
    let mut there: BTreeMap<u64, &Shard> = BTreeMap::new();
    for shard in shards {
        let index = shard.run.shard.as_ref().map_or(0, |part| part.index);
        if let Some(other) = there.insert(index, shard) {
            return Err(Failure::fatal(format!(
                "{} and {} are both shard {index} of {}; leave one out",
                other.name(),
                shard.name(),
                part.count
            )));
        }
    }
    let missing = (1..=part.count).filter(|index| !there.contains_key(index));
    let named: Vec<String> = missing.take(10).map(|index| index.to_string()).collect();
    if named.is_empty() {
        return Ok(());
    }
    let more = match part
        .count
        .saturating_sub((there.len() + named.len()) as u64)
    {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Err(Failure::fatal(format!(
        "of {} shards these are missing: {}{more}",
        part.count,
        named.join(", ")
    )))
}

/// Outputs of separate lists: no document may depend on another list's.
fn apart(shards: &[Shard]) -> Result<(), Failure> {
    let [first, second, ..] = shards else {
        return Ok(());
    };
    let on = TOGETHER.iter().find(|name| {
        let value = first.run.settings.get(**name);
        value.is_none_or(|value| value != "off")
    });
    match on {
        None => Ok(()),
        Some(name) => Err(Failure::fatal(format!(
            "{} and {} were read apart with {name} on: what pages of one say of pages of the other is lost; \
             extract all inputs with --shard I/N, or each list with --site-evidence off --join-pages off",
            first.name(),
            second.name()
        ))),
    }
}
