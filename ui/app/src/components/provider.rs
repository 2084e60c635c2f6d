//! The ways to a provider: its mark, and buttons that leave for it.

use contract::{BegunAuthorization, IdentityProvider, IdentityProviderId};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icon::{self, Glyph};
use crate::api::ApiError;
use crate::browser;
use crate::i18n::{Text, use_language};

/// Google's own, in its own colours, as its rules for such buttons have it.
const GOOGLE: &str = r##"<path fill="#4285f4" d="M22.56 12.25c0-.78-.07-1.53-.2-2.25H12v4.26h5.92c-.26 1.37-1.04 2.53-2.21 3.31v2.77h3.57c2.08-1.92 3.28-4.74 3.28-8.09z"/><path fill="#34a853" d="M12 23c2.97 0 5.46-.98 7.28-2.66l-3.57-2.77c-.98.66-2.23 1.06-3.71 1.06-2.86 0-5.29-1.93-6.16-4.53H2.18v2.84C3.99 20.53 7.7 23 12 23z"/><path fill="#fbbc05" d="M5.84 14.09c-.22-.66-.35-1.36-.35-2.09s.13-1.43.35-2.09V7.07H2.18C1.43 8.55 1 10.22 1 12s.43 3.45 1.18 4.93l2.85-2.22.81-.62z"/><path fill="#ea4335" d="M12 5.38c1.62 0 3.06.56 4.21 1.64l3.15-3.15C17.45 2.09 14.97 1 12 1 7.7 1 3.99 3.47 2.18 7.07l3.66 2.84c.87-2.6 3.3-4.53 6.16-4.53z"/>"##;
/// GitHub's own, from its Octicons (MIT licence), on a grid of 16 by 16.
const GITHUB: &str = r#"<path fill="currentColor" d="M8 0c4.42 0 8 3.58 8 8a8.013 8.013 0 0 1-5.45 7.59c-.4.08-.55-.17-.55-.38 0-.27.01-1.13.01-2.2 0-.75-.25-1.23-.54-1.48 1.78-.2 3.65-.88 3.65-3.95 0-.88-.31-1.59-.82-2.15.08-.2.36-1.02-.08-2.12 0 0-.67-.22-2.2.82-.64-.18-1.32-.27-2-.27-.68 0-1.36.09-2 .27-1.53-1.03-2.2-.82-2.2-.82-.44 1.1-.16 1.92-.08 2.12-.51.56-.82 1.28-.82 2.15 0 3.06 1.86 3.75 3.64 3.95-.23.2-.44.55-.51 1.07-.46.21-1.61.55-2.33-.66-.15-.24-.6-.83-1.23-.82-.67.01-.27.38.01.53.34.19.73.9.82 1.13.16.45.68 1.31 2.69.94 0 .67.01 1.3.01 1.49 0 .21-.15.45-.55.38A7.995 7.995 0 0 1 0 8c0-4.42 3.58-8 8-8Z"/>"#;

/// The provider's mark beside its name; a picture of signing in, where it has none that is known.
#[component]
pub fn ProviderMark(
    /// Whose.
    provider: IdentityProviderId,
) -> impl IntoView {
    let (view_box, mark) = match provider {
        IdentityProviderId::Google => ("0 0 24 24", GOOGLE),
        IdentityProviderId::GitHub => ("0 0 16 16", GITHUB),
        IdentityProviderId::OpenId => {
            return view! { <Glyph icon=icon::LOG_IN class="size-4.5 shrink-0"/> }.into_any();
        }
    };
    view! { <svg class="size-4.5 shrink-0" viewBox=view_box aria-hidden="true" inner_html=mark></svg> }
        .into_any()
}

/// Leaving for a provider: once, whichever button is pressed.
#[derive(Clone, Copy)]
pub struct Leaving {
    to: RwSignal<Option<IdentityProviderId>>,
    /// Why it didn't come to that.
    pub failure: RwSignal<Option<ApiError>>,
}

impl Leaving {
    /// Nobody leaves yet.
    pub fn prepare() -> Self {
        let leaving = Self { to: RwSignal::new(None), failure: RwSignal::new(None) };
        // The browser's way back may show the page as it was left.
        let shown = window_event_listener(ev::pageshow, move |_| leaving.to.set(None));
        on_cleanup(move || shown.remove());
        leaving
    }

    /// Whether somebody leaves; tracked.
    pub fn is_under_way(self) -> bool {
        self.to.get().is_some()
    }

    /// Leaves, once the API has said for where.
    pub fn begin(
        self,
        provider: IdentityProviderId,
        authorization: impl Future<Output = Result<BegunAuthorization, ApiError>> + 'static,
    ) {
        if self.to.get_untracked().is_some() {
            return;
        }
        self.failure.set(None);
        self.to.set(Some(provider));
        spawn_local(async move {
            match authorization.await {
                Ok(BegunAuthorization { authorization_url }) => browser::go_to(&authorization_url),
                Err(error) => {
                    self.to.try_set(None);
                    self.failure.try_set(Some(error));
                }
            }
        });
    }
}

/// Leaves for a provider.
#[component]
pub fn ProviderButton(
    /// Which.
    provider: IdentityProvider,
    /// What the button says, of the provider's name.
    label: fn(Text) -> fn(&str) -> String,
    /// Whether somebody is leaving.
    leaving: Leaving,
    /// Size.
    #[prop(default = "btn-sm")]
    class: &'static str,
    /// Doing it.
    #[prop(into)]
    on_press: Callback<IdentityProviderId>,
) -> impl IntoView {
    let language = use_language();
    let IdentityProvider { id, name } = provider;
    let here = move || leaving.to.get() == Some(id);
    view! {
        <button
            type="button"
            class=format!("btn {class}")
            // Not `disabled`: that would take the focus away from who pressed it.
            aria-disabled=move || leaving.is_under_way().to_string()
            on:click=move |_| on_press.run(id)
        >
            <Show when=here fallback=move || view! { <ProviderMark provider=id/> }>
                <span class="loading loading-spinner loading-xs mx-px"></span>
            </Show>
            <span class="min-w-0 truncate">{move || label(language.text())(&name)}</span>
        </button>
    }
}
