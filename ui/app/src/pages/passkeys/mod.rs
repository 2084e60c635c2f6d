//! The passkeys of one's own account.

mod add;
mod item;
mod remove;
mod rename;

use contract::{Page, Passkey, RegisteredPasskey};
use leptos::{html, prelude::*};

use super::second_factor::{Setup, Stage};
use crate::components::{ListPanel, focus_place};
use crate::i18n::{tr, use_language};
use crate::state::{Member, Query, SECOND_FACTORS, Toasts};
pub use add::AddPasskey;
use item::PasskeyItem;
use remove::RemoveDialog;
use rename::RenameDialog;

/// Where the API has them.
const PASSKEYS: &str = "/api/core/v1/auth/passkeys";

/// What the parts share.
#[derive(Clone, Copy)]
struct PasskeysState {
    member: Member,
    toasts: Toasts,
    /// The one that is being renamed.
    renaming: RwSignal<Option<Passkey>>,
    /// The one that is asked about.
    removing: RwSignal<Option<Passkey>>,
    /// What is on the screen: the list, or recovery codes.
    stage: RwSignal<Stage>,
    region: NodeRef<html::Div>,
}

impl PasskeysState {
    fn new() -> Self {
        Self {
            member: expect_context(),
            toasts: expect_context(),
            renaming: RwSignal::new(None),
            removing: RwSignal::new(None),
            stage: RwSignal::new(Stage::Rest),
            region: NodeRef::new(),
        }
    }

    /// Has what is shown read anew.
    fn outdate(self) {
        self.member.cache.invalidate(PASSKEYS);
        self.member.cache.invalidate(SECOND_FACTORS);
    }

    /// In place of what had the focus and is gone.
    fn focus(self) {
        focus_place(self.region);
    }
}

/// The list, and the way to another.
#[component]
pub fn Passkeys() -> impl IntoView {
    let state = PasskeysState::new();
    provide_context(state);
    let language = use_language();
    let added = move |added: RegisteredPasskey| {
        let name = added.passkey.name.as_str();
        state.toasts.success((language.text_untracked().passkeys().added)(name));
        state.outdate();
        if !added.recovery_codes.is_empty() {
            state.stage.try_set(Stage::Codes(added.recovery_codes));
        }
    };
    let kept = move |()| {
        state.member.note_second_factor(true);
        state.stage.set(Stage::Rest);
    };
    view! {
        <Setup stage=state.stage region=state.region on_kept=kept>
            <PasskeyList/>
            <AddPasskey on_added=added/>
        </Setup>
        <RenameDialog/>
        <RemoveDialog/>
    }
}

#[component]
fn PasskeyList() -> impl IntoView {
    let member: Member = expect_context();
    let passkeys = Query::<Page<Passkey>>::new(member, || Some(PASSKEYS.to_owned()));
    let nothing = || view! { <p class="p-4 text-muted">{tr(|t| t.passkeys().empty)}</p> };
    view! {
        <ListPanel
            list=passkeys.list()
            rows=1
            empty=nothing
            class="mb-3 rounded-field border border-base-300"
        >
            <ul>
                <For
                    each=move || passkeys.items()
                    key=|passkey| (passkey.id, passkey.name.to_string(), passkey.last_used_at)
                    let:passkey
                >
                    <PasskeyItem passkey/>
                </For>
            </ul>
        </ListPanel>
    }
}
