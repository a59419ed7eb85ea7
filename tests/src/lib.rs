//! Helpers of the whole-house tests.
