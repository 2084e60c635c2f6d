//! Offering somebody an account.

use contract::{InviteRequest, Permission};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::RolesField;
use super::invitations::API;
use crate::components::{Alert, Dialog, DialogButtons, FormState, Glyph, TextField, icon};
use crate::i18n::{tr, use_language, words};
use crate::state::{Member, Toasts};

/// The way to the form, for who may.
#[component]
pub fn InviteButton(
    /// What it looks like.
    class: &'static str,
) -> impl IntoView {
    let member: Member = expect_context();
    let open = RwSignal::new(false);
    view! {
        <Show when=move || member.may(Permission::UsersWrite)>
            <button type="button" class=class on:click=move |_| open.set(true)>
                <Glyph icon=icon::MAIL/>
                {tr(|t| t.invitations().invite)}
            </button>
            <Dialog open title=words(|t| t.invitations().invite_title)>
                <InviteForm open/>
            </Dialog>
        </Show>
    }
}

#[component]
fn InviteForm(open: RwSignal<bool>) -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let email = RwSignal::new(String::new());
    let roles = RwSignal::new(Vec::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = InviteRequest { email: email.get_untracked(), roles: roles.get_untracked() };
        form.submit(element.into(), request.parse(), async move || {
            let invitation = member.ask(async |session| session.invite(&request).await).await?;
            member.cache.invalidate(API);
            open.try_set(false);
            toasts.success((language.text_untracked().invitations().invited)(invitation.email.as_str()));
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <p class="text-muted">{tr(|t| t.invitations().invite_text)}</p>
            <Alert error=form.failure/>
            <TextField
                name="email"
                label=|t| t.field().email
                kind="email"
                value=email
                error=form.field("email")
            />
            <RolesField chosen=roles error=form.field("roles")/>
            <DialogButtons open submit=words(|t| t.invitations().invite_submit) busy=form.busy/>
        </form>
    }
}
