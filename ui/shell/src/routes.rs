//! Which path shows which page, for visitors and for members.

use contract::Me;
use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Redirect, Route};
use leptos_router::hooks::use_location;
use leptos_router::{Lazy, NavigateOptions, path};
use ui_app::api::{Session, Visitor};
use ui_app::layout::{MemberFrame, SignOutButton, StepUpDialog, VisitorCard, VisitorFrame};
use ui_app::navigation::{
    AUTHORIZE, CONFIRM_EMAIL, FORGOT_PASSWORD, RESET_PASSWORD, SETUP, SIGN_IN, SIGN_OUT, SIGN_UP, is_return,
    is_silent, link_token, next_path, sign_in_then,
};
use ui_app::pages::{HomePage, NotFoundPage, SignInAttempt, SignInPage};
use ui_app::state::{Departure, Member};

use crate::pages::{
    Account, Activity, ApiKeys, Application, Applications, Authorize, Challenge, ConfirmEmail,
    CurrentVisitor, EndSession, ForgotPassword, Invitations, Mails, NewApplication, ProviderReturn,
    ResetPassword, Roles, SecondFactorRequired, Security, Setup, SignUp, User, Users, prepare_member,
};

/// The pages of somebody who isn't signed in; every other path leads to signing in, and back.
#[component]
pub fn VisitorRoutes(visitor: Visitor, departure: Departure) -> impl IntoView {
    let visitor = StoredValue::new_local(visitor);
    provide_context(CurrentVisitor(visitor));
    provide_context(SignInAttempt::new());
    // A few paths need no router of their own, which would weigh more than their pages.
    let path = use_location().pathname;
    view! {
        <VisitorFrame>
            {move || match path.get().as_str() {
                SIGN_IN => view! { <SignIn visitor=visitor.get_value()/> }.into_any(),
                SETUP => view! { <Setup/> }.into_any(),
                SIGN_UP => view! { <div on:input=|_| prepare_member()><SignUp/></div> }.into_any(),
                CONFIRM_EMAIL => view! { <ConfirmEmail/> }.into_any(),
                AUTHORIZE => view! { <Authorize/> }.into_any(),
                SIGN_OUT => view! { <EndSession/> }.into_any(),
                FORGOT_PASSWORD => view! { <ForgotPassword/> }.into_any(),
                RESET_PASSWORD => view! { <ResetPassword/> }.into_any(),
                path if is_return(path) => view! { <FromProvider/> }.into_any(),
                _ => view! { <ToSignIn departure/> }.into_any(),
            }}
        </VisitorFrame>
    }
}

/// Signing in: the password and, where there is one, the second factor.
#[component]
fn SignIn(visitor: Visitor) -> impl IntoView {
    let visitor = StoredValue::new_local(visitor);
    let attempt: SignInAttempt = expect_context();
    let password = move || view! { <SignInPage visitor=visitor.get_value() attempt/> };
    view! {
        <div on:input=|_| prepare_member()>
            <Show when=move || attempt.is_challenged() fallback=password>
                <Challenge/>
            </Show>
        </div>
    }
}

/// Coming back from a provider, somebody is likely to be signed in soon.
#[component]
fn FromProvider() -> impl IntoView {
    prepare_member();
    view! { <ProviderReturn/> }
}

/// The pages of somebody who is signed in, once they have the second factor that their role demands.
#[component]
pub fn MemberRoutes(session: Session, me: Me) -> impl IntoView {
    provide_context(CurrentVisitor(StoredValue::new_local(session.visitor())));
    let member = Member::new(session, me);
    member.adopt_language();
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let barred = Memo::new(move |_| {
        // What a provider has answered may be the proof that turning one on asks for. An application that wants nobody to
        // be asked anything is told so.
        let passes = path.with(|path| is_return(path) || search.with(|search| is_silent(path, search)));
        member.me.with(|me| me.second_factor.is_missing()) && !passes
    });
    let place = Memo::new(move |_| path.with(|path| Place::of(path)));
    view! {
        // A scope of its own: provided to the one around, it would still be there for the visitor of later.
        <Provider value=member>
            <StepUpDialog/>
            {move || match (place.get(), barred.get()) {
                (Place::EndSession, _) => view! { <VisitorFrame><EndSession/></VisitorFrame> }.into_any(),
                (_, true) => view! { <Barred/> }.into_any(),
                (Place::Authorize, false) => view! { <VisitorFrame><Authorize/></VisitorFrame> }.into_any(),
                (Place::Onward, false) => view! { <Onward/> }.into_any(),
                (Place::Pages, false) => view! { <MemberPages/> }.into_any(),
            }}
        </Provider>
    }
}

