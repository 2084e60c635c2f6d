//! What is there as long as the page is open.

use leptos::prelude::*;
use leptos_router::components::Router;
use ui_app::api::ApiError;
use ui_app::browser;
use ui_app::components::{ErrorState, Navigated, PageHeading, PasswordJudge, ToastRegion};
use ui_app::i18n::{Language, tr, words};
use ui_app::layout::VisitorFrame;
use ui_app::state::{Authentication, Phase, Toasts, provide_connectivity};
use ui_app::theme::ThemeChoice;

use crate::pages::{Member, judge_password, prepare_member};
use crate::routes::VisitorRoutes;

/// Kept while somebody is signed in in this browser, so that the next visit fetches their part without waiting to know
/// who it is.
const SIGNED_IN: &str = "matrice.signed-in";

/// The application: the routes of whoever is there.
#[component]
pub fn App() -> impl IntoView {
    Language::provide();
    ThemeChoice::provide();
    Toasts::provide();
    Navigated::provide();
    provide_connectivity();
    provide_context(PasswordJudge(judge_password));
    let authentication = Authentication::provide();
    anticipate(authentication);
    let fetching = RwSignal::new(false);
    view! {
        <Router set_is_routing=fetching>
            <FetchingBar fetching/>
            {move || match authentication.get() {
                Phase::Resuming => ().into_any(),
                Phase::Unreachable(error) => started(view! { <Unreachable error/> }),
                Phase::SignedOut(visitor, departure) => started(view! { <VisitorRoutes visitor departure/> }),
                Phase::SignedIn(session, me) => view! { <Member session me=*me/> }.into_any(),
            }}
            <ToastRegion/>
        </Router>
    }
}

fn anticipate(authentication: Authentication) {
    if browser::stored(SIGNED_IN).is_some() {
        prepare_member();
    }
    Effect::new(move || match authentication.get() {
        Phase::SignedIn(..) => browser::store(SIGNED_IN, "yes"),
        Phase::SignedOut(..) => browser::forget(SIGNED_IN),
        Phase::Resuming | Phase::Unreachable(_) => (),
    });
}

/// There is something to see: the boot screen goes.
fn started(view: impl IntoAny) -> AnyView {
    browser::remove_boot_screen();
    view.into_any()
}

/// A line at the top while a page's code is on its way, if that takes long enough to be noticed.
#[component]
fn FetchingBar(fetching: RwSignal<bool>) -> impl IntoView {
    view! {
        <div role="status">
            <Show when=move || fetching.get()>
                <div class="late fixed inset-x-0 top-0 z-50 h-0.5 animate-pulse bg-primary"></div>
                <span class="sr-only">{tr(|t| t.shell().loading_page)}</span>
            </Show>
        </div>
    }
}

#[component]
fn Unreachable(error: ApiError) -> impl IntoView {
    let authentication: Authentication = expect_context();
    view! {
        <VisitorFrame>
            <PageHeading title=words(|t| t.shell().unreachable_title) class="text-center text-xl"/>
            <ErrorState error on_retry=move |()| authentication.resume()/>
        </VisitorFrame>
    }
}
