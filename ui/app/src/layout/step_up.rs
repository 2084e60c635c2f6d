//! The question for a fresh proof of who is there, over whatever page led to it.

use contract::StepUpRequest;
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::prove_with_provider::ProveWithProvider;
use crate::browser;
use crate::components::{
    Alert, CodeEntry, Dialog, FormState, PasswordField, PasswordOwner, SecondFactorField, SubmitButton,
};
use crate::i18n::{tr, words};
use crate::state::Member;

/// Asks for a code where a second factor is on, else for the password, else for a provider's word; closed without one,
/// the answer is no.
#[component]
pub fn StepUpDialog() -> impl IntoView {
    let member: Member = expect_context();
    let open = member.step_up.open;
    Effect::new(move || {
        if !open.get() {
            member.step_up.settle(false);
        }
    });
    let by_provider = move || member.me.with_untracked(|me| !me.second_factor.enabled && !me.has_password);
    view! {
        <Dialog open title=words(|t| t.step_up().title)>
            <Show when=by_provider fallback=StepUpForm>
                <ProveWithProvider/>
            </Show>
        </Dialog>
    }
}

#[component]
fn StepUpForm() -> impl IntoView {
    let member: Member = expect_context();
    let by_code = member.me.with_untracked(|me| me.second_factor.enabled);
    let entry = CodeEntry::new();
    let password = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let request = if by_code {
            StepUpRequest {
                method: Some(entry.method()),
                code: Some(entry.code()),
                ..StepUpRequest::default()
            }
        } else {
            StepUpRequest { password: Some(password.get_untracked()), ..StepUpRequest::default() }
        };
        let check =
            if by_code { request.parse_answer().map(drop) } else { request.parse_password().map(drop) };
        form.submit(element.into(), check, async move || {
            member.ask(async |session| session.step_up(&request).await).await?;
            member.step_up.settle(true);
            Ok(())
        });
    };
    let field = if by_code {
        view! { <SecondFactorField name="proof_code" entry error=form.field("code")/> }.into_any()
    } else {
        view! { <OwnPassword password form/> }.into_any()
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <p class="text-muted">{tr(|t| t.step_up().text)}</p>
            <Alert error=form.failure/>
            {field}
            <div class="mt-2 flex justify-end gap-2">
                <button type="button" class="btn btn-sm" on:click=move |_| member.step_up.open.set(false)>
                    {tr(|t| t.common().cancel)}
                </button>
                <SubmitButton label=words(|t| t.step_up().submit) busy=form.busy class="btn-sm"/>
            </div>
        </form>
    }
}

/// The password's field, which has the focus at once.
#[component]
fn OwnPassword(password: RwSignal<String>, form: FormState) -> impl IntoView {
    let member: Member = expect_context();
    let element = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(element) = element.get() {
            browser::focus_first(&element, "[type=password]");
        }
    });
    view! {
        <div node_ref=element>
            <PasswordOwner email=member.email()/>
            // Not `password`: the form beneath may have one of that name.
            <PasswordField
                name="proof_password"
                label=|t| t.account().current_password
                value=password
                autocomplete="current-password"
                error=form.field("password")
            />
        </div>
    }
}
