//! Signing in, or up, with an account elsewhere.

use contract::{AuthorizationPurpose, IdentityProviderId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Visitor;
use crate::components::{Alert, Leaving, OrLine, ProviderButton};
use crate::navigation::visit;

/// A button for each provider that is on, once they are known: at the end of the card, so that nothing moves. Without
/// them there are the other ways.
#[component]
pub fn SignInWith(
    /// Who signs in.
    visitor: Visitor,
    /// Where they go on to.
    #[prop(into)]
    next: Signal<String>,
    /// Whether a line parts them from the ways before: there is one already before a passkey.
    #[prop(default = true)]
    parted: bool,
) -> impl IntoView {
    let providers = RwSignal::new(Vec::new());
    let leaving = Leaving::prepare();
    let asking = visitor.clone();
    spawn_local(async move {
        if let Ok(page) = asking.identity_providers().await {
            providers.try_set(page.items);
        }
    });
    let visitor = StoredValue::new_local(visitor);
    let leave = move |provider: IdentityProviderId| {
        let request = visit(AuthorizationPurpose::SignIn, &next.get_untracked());
        let visitor = visitor.get_value();
        leaving.begin(provider, async move { visitor.begin_authorization(provider, &request).await });
    };
    let buttons = move || {
        let button = |provider| {
            view! {
                <ProviderButton
                    provider
                    label=|t| t.sign_in_with().button
                    leaving
                    class="w-full"
                    on_press=leave
                />
            }
        };
        providers.get().into_iter().map(button).collect::<Vec<_>>()
    };
    view! {
        <Show when=move || providers.with(|providers| !providers.is_empty())>
            <div class="mt-5 flex flex-col gap-3">
                {parted.then(|| view! { <OrLine/> })}
                <Alert error=leaving.failure/>
                {buttons}
            </div>
        </Show>
    }
}
