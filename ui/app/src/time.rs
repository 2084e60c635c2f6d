//! Times as people read them, by the browser's `Intl`.

use chrono::{DateTime, Utc};
use contract::Locale;
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type RelativeTimeFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locale: &str, options: &Object) -> RelativeTimeFormat;

    #[wasm_bindgen(method)]
    fn format(this: &RelativeTimeFormat, value: f64, unit: &str) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locale: &str, options: &Object) -> DateTimeFormat;

    #[wasm_bindgen(method)]
    fn format(this: &DateTimeFormat, date: &Date) -> String;
}

/// `3 minutes ago`, `yesterday`, `il y a 2 ans`.
pub fn relative(time: DateTime<Utc>, locale: Locale) -> String {
    let (value, unit) = in_words((milliseconds(time) - Date::now()) / 1000.0);
    let options = options(&[("numeric", "auto")]);
    RelativeTimeFormat::new(locale.as_str(), &options).format(value, unit)
}

/// Date and time in the reader's zone, with its name.
pub fn exact(time: DateTime<Utc>, locale: Locale) -> String {
    let options = options(&[("dateStyle", "full"), ("timeStyle", "long")]);
    DateTimeFormat::new(locale.as_str(), &options).format(&date(time))
}

/// The day, as in `12 March 2026`.
pub fn day(time: DateTime<Utc>, locale: Locale) -> String {
    DateTimeFormat::new(locale.as_str(), &options(&[("dateStyle", "long")])).format(&date(time))
}

/// This moment, by the browser's clock.
#[expect(clippy::cast_possible_truncation, reason = "a browser's clock is within a few years of the truth")]
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(Date::now() as i64).unwrap_or_default()
}

/// The time as RFC 3339 has it, for `datetime` attributes.
pub fn machine_readable(time: DateTime<Utc>) -> String {
    // Chrono promises this of `Debug`.
    format!("{time:?}")
}

fn date(time: DateTime<Utc>) -> Date {
    Date::new(&JsValue::from_f64(milliseconds(time)))
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds are exact in an f64 for 285,000 years")]
fn milliseconds(time: DateTime<Utc>) -> f64 {
    time.timestamp_millis() as f64
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        // Setting a property of a fresh object cannot fail.
        _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}

/// The number and unit that say best how far off a time is.
fn in_words(seconds: f64) -> (f64, &'static str) {
    const UNITS: [(f64, &str); 6] = [
        (60.0, "second"),
        (3600.0, "minute"),
        (86_400.0, "hour"),
        (2_592_000.0, "day"),
        (31_536_000.0, "month"),
        (f64::INFINITY, "year"),
    ];
    let mut size = 1.0;
    for (next, unit) in UNITS {
        if seconds.abs() < next {
            return ((seconds / size).trunc(), unit);
        }
        size = next;
    }
    (0.0, "second")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_fits_the_distance() {
        let cases = [
            (-0.4, (0.0, "second")),
            (-59.0, (-59.0, "second")),
            (-61.0, (-1.0, "minute")),
            (-7_300.0, (-2.0, "hour")),
            (-172_801.0, (-2.0, "day")),
            (-2_600_000.0, (-1.0, "month")),
            (-63_200_000.0, (-2.0, "year")),
            (120.0, (2.0, "minute")),
        ];
        for (seconds, expected) in cases {
            let (value, unit) = in_words(seconds);
            assert_eq!((value + 0.0, unit), expected, "{seconds}");
        }
    }
}
