//! The address that one signs in with: whether it is proven, and the way to another.

use contract::{ChangeEmailRequest, FieldErrors};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use crate::components::icon::{self, Glyph};
use crate::components::{
    Alert, Dialog, DialogButtons, FormState, MailNews, PasswordField, PasswordOwner, SubmitButton, TextField,
    WithPassword,
};
use crate::i18n::{Text, tr, use_language, words};
use crate::state::Member;

/// What the person has asked for.
#[derive(Clone)]
enum Asked {
    /// A link that proves this address.
    Proof(String),
    /// This address, in place of the present one.
    Change(String),
}

impl Asked {
    fn news(&self, text: Text) -> String {
        match self {
            Self::Proof(email) => (text.email().verify_sent)(email),
            Self::Change(email) => (text.email().change_sent)(email),
        }
    }
}

/// The address, what is known about it, and what can be done with it.
#[component]
pub fn EmailAddress() -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let asked = RwSignal::new(None::<Asked>);
    let changing = RwSignal::new(false);
    let news = move || asked.get().map(|asked| asked.news(language.text()));
    let verified = Memo::new(move |_| member.me.with(|me| me.email_verified));
    view! {
        <p class="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span class="font-medium wrap-anywhere">{move || member.me.with(|me| me.email.to_string())}</span>
            {move || view! { <ProofBadge verified=verified.get()/> }}
        </p>
        <MailNews text=Signal::derive(news) class="mt-3"/>
        <div class="mt-4 flex flex-wrap items-start gap-2">
            <Show when=move || !verified.get()>
                <VerifyForm asked/>
            </Show>
            <button type="button" class="btn btn-sm" on:click=move |_| changing.set(true)>
                {tr(|t| t.email().change)}
            </button>
        </div>
        <Dialog open=changing title=words(|t| t.email().change_title)>
            <WithPassword>
                <ChangeForm open=changing asked/>
            </WithPassword>
        </Dialog>
    }
}

#[component]
fn ProofBadge(verified: bool) -> impl IntoView {
    let (class, picture, size) = if verified {
        ("text-base-content", icon::CIRCLE_CHECK, "size-3.5 text-success")
    } else {
        ("font-medium text-warning", icon::CIRCLE_ALERT, "size-3.5")
    };
    view! {
        <span class=format!("inline-flex items-center gap-1.5 text-xs whitespace-nowrap {class}")>
            <Glyph icon=picture class=size/>
            {if verified { tr(|t| t.email().verified) } else { tr(|t| t.email().unverified) }}
        </span>
    }
}

/// A link to the address that one has.
#[component]
fn VerifyForm(asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        form.submit(element.into(), Ok::<_, FieldErrors>(()), async move || {
            member.ask(async |session| session.verify_email().await).await?;
            let email = member.me.try_with_untracked(|me| me.email.to_string());
            asked.try_set(email.map(Asked::Proof));
            Ok(())
        });
    };
    let label = move || {
        let text = language.text().email();
        let again = asked.with(|asked| matches!(asked, Some(Asked::Proof(_))));
        if again { text.verify_again } else { text.verify }.to_owned()
    };
    view! {
        <form node_ref=element class="flex flex-col gap-3" method="post" on:submit=submit>
            <Alert error=form.failure/>
            <div><SubmitButton label=Signal::derive(label) busy=form.busy class="btn-sm"/></div>
        </form>
    }
}

/// Another address, and the password as the proof that the owner is at the keyboard.
#[component]
fn ChangeForm(open: RwSignal<bool>, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let member: Member = expect_context();
    let new_email = RwSignal::new(String::new());
    let current_password = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = ChangeEmailRequest {
            new_email: new_email.get_untracked(),
            current_password: current_password.get_untracked(),
        };
        form.submit(element.into(), request.parse(), async move || {
            member.ask(async |session| session.change_email(&request).await).await?;
            asked.try_set(Some(Asked::Change(request.new_email.trim().to_owned())));
            open.try_set(false);
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <p class="text-muted">{tr(|t| t.email().change_text)}</p>
            <PasswordOwner email=member.email()/>
            <Alert error=form.failure/>
            <TextField
                name="new_email"
                label=|t| t.email().new_address
                kind="email"
                autocomplete="email"
                value=new_email
                error=form.field("new_email")
            />
            <PasswordField
                name="current_password"
                id="change-email-password"
                label=|t| t.account().current_password
                value=current_password
                autocomplete="current-password"
                error=form.field("current_password")
            />
            <DialogButtons open submit=words(|t| t.email().change_submit) busy=form.busy/>
        </form>
    }
}
