//! What a profile is made of.

use codebook::{FileKind, FileShape};
use serde_json::{Value, json};

use super::markdown::{head, line, row};

/// For machines: `{"schema": "1", "files": [{"name", "about", "format": "toml", "schema"}, {…, "format": "tsv", "columns"}]}`.
pub(super) fn json(kinds: &[FileKind]) -> Value {
    let file = |kind: &FileKind| match &kind.shape {
        FileShape::Toml(schema) => json!({
            "name": kind.name, "about": kind.about, "format": "toml", "schema": schema,
        }),
        FileShape::Table(fields) => {
            let column = |(name, about): &(&str, &str)| json!({ "name": name, "about": about });
            json!({
                "name": kind.name, "about": kind.about, "format": "tsv",
                "columns": fields.iter().map(column).collect::<Vec<_>>(),
            })
        }
    };
    json!({ "schema": "1", "files": kinds.iter().map(file).collect::<Vec<_>>() })
}

const INTRODUCTION: &str = "# Profiles

A profile is a folder of files that make nianbao read another family of reports: `nianbao extract INPUT --profile DIR`.
`profile.toml` must be there; every other file is optional. With `base = \"builtin\"` a file that the profile does not have
is that of the built-in codebook (`without` leaves some out), one that it has takes the place of the base's, or adds to it
where `adds` names it. Folders `corpus` and `corpus-sources` may hold documents of the profile; they are not read.

```toml
id = \"final-accounts\"
version = \"1\"
title = \"部门决算\"
name = \"Final accounts of departments\"
base = \"builtin\"
without = [\"forms/*\", \"comparability.toml\"]

[adds]
\"reports.toml\" = \"all\"
\"prose.toml\" = [\"words\"]
```
";

/// For people.
pub(super) fn markdown(kinds: &[FileKind]) -> String {
    let mut out = INTRODUCTION.to_owned();
    for kind in kinds {
        line(
            &mut out,
            &format!("\n## `{}`\n\n{}\n", kind.name, kind.about),
        );
        match &kind.shape {
            FileShape::Table(fields) => {
                line(&mut out, "Fields parted by tabs; `#` starts a comment.\n");
                head(&mut out, &["field", "meaning"]);
                for (name, about) in *fields {
                    row(&mut out, &[format!("`{name}`"), (*about).to_owned()]);
                }
            }
            FileShape::Toml(schema) => {
                let root = schema.as_value();
                object(&mut out, root);
                for (name, defined) in root["$defs"].as_object().into_iter().flatten() {
                    if defined["properties"].is_object() {
                        line(&mut out, &format!("\n### {name}\n"));
                        object(&mut out, defined);
                    } else {
                        let values = choices(defined);
                        line(&mut out, &format!("\n### {name}\n\n{values}"));
                    }
                }
            }
        }
    }
    out
}

fn object(out: &mut String, schema: &Value) {
    head(out, &["key", "value", "needed", "meaning"]);
    let required = schema["required"].as_array();
    let is_required = |key: &str| required.is_some_and(|all| all.iter().any(|one| one == key));
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        let needed = if is_required(key) { "yes" } else { "" };
        let about = value["description"].as_str().unwrap_or_default();
        let cells = [
            format!("`{key}`"),
            shape(value),
            needed.to_owned(),
            about.replace('\n', " "),
        ];
        row(out, &cells);
    }
}

/// What a value looks like, shortly.
fn shape(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return reference.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let shapes: Vec<String> = any.iter().map(shape).filter(|one| one != "null").collect();
        return shapes.join(" or ");
    }
    if let Some(constant) = schema["const"].as_str() {
        return format!("\"{constant}\"");
    }
    let named = match &schema["type"] {
        Value::Array(several) => several.iter().find(|one| *one != "null"),
        one => Some(one),
    };
    match named.and_then(Value::as_str).unwrap_or_default() {
        "array" => format!("list of {}", shape(&schema["items"])),
        "object" => format!("table of {}", shape(&schema["additionalProperties"])),
        other => other.to_owned(),
    }
}

/// The values of a key that can only be one of some words, or another shape.
fn choices(schema: &Value) -> String {
    let mut out = String::new();
    for one in schema["oneOf"].as_array().into_iter().flatten() {
        let about = one["description"].as_str().unwrap_or_default();
        line(&mut out, &format!("- {} {about}", shape(one)));
    }
    for one in schema["enum"].as_array().into_iter().flatten() {
        line(&mut out, &format!("- {one}"));
    }
    if out.is_empty() {
        line(&mut out, &shape(schema));
    }
    out
}
