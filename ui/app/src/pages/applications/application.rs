//! One application.

use contract::{Client, ClientId, Permission, ProblemCode};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_params_map;

use super::connection::Connection;
use super::edit::EditForm;
use super::secret::NewSecret;
use super::secrets::Secrets;
use super::withdrawal::Withdrawal;
use super::{CLIENTS, kind_label};
use crate::components::{
    BackLink, CardSkeleton, ClientBadge, Day, ErrorPage, ForbiddenPage, MessagePage, PageHeading, Section,
    focus_place,
};
use crate::i18n::{tr, words};
use crate::navigation::APPLICATIONS;
use crate::pages::NotFoundPage;
use crate::state::{Member, Query};

/// The page of the application whose id is in the address.
#[component]
pub fn ApplicationPage() -> impl IntoView {
    let member: Member = expect_context();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<ClientId>().ok()));
    move || match (member.require(Permission::ClientsRead), id.get()) {
        (Err(denied), _) => view! { <ForbiddenPage title=|t| t.applications().one denied/> }.into_any(),
        (Ok(()), None) => view! { <NotFoundPage/> }.into_any(),
        (Ok(()), Some(id)) => view! { <ApplicationOfId id/> }.into_any(),
    }
}

/// What outlives a version of the application.
#[derive(Clone, Copy)]
pub struct ApplicationState {
    /// A secret that has just been made.
    pub secret: RwSignal<Option<String>>,
    /// All of it, for the focus.
    page: NodeRef<html::Div>,
}

impl ApplicationState {
    /// The focus, in place of what had it and goes with the version that is no more.
    pub fn focus(self) {
        focus_place(self.page);
    }
}

#[component]
fn ApplicationOfId(id: ClientId) -> impl IntoView {
    let member: Member = expect_context();
    let state = ApplicationState { secret: RwSignal::new(None), page: NodeRef::new() };
    provide_context(state);
    let client = Query::<Client>::new(member, move || Some(format!("{CLIENTS}/{id}")));
    let failure = client.failure();
    let content = move || match (failure.get(), client.data.get()) {
        (Some(error), _) if error.code() == Some(ProblemCode::NotFound) => {
            view! { <NoSuchApplication/> }.into_any()
        }
        (Some(error), _) => view! {
            <ErrorPage title=|t| t.applications().one error on_retry=move |()| client.retry()/>
        }
        .into_any(),
        (None, Some(found)) => {
            view! { <Details client=found on_reload=move |()| client.retry()/> }.into_any()
        }
        (None, None) => view! { <CardSkeleton/> }.into_any(),
    };
    view! {
        <div node_ref=state.page tabindex="-1" class="mx-auto max-w-3xl outline-none">
            {content}
        </div>
    }
}

#[component]
fn NoSuchApplication() -> impl IntoView {
    view! {
        <MessagePage
            title=|t| t.applications().not_found_title
            text=words(|t| t.applications().not_found_text)
        >
            <a class="btn btn-primary btn-sm" href=APPLICATIONS>{tr(|t| t.applications().all)}</a>
        </MessagePage>
    }
}

#[component]
fn Details(client: Client, #[prop(into)] on_reload: Callback<()>) -> impl IntoView {
    let member: Member = expect_context();
    let state: ApplicationState = expect_context();
    let name = client.name.to_string();
    let client = StoredValue::new(client);
    // Whoever changes it can act as it.
    let writes = Memo::new(move |_| {
        let permissions = client.with_value(|client| client.permissions.clone());
        let needed = permissions.into_iter().chain([Permission::ClientsWrite]);
        member.permissions().require_all(needed).is_ok()
    });
    let put_away = move |()| {
        state.secret.set(None);
        state.focus();
    };
    view! {
            <BackLink href=APPLICATIONS label=|t| t.applications().all/>
            <PageHeading title=name.clone()/>
            {client.with_value(|client| view! { <Facts client=client.clone()/> })}
            <div class="flex flex-col gap-5">
                {move || {
                    let name = name.clone();
                    state.secret.get().map(|secret| view! { <NewSecret name secret on_done=put_away/> })
                }}
                <Section
                    id="connection"
                    title=|t| t.applications().details
                    text=|t| t.applications().details_text
                >
                    <Connection id=client.with_value(|client| client.id)/>
                </Section>
                <Section
                    id="settings"
                    title=|t| t.applications().settings
                    text=|t| t.applications().settings_text
                >
                    <Show
                        when=move || writes.get()
                        fallback=|| view! { <p class="text-muted">{tr(|t| t.applications().read_only)}</p> }
                    >
                        <EditForm client=client.get_value() on_reload/>
                    </Show>
                </Section>
                <Section
                    id="secrets"
                    title=|t| t.applications().secrets
                    text=|t| t.applications().secrets_text
                >
                    <Secrets client=client.get_value() writes/>
                </Section>
                <Show when=move || writes.get()>
                    <Section
                        id="withdrawal"
                        title=|t| t.applications().danger
                        text=|t| t.applications().danger_text
                    >
                        <Withdrawal client=client.get_value()/>
                    </Section>
                </Show>
            </div>
    }
}

#[component]
fn Facts(client: Client) -> impl IntoView {
    view! {
        <p class="mt-1 mb-5 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
            <ClientBadge disabled=client.disabled/>
            <span>{tr(kind_label(client.kind))}</span>
            <span>{tr(|t| t.applications().created_at)} " " <Day at=client.created_at/></span>
        </p>
    }
}
