//! One's API keys: what programs act with on one's behalf.

mod create;
mod created;
mod delete;
mod item;

use contract::{ApiKey, ApiKeyId, CreatedApiKey, Page};
use leptos::{html, prelude::*};

use crate::components::icon::{self, Glyph};
use crate::components::{BackLink, EmptyState, ListPanel, PageHeading, focus_place};
use crate::i18n::{tr, words};
use crate::navigation::ACCOUNT;
use crate::state::{Member, Query};
use create::CreateDialog;
use created::CreatedKey;
use delete::DeleteDialog;
use item::KeyItem;

/// Where the API has them.
const KEYS: &str = "/api/core/v1/auth/api-keys";

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct KeysState {
    /// Whether one is being made.
    creating: RwSignal<bool>,
    /// The one that was made last, as long as it is shown.
    created: RwSignal<Option<CreatedApiKey>>,
    /// Whether it is asked about.
    deleting: RwSignal<bool>,
    /// The one that may be deleted, or was.
    subject: RwSignal<Option<ApiKey>>,
    /// The list, for the focus.
    list: NodeRef<html::Div>,
}

impl KeysState {
    fn new() -> Self {
        Self {
            creating: RwSignal::new(false),
            created: RwSignal::new(None),
            deleting: RwSignal::new(false),
            subject: RwSignal::new(None),
            list: NodeRef::new(),
        }
    }

    fn ask_to_delete(self, api_key: ApiKey) {
        self.subject.set(Some(api_key));
        self.deleting.set(true);
    }

    /// The key that was made last is stored where it is needed.
    fn put_away(self) {
        self.created.set(None);
        self.focus_list();
    }

    /// That key is no more; nor is it shown.
    fn forget(self, id: ApiKeyId) {
        self.created.try_update(|created| _ = created.take_if(|created| created.api_key.id == id));
        self.focus_list();
    }

    /// In place of what had the focus and is gone.
    fn focus_list(self) {
        focus_place(self.list);
    }
}

/// The page.
#[component]
pub fn ApiKeysPage() -> impl IntoView {
    let state = KeysState::new();
    provide_context(state);
    view! {
        <div class="mx-auto max-w-3xl">
            <BackLink href=ACCOUNT label=|t| t.account().title/>
            <div class="flex items-center justify-between gap-4">
                <PageHeading title=words(|t| t.api_keys().title)/>
                <button
                    type="button"
                    class="btn btn-primary btn-sm shrink-0"
                    on:click=move |_| state.creating.set(true)
                >
                    <Glyph icon=icon::PLUS/>
                    {tr(|t| t.api_keys().create)}
                </button>
            </div>
            <p class="mt-1 mb-5 text-muted">{tr(|t| t.api_keys().lead)}</p>
            <CreatedKey/>
            <KeyList/>
            <CreateDialog/>
            <DeleteDialog/>
        </div>
    }
}

#[component]
fn KeyList() -> impl IntoView {
    let state: KeysState = expect_context();
    let member: Member = expect_context();
    let keys = Query::<Page<ApiKey>>::new(member, || Some(KEYS.to_owned()));
    let nothing = || {
        view! {
            <EmptyState
                icon=icon::KEY_ROUND
                title=words(|t| t.api_keys().empty_title)
                text=words(|t| t.api_keys().empty_text)
            />
        }
    };
    view! {
        <div node_ref=state.list tabindex="-1" class="outline-none">
            <ListPanel list=keys.list() rows=3 empty=nothing>
                <ul>
                    <For each=move || keys.items() key=|api_key| (api_key.id, api_key.last_used_at) let:api_key>
                        <KeyItem api_key/>
                    </For>
                </ul>
            </ListPanel>
        </div>
    }
}
