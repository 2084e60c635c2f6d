//! Recovery codes, the one time that they are shown.

use leptos::prelude::*;

use super::setup::Step;
use crate::browser;
use crate::components::icon::{self, Glyph};
use crate::components::{CopyButton, warn_before_leaving};
use crate::i18n::{tr, use_language};
use crate::state::Member;

/// The codes, with ways to take them along; they stay until the person says that they have them.
#[component]
pub fn KeepCodes(
    /// The codes.
    codes: Vec<String>,
    /// They are kept.
    on_kept: Callback<()>,
) -> impl IntoView {
    warn_before_leaving(Signal::stored(true));
    let language = use_language();
    let email = expect_context::<Member>().email();
    let text = codes.join("\n");
    let lines = text.clone();
    let save = move |_| {
        let words = language.text_untracked().second_factor();
        let heading = (words.codes_heading)(&email.get_untracked());
        browser::save_file(words.codes_file, "text/plain", &format!("{heading}\n\n{lines}\n"));
    };
    let items: Vec<_> = codes.into_iter().map(|code| view! { <li>{code}</li> }).collect();
    view! {
        <div class="flex flex-col gap-4">
            <Step title=|t| t.second_factor().codes_title>
                <p class="text-muted">{tr(|t| t.second_factor().codes_text)}</p>
            </Step>
            <ul class="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-6 gap-y-1.5 rounded-field border border-base-300 bg-base-200 p-4 font-mono">
                {items}
            </ul>
            <div class="flex flex-wrap gap-2">
                <CopyButton label=|t| t.second_factor().copy_codes text/>
                <button type="button" class="btn btn-sm" on:click=save>
                    <Glyph icon=icon::DOWNLOAD/>
                    {tr(|t| t.second_factor().download_codes)}
                </button>
            </div>
            <div>
                <button type="button" class="btn btn-primary btn-sm" on:click=move |_| on_kept.run(())>
                    {tr(|t| t.second_factor().kept)}
                </button>
            </div>
        </div>
    }
}
