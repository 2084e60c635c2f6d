//! Where an account is signed in, and how to end it: one's own, or one that is administered.

use contract::{Page, Session, SessionId, UserId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev::MouseEvent, html};

use crate::components::icon::{self, Glyph};
use crate::components::{ConfirmDialog, ListPanel, OwnBadge, Timestamp, explain, focus_place};
use crate::i18n::{Language, TextKey, tr, use_language, words};
use crate::state::{Member, Query, Toasts};

/// Where the API has one's own.
pub const OWN_SESSIONS: &str = "/api/core/v1/auth/sessions";

/// Whose sessions are looked at.
#[derive(Clone, Copy)]
pub enum Owner {
    /// One's own.
    Oneself,
    /// Those of an account that one administers.
    User(UserId),
}

impl Owner {
    fn path(self) -> String {
        match self {
            Self::Oneself => OWN_SESSIONS.to_owned(),
            Self::User(id) => format!("/api/core/v1/users/{id}/sessions"),
        }
    }

    const fn end_all(self) -> EndAllTexts {
        match self {
            Self::Oneself => EndAllTexts {
                action: |t| t.account().end_others,
                title: |t| t.account().end_others_title,
                text: |t| t.account().end_others_text,
                done: |t| t.account().others_ended,
            },
            Self::User(_) => EndAllTexts {
                action: |t| t.user().end_sessions,
                title: |t| t.user().end_sessions_title,
                text: |t| t.user().end_sessions_text,
                done: |t| t.user().sessions_ended,
            },
        }
    }
}

/// Ending them all, in words.
#[derive(Clone, Copy)]
struct EndAllTexts {
    action: TextKey,
    title: TextKey,
    text: TextKey,
    done: TextKey,
}

/// The open sessions.
#[component]
pub fn Sessions(owner: Owner) -> impl IntoView {
    let member: Member = expect_context();
    let sessions = Query::<Page<Session>>::new(member, move || Some(owner.path()));
    let open = move || sessions.items();
    let others = move || open().iter().any(|session| !session.current);
    let work = SessionWork::new(owner);
    view! {
        // The focus goes here when the button that had it goes with its session.
        <div node_ref=work.region tabindex="-1" class="outline-none">
            <ListPanel
                list=sessions.list()
                rows=2
                // Of one's own there is always the one that asks.
                empty=|| view! { <p class="p-4 text-muted">{tr(|t| t.user().no_sessions)}</p> }
                class="rounded-field border border-base-300"
            >
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
                <EndAll work/>
            </Show>
        </div>
    }
}

#[component]
fn SessionItem(session: Session, work: SessionWork) -> impl IntoView {
    let language = use_language();
    let device = StoredValue::new(session.device);
    let device = Signal::derive(move || device.with_value(|device| language.text().device(device)));
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
fn EndAll(work: SessionWork) -> impl IntoView {
    let texts = work.owner.end_all();
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let end = move |()| {
        if !busy.get_untracked() {
            busy.set(true);
            spawn_local(async move {
                work.end_all().await;
                busy.try_set(false);
                asking.try_set(false);
            });
        }
    };
    view! {
        <button type="button" class="btn btn-sm mt-3" on:click=move |_| asking.set(true)>
            {tr(texts.action)}
        </button>
        <ConfirmDialog
            open=asking
            title=words(texts.title)
            text=words(texts.text)
            confirm=words(texts.action)
            dangerous=true
            busy
            on_confirm=end
        />
    }
}

/// What ending a session needs from around it.
#[derive(Clone, Copy)]
struct SessionWork {
    owner: Owner,
    member: Member,
    toasts: Toasts,
    language: Language,
    region: NodeRef<html::Div>,
}

impl SessionWork {
    fn new(owner: Owner) -> Self {
        Self {
            owner,
            member: expect_context(),
            toasts: expect_context(),
            language: use_language(),
            region: NodeRef::new(),
        }
    }

    async fn end(self, id: SessionId, device: &str) {
        let path = format!("{}/{id}", self.owner.path());
        let answer = self.member.ask(async |session| session.end_session(&path).await).await;
        let text = self.language.text_untracked();
        match answer {
            Ok(()) => self.done((text.account().session_ended)(device)),
            Err(error) => self.toasts.failure(explain(&error, text)),
        }
        // Also after a failure: perhaps the list is old.
        self.member.cache.invalidate(&self.owner.path());
    }

    async fn end_all(self) {
        let answer = self
            .member
            .ask(async |session| match self.owner {
                Owner::Oneself => session.end_other_sessions().await,
                Owner::User(_) => session.end_session(&self.owner.path()).await,
            })
            .await;
        let text = self.language.text_untracked();
        match answer {
            Ok(()) => self.done((self.owner.end_all().done)(text).to_owned()),
            Err(error) => self.toasts.failure(explain(&error, text)),
        }
        self.member.cache.invalidate(&self.owner.path());
    }

    fn done(self, news: String) {
        self.toasts.success(news);
        focus_place(self.region);
    }
}
