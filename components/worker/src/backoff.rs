//! When a mail is tried again.

use chrono::{DateTime, TimeDelta, Utc};

/// A mail that was not taken in as many attempts, some eight hours, has failed.
pub const MOST_ATTEMPTS: i32 = 10;

/// The delay behind the first attempt; each one later is twice as long.
const FIRST_DELAY: TimeDelta = TimeDelta::minutes(1);

/// The longest that the other side can ask for: a mail that was due for a day is not sent any more.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(12);

/// The delay behind that attempt, counted from one: as long as the other side asks for, where that is longer. `None`
/// behind the last.
pub fn delay(attempt: i32, asked: Option<TimeDelta>) -> Option<TimeDelta> {
    if attempt >= MOST_ATTEMPTS {
        return None;
    }
    let own = FIRST_DELAY * (1 << (attempt - 1).max(0));
    Some(asked.map_or(own, |asked| own.max(asked.min(LONGEST_WAIT))))
}

/// What `Retry-After` asks for (RFC 9110 §10.2.3): seconds, or until a date.
pub fn asked(retry_after: &str, now: DateTime<Utc>) -> Option<TimeDelta> {
    match retry_after.trim().parse() {
        Ok(seconds) => TimeDelta::try_seconds(seconds),
        Err(_) => Some(DateTime::parse_from_rfc2822(retry_after.trim()).ok()?.to_utc() - now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_delay_is_twice_the_one_before() {
        let delays: Vec<_> =
            (1..MOST_ATTEMPTS).map(|attempt| delay(attempt, None).unwrap().num_minutes()).collect();
        assert_eq!(delays, [1, 2, 4, 8, 16, 32, 64, 128, 256]);
        assert_eq!(delay(MOST_ATTEMPTS, Some(TimeDelta::hours(1))), None);
    }

    #[test]
    fn the_other_side_can_ask_for_more_and_not_for_less() {
        assert_eq!(delay(1, Some(TimeDelta::seconds(90))), Some(TimeDelta::seconds(90)));
        assert_eq!(delay(3, Some(TimeDelta::seconds(90))), Some(TimeDelta::minutes(4)));
        assert_eq!(delay(1, Some(TimeDelta::days(30))), Some(TimeDelta::hours(12)));
        assert_eq!(delay(1, Some(TimeDelta::days(-1))), Some(TimeDelta::minutes(1)));
    }

    #[test]
    fn it_asks_in_seconds_or_by_a_date() {
        let now = "2026-09-21T14:00:00Z".parse().unwrap();
        assert_eq!(asked("120", now), Some(TimeDelta::seconds(120)));
        assert_eq!(asked(" Mon, 21 Sep 2026 14:05:00 GMT", now), Some(TimeDelta::minutes(5)));
        for wrong in ["", "soon", "1.5", "99999999999999999999"] {
            assert_eq!(asked(wrong, now), None, "{wrong}");
        }
    }
}
