//! A new account.

use contract::CreateUser;
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::RolesField;
use crate::components::{Alert, Dialog, DialogButtons, FormState, NewPasswordField, TextField};
use crate::i18n::{use_language, words};
use crate::state::{Member, Toasts};

/// The form, in a dialog.
#[component]
pub fn CreateDialog(
    /// Whether it is there.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Dialog open title=words(|t| t.users().create_title)>
            <CreateForm open/>
        </Dialog>
    }
}

#[component]
fn CreateForm(open: RwSignal<bool>) -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let display_name = RwSignal::new(String::new());
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let roles = RwSignal::new(Vec::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let user = CreateUser {
            email: email.get_untracked(),
            display_name: display_name.get_untracked(),
            password: password.get_untracked(),
            roles: roles.get_untracked(),
        };
        form.submit(element.into(), user.parse(), async move || {
            let user = member.ask(async |session| session.create_user(&user).await).await?;
            member.cache.invalidate("/api/core/v1/users");
            open.try_set(false);
            toasts.success((language.text_untracked().users().created)(user.display_name.as_str()));
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <TextField
                name="display_name"
                label=|t| t.field().display_name
                value=display_name
                error=form.field("display_name")
            />
            <TextField
                name="email"
                label=|t| t.field().email
                kind="email"
                value=email
                error=form.field("email")
            />
            <NewPasswordField value=password email display_name error=form.field("password")/>
            <RolesField chosen=roles error=form.field("roles")/>
            <DialogButtons open submit=words(|t| t.users().create_submit) busy=form.busy/>
        </form>
    }
}
