//! The pages that are fetched when they are visited.
//!
//! Each has a split point: a function whose code, and all that only it needs, becomes a chunk of its
//! own. To add one: a function and its line in `routes!` here, and its path in [`routes`](crate::routes).
#![expect(clippy::unnecessary_wraps, reason = "the error is that of fetching, which the split point adds")]

use contract::{Me, PasswordStrength};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::LazyRoute;
use send_wrapper::SendWrapper;
use ui_app::api::{Session, Visitor};
use ui_app::browser;
use ui_app::components::MessagePage;
use ui_app::i18n::{tr, words};
use ui_app::pages::{
    AccountPage, ActivityPage, ApiKeysPage, ApplicationPage, ApplicationsPage, AuthorizePage, ChallengePage,
    ConfirmEmailPage, EndSessionPage, ForgotPasswordPage, InvitationsPage, MailsPage, NewApplicationPage,
    ProviderReturnPage, ResetPasswordPage, RolesPage, SecondFactorRequiredPage, SecurityPage, SetupPage,
    SignInAttempt, SignUpPage, UserPage, UsersPage,
};

use crate::routes::MemberRoutes;

#[wasm_split(member, wasm_split_path = ::leptos::wasm_split, preload(member_code), fallible)]
fn member() -> Result<AnyView, SplitLoaderError> {
    let CurrentMember(session, me) = expect_context();
    Ok(view! { <MemberRoutes session=session.get_value() me=me.get_value()/> }.into_any())
}

#[wasm_split(users, wasm_split_path = ::leptos::wasm_split, fallible)]
fn users() -> Result<AnyView, SplitLoaderError> {
    Ok(UsersPage().into_any())
}

#[wasm_split(users, wasm_split_path = ::leptos::wasm_split, fallible)]
fn user() -> Result<AnyView, SplitLoaderError> {
    Ok(UserPage().into_any())
}

#[wasm_split(users, wasm_split_path = ::leptos::wasm_split, fallible)]
fn invitations() -> Result<AnyView, SplitLoaderError> {
    Ok(InvitationsPage().into_any())
}

#[wasm_split(roles, wasm_split_path = ::leptos::wasm_split, fallible)]
fn roles() -> Result<AnyView, SplitLoaderError> {
    Ok(RolesPage().into_any())
}

#[wasm_split(account, wasm_split_path = ::leptos::wasm_split, fallible)]
fn account() -> Result<AnyView, SplitLoaderError> {
    Ok(AccountPage().into_any())
}

#[wasm_split(api_keys, wasm_split_path = ::leptos::wasm_split, fallible)]
fn api_keys() -> Result<AnyView, SplitLoaderError> {
    Ok(ApiKeysPage().into_any())
}

#[wasm_split(security, wasm_split_path = ::leptos::wasm_split, fallible)]
fn activity() -> Result<AnyView, SplitLoaderError> {
    Ok(ActivityPage().into_any())
}

#[wasm_split(security, wasm_split_path = ::leptos::wasm_split, fallible)]
fn security() -> Result<AnyView, SplitLoaderError> {
    Ok(SecurityPage().into_any())
}

#[wasm_split(applications, wasm_split_path = ::leptos::wasm_split, fallible)]
fn applications() -> Result<AnyView, SplitLoaderError> {
    Ok(ApplicationsPage().into_any())
}

#[wasm_split(applications, wasm_split_path = ::leptos::wasm_split, fallible)]
fn application() -> Result<AnyView, SplitLoaderError> {
    Ok(ApplicationPage().into_any())
}

#[wasm_split(applications, wasm_split_path = ::leptos::wasm_split, fallible)]
fn new_application() -> Result<AnyView, SplitLoaderError> {
    Ok(NewApplicationPage().into_any())
}

#[wasm_split(mails, wasm_split_path = ::leptos::wasm_split, fallible)]
fn mails() -> Result<AnyView, SplitLoaderError> {
    Ok(MailsPage().into_any())
}

#[wasm_split(challenge, wasm_split_path = ::leptos::wasm_split, fallible)]
fn challenge() -> Result<AnyView, SplitLoaderError> {
    let CurrentVisitor(visitor) = expect_context();
    let attempt: SignInAttempt = expect_context();
    Ok(view! { <ChallengePage visitor=visitor.get_value() attempt/> }.into_any())
}

