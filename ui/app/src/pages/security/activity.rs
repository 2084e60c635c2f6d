//! What happened to one's own account.

use contract::{Page, SecurityEvent};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::event::{Actor, EventCard};
use crate::components::icon;
use crate::components::{BackLink, EmptyState, ListPanel, PageIntro};
use crate::i18n::{tr, words};
use crate::navigation::{ACCOUNT, ACTIVITY};
use crate::pages::list::{Navigator, Paging, api_path, page_path};
use crate::state::{Member, Query};

/// Where the API has it.
const OWN_EVENTS: &str = "/api/core/v1/auth/activity";

/// All of it, page by page.
#[component]
pub fn ActivityPage() -> impl IntoView {
    let member: Member = expect_context();
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get("cursor")));
    let events = Query::<Page<SecurityEvent>>::new(member, move || {
        Some(cursor.with(|cursor| api_path(OWN_EVENTS, &[("cursor", cursor.as_deref())])))
    });
    let navigator = Navigator::new();
    let turn = move |cursor: Option<String>| {
        navigator.go(&page_path(ACTIVITY, &[("cursor", cursor.as_deref())]));
    };
    view! {
        <div class="mx-auto max-w-3xl">
            <BackLink href=ACCOUNT label=|t| t.account().title/>
            <PageIntro title=|t| t.security().activity_title lead=|t| t.security().activity_lead/>
            <Events events rows=8 class="panel"/>
            <Paging
                list=events.list()
                first_page=ACTIVITY.to_owned()
                cursor
                shown=|t| t.security().shown
                on_turn=turn
            />
        </div>
    }
}

/// The last few, and the way to all.
#[component]
pub fn RecentActivity() -> impl IntoView {
    let member: Member = expect_context();
    let events = Query::<Page<SecurityEvent>>::new(member, move || {
        // What one does beside it adds to it.
        member.cache.track_changes();
        Some(format!("{OWN_EVENTS}?limit=5"))
    });
    view! {
        <Events events rows=5 class="rounded-field border border-base-300"/>
        <a class="btn btn-sm mt-3" href=ACTIVITY>{tr(|t| t.security().all_activity)}</a>
    }
}

#[component]
fn Events(events: Query<Page<SecurityEvent>>, rows: usize, class: &'static str) -> impl IntoView {
    let nothing = || {
        view! {
            <EmptyState
                icon=icon::SHIELD_CHECK
                title=words(|t| t.security().activity_empty_title)
                text=words(|t| t.security().activity_empty_text)
            />
        }
    };
    view! {
        <ListPanel list=events.list() rows empty=nothing class>
            <ul>
                <For each=move || events.items() key=|event| event.id let:event>
                    <EventCard event=event.clone()><Actor actor=event.actor_id email=event.actor_email/></EventCard>
                </For>
            </ul>
        </ListPanel>
    }
}
