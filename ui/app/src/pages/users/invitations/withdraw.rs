//! Taking an offer back, after asking.

use contract::Invitation;
use leptos::task::spawn_local;
use leptos::{html, prelude::*};

use super::API;
use crate::components::{ConfirmDialog, dialog_about, explain, focus_place};
use crate::i18n::{use_language, words};
use crate::state::{Member, Toasts};

/// Asks first, naming the address; then does it.
#[component]
pub fn WithdrawDialog(
    /// The invitation, while it is asked about.
    invitation: RwSignal<Option<Invitation>>,
    /// Where the focus goes when the button that had it goes with the invitation.
    place: NodeRef<html::Div>,
) -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let (open, subject) = dialog_about(invitation);
    let title = move || {
        let email = subject.with(|subject| subject.as_ref().map(|subject| subject.email.to_string()));
        (language.text().invitations().withdraw_title)(&email.unwrap_or_default())
    };
    let busy = RwSignal::new(false);
    let withdraw = move |()| {
        let Some(invitation) = subject.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = member.ask(async |session| session.withdraw_invitation(invitation.id).await).await;
            // Also after a failure: perhaps it has been accepted.
            member.cache.invalidate(API);
            let text = language.text_untracked();
            match answer {
                Ok(()) => {
                    toasts.success((text.invitations().withdrawn)(invitation.email.as_str()));
                    focus_place(place);
                }
                Err(error) => toasts.failure(explain(&error, text)),
            }
            busy.try_set(false);
            open.try_set(false);
        });
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(title)
            text=words(|t| t.invitations().withdraw_text)
            confirm=words(|t| t.invitations().withdraw)
            dangerous=true
            busy
            on_confirm=withdraw
        />
    }
}
