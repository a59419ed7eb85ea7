//! HTTP responses, in a WARC record that is sound.

use super::archives;

pub(super) fn run(data: &[u8]) {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.gov.cn/\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        data.len()
    )
    .into_bytes();
    record.extend_from_slice(data);
    record.extend_from_slice(b"\r\n\r\n");
    let items = archives::visit("a.warc", &record);
    assert_eq!(items, 1, "a record gives one document or one error");
}
