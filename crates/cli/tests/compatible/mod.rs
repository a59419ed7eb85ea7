//! Whether what is written by a newer schema can be read by who knows an older one.

use serde_json::Value;

/// What a reader of `old` would miss in what `new` describes, each with its place. Fields, words and variants may be
/// added; none may go, change its type, or become one that can be missing or null.
pub(crate) fn breaks(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let pair = Pair { old, new };
    pair.compare(old, new, "", &mut Vec::new(), &mut found);
    found
}

struct Pair<'s> {
    old: &'s Value,
    new: &'s Value,
}

impl<'s> Pair<'s> {
    fn compare(
        &self,
        old: &'s Value,
        new: &'s Value,
        place: &str,
        within: &mut Vec<&'s str>,
        found: &mut Vec<String>,
    ) {
        let reference = old["$ref"].as_str();
        if let Some(reference) = reference {
            if within.contains(&reference) {
                return;
            }
            within.push(reference);
        }
        let (old, new) = (resolved(self.old, old), resolved(self.new, new));
        for kind in types(new) {
            if !types(old).contains(&kind) {
                found.push(format!("{place}: can be {kind} now"));
            }
        }
        for (name, field) in old["properties"].as_object().into_iter().flatten() {
            let place = format!("{place}/{name}");
            match new["properties"].get(name) {
                None => found.push(format!("{place}: is gone")),
                Some(now) => self.compare(field, now, &place, within, found),
            }
            let listed = |schema: &Value| {
                schema["required"]
                    .as_array()
                    .is_some_and(|names| names.iter().any(|it| it == name))
            };
            if listed(old) && !listed(new) {
                found.push(format!("{place}: can be missing now"));
            }
        }
        for inner in ["items", "additionalProperties"] {
            if old[inner].is_object() {
                self.compare(
                    &old[inner],
                    &new[inner],
                    &format!("{place}/{inner}"),
                    within,
                    found,
                );
            }
        }
        self.variants(old, new, place, within, found);
        if reference.is_some() {
            within.pop();
        }
    }

    /// Each variant of the old schema is one of the new.
    fn variants(
        &self,
        old: &'s Value,
        new: &'s Value,
        place: &str,
        within: &[&'s str],
        found: &mut Vec<String>,
    ) {
        for word in words(old) {
            if !words(new).contains(&word) {
                found.push(format!("{place}: {word} is gone"));
            }
        }
        for several in ["anyOf", "oneOf"] {
            let now: Vec<&Value> = new[several].as_array().into_iter().flatten().collect();
            for (number, variant) in old[several].as_array().into_iter().flatten().enumerate() {
                if variant["const"].is_string() || variant["enum"].is_array() {
                    continue;
                }
                let fits = |now: &&Value| {
                    let mut found = Vec::new();
                    self.compare(variant, now, "", &mut within.to_vec(), &mut found);
                    found.is_empty()
                };
                if !now.iter().any(fits) {
                    found.push(format!(
                        "{place}: variant {number} of {several} is gone or another"
                    ));
                }
            }
        }
    }
}

fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let pointer = schema["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
    pointer
        .and_then(|pointer| root.pointer(pointer))
        .unwrap_or(schema)
}

fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The words of an enumeration.
fn words(schema: &Value) -> Vec<&str> {
    let listed = schema["enum"].as_array().into_iter().flatten();
    let variants = schema["oneOf"].as_array().into_iter().flatten();
    let of_variants = variants.flat_map(|it| {
        let listed = it["enum"].as_array().into_iter().flatten();
        std::iter::once(&it["const"]).chain(listed)
    });
    listed
        .chain(of_variants)
        .chain([&schema["const"]])
        .filter_map(Value::as_str)
        .collect()
}

/// The same of tables, as `nianbao schema export` prints them.
pub(crate) fn table_breaks(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let named = |list: &Value, name: &Value| -> Option<Value> {
        list.as_array()?
            .iter()
            .find(|it| it["name"] == *name)
            .cloned()
    };
    for table in old["tables"].as_array().into_iter().flatten() {
        let name = &table["name"];
        let Some(now) = named(&new["tables"], name) else {
            found.push(format!("{name}: is gone"));
            continue;
        };
        if now["key"] != table["key"] {
            found.push(format!("{name}: another key"));
        }
        for column in table["columns"].as_array().into_iter().flatten() {
            let place = format!("{name}.{}", column["name"]);
            let Some(now) = named(&now["columns"], &column["name"]) else {
                found.push(format!("{place}: is gone"));
                continue;
            };
            if now["kind"] != column["kind"] {
                found.push(format!("{place}: another kind"));
            }
            if column["required"] == true && now["required"] != true {
                found.push(format!("{place}: can be null now"));
            }
        }
    }
    found
}
