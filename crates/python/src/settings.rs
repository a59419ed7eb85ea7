//! What records can depend on, apart from the codebook.

use nianbao::Settings;
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};

/// Settings that shape records; each has the name and the default that it has for the command.
#[derive(Clone, Serialize, Deserialize, FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Shaping {
    keywords: usize,
    cross_check: bool,
    document_bytes: usize,
}

impl Shaping {
    /// The same for the façade.
    pub(crate) fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        settings.keywords = self.keywords;
        settings.cross_check = self.cross_check;
        settings.limits.bytes = self.document_bytes;
        settings
    }
}
