//! How agencies are called.

/// Words that agencies' names are made of.
#[derive(Debug, Clone, Default)]
pub struct AgencyLexicon {
    /// Known bodies.
    pub words: Vec<AgencyWord>,
}

/// A kind of body: its full name and its short forms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgencyWord {
    /// 城市管理委员会
    pub name: String,
    /// 城管委
    pub short: Vec<String>,
}