/// What of the signed-in part a path is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On the way from another application, and back.
    Authorize,
    EndSession,
    /// A visitor's page, with nothing to do for a member.
    Onward,
    /// Within the navigation.
    Pages,
}

impl Place {
    fn of(path: &str) -> Self {
        match path {
            AUTHORIZE => Self::Authorize,
            SIGN_OUT => Self::EndSession,
            SIGN_IN | SETUP => Self::Onward,
            _ => Self::Pages,
        }
    }
}

#[component]
fn Barred() -> impl IntoView {
    view! {
        <VisitorFrame>
            <SecondFactorRequired/>
            <SignOutButton class="btn btn-ghost btn-sm mt-4 w-full"/>
        </VisitorFrame>
    }
}

#[component]
fn MemberPages() -> impl IntoView {
    view! {
        <MemberFrame>
            <FlatRoutes fallback=NotFoundPage>
                <Route path=path!("/") view=HomePage/>
                <Route path=path!("/users") view={Lazy::<Users>::new()}/>
                <Route path=path!("/users/invitations") view={Lazy::<Invitations>::new()}/>
                <Route path=path!("/users/:id") view={Lazy::<User>::new()}/>
                <Route path=path!("/roles") view={Lazy::<Roles>::new()}/>
                <Route path=path!("/account") view={Lazy::<Account>::new()}/>
                <Route path=path!("/account/activity") view={Lazy::<Activity>::new()}/>
                <Route path=path!("/account/api-keys") view={Lazy::<ApiKeys>::new()}/>
                <Route path=path!("/applications") view={Lazy::<Applications>::new()}/>
                <Route path=path!("/applications/new") view={Lazy::<NewApplication>::new()}/>
                <Route path=path!("/applications/:id") view={Lazy::<Application>::new()}/>
                <Route path=path!("/security") view={Lazy::<Security>::new()}/>
                <Route path=path!("/mail") view={Lazy::<Mails>::new()}/>
                <Route
                    path=path!("/forgot-password")
                    view=|| view! { <VisitorCard><ForgotPassword/></VisitorCard> }
                />
                <Route
                    path=path!("/reset-password")
                    view=|| view! { <VisitorCard><ResetPassword/></VisitorCard> }
                />
                <Route
                    path=path!("/confirm-email")
                    view=|| view! { <VisitorCard><ConfirmEmail/></VisitorCard> }
                />
                <Route path=path!("/sign-up") view=AnotherAccount/>
                <Route
                    path=path!("/sign-in/:provider")
                    view=|| view! { <VisitorCard><ProviderReturn/></VisitorCard> }
                />
            </FlatRoutes>
        </MemberFrame>
    }
}

#[component]
fn ToSignIn(departure: Departure) -> impl IntoView {
    let location = use_location();
    let to = match departure {
        Departure::Deliberate => SIGN_IN.to_owned(),
        Departure::Absent => location.pathname.with_untracked(|path| {
            let search = location.search.get_untracked();
            sign_in_then(path, &search)
        }),
    };
    view! { <Redirect path=to options=in_place()/> }
}

/// Signed in: on to where one was going.
#[component]
fn Onward() -> impl IntoView {
    let to = use_location().search.with_untracked(|search| next_path(search));
    view! { <Redirect path=to options=in_place()/> }
}

/// A link makes its account even where somebody is signed in; without one they have no account to ask for.
#[component]
fn AnotherAccount() -> impl IntoView {
    match link_token(&use_location().hash.get_untracked()) {
        Some(_) => view! { <VisitorCard><SignUp/></VisitorCard> }.into_any(),
        None => view! { <Onward/> }.into_any(),
    }
}

/// The page that is left would only lead here again.
fn in_place() -> NavigateOptions {
    NavigateOptions { replace: true, ..NavigateOptions::default() }
}
