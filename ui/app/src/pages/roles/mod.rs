//! The roles: what each permits, and what it demands of its holders.

mod demand;
mod item;

use contract::{Page, Permission, Role, RoleName};
use leptos::prelude::*;

use crate::components::{EmptyState, ForbiddenState, ListPanel, PageIntro, icon};
use crate::i18n::words;
use crate::state::{Member, Query};
use demand::{Demand, DemandDialog};
use item::RoleItem;

/// Where the API has them.
const ROLES: &str = "/api/core/v1/roles";

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct RolesState {
    roles: Query<Page<Role>>,
    /// The demand that is about to be made or dropped.
    demanding: RwSignal<Option<Demand>>,
}

impl RolesState {
    /// Whether the role demands a second factor, tracked.
    fn requires_second_factor(self, name: &RoleName) -> bool {
        self.roles.data.with(|page| {
            let roles = page.as_ref().map(|page| page.items.as_slice()).unwrap_or_default();
            roles.iter().any(|role| role.name == *name && role.requires_second_factor)
        })
    }

    /// Shows a role as the API has changed it, before all are read anew.
    fn note(self, changed: Role) {
        self.roles.data.try_update(|page| {
            let mut roles = page.iter_mut().flat_map(|page| &mut page.items);
            if let Some(role) = roles.find(|role| role.name == changed.name) {
                *role = changed;
            }
        });
    }
}

/// The page, for those who may see it.
#[component]
pub fn RolesPage() -> impl IntoView {
    let member: Member = expect_context();
    view! {
        <PageIntro title=|t| t.roles().title lead=|t| t.roles().lead/>
        {move || match member.require(Permission::RolesRead) {
            Ok(()) => view! { <RolesContent/> }.into_any(),
            Err(denied) => view! { <ForbiddenState denied/> }.into_any(),
        }}
    }
}

#[component]
fn RolesContent() -> impl IntoView {
    let member: Member = expect_context();
    let roles = Query::<Page<Role>>::new(member, || Some(ROLES.to_owned()));
    provide_context(RolesState { roles, demanding: RwSignal::new(None) });
    let nothing = || {
        view! {
            <EmptyState
                icon=icon::ID_CARD
                title=words(|t| t.roles().empty_title)
                text=words(|t| t.roles().empty_text)
            />
        }
    };
    view! {
        <ListPanel list=roles.list() rows=4 empty=nothing>
            <ul>
                // What a role demands isn't part of the key: its switch keeps the focus when it is turned.
                <For
                    each=move || roles.items()
                    key=|role| (role.name.clone(), role.description.clone(), role.permissions.clone())
                    let:role
                >
                    <RoleItem role/>
                </For>
            </ul>
        </ListPanel>
        <DemandDialog/>
    }
}
