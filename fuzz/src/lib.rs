//! The laws of nianbao as functions that panic where one is broken. A fuzz target makes something of
//! its input and holds it against them.

pub mod laws;
pub mod notation;
pub mod panics;
