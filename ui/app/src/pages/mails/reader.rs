//! One mail, read.

use contract::OutboxMail;
use leptos::prelude::*;

use super::MailsState;
use super::text::{Piece, pieces};
use crate::components::{Dialog, Timestamp};
use crate::i18n::tr;

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
        <MailText text=mail.text/>
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
