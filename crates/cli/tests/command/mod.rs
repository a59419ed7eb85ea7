//! The command as tests call it.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A call in a folder, with nothing on stdin.
pub(crate) fn nianbao(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

/// What such a call ends in.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    nianbao(folder, arguments).output().unwrap()
}
