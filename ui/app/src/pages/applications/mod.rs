//! Applications that sign people in with Matrice: registered, changed, taken away.

mod application;
mod connection;
mod create;
mod draft;
mod edit;
mod fields;
mod list;
mod secret;
mod secrets;
mod withdrawal;

use contract::{Client, ClientKind, Page, Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

pub use application::ApplicationPage;
pub use create::NewApplicationPage;

use super::list::{Navigator, Paging, api_path, page_path};
use crate::components::icon::{self, Glyph};
use crate::components::{ForbiddenState, PageHeading};
use crate::i18n::{TextKey, tr, words};
use crate::navigation::{APPLICATIONS, NEW_APPLICATION};
use crate::state::{Member, Query};
use list::ClientList;

/// Where the API has them.
const CLIENTS: &str = "/api/core/v1/admin/clients";

/// The page, for those who may see it.
#[component]
pub fn ApplicationsPage() -> impl IntoView {
    let member: Member = expect_context();
    view! {
        <div class="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
            <div>
                <PageHeading title=words(|t| t.applications().title)/>
                <p class="mt-1 text-muted">{tr(|t| t.applications().lead)}</p>
            </div>
            <Show when=move || member.may(Permission::ClientsWrite)>
                <a class="btn btn-primary btn-sm" href=NEW_APPLICATION>
                    <Glyph icon=icon::PLUS/>
                    {tr(|t| t.applications().create)}
                </a>
            </Show>
        </div>
        {move || match member.require(Permission::ClientsRead) {
            Ok(()) => view! { <ApplicationsContent/> }.into_any(),
            Err(denied) => view! { <ForbiddenState denied/> }.into_any(),
        }}
    }
}

#[component]
fn ApplicationsContent() -> impl IntoView {
    let member: Member = expect_context();
    let query = use_location().query;
    let cursor = Memo::new(move |_| query.with(|query| query.get("cursor")));
    let navigator = Navigator::new();
    let clients = Query::<Page<Client>>::new(member, move || {
        Some(api_path(CLIENTS, &[("cursor", cursor.get().as_deref())]))
    });
    let turn = move |cursor: Option<String>| {
        navigator.go(&page_path(APPLICATIONS, &[("cursor", cursor.as_deref())]));
    };
    view! {
        <ClientList clients/>
        <Paging
            list=clients.list()
            first_page=APPLICATIONS.to_owned()
            cursor
            shown=|t| t.applications().shown
            on_turn=turn
        />
    }
}

/// What an application's kind is called.
fn kind_label(kind: ClientKind) -> TextKey {
    match kind {
        ClientKind::Confidential => |t| t.applications().confidential,
        ClientKind::Public => |t| t.applications().public,
    }
}
