//! Proving an address, by the link of a mail. It takes a press of a button: programs that look through mails for
//! harm open their links too.

use contract::{ConfirmEmailRequest, FieldErrors, Me, ProblemCode};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};
use leptos_router::hooks::use_location;

use crate::api::Visitor;
use crate::components::{Alert, FormState, PageHeading, PageIntro, SubmitButton};
use crate::i18n::{Text, TextKey, tr, use_language, words};
use crate::navigation::{ACCOUNT, SIGN_IN, link_token};
use crate::state::Member;

/// The question, if the link has a token.
#[component]
pub fn ConfirmEmailPage(
    /// Who proves.
    visitor: Visitor,
) -> impl IntoView {
    let hash = use_location().hash;
    let visitor = StoredValue::new_local(visitor);
    move || match link_token(&hash.get()) {
        Some(token) => view! { <ByToken visitor=visitor.get_value() token/> }.into_any(),
        None => view! { <News outcome=Outcome::Incomplete/> }.into_any(),
    }
}

/// What came of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// It has no token.
    Incomplete,
    /// It is good no longer.
    Invalid,
    /// The address that the account had is proven.
    Confirmed(String),
    /// The account has this other address now.
    Changed(String),
    /// An address is proven, of an account that nobody here is signed in to.
    Unseen,
}

impl Outcome {
    /// What a good link has made of the account of who is signed in.
    fn of(before: &Me, after: &Me) -> Self {
        if after.email != before.email {
            Self::Changed(after.email.to_string())
        } else if after.email_verified && !before.email_verified {
            Self::Confirmed(after.email.to_string())
        } else {
            Self::Unseen
        }
    }

    fn title(&self) -> TextKey {
        match self {
            Self::Incomplete => |t| t.confirm_email().no_token_title,
            Self::Invalid => |t| t.confirm_email().invalid_title,
            Self::Confirmed(_) | Self::Unseen => |t| t.confirm_email().confirmed_title,
            Self::Changed(_) => |t| t.confirm_email().changed_title,
        }
    }

    fn text(&self, text: Text) -> String {
        let text = text.confirm_email();
        match self {
            Self::Incomplete => text.no_token_text.to_owned(),
            Self::Invalid => text.invalid_text.to_owned(),
            Self::Confirmed(email) => (text.confirmed_text)(email),
            Self::Changed(email) => (text.changed_text)(email),
            Self::Unseen => text.unseen_text.to_owned(),
        }
    }
}

#[component]
fn ByToken(visitor: Visitor, token: String) -> impl IntoView {
    let outcome = RwSignal::new(None);
    let visitor = StoredValue::new_local(visitor);
    move || match outcome.get() {
        None => view! { <ConfirmForm visitor=visitor.get_value() token=token.clone() outcome/> }.into_any(),
        Some(outcome) => view! { <News outcome/> }.into_any(),
    }
}

#[component]
fn ConfirmForm(visitor: Visitor, token: String, outcome: RwSignal<Option<Outcome>>) -> impl IntoView {
    let member = use_context::<Member>();
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let visitor = StoredValue::new_local(visitor);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = ConfirmEmailRequest { token: token.clone() };
        let visitor = visitor.get_value();
        form.submit(element.into(), Ok::<_, FieldErrors>(()), async move || {
            let news = match visitor.confirm_email(&request).await {
                Ok(()) => see(member).await,
                Err(error) if error.code() == Some(ProblemCode::LinkInvalid) => Outcome::Invalid,
                Err(error) => return Err(error),
            };
            outcome.try_set(Some(news));
            Ok(())
        });
    };
    view! {
        <PageIntro title=|t| t.confirm_email().title lead=|t| t.confirm_email().lead/>
        <form node_ref=element class="flex flex-col gap-4" method="post" on:submit=submit>
            <Alert error=form.failure/>
            <SubmitButton label=words(|t| t.confirm_email().submit) busy=form.busy class="w-full"/>
        </form>
    }
}

/// Looks at what has become of the account of who is signed in.
async fn see(member: Option<Member>) -> Outcome {
    let Some((member, before)) = member.and_then(|member| Some((member, member.me.try_get_untracked()?)))
    else {
        return Outcome::Unseen;
    };
    let Ok(after) = member.ask(async |session| session.me().await).await else {
        return Outcome::Unseen;
    };
    let outcome = Outcome::of(&before, &after);
    member.me.try_set(after);
    member.cache.invalidate("/api/core/v1/users");
    outcome
}

#[component]
fn News(outcome: Outcome) -> impl IntoView {
    let language = use_language();
    // The way to another link is the account, by signing in if need be.
    let refused = matches!(outcome, Outcome::Incomplete | Outcome::Invalid);
    let (path, label): (_, TextKey) = if refused || use_context::<Member>().is_some() {
        (ACCOUNT, |t| t.confirm_email().to_account)
    } else {
        (SIGN_IN, |t| t.confirm_email().to_sign_in)
    };
    view! {
        <PageHeading title=words(outcome.title())/>
        <p class="mt-1 mb-6 wrap-break-word text-muted">{move || outcome.text(language.text())}</p>
        <a class="btn btn-primary w-full" href=path>{tr(label)}</a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada(email: &str, email_verified: bool) -> Me {
        serde_json::from_value(serde_json::json!({
            "id": "01890a5d-ac96-774b-bcce-b302099a8057",
            "session_id": "01890a5d-ac96-774b-bcce-b302099a8058",
            "email": email, "email_verified": email_verified, "has_password": true, "display_name": "Ada",
            "roles": [], "permissions": [], "second_factor": { "enabled": false, "required": false },
            "created_at": "2026-01-01T00:00:00Z",
        }))
        .unwrap()
    }

    #[test]
    fn what_came_of_a_link_is_seen_at_the_account() {
        let before = ada("ada@example.org", false);
        let outcome = |after| Outcome::of(&before, &after);
        assert_eq!(outcome(ada("ada@example.org", true)), Outcome::Confirmed("ada@example.org".into()));
        assert_eq!(outcome(ada("king@example.org", true)), Outcome::Changed("king@example.org".into()));
        // The link was of somebody else's account.
        assert_eq!(outcome(before.clone()), Outcome::Unseen);
    }
}
