//! A time as people say it, with the exact one for who wants it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::i18n::use_language;
use crate::time;

/// `3 minutes ago`; the exact time on hover.
#[component]
pub fn Timestamp(
    /// When.
    at: DateTime<Utc>,
) -> impl IntoView {
    let language = use_language();
    view! {
        <time datetime=time::machine_readable(at) title=move || time::exact(at, language.get()) class="whitespace-nowrap">
            {move || time::relative(at, language.get())}
        </time>
    }
}

/// A day, as in `12 March 2026`; the exact time on hover.
#[component]
pub fn Day(
    /// When.
    at: DateTime<Utc>,
) -> impl IntoView {
    let language = use_language();
    view! {
        <time datetime=time::machine_readable(at) title=move || time::exact(at, language.get()) class="whitespace-nowrap">
            {move || time::day(at, language.get())}
        </time>
    }
}
