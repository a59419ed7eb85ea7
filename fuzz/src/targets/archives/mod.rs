//! What the targets of archives share: the command's own reader of inputs, taken in as a module (a binary
//! has no interface), and its laws.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;

#[allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "the command uses more of it"
)]
#[path = "../../../../crates/cli/src/input/mod.rs"]
mod input;

use input::{ArchiveLimits, Bytes, Item, Place};

const LIMITS: ArchiveLimits = ArchiveLimits {
    bytes: 1 << 20,
    ratio: 200,
    entries: 100,
    depth: 2,
};
const DOCUMENT: usize = 1 << 16;

/// A folder of this process.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("nianbao-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for archives");
    folder
});

/// Visits the bytes as an archive of that name, holds what comes against the laws, and counts it.
pub(super) fn visit(name: &str, data: &[u8]) -> usize {
    let path = FOLDER.join(name);
    std::fs::write(&path, data).expect("an archive can be written");
    let prefix = input::printed(&path);
    let place = Place {
        path,
        error: None,
        fetched: None,
    };
    let items = || {
        let mut items = Vec::new();
        let flow = input::visit(
            std::slice::from_ref(&place),
            &LIMITS,
            DOCUMENT,
            &mut |item: Item| {
                items.push(item);
                ControlFlow::Continue(())
            },
        );
        assert!(flow.is_continue());
        items
    };
    let first = items();
    assert_eq!(format!("{:?}", items()), format!("{first:?}"));
    let mut bytes = 0;
    for item in &first {
        let inside = item.input.path.strip_prefix(&prefix);
        let inside = inside.expect("an item stands in its archive");
        assert!(inside.is_empty() || inside.starts_with("!/"), "{inside:?}");
        match &item.bytes {
            Bytes::Loaded(loaded) => {
                assert!(loaded.len() <= DOCUMENT, "{} bytes", loaded.len());
                bytes += loaded.len() as u64;
            }
            Bytes::None(error) => assert!(!error.code.is_empty() && !error.message.is_empty()),
            Bytes::File(_) | Bytes::Fetched(_) => panic!("an entry's name became a path"),
        }
    }
    if !name.contains("warc") {
        assert!(bytes <= LIMITS.bytes && first.len() as u64 <= 2 * LIMITS.entries + 2);
    }
    first.len()
}
