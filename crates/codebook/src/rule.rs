//! Rules: what must add up.

/// A rule of the codebook. Its formula is data, evaluated by consistency-checking.
#[derive(Debug, Clone, Default)]
pub struct Rule {
    /// `F1.OUT.GZ`
    pub id: String,
    /// Forms that it holds for; empty for all.
    pub forms: Vec<String>,
    /// What kind of rule.
    pub kind: RuleKind,
    /// The formula.
    pub formula: String,
    /// Absolute tolerance.
    pub tolerance: f64,
    /// What a violation means, in English.
    pub meaning: String,
    /// The same in Chinese.
    pub meaning_zh: String,
}

/// What kind of rule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RuleKind {
    /// Left equals right.
    #[default]
    Identity,
    /// Left is at most right.
    Inequality,
    /// Prose against table.
    CrossSource,
}
