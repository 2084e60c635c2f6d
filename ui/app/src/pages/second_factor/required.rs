//! In place of the pages, for whose role demands a second factor and who has none.

use leptos::prelude::*;

use super::setup::{BeginForm, Setup, Stage};
use crate::components::PageIntro;
use crate::state::Member;

/// Says so, and leads through turning it on; then the pages come by themselves.
#[component]
pub fn SecondFactorRequiredPage() -> impl IntoView {
    let member: Member = expect_context();
    let stage = RwSignal::new(Stage::Rest);
    view! {
        <PageIntro title=|t| t.second_factor().required_title lead=|t| t.second_factor().required_text/>
        <Setup stage on_kept=move |()| member.note_second_factor(true)>
            <BeginForm stage label=|t| t.second_factor().begin class="w-full"/>
        </Setup>
    }
}
