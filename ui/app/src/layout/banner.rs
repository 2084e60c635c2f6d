//! A line over everything while the browser is offline.

use leptos::prelude::*;

use crate::components::icon::{self, Glyph};
use crate::i18n::tr;
use crate::state::Connectivity;

/// Says that what is on the screen may be old.
#[component]
pub fn OfflineBanner() -> impl IntoView {
    let connectivity: Connectivity = expect_context();
    view! {
        <div role="status">
            <Show when=move || !connectivity.is_online()>
                <p class="flex items-center justify-center gap-2 bg-warning px-4 py-2 text-center font-medium text-warning-content">
                    <Glyph icon=icon::WIFI_OFF class="size-4 shrink-0"/>
                    {tr(|t| t.shell().offline)}
                </p>
            </Show>
        </div>
    }
}