#[wasm_split(second_factor, wasm_split_path = ::leptos::wasm_split, fallible)]
fn second_factor() -> Result<AnyView, SplitLoaderError> {
    Ok(SecondFactorRequiredPage().into_any())
}

#[wasm_split(provider_return, wasm_split_path = ::leptos::wasm_split, fallible)]
fn provider_return() -> Result<AnyView, SplitLoaderError> {
    let CurrentVisitor(visitor) = expect_context();
    Ok(view! { <ProviderReturnPage visitor=visitor.get_value()/> }.into_any())
}

#[wasm_split(setup, wasm_split_path = ::leptos::wasm_split, fallible)]
fn setup() -> Result<AnyView, SplitLoaderError> {
    let CurrentVisitor(visitor) = expect_context();
    Ok(view! { <SetupPage visitor=visitor.get_value()/> }.into_any())
}

#[wasm_split(password, wasm_split_path = ::leptos::wasm_split, fallible)]
fn forgot_password() -> Result<AnyView, SplitLoaderError> {
    let CurrentVisitor(visitor) = expect_context();
    Ok(view! { <ForgotPasswordPage visitor=visitor.get_value()/> }.into_any())
}

#[wasm_split(password, wasm_split_path = ::leptos::wasm_split, fallible)]
fn reset_password() -> Result<AnyView, SplitLoaderError> {
    let CurrentVisitor(visitor) = expect_context();
    Ok(view! { <ResetPasswordPage visitor=visitor.get_value()/> }.into_any())
}

#[wasm_split(sign_up, wasm_split_path = ::leptos::wasm_split, fallible)]
fn sign_up() -> Result<AnyView, SplitLoaderError> {
    let CurrentVisitor(visitor) = expect_context();
    Ok(view! { <SignUpPage visitor=visitor.get_value()/> }.into_any())
}

#[wasm_split(confirm_email, wasm_split_path = ::leptos::wasm_split, fallible)]
fn confirm_email() -> Result<AnyView, SplitLoaderError> {
    let CurrentVisitor(visitor) = expect_context();
    Ok(view! { <ConfirmEmailPage visitor=visitor.get_value()/> }.into_any())
}

#[wasm_split(password_strength, wasm_split_path = ::leptos::wasm_split, fallible)]
fn password_strength(
    password: String,
    email: String,
    display_name: String,
) -> Result<PasswordStrength, SplitLoaderError> {
    Ok(PasswordStrength::of(&password, &email, &display_name))
}

#[wasm_split(authorize, wasm_split_path = ::leptos::wasm_split, fallible)]
fn authorize() -> Result<AnyView, SplitLoaderError> {
    let CurrentVisitor(visitor) = expect_context();
    Ok(view! { <AuthorizePage visitor=visitor.get_value()/> }.into_any())
}

#[wasm_split(authorize, wasm_split_path = ::leptos::wasm_split, fallible)]
fn end_session() -> Result<AnyView, SplitLoaderError> {
    let CurrentVisitor(visitor) = expect_context();
    Ok(view! { <EndSessionPage visitor=visitor.get_value()/> }.into_any())
}

/// Who visits; a chunk's function takes no arguments.
#[derive(Clone, Copy)]
pub struct CurrentVisitor(pub StoredValue<Visitor, LocalStorage>);

/// Who is signed in.
#[derive(Clone, Copy)]
struct CurrentMember(StoredValue<Session, LocalStorage>, StoredValue<Me>);

/// All that is for somebody who is signed in: visitors don't wait for it.
#[component]
pub fn Member(session: Session, me: Me) -> impl IntoView {
    provide_context(CurrentMember(StoredValue::new_local(session), StoredValue::new(me)));
    Suspend::new(SendWrapper::new(async {
        let member = load(|| member().boxed_local()).await;
        browser::remove_boot_screen();
        member
    }))
}

/// Somebody is likely to be signed in soon. Where it fails, [`Member`] will say so.
pub fn prepare_member() {
    spawn_local(async { _ = member_code().await });
}

/// How hard a password is to guess, for [`PasswordJudge`](ui_app::components::PasswordJudge): the lists of words weigh
/// more than all the pages together.
pub fn judge_password(
    password: String,
    email: String,
    display_name: String,
) -> LocalBoxFuture<'static, Option<PasswordStrength>> {
    async { password_strength(password, email, display_name).await.ok() }.boxed_local()
}

