//! On the way from another application and back: signing in there with the account that one has here, and out.

mod consent;
mod end_session;
mod proof;
mod request;
mod state;

use contract::ProblemCode;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_location;

pub use end_session::EndSessionPage;

use crate::api::{ApiError, Visitor};
use crate::components::{Alert, Avatar, CardSkeleton, PageHeading, PageIntro, explain};
use crate::i18n::{tr, use_language, words};
use crate::navigation::HOME;
use crate::state::{Member, Toasts};
use consent::ConsentForm;
use proof::ProofForm;
use state::{AuthorizeState, Stage};

/// `OpenID` Connect's authorization endpoint, as far as a person sees it. Where nothing is to be asked, it only leads on.
#[component]
pub fn AuthorizePage(
    /// Who is there, where nobody is signed in.
    visitor: Visitor,
) -> impl IntoView {
    let state = AuthorizeState::new(visitor, use_location().search.get_untracked());
    provide_context(state);
    state.ask();
    let in_place = || NavigateOptions { replace: true, ..NavigateOptions::default() };
    move || match state.stage.get() {
        Stage::Asking => view! { <CardSkeleton class=""/> }.into_any(),
        Stage::Failed(error) => view! { <Failed error/> }.into_any(),
        Stage::SignIn(path) => view! { <Redirect path options=in_place()/> }.into_any(),
        Stage::Proof(asked) => view! { <ProofForm application=asked.client_name.to_string()/> }.into_any(),
        Stage::Consent(asked) => {
            view! { <ConsentForm application=asked.client_name.to_string() scopes=asked.scopes/> }.into_any()
        }
        Stage::OnTheWay(address) => view! { <OnTheWay address/> }.into_any(),
    }
}

/// It goes no further. What is the application's fault only its own people can mend.
#[component]
fn Failed(error: ApiError) -> impl IntoView {
    let state: AuthorizeState = expect_context();
    let code = error.code();
    let by_application = matches!(
        code,
        Some(ProblemCode::ClientInvalid | ProblemCode::RedirectUriInvalid | ProblemCode::MalformedRequest)
    );
    let error = RwSignal::new(Some(error));
    view! {
        <PageHeading title=words(|t| t.authorize().refused_title)/>
        <div class="mt-2 flex flex-col gap-4">
            <Show
                when=move || by_application
                fallback=move || {
                    view! {
                        <Alert error/>
                        <button type="button" class="btn w-full" on:click=move |_| state.ask()>
                            {tr(|t| t.common().retry)}
                        </button>
                    }
                }
            >
                <p class="text-pretty text-muted">{tr(|t| t.authorize().refused_text)}</p>
                <Alert error/>
                <a class="btn w-full" href=HOME>{tr(|t| t.common().back_home)}</a>
            </Show>
        </div>
    }
}

/// The browser is under way; some need a press to hand over to an application on the machine itself.
#[component]
fn OnTheWay(address: String) -> impl IntoView {
    view! {
        <PageIntro title=|t| t.authorize().leaving_title lead=|t| t.authorize().leaving_text/>
        <a class="btn w-full" href=address rel="external">{tr(|t| t.authorize().go_on)}</a>
    }
}

/// Whose account it is about, and the way to another.
#[component]
fn OwnAccount() -> impl IntoView {
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let language = use_language();
    let name = Signal::derive(move || member.me.with(|me| me.display_name.to_string()));
    let busy = RwSignal::new(false);
    let switch = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            if let Err(error) = member.switch_account().await {
                toasts.failure(explain(&error, language.text_untracked()));
            }
            busy.try_set(false);
        });
    };
    view! {
        <section class="rounded-field border border-base-300 p-3" aria-labelledby="own-account">
            <h2 id="own-account" class="mb-2 text-xs text-muted">{tr(|t| t.authorize().account)}</h2>
            <div class="flex items-center gap-3">
                <Avatar name/>
                <div class="min-w-0 flex-1">
                    <p class="truncate font-medium">{name}</p>
                    <p class="truncate text-xs text-muted">{member.email()}</p>
                </div>
            </div>
            <button
                type="button"
                class="link link-hover mt-2 font-medium text-primary"
                aria-disabled=move || busy.get().to_string()
                on:click=switch
            >
                {tr(|t| t.authorize().switch_account)}
            </button>
        </section>
    }
}

/// The person doesn't want to: the application is told so.
#[component]
fn DenyButton() -> impl IntoView {
    let state: AuthorizeState = expect_context();
    view! {
        <button
            type="button"
            class="btn w-full"
            aria-disabled=move || state.busy.get().to_string()
            on:click=move |_| state.decide(false)
        >
            {tr(|t| t.authorize().deny)}
        </button>
    }
}
