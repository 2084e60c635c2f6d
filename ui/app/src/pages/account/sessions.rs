//! Where one is signed in, and how to end it.

use contract::{Page, Session, SessionId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev::MouseEvent, html};

use crate::components::icon::{self, Glyph};
use crate::components::{ConfirmDialog, ListPanel, OwnBadge, Timestamp, explain, focus_place};
use crate::i18n::{Language, tr, use_language, words};
use crate::state::{Member, Query, Toasts};

/// Where the API has them.
pub const SESSIONS: &str = "/api/core/v1/auth/sessions";

/// The open sessions.
#[component]
pub fn Sessions() -> impl IntoView {
    let member: Member = expect_context();
    let sessions = Query::<Page<Session>>::new(member, || Some(SESSIONS.to_owned()));
    let open = move || sessions.items();
    let others = move || open().iter().any(|session| !session.current);
    let work = SessionWork::new();
    view! {
        // The focus goes here when the button that had it goes with its session.
        <div node_ref=work.region tabindex="-1" class="outline-none">
            // There is always the one that asks.
            <ListPanel list=sessions.list() rows=2 empty=|| () class="rounded-field border border-base-300">
                <ul>
                    <For
                        each=open
                        key=|session| (session.id, session.current, session.last_used_at)
                        let:session
                    >
                        <SessionItem session work/>
                    </For>
                </ul>
            </ListPanel>
            <Show when=others>
                <EndOthers work/>
            </Show>
        </div>
    }
}

#[component]
fn SessionItem(session: Session, work: SessionWork) -> impl IntoView {
    let language = use_language();
    let device = StoredValue::new(session.device);
    let device = Signal::derive(move || match device.get_value() {
        device if device.is_empty() => language.text().account().unknown_device.to_owned(),
        device => device,
    });
    view! {
        <li class="flex items-center gap-3 border-b border-base-300 px-4 py-3 last:border-0">
            <Glyph icon=icon::MONITOR class="size-4.5 shrink-0 text-muted"/>
            <div class="min-w-0 flex-1">
                <p class="flex flex-wrap items-center gap-x-2 font-medium wrap-anywhere">
                    {device}
                    {session.current.then(|| view! { <OwnBadge label=|t| t.account().this_session/> })}
                </p>
                <p class="text-xs text-muted">
                    {session.address} " · " {tr(|t| t.account().session_used)} " " <Timestamp at=session.last_used_at/>
                </p>
            </div>
            {(!session.current).then(|| view! { <EndButton id=session.id device work/> })}
        </li>
    }
}

#[component]
fn EndButton(id: SessionId, device: Signal<String>, work: SessionWork) -> impl IntoView {
    let language = use_language();
    let busy = RwSignal::new(false);
    let end = move |_: MouseEvent| {
        if !busy.get_untracked() {
            busy.set(true);
            let device = device.get_untracked();
            spawn_local(async move {
                work.end(id, &device).await;
                busy.try_set(false);
            });
        }
    };
    view! {
        <button
            type="button"
            class="btn btn-sm"
            aria-label=move || (language.text().account().end_session_label)(&device.get())
            aria-disabled=move || busy.get().to_string()
            on:click=end
        >
            {tr(|t| t.account().end_session)}
        </button>
    }
}

/// All at once, after asking.
#[component]
fn EndOthers(work: SessionWork) -> impl IntoView {
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let end = move |()| {
        if !busy.get_untracked() {
            busy.set(true);
            spawn_local(async move {
                work.end_others().await;
                busy.try_set(false);
                asking.try_set(false);
            });
        }
    };
    view! {
        <button type="button" class="btn btn-sm mt-3" on:click=move |_| asking.set(true)>
            {tr(|t| t.account().end_others)}
        </button>
        <ConfirmDialog
            open=asking
            title=words(|t| t.account().end_others_title)
            text=words(|t| t.account().end_others_text)
            confirm=words(|t| t.account().end_others)
            dangerous=true
            busy
            on_confirm=end
        />
    }
}

/// What ending a session needs from around it.
#[derive(Clone, Copy)]
struct SessionWork {
    member: Member,
    toasts: Toasts,
    language: Language,
    region: NodeRef<html::Div>,
}

impl SessionWork {
    fn new() -> Self {
        Self {
            member: expect_context(),
            toasts: expect_context(),
            language: use_language(),
            region: NodeRef::new(),
        }
    }

    async fn end(self, id: SessionId, device: &str) {
        let answer = self.member.ask(async |session| session.end_session(id).await).await;
        let text = self.language.text_untracked();
        match answer {
            Ok(()) => self.done((text.account().session_ended)(device)),
            Err(error) => self.toasts.failure(explain(&error, text)),
        }
        // Also after a failure: perhaps the list is old.
        self.member.cache.invalidate(SESSIONS);
    }

    async fn end_others(self) {
        let answer = self.member.ask(async |session| session.end_other_sessions().await).await;
        let text = self.language.text_untracked();
        match answer {
            Ok(()) => self.done(text.account().others_ended.to_owned()),
            Err(error) => self.toasts.failure(explain(&error, text)),
        }
        self.member.cache.invalidate(SESSIONS);
    }

    fn done(self, news: String) {
        self.toasts.success(news);
        focus_place(self.region);
    }
}
