//! Segmentation as its users see it: fixtures and laws.

mod fixtures;
mod laws;
mod notation;