/// The second step of signing in, for the [`SignInAttempt`] around it.
#[component]
pub fn Challenge() -> impl IntoView {
    Suspend::new(SendWrapper::new(load(|| challenge().boxed_local())))
}

/// Coming back from a provider.
#[component]
pub fn ProviderReturn() -> impl IntoView {
    Suspend::new(SendWrapper::new(load(|| provider_return().boxed_local())))
}

/// Turning on the second factor that a role demands.
#[component]
pub fn SecondFactorRequired() -> impl IntoView {
    Suspend::new(SendWrapper::new(load(|| second_factor().boxed_local())))
}

/// Set-up, which is visited once in an installation's life.
#[component]
pub fn Setup() -> impl IntoView {
    Suspend::new(SendWrapper::new(load(|| setup().boxed_local())))
}

/// Asking for a link to choose another password.
#[component]
pub fn ForgotPassword() -> impl IntoView {
    Suspend::new(SendWrapper::new(load(|| forgot_password().boxed_local())))
}

/// Choosing another password by such a link.
#[component]
pub fn ResetPassword() -> impl IntoView {
    Suspend::new(SendWrapper::new(load(|| reset_password().boxed_local())))
}

/// An account of one's own: asking for the link, and making it by one.
#[component]
pub fn SignUp() -> impl IntoView {
    Suspend::new(SendWrapper::new(load(|| sign_up().boxed_local())))
}

/// Proving an address by a link.
#[component]
pub fn ConfirmEmail() -> impl IntoView {
    Suspend::new(SendWrapper::new(load(|| confirm_email().boxed_local())))
}

/// Signing in to another application.
#[component]
pub fn Authorize() -> impl IntoView {
    Suspend::new(SendWrapper::new(load(|| authorize().boxed_local())))
}

/// Having signed out of another application.
#[component]
pub fn EndSession() -> impl IntoView {
    Suspend::new(SendWrapper::new(load(|| end_session().boxed_local())))
}

/// A route for each page of the navigation.
macro_rules! routes {
    ($($(#[$doc:meta])* $route:ident: $chunk:ident,)+) => {
        $(
            $(#[$doc])*
            pub struct $route;

            impl LazyRoute for $route {
                fn data() -> Self {
                    Self
                }

                async fn view(_this: Self) -> AnyView {
                    load(|| $chunk().boxed_local()).await
                }
            }
        )+
    };
}

routes! {
    /// The list of accounts.
    Users: users,
    /// One account.
    User: user,
    /// The accounts that are offered.
    Invitations: invitations,
    /// The roles.
    Roles: roles,
    /// One's own account.
    Account: account,
    /// One's API keys.
    ApiKeys: api_keys,
    /// What happened to one's own account.
    Activity: activity,
    /// The security log.
    Security: security,
    /// The outbox.
    Mails: mails,
    /// The applications that sign people in with Matrice.
    Applications: applications,
    /// One of them.
    Application: application,
    /// Registering one.
    NewApplication: new_application,
}

type Chunk = fn() -> LocalBoxFuture<'static, Result<AnyView, SplitLoaderError>>;

/// Fetches a page's code. Where that fails (offline, or a deployment in between), the page in its place
/// says so, and tries again.
async fn load(chunk: Chunk) -> AnyView {
    match chunk().await {
        Ok(page) => page,
        Err(_) => view! { <Unfetched chunk/> }.into_any(),
    }
}

#[component]
fn Unfetched(chunk: Chunk) -> impl IntoView {
    let attempt = RwSignal::new(0_u32);
    move || match attempt.get() {
        0 => view! { <FetchFailed on_retry=move || attempt.set(1)/> }.into_any(),
        _ => Suspend::new(SendWrapper::new(async move {
            match chunk().await {
                Ok(page) => page,
                Err(_) => view! { <FetchFailed on_retry=move || attempt.update(|attempt| *attempt += 1)/> }
                    .into_any(),
            }
        }))
        .into_any(),
    }
}

#[component]
fn FetchFailed(on_retry: impl Fn() + Send + 'static) -> impl IntoView {
    view! {
        <MessagePage
            title=|t| t.shell().page_failed_title
            text=words(|t| t.shell().page_failed_text)
        >
            <button type="button" class="btn btn-primary btn-sm" on:click=move |_| on_retry()>
                {tr(|t| t.common().retry)}
            </button>
        </MessagePage>
    }
}
