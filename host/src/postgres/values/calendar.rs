//! Dates and times: `chrono`'s towards PostgreSQL, tuples towards components.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Utc};

type WitDate = (i32, u8, u8);
type WitTime = (u8, u8, u8, u32);
type WitDatetime = (i32, u8, u8, u8, u8, u8, u32);

/// `value`, which `chrono` keeps below 61.
#[expect(clippy::cast_possible_truncation, reason = "months, days, hours, minutes and seconds are below 61")]
const fn small(value: u32) -> u8 {
    value as u8
}

pub(super) fn date_to_wit(date: NaiveDate) -> WitDate {
    (date.year(), small(date.month()), small(date.day()))
}

pub(super) fn time_to_wit(time: NaiveTime) -> WitTime {
    (small(time.hour()), small(time.minute()), small(time.second()), time.nanosecond())
}

pub(super) fn datetime_to_wit(value: NaiveDateTime) -> WitDatetime {
    let (year, month, day) = date_to_wit(value.date());
    let (hour, minute, second, nanosecond) = time_to_wit(value.time());
    (year, month, day, hour, minute, second, nanosecond)
}

pub(super) fn date((year, month, day): WitDate) -> Result<NaiveDate, String> {
    NaiveDate::from_ymd_opt(year, month.into(), day.into())
        .ok_or_else(|| format!("no date: {year}-{month}-{day}"))
}

pub(super) fn time((hour, minute, second, nanosecond): WitTime) -> Result<NaiveTime, String> {
    NaiveTime::from_hms_nano_opt(hour.into(), minute.into(), second.into(), nanosecond)
        .ok_or_else(|| format!("no time: {hour}:{minute}:{second}.{nanosecond}"))
}

pub(super) fn datetime(value: WitDatetime) -> Result<NaiveDateTime, String> {
    let (year, month, day, hour, minute, second, nanosecond) = value;
    Ok(NaiveDateTime::new(date((year, month, day))?, time((hour, minute, second, nanosecond))?))
}

/// The instant of a Unix timestamp in seconds.
pub(super) fn timestamp(seconds: i64) -> Result<DateTime<Utc>, String> {
    DateTime::from_timestamp(seconds, 0).ok_or_else(|| format!("no timestamp: {seconds}"))
}

#[cfg(test)]
mod tests {
    use super::{date, datetime, datetime_to_wit, time, timestamp};

    #[test]
    fn datetimes_go_there_and_back() {
        for value in
            [(2026, 2, 28, 23, 59, 59, 999_999_000), (1, 1, 1, 0, 0, 0, 0), (-44, 3, 15, 12, 0, 0, 1_000)]
        {
            assert_eq!(datetime(value).map(datetime_to_wit), Ok(value));
        }
    }

    #[test]
    fn what_the_calendar_has_not_is_refused() {
        assert_eq!(date((2026, 2, 29)), Err("no date: 2026-2-29".to_owned()));
        assert!(time((24, 0, 0, 0)).is_err());
        assert!(timestamp(i64::MAX).is_err());
        assert_eq!(timestamp(86_400).unwrap().to_string(), "1970-01-02 00:00:00 UTC");
    }
}
