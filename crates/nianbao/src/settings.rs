//! What a caller can say: where the bytes are from, and how to read them.

use std::sync::{Arc, LazyLock};

use codebook::Codebook;
use document_reading::{Limits, Provenance};
use indicator_resolution::Resolver;

/// What is known of a file apart from its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// Path or name, as records print it; its ending helps to tell the format.
    pub path: String,
    /// Address that it was fetched from.
    pub uri: Option<String>,
    /// `Content-Type` that the server sent.
    pub content_type: Option<String>,
}

impl Input {
    /// An input of which only the name is known.
    pub fn named(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..Self::default()
        }
    }

    pub(crate) fn provenance(&self) -> Provenance<'_> {
        Provenance {
            name: Some(&self.path),
            uri: self.uri.as_deref(),
            content_type: self.content_type.as_deref(),
        }
    }
}

/// How to extract. The same bytes and the same settings give the same records.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What is known of this family of reports, made ready for look-ups.
    resolver: Arc<Resolver>,
    /// Bounds of reading.
    pub limits: Limits,
    /// Keywords of an annual report; 0 for none.
    pub keywords: usize,
}

impl Settings {
    /// Reads another family of reports from here on.
    pub fn set_codebook(&mut self, codebook: Codebook) {
        self.resolver = Arc::new(Resolver::new(Arc::new(codebook)));
    }

    /// What is known of the reports.
    pub fn codebook(&self) -> &Codebook {
        self.resolver.codebook()
    }

    pub(crate) fn resolver(&self) -> &Resolver {
        &self.resolver
    }
}

static BUILTIN: LazyLock<Arc<Resolver>> =
    LazyLock::new(|| Arc::new(Resolver::new(Arc::new(Codebook::builtin().clone()))));

impl Default for Settings {
    fn default() -> Self {
        Self {
            resolver: Arc::clone(&BUILTIN),
            limits: Limits::default(),
            keywords: 10,
        }
    }
}
