//! Signed out of another application: whether here as well, and back to it.

use contract::{EndSession, EndSessionRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use super::OnTheWay;
use super::request::end_session_request;
use crate::api::{ApiError, Visitor};
use crate::browser;
use crate::components::{Alert, CardSkeleton, PageHeading, PageIntro, SubmitButton};
use crate::i18n::{tr, use_language, words};
use crate::navigation::{HOME, SIGN_IN};
use crate::state::Member;

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    /// Nothing: the API is asked, or the session ended.
    Busy,
    /// The person is asked; with what is wrong with the wish, or with ending the session.
    Question(Option<String>, Option<ApiError>),
    /// Nobody is signed in, and there is nowhere to go back to.
    SignedOut,
    /// The browser is on its way to this address.
    OnTheWay(String),
}

/// What the page is about.
#[derive(Clone, Copy)]
struct State {
    stage: RwSignal<Stage>,
    visitor: StoredValue<Visitor, LocalStorage>,
    member: Option<Member>,
    request: StoredValue<EndSessionRequest>,
}

/// `OpenID` Connect's end-session endpoint, as far as a person sees it. Who has signed out by it sees it as a visitor,
/// and goes on from there.
#[component]
pub fn EndSessionPage(
    /// Who is there, where nobody is signed in.
    visitor: Visitor,
) -> impl IntoView {
    let search = use_location().search.get_untracked();
    let state = State {
        stage: RwSignal::new(Stage::Busy),
        visitor: StoredValue::new_local(visitor),
        member: use_context(),
        request: StoredValue::new(end_session_request(&search)),
    };
    provide_context(state);
    spawn_local(state.ask());
    move || match state.stage.get() {
        Stage::Busy => view! { <CardSkeleton class=""/> }.into_any(),
        Stage::Question(application, error) => view! { <Question application error/> }.into_any(),
        Stage::SignedOut => view! { <SignedOut/> }.into_any(),
        Stage::OnTheWay(address) => view! { <OnTheWay address/> }.into_any(),
    }
}

impl State {
    async fn ask(self) {
        let request = self.request.get_value();
        match self.member {
            Some(member) => match member.ask(async |session| session.end_session_for(&request).await).await {
                Ok(EndSession { confirmed: true, .. }) => self.sign_out(member).await,
                Ok(EndSession { client_name, .. }) => {
                    self.show(Stage::Question(client_name.map(|name| name.to_string()), None));
                }
                Err(error) => self.show(Stage::Question(None, Some(error))),
            },
            None => match self.visitor.get_value().end_session_for(&request).await {
                Ok(EndSession { redirect_to: Some(address), .. }) => {
                    browser::replace_with(&address);
                    self.show(Stage::OnTheWay(address));
                }
                // Whatever was wrong with the wish, nobody is signed in.
                Ok(_) | Err(_) => self.show(Stage::SignedOut),
            },
        }
    }

    async fn sign_out(self, member: Member) {
        if let Err(error) = member.sign_out().await {
            self.show(Stage::Question(None, Some(error)));
        }
    }

    /// The page may be gone by now.
    fn show(self, stage: Stage) {
        self.stage.try_set(stage);
    }
}

#[component]
fn Question(application: Option<String>, error: Option<ApiError>) -> impl IntoView {
    let state: State = expect_context();
    let member: Member = expect_context();
    let language = use_language();
    let busy = RwSignal::new(false);
    let title = move || {
        let text = language.text().authorize();
        match &application {
            Some(application) => (text.sign_out_title_of)(application),
            None => text.sign_out_title.to_owned(),
        }
    };
    let sign_out = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            busy.set(true);
            spawn_local(async move {
                state.sign_out(member).await;
                busy.try_set(false);
            });
        }
    };
    view! {
        <PageHeading title=Signal::derive(title)/>
        <p class="mt-1 mb-5 text-muted">{tr(|t| t.authorize().sign_out_text)}</p>
        <form class="flex flex-col gap-2" on:submit=sign_out>
            <Alert error=Signal::stored(error)/>
            <SubmitButton label=words(|t| t.authorize().sign_out) busy class="w-full"/>
            <a class="btn w-full" href=HOME>{tr(|t| t.authorize().stay)}</a>
        </form>
    }
}

#[component]
fn SignedOut() -> impl IntoView {
    view! {
        <PageIntro title=|t| t.authorize().signed_out_title lead=|t| t.authorize().signed_out_text/>
        <a class="btn btn-primary w-full" href=SIGN_IN>{tr(|t| t.authorize().sign_in_again)}</a>
    }
}
