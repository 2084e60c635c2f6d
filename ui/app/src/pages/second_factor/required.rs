//! In place of the pages, for whose role demands a second factor and who has none.

use contract::RegisteredPasskey;
use leptos::prelude::*;

use super::super::passkeys::AddPasskey;
use super::setup::{BeginForm, Setup, Stage};
use crate::components::PageIntro;
use crate::state::Member;

/// Says so, and leads through turning it on; then the pages come by themselves.
#[component]
pub fn SecondFactorRequiredPage() -> impl IntoView {
    let member: Member = expect_context();
    let stage = RwSignal::new(Stage::Rest);
    let kept = move |()| member.note_second_factor(true);
    let added = move |added: RegisteredPasskey| {
        if added.recovery_codes.is_empty() {
            // Another page has turned on a second factor meanwhile.
            kept(());
        } else {
            stage.set(Stage::Codes(added.recovery_codes));
        }
    };
    view! {
        <PageIntro title=|t| t.second_factor().required_title lead=|t| t.second_factor().required_text/>
        <Setup stage on_kept=kept>
            <div class="flex flex-col gap-4">
                <BeginForm stage label=|t| t.second_factor().begin class="w-full"/>
                <AddPasskey on_added=added class="w-full"/>
            </div>
        </Setup>
    }
}
