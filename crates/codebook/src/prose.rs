//! How prose speaks of indicators.

/// Phrases of prose and the indicators they speak of.
#[derive(Debug, Clone, Default)]
pub struct ProseLexicon {
    /// Subjects, in the order of the file.
    pub subjects: Vec<Subject>,
}

/// A way prose names an indicator.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    /// Phrases, spaces removed.
    pub phrases: Vec<String>,
}
