//! What is said on stderr.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::config::{Config, LogFormat, ShowProgress};

/// Diagnostics and progress.
pub(crate) struct Log {
    format: LogFormat,
    quiet: bool,
    bar: Option<ProgressBar>,
}

impl Log {
    /// `total` is the number of inputs as far as it is known before archives are opened.
    pub(crate) fn new(config: &Config, total: usize) -> Self {
        let wanted = match config.progress {
            ShowProgress::Always => true,
            ShowProgress::Never => false,
            ShowProgress::Auto => std::io::stderr().is_terminal() && !config.quiet,
        };
        Self {
            format: config.log_format,
            quiet: config.quiet,
            bar: wanted.then(|| bar(total)),
        }
    }

    /// So many inputs of the run are done.
    pub(crate) fn advance(&self, documents: u64) {
        if let Some(bar) = &self.bar {
            bar.inc(documents);
        }
    }

    /// The progress bar goes away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// An input that gave no record. Said even when quiet where there is no error file.
    pub(crate) fn error(&self, error: &record::ErrorRecord) {
        match self.format {
            LogFormat::Json => {
                if let Ok(line) = serde_json::to_string(error) {
                    self.line(&line);
                }
            }
            LogFormat::Text => self.line(&format!(
                "{}: {}: {}: {}",
                error.path, error.stage, error.code, error.message
            )),
        }
    }

    /// Something worth knowing.
    pub(crate) fn note(&self, message: &str) {
        match self.format {
            _ if self.quiet => {}
            LogFormat::Json => self.line(&serde_json::json!({ "message": message }).to_string()),
            LogFormat::Text => self.line(message),
        }
    }

    fn line(&self, line: &str) {
        let write = || {
            // Where stderr is closed there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "{line}");
        };
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

fn bar(total: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    let style = "{bar:30} {pos}/{len} documents, {per_sec}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(style) {
        bar.set_style(style);
    }
    bar
}
