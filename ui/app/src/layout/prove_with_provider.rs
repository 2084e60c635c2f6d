//! Proving again who is there, where the account has neither a second factor nor a password.

use contract::{AuthorizationPurpose, IdentityProviderId};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::{Alert, ErrorState, Leaving, NoPassword, ProviderButton, RowsSkeleton};
use crate::i18n::tr;
use crate::navigation::round_trip;
use crate::state::{Identities, Member};

/// The providers whose word is a proof, and the way to a password.
#[component]
pub fn ProveWithProvider() -> impl IntoView {
    let identities = Identities::read(expect_context());
    let known = Memo::new(move |_| identities.are_known());
    view! {
        <p class="mb-4 text-muted">{tr(|t| t.step_up().text)}</p>
        {move || match (known.get(), identities.error()) {
            (true, _) => view! { <ProviderButtons identities/> }.into_any(),
            (false, Some(error)) => {
                view! { <ErrorState error on_retry=move |()| identities.retry()/> }.into_any()
            }
            (false, None) => view! { <RowsSkeleton rows=1/> }.into_any(),
        }}
        <div class="mt-5 border-t border-base-300 pt-5">
            <NoPassword text=|t| t.no_password().text/>
        </div>
    }
}

#[component]
fn ProviderButtons(identities: Identities) -> impl IntoView {
    let member: Member = expect_context();
    let location = use_location();
    let leaving = Leaving::prepare();
    let leave = Callback::new(move |provider: IdentityProviderId| {
        let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
        let request = round_trip(AuthorizationPurpose::StepUp, &path, &search);
        leaving.begin(provider, async move {
            member.ask(async |session| session.begin_authorization(provider, &request).await).await
        });
    });
    let none = move || identities.proving().is_empty();
    let nothing = || view! { <p>{tr(|t| t.step_up().no_provider)}</p> };
    let buttons = move || {
        let button = |provider| {
            view! {
                <ProviderButton provider label=|t| t.step_up().by_provider leaving class="w-full" on_press=leave/>
            }
        };
        identities.proving().into_iter().map(button).collect::<Vec<_>>()
    };
    view! {
        <Show when=move || !none() fallback=nothing>
            <div class="flex flex-col gap-3">
                <Alert error=leaving.failure/>
                {buttons}
                <p class="text-xs text-muted">{tr(|t| t.step_up().leaves)}</p>
            </div>
        </Show>
    }
}
