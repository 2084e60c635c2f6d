//! The list: a table where there is room, cards on a phone.

use contract::{Client, Page};
use leptos::prelude::*;

use super::kind_label;
use crate::browser;
use crate::components::icon;
use crate::components::{ClientBadge, EmptyState, ListPanel, Timestamp};
use crate::i18n::{tr, words};
use crate::navigation::APPLICATIONS;
use crate::pages::list::Column;
use crate::state::{Query, is_wide_screen};

/// The applications in sight, or why there are none.
#[component]
pub fn ClientList(clients: Query<Page<Client>>) -> impl IntoView {
    let wide = is_wide_screen();
    view! {
        <ListPanel list=clients.list() rows=4 empty=|| view! { <Nothing/> }>
            {move || {
                if wide.get() {
                    view! { <Table clients/> }.into_any()
                } else {
                    view! { <Cards clients/> }.into_any()
                }
            }}
        </ListPanel>
    }
}

#[component]
fn Table(clients: Query<Page<Client>>) -> impl IntoView {
    view! {
        <div class="overflow-x-auto">
            <table class="w-full text-left">
                <caption class="sr-only">{tr(|t| t.applications().title)}</caption>
                <thead class="border-b border-base-300 bg-base-200/60 text-xs text-muted">
                    <tr>
                        <Column label=|t| t.applications().column_name/>
                        <Column label=|t| t.applications().column_kind/>
                        <Column label=|t| t.applications().column_sites/>
                        <Column label=|t| t.applications().column_status/>
                        <Column label=|t| t.applications().column_created/>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || clients.items() key=|client| (client.id, client.version) let:client>
                        <ClientRow client/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn ClientRow(client: Client) -> impl IntoView {
    view! {
        <tr class="h-13 border-b border-base-300 last:border-0 hover:bg-base-200/60">
            <th scope="row" class="max-w-64 truncate px-4 py-2 font-medium">
                <a href=path(&client) class="hover:text-primary hover:underline">{client.name.to_string()}</a>
            </th>
            <td class="px-4 py-2 text-muted">{tr(kind_label(client.kind))}</td>
            <td class="max-w-64 truncate px-4 py-2 text-muted">{sites(&client)}</td>
            <td class="px-4 py-2"><ClientBadge disabled=client.disabled/></td>
            <td class="px-4 py-2 text-muted"><Timestamp at=client.created_at/></td>
        </tr>
    }
}

#[component]
fn Cards(clients: Query<Page<Client>>) -> impl IntoView {
    view! {
        <ul>
            <For each=move || clients.items() key=|client| (client.id, client.version) let:client>
                <li class="border-b border-base-300 p-4 last:border-0">
                    <a href=path(&client) class="block truncate font-medium">{client.name.to_string()}</a>
                    <p class="truncate text-xs text-muted">{sites(&client)}</p>
                    <p class="mt-2.5 flex flex-wrap gap-x-4 gap-y-1">
                        <ClientBadge disabled=client.disabled/>
                        <span class="text-muted">{tr(kind_label(client.kind))}</span>
                    </p>
                </li>
            </For>
        </ul>
    }
}

fn path(client: &Client) -> String {
    format!("{APPLICATIONS}/{}", client.id)
}

/// Where people who sign in are sent, each site once.
fn sites(client: &Client) -> String {
    let mut sites: Vec<_> = client.redirect_uris.iter().map(|uri| browser::site_of(uri.as_str())).collect();
    sites.dedup();
    sites.join(", ")
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <EmptyState
            icon=icon::APP_WINDOW
            title=words(|t| t.applications().empty_title)
            text=words(|t| t.applications().empty_text)
        />
    }
}
