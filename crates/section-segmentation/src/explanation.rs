//! Why a document was segmented as it was: for people who want to understand a heading or a cut.

/// Why a document was cut and outlined as it was. Made only where it is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explanation {
    /// For each line that was judged, in order.
    pub cuts: Vec<CutExplanation>,
    /// The search for each report's outline, in the order of the reports.
    pub outlines: Vec<OutlineExplanation>,
}

/// What spoke for and against a cut before a line.
#[derive(Debug, Clone, PartialEq)]
pub struct CutExplanation {
    /// Index of its block.
    pub block: usize,
    /// A publication begins with it.
    pub cut: bool,
    /// It was taken for text of a report.
    pub in_report: bool,
    /// That a report begins here.
    pub begins: Vec<CutReason>,
    /// That a report has ended before it.
    pub ends: Vec<CutReason>,
    /// That it is no text of a report (above nought) or is (below).
    pub foreign: Vec<CutReason>,
}

/// One reason, and what it weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CutReason {
    /// In a few words.
    pub what: &'static str,
    /// For (above nought) or against.
    pub weight: f32,
}

/// The search for the outline of one report: the cheapest whole wins.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OutlineExplanation {
    /// What the chosen whole costs.
    pub cost: f32,
    /// What the best whole costs that leaves other series open.
    pub runner_up: Option<f32>,
    /// Every place where a heading or an item could begin, in order.
    pub candidates: Vec<CandidateExplanation>,
}

/// A place where a heading or an item could begin, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateExplanation {
    /// Index of its block, and the first byte in it.
    pub block: usize,
    /// First byte in the block's text.
    pub start: usize,
    /// The text that would be the heading.
    pub text: String,
    /// The way it is numbered or set: `Han`, `Arabic`, `set 30`.
    pub style: String,
    /// Its number's value; 0 without number.
    pub ordinal: u32,
    /// What its text looks like: `Whole`, `RunIn`, `Sentence`, `Long`.
    pub form: String,
    /// What it costs to take it for plain text.
    pub rejection: f32,
    /// Level in the chosen whole, from 1; `None` where it is plain text there.
    pub level: Option<usize>,
    /// What it costs in the chosen whole.
    pub cost: f32,
    /// Taken for an item of a list rather than a heading.
    pub item: bool,
}
