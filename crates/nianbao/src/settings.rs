//! What a caller can say: where the bytes are from, and how to read them.

use std::sync::{Arc, LazyLock, OnceLock};

use codebook::Codebook;
use document_reading::{Limits, Provenance};
use indicator_resolution::Resolver;
use model::{SiteEvidence, Wording};
use section_segmentation::Wordings;

/// What is known of a file apart from its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// Path or name, as records print it; its ending helps to tell the format.
    pub path: String,
    /// Address that it was fetched from.
    pub uri: Option<String>,
    /// `Content-Type` that the server sent.
    pub content_type: Option<String>,
    /// What the pages of its site share, where many of them are read together: see
    /// [`crate::Together`].
    pub site: Option<Arc<SiteEvidence>>,
    /// The pages that go on with its report, in order: see [`crate::Together`].
    pub continued: Vec<Page>,
}

/// A page after the first of a report that is split over several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it is from.
    pub input: Input,
    /// Its bytes.
    pub bytes: Vec<u8>,
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
    /// Whether documents that are read together are evidence for each other: what many pages of a
    /// site repeat is furniture. For [`crate::extract_together`].
    pub site_evidence: bool,
    /// Whether a report that is split over several pages becomes one record, where they are read
    /// together. For [`crate::extract_together`].
    pub join_pages: bool,
    /// What reports say, line by line, of the codebook at hand: made when it is first needed.
    wordings: Arc<OnceLock<Wordings>>,
    /// Compare the characters of a PDF with those of the second reader.
    pub cross_check: bool,
}

impl Settings {
    /// Reads another family of reports from here on.
    pub fn set_codebook(&mut self, codebook: Codebook) {
        self.resolver = Arc::new(Resolver::new(Arc::new(codebook)));
        self.wordings = Arc::default();
    }

    /// What is known of the reports.
    pub fn codebook(&self) -> &Codebook {
        self.resolver.codebook()
    }

    /// How a line reads to one who knows the reports.
    pub(crate) fn wording(&self, text: &str) -> Wording {
        let codebook = self.codebook();
        let wordings = self.wordings.get_or_init(|| Wordings::new(codebook));
        wordings.of(text, codebook)
    }

    pub(crate) fn resolver(&self) -> &Resolver {
        &self.resolver
    }
}

static BUILTIN: LazyLock<Arc<Resolver>> =
    LazyLock::new(|| Arc::new(Resolver::new(Codebook::shared_builtin())));

static BUILTIN_WORDINGS: LazyLock<Arc<OnceLock<Wordings>>> = LazyLock::new(Arc::default);

impl Default for Settings {
    fn default() -> Self {
        Self {
            resolver: Arc::clone(&BUILTIN),
            limits: Limits::default(),
            keywords: 10,
            site_evidence: true,
            join_pages: true,
            wordings: Arc::clone(&BUILTIN_WORDINGS),
            cross_check: false,
        }
    }
}
