//! An archive that is only ever added to: files of WARC 1.1 in a folder, `000001.warc.gz` and so on.
//!
//! What is behind the place up to which somebody remembers it is looked through when the archive is opened:
//! whole exchanges are reported, a torn last one is cut off.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use flate2::bufread::GzDecoder;
use jiff::Timestamp;

use crate::exchange::{Fields, date, record_id};
use crate::{Exchange, Stored, WarcError, read_header};

/// A place in an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Number of the file, from 1.
    pub file: u32,
    /// Bytes before it in the file.
    pub offset: u64,
}

/// What was found behind the place up to which the archive was remembered.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Whole exchanges, in order.
    pub found: Vec<Stored>,
    /// Bytes of a torn last one, which were cut off.
    pub cut: u64,
    /// Set where the archive ends before that place: what was remembered from here on is lost.
    pub lost_from: Option<Position>,
}

/// Adds exchanges to an archive.
#[derive(Debug)]
pub struct Appender {
    folder: PathBuf,
    file: File,
    at: Position,
    largest_file: u64,
    info: (Timestamp, Vec<(String, String)>),
    _lock: Lock,
}

/// An archive is this process's alone while it lives. The system keeps it: it is free again however the process ends.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held, not read")] File);

impl Appender {
    /// Takes the archive of a folder for this process alone, making the folder where it is not there.
    ///
    /// # Errors
    /// Where the folder cannot be written, or another process holds it.
    pub fn lock(folder: &Path) -> Result<Lock, WarcError> {
        fs::create_dir_all(folder)?;
        let lock = File::create(folder.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Lock(lock)),
            Err(TryLockError::WouldBlock) => Err(WarcError::Locked(folder.display().to_string())),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Opens the archive of a folder. `remembered` is the place up to which its
    /// exchanges are known, `info` what the first record of a file says of who made it and when, and a file that
    /// has reached `largest_file` bytes is followed by the next.
    ///
    /// # Errors
    /// Where the folder cannot be written, or a file but the last is damaged.
    pub fn open(
        folder: &Path,
        lock: Lock,
        remembered: Position,
        info: (Timestamp, Vec<(String, String)>),
        largest_file: u64,
    ) -> Result<(Self, Recovered), WarcError> {
        let mut recovered = Recovered::default();
        let mut number = remembered.file.max(1);
        let mut start = remembered.offset;
        let at = loop {
            let path = file_path(folder, number);
            let length = match fs::metadata(&path) {
                Ok(metadata) => metadata.len(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
                Err(error) => return Err(error.into()),
            };
            let whole = if length < start {
                let offset = scan(&path, number, 0, &mut Vec::new())?;
                recovered.lost_from = Some(Position {
                    file: number,
                    offset,
                });
                offset
            } else if length > start {
                scan(&path, number, start, &mut recovered.found)?
            } else {
                length
            };
            let is_last = !file_path(folder, number + 1).exists();
            if whole < length {
                if !is_last {
                    return Err(WarcError::Malformed("a file that others follow is damaged"));
                }
                recovered.cut = length - whole;
                let file = OpenOptions::new().write(true).open(&path)?;
                file.set_len(whole)?;
                file.sync_all()?;
            }
            if is_last {
                break Position {
                    file: number,
                    offset: whole,
                };
            }
            (number, start) = (number + 1, 0);
        };
        let mut appender = Self {
            folder: folder.to_owned(),
            file: open(folder, at.file)?,
            at,
            largest_file,
            info,
            _lock: lock,
        };
        appender.begin()?;
        Ok((appender, recovered))
    }

    /// Where the next exchange will stand.
    pub fn position(&self) -> Position {
        self.at
    }

    /// Adds an exchange, whole or not at all.
    ///
    /// # Errors
    /// Where it cannot be written: the disk is full.
    pub fn append(&mut self, exchange: &Exchange<'_>) -> Result<Stored, WarcError> {
        if self.at.offset >= self.largest_file {
            self.file.sync_all()?;
            let file = self.at.file + 1;
            self.file = open(&self.folder, file)?;
            self.at = Position { file, offset: 0 };
            self.info.0 = exchange.date;
            self.begin()?;
        }
        let (bytes, answer) = exchange.records(self.at)?;
        let record = Position {
            file: self.at.file,
            offset: self.at.offset + answer,
        };
        self.write(&bytes)?;
        Ok(Stored {
            record,
            end: self.at.offset,
        })
    }

    /// Makes sure that all of it is on the disk.
    ///
    /// # Errors
    /// Where the system says no.
    pub fn sync(&self) -> Result<(), WarcError> {
        Ok(self.file.sync_data()?)
    }

    /// The first record of a file that has none.
    fn begin(&mut self) -> Result<(), WarcError> {
        if self.at.offset > 0 {
            return Ok(());
        }
        let mut record = Fields::new("warcinfo", &record_id(self.at, "warcinfo"));
        record.add("WARC-Date", &date(self.info.0));
        record.add("WARC-Filename", &file_name(self.at.file));
        record.add("Content-Type", "application/warc-fields");
        let info = self.info.1.iter();
        let info: String = info
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let mut bytes = Vec::new();
        record.write(info.as_bytes(), &mut bytes)?;
        self.write(&bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), WarcError> {
        if let Err(error) = self.file.write_all(bytes) {
            // What was written of it is torn; where it cannot be cut off now, it is when the archive is opened.
            let _ = self.file.set_len(self.at.offset);
            return Err(error.into());
        }
        self.at.offset += bytes.len() as u64;
        Ok(())
    }
}

fn open(folder: &Path, number: u32) -> io::Result<File> {
    let path = file_path(folder, number);
    OpenOptions::new().append(true).create(true).open(path)
}

fn file_name(number: u32) -> String {
    format!("{number:06}.warc.gz")
}

pub(crate) fn file_path(folder: &Path, number: u32) -> PathBuf {
    folder.join(file_name(number))
}

/// Puts the whole exchanges from a place on into `found`; where the last one ends.
fn scan(path: &Path, number: u32, start: u64, found: &mut Vec<Stored>) -> io::Result<u64> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        file => file?,
    };
    file.seek(SeekFrom::Start(start))?;
    let mut reader = Counted {
        inner: BufReader::new(file),
        count: start,
    };
    let mut whole = start;
    loop {
        let offset = reader.count;
        if reader.fill_buf()?.is_empty() {
            return Ok(whole);
        }
        // Whatever is wrong with it: it is torn.
        let Ok(Some(kind)) = pass_over(&mut reader) else {
            return Ok(whole);
        };
        let end = reader.count;
        match kind.as_str() {
            "response" | "revisit" => {
                let record = Position {
                    file: number,
                    offset,
                };
                found.push(Stored { record, end });
                whole = end;
            }
            "warcinfo" => whole = end,
            _ => {}
        }
    }
}

/// Reads a packed record to its end; its type.
fn pass_over(reader: &mut impl BufRead) -> Result<Option<String>, WarcError> {
    let mut record = BufReader::new(GzDecoder::new(reader));
    let Some(header) = read_header(&mut record)? else {
        return Ok(None);
    };
    let copied = io::copy(&mut record.by_ref().take(header.length), &mut io::sink())?;
    // Behind the block two line ends, and then the sum of the packed record, which is compared.
    let rest = io::copy(&mut record, &mut io::sink())?;
    Ok((copied == header.length && rest == 4).then(|| header.kind()))
}

/// Counts what is taken.
struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.count += amount as u64;
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_at;

