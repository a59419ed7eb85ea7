//! A record that can be read is written and read again the same.

use record::Record;

pub(super) fn run(data: &[u8]) {
    if let Ok(record) = serde_json::from_slice::<Record>(data) {
        let written = serde_json::to_string(&record).expect("a record can be written");
        let read: Record = serde_json::from_str(&written).expect("a record can be read");
        assert_eq!(read, record);
        assert_eq!(
            serde_json::to_string(&read).expect("written again"),
            written
        );
    }
}
