//! Data files of a codebook: any edit of one gives an error that names the file, or a codebook that can
//! be used.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use codebook::Codebook;
use nianbao::{Input, Settings, extract};

/// The built-in files, without the longest: they are read as they are in every other target.
static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/codebook/data");
    let folder = std::path::Path::new(folder);
    let mut files = BTreeMap::new();
    for inside in ["", "forms"] {
        let entries = std::fs::read_dir(folder.join(inside)).expect("the data folder is there");
        for entry in entries.flatten().filter(|entry| entry.path().is_file()) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(entry.path()).expect("a data file is text");
            let name = if inside.is_empty() {
                name
            } else {
                format!("{inside}/{name}")
            };
            if name.ends_with(".toml") || name.ends_with(".tsv") {
                files.insert(name, text);
            }
        }
    }
    files
});

const REPORT: &str = "2012年政府信息公开工作年度报告\n\n一、概述\n本年度主动公开信息170条，受理申请12件。\n\n\
                      附表\n指标\n单位\n数量\n主动公开信息数\n条\n170\n收到申请数\n件\n12\n";

pub(super) fn run(data: &[u8]) {
    // Which file, how many of its lines stay before the text, how many are left out.
    let [which, from, more, out, text @ ..] = data else {
        return;
    };
    let Some(name) = FILES.keys().nth(usize::from(*which) % FILES.len()).cloned() else {
        return;
    };
    let text = String::from_utf8_lossy(text);
    let mut files = FILES.clone();
    if name != "divisions.tsv" {
        files.insert("divisions.tsv".into(), String::new());
    }
    if let Some(file) = files.get_mut(&name) {
        let from = usize::from(*from) | usize::from(*more & 7) << 8;
        let lines: Vec<&str> = file.lines().collect();
        let from = from.min(lines.len());
        let to = (from + usize::from(*out)).min(lines.len());
        *file = [&lines[..from].join("\n"), &*text, &lines[to..].join("\n")].join("\n");
    }
    match Codebook::from_files(files.into_iter()) {
        Ok(codebook) => {
            let mut settings = Settings::default();
            settings.set_codebook(codebook);
            settings.keywords = 0;
            let records = extract(REPORT.as_bytes(), &Input::named("a.txt"), &settings);
            if let Err(error) = records {
                assert_ne!(error.code, "panic", "{}", error.message);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
