//! Coming back from a provider, with its answer in the address.

use contract::{
    AuthorizationPurpose, BeginAuthorization, BegunAuthorization, IdentityProviderId, PendingAuthorization,
    ProblemCode, ProviderCallback,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::{NotFoundPage, SignInAttempt};
use crate::api::{ApiError, SignIn, Visitor};
use crate::components::{Alert, CardSkeleton, Leaving, PageHeading, PageIntro, explain};
use crate::i18n::{Language, TextKey, tr, use_language, words};
use crate::navigation::{ACCOUNT, HOME, provider_callback, returned_from, sign_in_then, visit};
use crate::state::{Authentication, Member, Toasts};

/// Does what the person went to the provider for, and sends them on; or says why not, and how to go on from there.
#[component]
pub fn ProviderReturnPage(
    /// Who comes back.
    visitor: Visitor,
) -> impl IntoView {
    let location = use_location();
    let Some(provider) = location.pathname.with_untracked(|path| returned_from(path)) else {
        return NotFoundPage().into_any();
    };
    let response = location.search.with_untracked(|search| provider_callback(search));
    let arrival = Arrival::new(visitor, provider);
    let navigate = use_navigate();
    spawn_local(async move {
        match arrival.complete(response).await {
            // The answer is spent: nothing to come back to.
            Ok(path) => navigate(&path, NavigateOptions { replace: true, ..NavigateOptions::default() }),
            Err(refusal) => _ = arrival.refusal.try_set(Some(refusal)),
        }
    });
    let content = move || match arrival.refusal.get() {
        None => view! {
            <PageIntro title=|t| t.provider_return().title lead=|t| t.provider_return().lead/>
            <CardSkeleton class=""/>
        }
        .into_any(),
        Some(refusal) => view! { <Refused arrival refusal/> }.into_any(),
    };
    content.into_any()
}

/// Why it didn't come to what the person wanted.
#[derive(Clone)]
struct Refusal {
    error: ApiError,
    /// What they wanted, where it is known.
    pending: Option<PendingAuthorization>,
}

/// Who comes back.
#[derive(Clone, Copy)]
enum Who {
    /// Somebody on the way to signing in.
    Visitor(SignInAttempt),
    /// Somebody who is signed in.
    Member(Member),
}

/// The person, their provider, and what is needed from around them.
#[derive(Clone, Copy)]
struct Arrival {
    provider: IdentityProviderId,
    visitor: StoredValue<Visitor, LocalStorage>,
    who: Who,
    authentication: Authentication,
    toasts: Toasts,
    language: Language,
    refusal: RwSignal<Option<Refusal>>,
}

impl Arrival {
    fn new(visitor: Visitor, provider: IdentityProviderId) -> Self {
        Self {
            provider,
            visitor: StoredValue::new_local(visitor),
            who: match use_context() {
                Some(member) => Who::Member(member),
                None => Who::Visitor(expect_context()),
            },
            authentication: expect_context(),
            toasts: expect_context(),
            language: use_language(),
            refusal: RwSignal::new(None),
        }
    }

    /// Answers where to go on to.
    async fn complete(self, response: ProviderCallback) -> Result<String, Refusal> {
        let visitor = self.visitor.get_value();
        let pending = visitor.pending_authorization(self.provider, &response.state).await;
        let pending = pending.map_err(|error| Refusal { error, pending: None })?;
        let next = pending.return_to.as_str().to_owned();
        let done = match (pending.purpose, self.who) {
            (AuthorizationPurpose::SignIn, Who::Visitor(attempt)) => {
                self.sign_in(&visitor, &response, attempt, next).await
            }
            // Signed in meanwhile, in another tab.
            (AuthorizationPurpose::SignIn, Who::Member(_)) => Ok(next),
            (_, Who::Visitor(_)) => Err(ApiError::SignedOut),
            (AuthorizationPurpose::Link, Who::Member(member)) => {
                self.link(member, &response).await.map(|()| next)
            }
            (AuthorizationPurpose::StepUp, Who::Member(member)) => {
                self.step_up(member, &response).await.map(|()| next)
            }
        };
        done.map_err(|error| Refusal { error, pending: Some(pending) })
    }

    async fn sign_in(
        self,
        visitor: &Visitor,
        response: &ProviderCallback,
        attempt: SignInAttempt,
        next: String,
    ) -> Result<String, ApiError> {
        match visitor.sign_in_with(self.provider, response).await? {
            SignIn::Complete(_) => {
                self.authentication.resume();
                Ok(next)
            }
            SignIn::Challenged(challenge) => {
                attempt.challenged(challenge);
                Ok(sign_in_then(&next, ""))
            }
        }
    }

    async fn link(self, member: Member, response: &ProviderCallback) -> Result<(), ApiError> {
        member.ask(async |session| session.link_identity(self.provider, response).await).await?;
        self.toasts.success(self.language.text_untracked().provider_return().linked);
        Ok(())
    }

    async fn step_up(self, member: Member, response: &ProviderCallback) -> Result<(), ApiError> {
        member.ask(async |session| session.step_up_with(self.provider, response).await).await?;
        self.toasts.success(self.language.text_untracked().provider_return().proven);
        Ok(())
    }

    async fn begin_again(self, request: BeginAuthorization) -> Result<BegunAuthorization, ApiError> {
        match self.who {
            Who::Visitor(_) => self.visitor.get_value().begin_authorization(self.provider, &request).await,
            Who::Member(member) => {
                member.ask(async |session| session.begin_authorization(self.provider, &request).await).await
            }
        }
    }

    /// What to ask the provider for, where asking again may help.
    fn retry(self, refusal: &Refusal) -> Option<BeginAuthorization> {
        let hopeless = matches!(
            refusal.error.code(),
            Some(
                ProblemCode::AccountLocked
                    | ProblemCode::LinkRequired
                    | ProblemCode::NotFound
                    | ProblemCode::SignInNotFresh
                    | ProblemCode::SignUpClosed
            )
        );
        if hopeless || refusal.error == ApiError::SignedOut {
            return None;
        }
        match (&refusal.pending, self.who) {
            (Some(pending), _) => Some(visit(pending.purpose, pending.return_to.as_str())),
            (None, Who::Visitor(_)) => Some(visit(AuthorizationPurpose::SignIn, HOME)),
            (None, Who::Member(_)) => None,
        }
    }

    /// The way on without the provider, and its words.
    fn other_way(self, refusal: &Refusal) -> (String, TextKey) {
        let next = refusal.pending.as_ref().map_or(HOME, |pending| pending.return_to.as_str());
        match self.who {
            Who::Member(_) if refusal.pending.is_none() => (HOME.to_owned(), |t| t.common().back_home),
            Who::Member(_) => (next.to_owned(), |t| t.provider_return().go_back),
            Who::Visitor(_) if refusal.error.code() == Some(ProblemCode::LinkRequired) => {
                (sign_in_then(ACCOUNT, ""), |t| t.provider_return().other_way)
            }
            Who::Visitor(_) if refusal.error == ApiError::SignedOut => {
                (sign_in_then(next, ""), |t| t.sign_in().submit)
            }
            Who::Visitor(_) => (sign_in_then(next, ""), |t| t.provider_return().other_way),
        }
    }
}

impl Refusal {
    fn title(&self) -> TextKey {
        match self.pending.as_ref().map(|pending| pending.purpose) {
            None => |t| t.provider_return().nothing_begun,
            Some(AuthorizationPurpose::SignIn) => |t| t.provider_return().not_signed_in,
            Some(AuthorizationPurpose::Link) => |t| t.provider_return().not_linked,
            Some(AuthorizationPurpose::StepUp) => |t| t.provider_return().not_proven,
        }
    }
}

#[component]
fn Refused(arrival: Arrival, refusal: Refusal) -> impl IntoView {
    let language = use_language();
    let leaving = Leaving::prepare();
    let title = words(refusal.title());
    let retry = arrival.retry(&refusal);
    let (path, label) = arrival.other_way(&refusal);
    let class = if retry.is_some() { "btn w-full" } else { "btn btn-primary w-full" };
    let retry = retry.map(|request| {
        let leave = move |_| leaving.begin(arrival.provider, arrival.begin_again(request.clone()));
        view! {
            <Alert error=leaving.failure/>
            <button
                type="button"
                class="btn btn-primary w-full"
                aria-disabled=move || leaving.is_under_way().to_string()
                on:click=leave
            >
                {tr(|t| t.common().retry)}
            </button>
        }
    });
    view! {
        <PageHeading title/>
        <p class="mt-1 mb-6 wrap-break-word text-muted">{move || explain(&refusal.error, language.text())}</p>
        <div class="flex flex-col gap-3">
            {retry}
            <a class=class href=path>{tr(label)}</a>
        </div>
    }
}
