//! One mail, read.

use contract::{MailState, OutboxMail, Permission};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::MailsState;
use super::text::{Piece, pieces};
use crate::components::{CardSkeleton, Dialog, ErrorState, MailStateBadge, Timestamp, explain};
use crate::i18n::{tr, use_language};
use crate::state::{Member, Toasts};

/// The mail that is being read, in a dialog.
#[component]
pub fn MailReader() -> impl IntoView {
    let state: MailsState = expect_context();
    let subject =
        move || state.mail.with(|mail| mail.as_ref().map(|mail| mail.subject.clone()).unwrap_or_default());
    view! {
        <Dialog open=state.reading title=Signal::derive(subject)>
            {move || state.mail.get().map(|mail| view! { <MailContent mail/> })}
        </Dialog>
    }
}

#[component]
fn MailContent(mail: OutboxMail) -> impl IntoView {
    view! {
        <p class="mb-4 text-xs wrap-break-word text-muted">
            {mail.recipient.to_string()} " · " <Timestamp at=mail.created_at/>
        </p>
        <Progress mail=mail.clone()/>
        <Body mail/>
    }
}

/// What it says. It is asked for each time anew and nowhere kept, and the security log has that it was.
#[component]
fn Body(mail: OutboxMail) -> impl IntoView {
    let member: Member = expect_context();
    // One that was sent says nothing any more.
    let answer = RwSignal::new((mail.state == MailState::Sent).then_some(Ok(None)));
    let open = move || {
        answer.set(None);
        spawn_local(async move {
            let opened = member.ask(async |session| session.open_mail(mail.id).await).await;
            // The dialog may be closed by now.
            answer.try_set(Some(opened.map(|opened| opened.text)));
        });
    };
    if answer.with_untracked(Option::is_none) {
        open();
    }
    move || match answer.get() {
        None => view! { <CardSkeleton class="p-4"/> }.into_any(),
        Some(Ok(Some(text))) => view! { <MailText text/> }.into_any(),
        Some(Ok(None)) => view! { <p class="text-muted">{tr(|t| t.mails().cleared)}</p> }.into_any(),
        Some(Err(error)) => view! { <ErrorState error on_retry=move |()| open()/> }.into_any(),
    }
}

/// How far it has come, what was in its way, and for those who may another try.
#[component]
fn Progress(mail: OutboxMail) -> impl IntoView {
    let member: Member = expect_context();
    let language = use_language();
    let attempts = move || (language.text().mails().attempts)(mail.attempts);
    let retryable = mail.state == MailState::Failed;
    view! {
        <div class="mb-4 text-sm">
            <p class="flex flex-wrap items-center gap-x-3">
                <MailStateBadge state=mail.state/>
                {(mail.attempts > 0).then(|| view! { <span class="text-muted">{attempts}</span> })}
                <Show when=move || retryable && member.may(Permission::MailSend)>
                    <RetryButton id=mail.id/>
                </Show>
            </p>
            {mail.last_error.map(|error| {
                view! { <p class="mt-1 text-error wrap-anywhere">{tr(|t| t.mails().last_error)} " " {error}</p> }
            })}
        </div>
    }
}

#[component]
fn RetryButton(id: Uuid) -> impl IntoView {
    let (state, member, toasts): (MailsState, Member, Toasts) =
        (expect_context(), expect_context(), expect_context());
    let language = use_language();
    let busy = RwSignal::new(false);
    let retry = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = member.ask(async |session| session.retry_mail(id).await).await;
            // Also after a failure: perhaps it is on its way.
            member.cache.invalidate("/api/core/v1/admin/mails");
            state.reading.set(false);
            let text = language.text_untracked();
            match answer {
                Ok(_) => toasts.success(text.mails().retried.to_owned()),
                Err(error) => toasts.failure(explain(&error, text)),
            }
        });
    };
    view! {
        <button type="button" class="btn btn-sm" disabled=busy on:click=retry>
            {tr(|t| t.mails().retry)}
        </button>
    }
}

/// The text as it is, with those of its links that lead to this site.
#[component]
fn MailText(text: String) -> impl IntoView {
    // It fails for a page of no site only, and to that one nothing leads.
    let origin = window().location().origin().unwrap_or_default();
    let pieces: Vec<_> = pieces(&text, &origin)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.to_owned().into_any(),
            Piece::Link(address) => view! { <MailLink address=address.to_owned()/> }.into_any(),
        })
        .collect();
    view! {
        <div class="rounded-field border border-base-300 bg-base-100 p-4 wrap-anywhere whitespace-pre-wrap">
            {pieces}
        </div>
    }
}

/// In a tab of its own, so that the list stays as it is.
#[component]
fn MailLink(address: String) -> impl IntoView {
    let words = address.clone();
    view! {
        <a class="link text-primary" href=address target="_blank" rel="noopener">
            {words}
            <span class="sr-only">" (" {tr(|t| t.mails().new_tab)} ")"</span>
        </a>
    }
}
