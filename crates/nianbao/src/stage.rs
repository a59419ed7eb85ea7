//! The stages by name, and the one place where their panics end.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::ExtractError;

/// A stage of the extraction, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Bytes to blocks.
    Reading,
    /// Blocks to canonical text.
    Normalisation,
    /// Table markup to grids.
    Tables,
    /// Blocks to reports.
    Segmentation,
    /// Cells and statements to readings.
    Indicators,
    /// Readings to findings.
    Checks,
    /// All of it to records.
    Record,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Self; 7] = [
        Self::Reading,
        Self::Normalisation,
        Self::Tables,
        Self::Segmentation,
        Self::Indicators,
        Self::Checks,
        Self::Record,
    ];

    /// The stage of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// The name as errors print it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Normalisation => "normalisation",
            Self::Tables => "tables",
            Self::Segmentation => "segmentation",
            Self::Indicators => "indicators",
            Self::Checks => "checks",
            Self::Record => "record",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Is told when a stage begins and ends: a caller with a clock can measure them.
pub trait Observer {
    /// A stage begins.
    fn begins(&self, stage: Stage);
    /// It ended, well or not.
    fn ended(&self, stage: Stage);
}

/// Nobody watches.
impl Observer for () {
    fn begins(&self, _: Stage) {}
    fn ended(&self, _: Stage) {}
}

/// One run through the stages.
pub(crate) struct Run<'a> {
    pub(crate) observer: &'a dyn Observer,
}

impl Run<'_> {
    /// Calls a stage. A panic in it is an error of this document and of nothing else.
    pub(crate) fn stage<T>(
        &self,
        stage: Stage,
        call: impl FnOnce() -> T,
    ) -> Result<T, ExtractError> {
        self.observer.begins(stage);
        // Unwind safe: what the call has touched is dropped with the document.
        let result = catch_unwind(AssertUnwindSafe(call));
        self.observer.ended(stage);
        result.map_err(|payload| ExtractError {
            stage,
            code: "panic".into(),
            message: format!(
                "the {stage} stage panicked ({}): please report it with this document",
                panic_text(payload.as_ref())
            ),
        })
    }
}

fn panic_text(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&'static str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_a_stage_is_an_error_of_the_document() {
        let run = Run { observer: &() };
        let error = run
            .stage(Stage::Tables, || -> () { panic!("cell 3") })
            .unwrap_err();
        assert_eq!((error.stage, &*error.code), (Stage::Tables, "panic"));
        assert!(error.message.contains("cell 3"), "{}", error.message);
    }
}
