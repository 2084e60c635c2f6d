//! Why something didn't work, where it was tried.

use contract::ProblemCode;
use leptos::prelude::*;

use super::icon::{self, Glyph};
use crate::api::ApiError;
use crate::i18n::{Text, use_language};

/// A failure in the person's words: what, and what to do about it.
pub fn explain(error: &ApiError, text: Text) -> String {
    match error {
        ApiError::Refused { problem, retry_after } => {
            let mut words = vec![text.problem(problem.code).to_owned()];
            if let Some(seconds) = retry_after {
                words.push((text.common().try_again_in)(*seconds));
            }
            if problem.code == ProblemCode::Internal {
                words.push((text.common().request_id)(&problem.request_id));
            }
            words.join(" ")
        }
        ApiError::Lost => text.common().lost.to_owned(),
        ApiError::Unreadable { .. } => text.common().unreadable.to_owned(),
        ApiError::SignedOut => text.common().signed_out.to_owned(),
        ApiError::Unproven => text.common().unproven.to_owned(),
        ApiError::NoPasskey(refusal) => text.passkey_refusal(*refusal).to_owned(),
    }
}

/// The failure, announced as soon as there is one.
#[component]
pub fn Alert(
    /// Nothing is shown without one.
    #[prop(into)]
    error: Signal<Option<ApiError>>,
) -> impl IntoView {
    let language = use_language();
    view! {
        <div role="alert" class="empty:hidden">
            {move || {
                error
                    .get()
                    .map(|error| {
                        view! {
                            <p class="flex items-start gap-2 rounded-field border border-error/30 bg-error/8 px-3 py-2.5 text-error">
                                <Glyph icon=icon::CIRCLE_ALERT class="mt-0.5 size-4 shrink-0"/>
                                <span>{explain(&error, language.text())}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use contract::{Locale, Problem};

    use super::*;
    use crate::i18n::Text;
    use crate::passkey::PasskeyRefusal;

    #[test]
    fn a_failure_says_what_to_do() {
        let refused = |code, retry_after| ApiError::Refused {
            problem: Box::new(Problem::new(code, "r-42")),
            retry_after,
        };
        let english = Text::of(Locale::En);
        assert_eq!(
            explain(&refused(ProblemCode::RateLimited, Some(30)), english),
            "Too many attempts. Try again in 30 seconds."
        );
        assert!(explain(&refused(ProblemCode::Internal, None), english).contains("r-42"));
        assert!(!explain(&refused(ProblemCode::Forbidden, None), english).contains("r-42"));
        let already_there = ApiError::NoPasskey(PasskeyRefusal::AlreadyThere);
        assert_eq!(explain(&already_there, english), "This device has a passkey for your account already.");
    }
}
