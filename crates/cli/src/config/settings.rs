//! Every setting: its name, what it is, its default, and how its text becomes a value.

use std::time::Duration;

use super::{Config, Isolation, LogFormat, ShowProgress};

/// One setting.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// Whether records can depend on it.
    pub(super) shapes_records: bool,
    pub(super) default: &'static str,
    pub(super) apply: fn(&mut Config, &str) -> Option<()>,
}

/// A number of which 0 makes no sense.
fn positive(text: &str) -> Option<u64> {
    let mut value = 0;
    number(&mut value, text)?;
    (value > 0).then_some(value)
}

fn switch(target: &mut bool, text: &str) -> Option<()> {
    *target = match text {
        "on" => true,
        "off" => false,
        _ => return None,
    };
    Some(())
}

fn seconds(target: &mut Duration, text: &str) -> Option<()> {
    *target = Duration::from_secs(positive(text).filter(|seconds| *seconds <= LONGEST)?);
    Some(())
}

fn number<T: std::str::FromStr>(target: &mut T, text: &str) -> Option<()> {
    *target = text.replace('_', "").parse().ok()?;
    Some(())
}

macro_rules! setting {
    ($name:literal, $default:literal, $shapes:literal, $about:literal, $apply:expr) => {
        Setting {
            name: $name,
            about: $about,
            shapes_records: $shapes,
            default: $default,
            apply: $apply,
        }
    };
}