    fn open_at(folder: &Path, remembered: Position) -> (Appender, Recovered) {
        let info = vec![("software".to_owned(), "test".to_owned())];
        let lock = Appender::lock(folder).unwrap();
        Appender::open(
            folder,
            lock,
            remembered,
            (Timestamp::UNIX_EPOCH, info),
            4_000,
        )
        .unwrap()
    }

    fn append(appender: &mut Appender, number: u64) -> Stored {
        let uri = format!("http://a.example/{number}");
        let response = format!("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody {number}");
        let exchange = Exchange {
            uri: &uri,
            date: Timestamp::from_second(1_700_000_000).unwrap(),
            address: "192.0.2.1".parse().ok(),
            request: b"GET / HTTP/1.1\r\n\r\n",
            response: response.as_bytes(),
            same_as: None,
            metadata: &[("fetchTimeMs", "3".to_owned())],
        };
        appender.append(&exchange).unwrap()
    }

    fn body(folder: &Path, stored: &Stored) -> String {
        let (header, block) = read_at(folder, stored.record, 1_000).unwrap();
        assert_eq!(header.kind(), "response");
        let text = String::from_utf8(block).unwrap();
        text.rsplit('\n').next().unwrap().to_owned()
    }

    #[test]
    fn an_archive_cut_anywhere_keeps_its_whole_exchanges_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = file_path(folder.path(), 1);
        let (mut appender, recovered) = open_at(folder.path(), Position::default());
        assert_eq!(recovered, Recovered::default());
        let written: Vec<Stored> = (0..2).map(|number| append(&mut appender, number)).collect();
        drop(appender);
        let bytes = fs::read(&path).unwrap();
        assert_eq!(bytes.len() as u64, written[1].end);
        let ends = written.iter().map(|stored| stored.end as usize);
        let near_ends = ends.flat_map(|end| end - 9..=(end + 9).min(bytes.len()));
        for cut in (0..=bytes.len()).step_by(11).chain(near_ends) {
            fs::write(&path, &bytes[..cut]).unwrap();
            let (mut appender, recovered) = open_at(folder.path(), Position::default());
            let whole = written.iter().filter(|stored| stored.end <= cut as u64);
            let whole: Vec<Stored> = whole.copied().collect();
            assert_eq!(recovered.found, whole, "cut at {cut}");
            append(&mut appender, 7);
            drop(appender);
            let (_, recovered) = open_at(folder.path(), Position::default());
            assert_eq!((recovered.found.len(), recovered.cut), (whole.len() + 1, 0));
            let last = recovered.found.last().unwrap();
            assert_eq!(body(folder.path(), last), "body 7");
        }
    }

    #[test]
    fn what_is_remembered_is_not_read_again_and_what_is_lost_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let (mut appender, _) = open_at(folder.path(), Position::default());
        let first = append(&mut appender, 1);
        let second = append(&mut appender, 2);
        drop(appender);
        let offset = first.end;
        let (appender, recovered) = open_at(folder.path(), Position { file: 1, offset });
        assert_eq!(recovered.found, [second]);
        let end = appender.position();
        drop(appender);
        assert_eq!(open_at(folder.path(), end).1, Recovered::default());
        let file = OpenOptions::new()
            .write(true)
            .open(file_path(folder.path(), 1));
        file.unwrap().set_len(second.record.offset).unwrap();
        let (_, recovered) = open_at(folder.path(), end);
        assert!(recovered.lost_from.unwrap() <= second.record);
        assert_eq!(recovered.found, []);
    }

    #[test]
    fn a_full_file_is_followed_by_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let (mut appender, _) = open_at(folder.path(), Position::default());
        let written: Vec<Stored> = (0..20)
            .map(|number| append(&mut appender, number))
            .collect();
        assert!(appender.position().file > 1);
        drop(appender);
        assert_eq!(open_at(folder.path(), Position::default()).1.found, written);
        assert_eq!(body(folder.path(), &written[19]), "body 19");
    }

    #[test]
    fn two_at_once_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let _first = open_at(folder.path(), Position::default());
        let second = Appender::lock(folder.path());
        assert!(matches!(second, Err(WarcError::Locked(_))));
    }
}
