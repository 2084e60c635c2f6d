//! Asking for a link to make an account.

use contract::{SignUpRequest, SignUpRules};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev::SubmitEvent, html};

use crate::api::{ApiError, Visitor};
use crate::components::{
    Alert, CardSkeleton, ErrorState, FormState, PageHeading, PageIntro, SubmitButton, TextField,
};
use crate::i18n::{tr, use_language, words};
use crate::navigation::{HOME, SIGN_IN};
use crate::pages::sign_in_with::SignInWith;

/// The form, where it is open to somebody at all; then always the same news: whether an account has the address is
/// nobody's business.
#[component]
pub fn RequestPage(visitor: Visitor) -> impl IntoView {
    let visitor = StoredValue::new_local(visitor);
    let rules = RwSignal::new(None::<Result<SignUpRules, ApiError>>);
    let read = move || {
        rules.set(None);
        let visitor = visitor.get_value();
        spawn_local(async move {
            let answer = visitor.sign_up_rules().await;
            rules.try_set(Some(answer));
        });
    };
    read();
    let sent = RwSignal::new(None::<String>);
    let choosing = Memo::new(move |_| {
        sent.with(Option::is_none) && rules.with(|rules| matches!(rules, Some(Ok(rules)) if rules.open))
    });
    let content = move || match (sent.get(), rules.get()) {
        (Some(email), _) => view! { <Sent email on_again=move |()| sent.set(None)/> }.into_any(),
        (None, None) => view! { <CardSkeleton class="pb-6"/> }.into_any(),
        (None, Some(Err(error))) => view! {
            <PageHeading title=words(|t| t.sign_up().title)/>
            <ErrorState error on_retry=move |()| read()/>
        }
        .into_any(),
        (None, Some(Ok(rules))) if rules.open => {
            view! { <RequestForm visitor=visitor.get_value() rules sent/> }.into_any()
        }
        (None, Some(Ok(_))) => {
            view! { <PageIntro title=|t| t.sign_up().closed_title lead=|t| t.sign_up().closed_text/> }
                .into_any()
        }
    };
    view! {
        {content}
        <a class="btn w-full" href=SIGN_IN>{tr(|t| t.sign_up().to_sign_in)}</a>
        <Show when=move || choosing.get()>
            <SignInWith visitor=visitor.get_value() next=HOME/>
        </Show>
    }
}

#[component]
fn Sent(email: String, #[prop(into)] on_again: Callback<()>) -> impl IntoView {
    let language = use_language();
    view! {
        <PageHeading title=words(|t| t.sign_up().sent_title)/>
        <p class="mt-1 mb-6 wrap-break-word text-muted">
            {move || (language.text().sign_up().sent_text)(&email)}
        </p>
        <button type="button" class="btn mb-3 w-full" on:click=move |_| on_again.run(())>
            {tr(|t| t.sign_up().other_address)}
        </button>
    }
}

#[component]
fn RequestForm(visitor: Visitor, rules: SignUpRules, sent: RwSignal<Option<String>>) -> impl IntoView {
    let language = use_language();
    let email = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let visitor = StoredValue::new_local(visitor);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = SignUpRequest { email: email.get_untracked() };
        let visitor = visitor.get_value();
        form.submit(element.into(), request.parse(), async move || {
            visitor.sign_up(&request).await?;
            sent.try_set(Some(request.email.trim().to_owned()));
            Ok(())
        });
    };
    let SignUpRules { domains, .. } = rules;
    let limited = !domains.is_empty();
    view! {
        <PageIntro title=|t| t.sign_up().title lead=|t| t.sign_up().lead/>
        <form node_ref=element class="mb-3 flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            {limited
                .then(|| {
                    view! { <p class="wrap-break-word">{move || (language.text().sign_up().domains)(&domains)}</p> }
                })}
            <TextField
                name="email"
                label=|t| t.field().email
                kind="email"
                autocomplete="username"
                value=email
                error=form.field("email")
            />
            <SubmitButton label=words(|t| t.sign_up().submit) busy=form.busy class="mt-1 w-full"/>
        </form>
    }
}
