//! Readers that end in an error, not in silence, where a bound is reached.

use std::fmt;
use std::io::{self, Read};

/// The bound that was reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reached {
    pub(super) name: &'static str,
    pub(super) bound: u64,
}

impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.name, self.bound)
    }
}

impl std::error::Error for Reached {}

/// The bound that an error speaks of, where it speaks of one.
pub(super) fn reached(error: &io::Error) -> Option<Reached> {
    error.get_ref()?.downcast_ref().copied()
}

/// Gives at most `left` bytes, then the error [`Reached`].
pub(super) struct Bounded<R> {
    inner: R,
    left: u64,
    reached: Reached,
}

impl<R> Bounded<R> {
    pub(super) fn new(inner: R, most: u64, name: &'static str, bound: u64) -> Self {
        Self {
            inner,
            left: most,
            reached: Reached { name, bound },
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        let Some(part) = buffer.get_mut(..room).filter(|part| !part.is_empty()) else {
            // At the bound: one more byte would be too many, the end is not.
            return match self.inner.read(&mut [0; 1])? {
                0 => Ok(0),
                _ => Err(io::Error::other(self.reached)),
            };
        };
        let count = self.inner.read(part)?;
        self.left -= count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_itself_is_allowed_and_one_more_is_not() {
        let read = |bytes: &[u8]| {
            let mut text = String::new();
            Bounded::new(bytes, 3, "bytes", 3)
                .read_to_string(&mut text)
                .map(|_| text)
        };
        assert_eq!(read(b"abc").unwrap(), "abc");
        let error = read(b"abcd").unwrap_err();
        assert_eq!(reached(&error).unwrap().to_string(), "bytes, 3");
    }
}
