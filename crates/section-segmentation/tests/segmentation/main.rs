//! Segmentation as its users see it: fixtures and laws.

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod notation;
