//! The end of one's account.

use contract::{DeleteAccountRequest, Email, FieldCode, FieldErrors, FieldRule, Password};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use crate::components::{
    Alert, Dialog, DialogButtons, FormState, PasswordField, PasswordOwner, TextField, WithPassword,
};
use crate::i18n::{tr, use_language, words};
use crate::state::{Member, Toasts};

/// The way there, behind a question.
#[component]
pub fn DeleteAccount() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <div class="flex flex-col gap-3 border-t border-base-300 pt-5">
            <p class="text-muted">{tr(|t| t.own_data().delete_text)}</p>
            <div>
                <button type="button" class="btn btn-outline btn-error btn-sm" on:click=move |_| open.set(true)>
                    {tr(|t| t.own_data().delete)}
                </button>
            </div>
        </div>
        <Dialog open title=words(|t| t.own_data().delete_title)>
            <WithPassword>
                <DeleteForm open/>
            </WithPassword>
        </Dialog>
    }
}

/// The password proves that the owner is at the keyboard, the address that they mean it.
#[component]
fn DeleteForm(open: RwSignal<bool>) -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let email = RwSignal::new(String::new());
    let current_password = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = DeleteAccountRequest { current_password: current_password.get_untracked() };
        let (own, name) = member.me.with_untracked(|me| (me.email.clone(), me.display_name.to_string()));
        let check = check(&request, &email.get_untracked(), &own);
        form.submit(element.into(), check, async move || {
            member.delete_account(&request).await?;
            toasts.success((language.text_untracked().own_data().deleted)(&name));
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Losses/>
            <PasswordOwner email=member.email()/>
            <Alert error=form.failure/>
            <TextField
                name="email"
                label=|t| t.own_data().email
                kind="email"
                value=email
                error=form.field("email")
            />
            <PasswordField
                name="current_password"
                id="delete-account-password"
                label=|t| t.account().current_password
                value=current_password
                autocomplete="current-password"
                error=form.field("current_password")
            />
            <DialogButtons open submit=words(|t| t.own_data().delete_submit) dangerous=true busy=form.busy/>
        </form>
    }
}

/// What there will be no more.
#[component]
fn Losses() -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let text = move || language.text().own_data();
    let account =
        move || member.me.with(|me| (text().lost_account)(me.display_name.as_str(), me.email.as_str()));
    let roles = move || {
        let roles = member.me.with(|me| me.roles.iter().map(ToString::to_string).collect::<Vec<_>>());
        (!roles.is_empty()).then(|| view! { <li>{(text().lost_roles)(&roles.join(", "))}</li> })
    };
    view! {
        <div class="wrap-break-word">
            <p class="mb-1.5 font-medium">{move || text().lost}</p>
            <ul class="ml-4 list-disc text-muted">
                <li>{account}</li>
                {roles}
                <li>{move || text().lost_sessions}</li>
                <li>{move || text().lost_credentials}</li>
                <li>{move || text().lost_api_keys}</li>
                <li>{move || text().lost_consents}</li>
                <li>{move || text().lost_records}</li>
            </ul>
        </div>
    }
}

/// Both fields; the address goes no further than this.
fn check(request: &DeleteAccountRequest, email: &str, own: &Email) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    let typed = Email::parse(email)
        .and_then(|email| if email == *own { Ok(()) } else { Err(FieldRule::new(FieldCode::Wrong)) });
    let typed = errors.take("email", typed);
    let password = errors.take("current_password", Password::parse_existing(&request.current_password));
    match (typed, password) {
        (Some(()), Some(_)) => Ok(()),
        _ => Err(errors),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_must_be_ones_own() {
        let own = Email::parse("ada@example.org").unwrap();
        let refused = |email: &str, password: &str| {
            let request = DeleteAccountRequest { current_password: password.into() };
            let errors = check(&request, email, &own).err().map(FieldErrors::into_vec);
            errors.into_iter().flatten().map(|error| (error.field, error.code)).collect::<Vec<_>>()
        };
        assert_eq!(refused(" Ada@Example.org ", "secret"), []);
        assert_eq!(refused("grace@example.org", "secret"), [("email".to_owned(), FieldCode::Wrong)]);
        assert_eq!(
            refused("", ""),
            [("email".to_owned(), FieldCode::Required), ("current_password".to_owned(), FieldCode::Required)]
        );
    }
}
