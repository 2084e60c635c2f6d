//! Setting up an authenticator app, up to the recovery codes.

use contract::{ConfirmTotpRequest, TotpEnrolment};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::recovery_codes::KeepCodes;
use crate::browser;
use crate::components::{Alert, CodeField, CopyButton, FormState, SubmitButton, focus_place};
use crate::i18n::{TextKey, tr, words};
use crate::state::Member;

/// What is on the screen.
#[derive(Clone)]
pub enum Stage {
    /// What there is, and what can be done.
    Rest,
    /// The app is told, and asked for a code.
    App(TotpEnrolment),
    /// The recovery codes are to be kept.
    Codes(Vec<String>),
}

/// The stages, one after the other. Whoever comes back to rest reads on from its beginning.
#[component]
pub fn Setup(
    /// Which one.
    stage: RwSignal<Stage>,
    /// What is around them.
    #[prop(optional)]
    region: NodeRef<html::Div>,
    /// The codes are kept.
    #[prop(into)]
    on_kept: Callback<()>,
    /// What is there at rest.
    children: ChildrenFn,
) -> impl IntoView {
    Effect::new(move |rested: Option<bool>| {
        let rests = stage.with(|stage| matches!(stage, Stage::Rest));
        if rests && rested == Some(false) {
            focus_place(region);
        }
        rests
    });
    view! {
        <div node_ref=region tabindex="-1" class="outline-none">
            {move || match stage.get() {
                Stage::Rest => children(),
                Stage::App(enrolment) => view! { <SetupForm stage enrolment/> }.into_any(),
                Stage::Codes(codes) => view! { <KeepCodes codes on_kept/> }.into_any(),
            }}
        </div>
    }
}

/// The button that begins, with what went wrong.
#[component]
pub fn BeginForm(
    /// What it leads on.
    stage: RwSignal<Stage>,
    /// Its word.
    label: TextKey,
    /// Size.
    #[prop(default = "btn-sm")]
    class: &'static str,
) -> impl IntoView {
    let member: Member = expect_context();
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        form.submit(element.into(), Ok(()), async move || {
            let enrolment = member.ask(async |session| session.begin_totp().await).await?;
            stage.try_set(Stage::App(enrolment));
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-3" on:submit=submit>
            <Alert error=form.failure/>
            <div><SubmitButton label=words(label) busy=form.busy class/></div>
        </form>
    }
}

/// What the app is to be told, and the first code as the proof that it was.
#[component]
fn SetupForm(stage: RwSignal<Stage>, enrolment: TotpEnrolment) -> impl IntoView {
    let member: Member = expect_context();
    let code = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = ConfirmTotpRequest { code: code.get_untracked() };
        form.submit(element.into(), request.parse(), async move || {
            let codes = member.ask(async |session| session.confirm_totp(&request).await).await?;
            stage.try_set(Stage::Codes(codes.recovery_codes));
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Enrolment enrolment/>
            <Alert error=form.failure/>
            <CodeField
                name="first_code"
                label=Signal::derive(tr(|t| t.second_factor().first_code))
                value=code
                error=form.field("code")
            />
            <div class="flex flex-wrap gap-2">
                <SubmitButton label=words(|t| t.second_factor().confirm) busy=form.busy class="btn-sm"/>
                <button type="button" class="btn btn-sm" on:click=move |_| stage.set(Stage::Rest)>
                    {tr(|t| t.common().cancel)}
                </button>
            </div>
        </form>
    }
}

/// The key: as a picture, as a link for the device that shows it, and as text.
#[component]
fn Enrolment(enrolment: TotpEnrolment) -> impl IntoView {
    let TotpEnrolment { secret, uri, qr_code } = enrolment;
    view! {
        <Step title=|t| t.second_factor().scan_title>
            <p class="text-muted">{tr(|t| t.second_factor().scan_text)}</p>
        </Step>
        <img
            class="size-48 rounded-field border border-base-300 bg-white"
            width="192"
            height="192"
            src=browser::data_url("image/svg+xml", &qr_code)
            alt=tr(|t| t.second_factor().qr_code)
        />
        <a class="link link-hover font-medium text-primary md:hidden" href=uri>
            {tr(|t| t.second_factor().open_app)}
        </a>
        <div>
            <p class="mb-1.5 text-muted">{tr(|t| t.second_factor().by_hand)}</p>
            <div class="flex flex-wrap items-center gap-x-3 gap-y-2">
                <code class="font-mono wrap-anywhere">{in_groups(&secret)}</code>
                <CopyButton label=|t| t.second_factor().copy_key text=secret/>
            </div>
        </div>
    }
}

/// A heading that takes the focus when it appears: the button that led here is gone.
#[component]
pub fn Step(
    /// The heading.
    title: TextKey,
    /// What is said about it.
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::H2>::new();
    Effect::new(move || {
        if let Some(heading) = element.get() {
            // It fails for elements that cannot have the focus; this one can.
            _ = heading.focus();
        }
    });
    view! {
        <div>
            <h2 node_ref=element tabindex="-1" class="mb-1 font-semibold outline-none">{tr(title)}</h2>
            {children()}
        </div>
    }
}

/// By fours, as people read and type it.
fn in_groups(secret: &str) -> String {
    let characters: Vec<_> = secret.chars().collect();
    let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_by_fours() {
        assert_eq!(in_groups("GEZDGNBVGY"), "GEZD GNBV GY");
        assert_eq!(in_groups(""), "");
    }
}