/// All settings. The environment variable of one is `NIANBAO_` and its name in capitals.
pub(super) const SETTINGS: &[Setting] = &[
    setting!(
        "jobs",
        "all",
        false,
        "threads; all: one for each processor",
        |c, v| {
            if v == "all" {
                c.jobs = std::thread::available_parallelism().map_or(1, Into::into);
                return Some(());
            }
            number(&mut c.jobs, v).filter(|()| c.jobs > 0)
        }
    ),
    setting!(
        "fail_on",
        "never",
        false,
        "exit code 4 where more checks fail",
        |c, v| {
            c.fail_on = if v == "never" {
                None
            } else {
                Some(v.parse().ok()?)
            };
            Some(())
        }
    ),
    setting!("quiet", "false", false, "say nothing but errors", |c, v| {
        number(&mut c.quiet, v)
    }),
    setting!("progress", "auto", false, "auto, always, never", |c, v| {
        c.progress = match v {
            "auto" => ShowProgress::Auto,
            "always" => ShowProgress::Always,
            "never" => ShowProgress::Never,
            _ => return None,
        };
        Some(())
    }),
    setting!("log_format", "text", false, "text, json", |c, v| {
        c.log_format = match v {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            _ => return None,
        };
        Some(())
    }),
    setting!(
        "isolation",
        "auto",
        false,
        "worker processes: auto (for PDF), always, never",
        |c, v| {
            c.isolation = match v {
                "auto" => Isolation::Auto,
                "always" => Isolation::Always,
                "never" => Isolation::Never,
                _ => return None,
            };
            Some(())
        }
    ),
    setting!(
        "timeout",
        "600",
        false,
        "seconds of a document in a worker, on any machine; cpu_time is what measures the document",
        |c, v| { seconds(&mut c.worker.timeout, v) }
    ),
    setting!(
        "cpu_time",
        "20",
        false,
        "seconds of processor time of a document in a worker",
        |c, v| { seconds(&mut c.worker.cpu_time, v) }
    ),
    setting!(
        "memory",
        "1024",
        false,
        "MiB of address space of a worker, at least 256",
        |c, v| {
            c.worker.memory = positive(v)?.checked_mul(1 << 20)?;
            (c.worker.memory >= isolation::LEAST_MEMORY).then_some(())
        }
    ),
    setting!(
        "worker_documents",
        "200",
        false,
        "documents after which a worker is replaced",
        |c, v| {
            number(&mut c.worker.documents, v)?;
            (c.worker.documents > 0).then_some(())
        }
    ),
    setting!(
        "keywords",
        "10",
        true,
        "keywords of an annual report",
        |c, v| { number(&mut c.extraction.keywords, v) }
    ),
    setting!(
        "site_evidence",
        "on",
        true,
        "on, off: whether what many pages of a site repeat is furniture",
        |c, v| { switch(&mut c.extraction.site_evidence, v) }
    ),
    setting!(
        "join_pages",
        "on",
        true,
        "on, off: whether a report split over several pages becomes one record",
        |c, v| { switch(&mut c.extraction.join_pages, v) }
    ),
    setting!(
        "document_bytes",
        "67108864",
        true,
        "largest document",
        |c, v| { number(&mut c.extraction.limits.bytes, v) }
    ),
    setting!(
        "html_nesting",
        "512",
        true,
        "depth of HTML elements",
        |c, v| { number(&mut c.extraction.limits.nesting, v) }
    ),
    setting!(
        "html_attributes",
        "1024",
        true,
        "attributes of one HTML tag",
        |c, v| { number(&mut c.extraction.limits.attributes, v) }
    ),
    setting!(
        "table_cells",
        "1000000",
        true,
        "cells of one table",
        |c, v| { number(&mut c.extraction.limits.table_cells, v) }
    ),
    setting!(
        "filled_cells",
        "200000",
        true,
        "cells of a page's tables that are not in its source",
        |c, v| { number(&mut c.extraction.limits.filled_cells, v) }
    ),
    setting!(
        "filled_bytes",
        "16777216",
        true,
        "bytes of merged cells' texts, once more for each further cell they cover",
        |c, v| { number(&mut c.extraction.limits.filled_bytes, v) }
    ),
    setting!("pdf_pages", "20000", true, "pages of a PDF", |c, v| {
        number(&mut c.extraction.limits.pages, v)
    }),
    setting!(
        "pdf_glyphs",
        "2000000",
        true,
        "glyphs of a PDF page",
        |c, v| { number(&mut c.extraction.limits.glyphs, v) }
    ),
    setting!(
        "pdf_operators",
        "5000000",
        true,
        "operators of a PDF page, with those of the forms it paints",
        |c, v| { number(&mut c.extraction.limits.operators, v) }
    ),
    setting!(
        "pdf_form_depth",
        "50",
        true,
        "forms in forms of a PDF page, 50 at most: deeper the engine does not go",
        |c, v| {
            let depth = &mut c.extraction.limits.form_depth;
            number(depth, v).filter(|()| *depth <= 50)
        }
    ),
    setting!(
        "pdf_stream_bytes",
        "268435456",
        true,
        "bytes that a stream of a PDF unpacks to",
        |c, v| { number(&mut c.extraction.limits.stream_bytes, v) }
    ),
    setting!(
        "pdf_bytes",
        "536870912",
        true,
        "bytes that all streams of a PDF unpack to",
        |c, v| { number(&mut c.extraction.limits.unpacked_bytes, v) }
    ),
    setting!(
        "cross_check",
        "false",
        true,
        "compare a PDF's characters with a second reader's",
        |c, v| { number(&mut c.extraction.cross_check, v) }
    ),
    setting!(
        "output_bytes",
        "268435456",
        true,
        "bytes of the records of one document",
        |c, v| { number(&mut c.output_bytes, v) }
    ),
    setting!(
        "archive_bytes",
        "1073741824",
        true,
        "bytes in an archive, unpacked",
        |c, v| { number(&mut c.archives.bytes, v) }
    ),
    setting!(
        "archive_ratio",
        "200",
        true,
        "unpacked bytes for each packed one",
        |c, v| { number(&mut c.archives.ratio, v) }
    ),
    setting!(
        "archive_entries",
        "10000",
        true,
        "entries of an archive (not WARC)",
        |c, v| { number(&mut c.archives.entries, v) }
    ),
    setting!(
        "archive_depth",
        "2",
        true,
        "archives in archives",
        |c, v| { number(&mut c.archives.depth, v) }
    ),
];

/// Seconds that a time can be set to: a year.
const LONGEST: u64 = 31_536_000;
