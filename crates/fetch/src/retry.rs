//! When to ask again.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// What `Retry-After` says: seconds, or a date.
pub(crate) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = rfc2822::parse(value).ok()?.timestamp();
    let seconds = date.as_second().saturating_sub(now.as_second());
    Some(Duration::from_secs(
        u64::try_from(seconds).unwrap_or_default(),
    ))
}

/// How long to wait after the `failures`th failure (from 1): doubled each time, of which up to a half is left to chance.
pub(crate) fn backoff(first: Duration, failures: u32, chance: &mut fastrand::Rng) -> Duration {
    let whole = first.saturating_mul(1 << failures.saturating_sub(1).min(16));
    whole.mul_f64(0.5 + chance.f64() / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_understood() {
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        let after = |value: &str| retry_after(value, now).map(|time| time.as_secs());
        assert_eq!(after(" 120 "), Some(120));
        assert_eq!(after("Tue, 24 Nov 2026 12:01:00 GMT"), Some(60));
        assert_eq!(after("Tue, 24 Nov 2020 12:01:00 GMT"), Some(0));
        assert_eq!(after("soon"), None);
        assert_eq!(after("-5"), None);
    }

    #[test]
    fn waits_grow_differ_and_are_the_same_for_the_same_seed() {
        let wait = |seed: u64, failures: u32| {
            backoff(
                Duration::from_secs(2),
                failures,
                &mut fastrand::Rng::with_seed(seed),
            )
        };
        for seed in 0..50 {
            assert_eq!(wait(seed, 3), wait(seed, 3));
            assert!((1.0..=2.0).contains(&wait(seed, 1).as_secs_f64()));
            assert!((4.0..=8.0).contains(&wait(seed, 3).as_secs_f64()));
        }
        assert_ne!(wait(1, 3), wait(2, 3));
        assert!(wait(1, u32::MAX) < Duration::from_secs(1 << 18));
    }
}
