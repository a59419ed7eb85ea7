//! Messages between supervisor and worker, and what a site's pages share: any bytes are borne.

use model::SiteEvidence;

#[allow(dead_code, unreachable_pub, reason = "half of it is used here")]
#[path = "../../../crates/isolation/src/frame.rs"]
mod frame;

pub(super) fn run(data: &[u8]) {
    let mut rest = data;
    while let Ok(Some(message)) = frame::read(&mut rest, 1 << 20) {
        let mut out = Vec::new();
        frame::write(&mut out, message.kind, &message.payload).expect("a vector can be written");
        let again = frame::read(&mut out.as_slice(), 1 << 20);
        assert_eq!(again.expect("what was written"), Some(message.clone()));
        if let Some(input) = frame::input_from_bytes(&message.payload) {
            let bytes = frame::input_to_bytes(&input);
            assert_eq!(frame::input_from_bytes(&bytes), Some(input));
        }
        if let Some(error) = frame::error_from_bytes(&message.payload) {
            let bytes = frame::error_to_bytes(&error);
            assert_eq!(frame::error_from_bytes(&bytes), Some(error));
        }
    }
    let evidence = SiteEvidence::from_bytes(data);
    assert_eq!(SiteEvidence::from_bytes(&evidence.to_bytes()), evidence);
}
