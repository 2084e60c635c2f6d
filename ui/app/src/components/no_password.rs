//! What takes the account's password, and what is in its place where there is none.

use contract::{FieldErrors, ForgotPasswordRequest};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::alert::Alert;
use super::form::{FormState, SubmitButton};
use super::mail_news::MailNews;
use crate::i18n::{TextKey, tr, use_language};
use crate::state::Member;

/// What takes a password, if the account has one.
#[component]
pub fn WithPassword(
    /// What is said where it hasn't.
    #[prop(default = |t| t.no_password().needed)]
    otherwise: TextKey,
    /// What takes it.
    children: ChildrenFn,
) -> impl IntoView {
    let member: Member = expect_context();
    let has_password = Memo::new(move |_| member.me.with(|me| me.has_password));
    view! {
        <Show when=move || has_password.get() fallback=move || view! { <NoPassword text=otherwise/> }>
            {children()}
        </Show>
    }
}

/// Says that there is none, and sends the link by which one is chosen.
#[component]
pub fn NoPassword(
    /// In which words.
    text: TextKey,
) -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let sent = RwSignal::new(None::<String>);
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = ForgotPasswordRequest { email: member.email().get_untracked() };
        form.submit(element.into(), Ok::<_, FieldErrors>(()), async move || {
            member.ask(async |session| session.visitor().forgot_password(&request).await).await?;
            sent.try_set(Some(request.email));
            Ok(())
        });
    };
    let news = move || sent.get().map(|email| (language.text().no_password().sent)(&email));
    let label = move || {
        let text = language.text().no_password();
        if sent.with(Option::is_some) { text.send_again } else { text.send }.to_owned()
    };
    view! {
        <form node_ref=element class="flex flex-col gap-3" method="post" on:submit=submit>
            <div>
                <p class="text-muted">{tr(text)}</p>
                <MailNews text=Signal::derive(news) class="mt-3"/>
            </div>
            <Alert error=form.failure/>
            <div><SubmitButton label=Signal::derive(label) busy=form.busy class="btn-sm"/></div>
        </form>
    }
}
