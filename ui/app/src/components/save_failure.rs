//! Why changes weren't saved.

use contract::ProblemCode;
use leptos::prelude::*;

use super::alert::Alert;
use crate::api::ApiError;
use crate::i18n::tr;

/// What went wrong; where somebody else was faster, with the way to what they made of it.
#[component]
pub fn SaveFailure(
    /// Nothing is shown without one.
    error: RwSignal<Option<ApiError>>,
    /// Loading the latest version.
    on_reload: Callback<()>,
) -> impl IntoView {
    let conflict = move || {
        let code = error.with(|error| error.as_ref().and_then(ApiError::code));
        code == Some(ProblemCode::PreconditionFailed)
    };
    view! {
        <Show when=conflict fallback=move || view! { <Alert error/> }>
            <div role="alert" class="rounded-field border border-warning/40 bg-warning/8 p-3">
                <p class="font-medium">{tr(|t| t.conflict().title)}</p>
                <p class="mt-0.5 text-muted">{tr(|t| t.conflict().text)}</p>
                <button type="button" class="btn btn-sm mt-3" on:click=move |_| on_reload.run(())>
                    {tr(|t| t.conflict().reload)}
                </button>
            </div>
        </Show>
    }
}
