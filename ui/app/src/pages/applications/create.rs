//! Registering an application.

use contract::{Client, CreatedClient, Permission};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::CLIENTS;
use super::connection::Connection;
use super::draft::Draft;
use super::fields::{ClientFields, KindField};
use super::secret::NewSecret;
use crate::components::{Alert, BackLink, ForbiddenState, FormState, PageHeading, PageIntro, SubmitButton};
use crate::i18n::{tr, use_language, words};
use crate::navigation::APPLICATIONS;
use crate::state::Member;

/// The form, for those who may; then what came of it.
#[component]
pub fn NewApplicationPage() -> impl IntoView {
    let member: Member = expect_context();
    let created = RwSignal::new(None::<CreatedClient>);
    view! {
        <div class="mx-auto max-w-3xl">
            <BackLink href=APPLICATIONS label=|t| t.applications().all/>
            {move || match (created.get(), member.require(Permission::ClientsWrite)) {
                (Some(created), _) => view! { <Created created/> }.into_any(),
                (None, Ok(())) => view! { <CreateForm created/> }.into_any(),
                (None, Err(denied)) => view! {
                    <PageIntro title=|t| t.applications().create lead=|t| t.applications().create_lead/>
                    <ForbiddenState denied/>
                }
                .into_any(),
            }}
        </div>
    }
}

#[component]
fn CreateForm(created: RwSignal<Option<CreatedClient>>) -> impl IntoView {
    let member: Member = expect_context();
    let draft = Draft::new();
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let client = draft.to_create();
        form.submit(element.into(), client.parse(), async move || {
            let answer = member.ask(async |session| session.create_client(&client).await).await?;
            member.cache.invalidate(CLIENTS);
            created.try_set(Some(answer));
            Ok(())
        });
    };
    view! {
        <PageIntro title=|t| t.applications().create lead=|t| t.applications().create_lead/>
        <form node_ref=element class="panel flex flex-col gap-5 p-5 md:p-6" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <KindField kind=draft.kind/>
            <ClientFields draft form/>
            <div class="flex gap-2">
                <SubmitButton label=words(|t| t.applications().create_submit) busy=form.busy class="btn-sm"/>
                <a class="btn btn-sm" href=APPLICATIONS>{tr(|t| t.common().cancel)}</a>
            </div>
        </form>
    }
}

/// What the application is to be told. The secret is in sight until the page is left, and never again.
#[component]
fn Created(created: CreatedClient) -> impl IntoView {
    let language = use_language();
    let CreatedClient { client, client_secret } = created;
    let name = StoredValue::new(client.name.to_string());
    let title = move || name.with_value(|name| (language.text().applications().created)(name));
    let path = path(&client);
    view! {
        <PageHeading title=Signal::derive(title)/>
        <p class="mt-1 mb-5 text-muted">{tr(|t| t.applications().created_text)}</p>
        <section class="panel p-5 md:p-6" aria-label=tr(|t| t.applications().details)>
            <Connection id=client.id/>
        </section>
        {client_secret
            .map(|secret| view! { <div class="mt-5"><NewSecret name=name.get_value() secret/></div> })}
        <a class="btn btn-outline btn-sm mt-5" href=path>{tr(|t| t.applications().to_settings)}</a>
    }
}

fn path(client: &Client) -> String {
    format!("{APPLICATIONS}/{}", client.id)
}
