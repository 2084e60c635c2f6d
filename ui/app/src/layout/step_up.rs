//! The question for a fresh proof of who is there, over whatever page led to it.

use contract::{SecondFactorMethod, SecondFactors, StepUpRequest};
use leptos::prelude::*;
use leptos::{ev::SubmitEvent, html};

use super::prove_with_provider::ProveWithProvider;
use crate::api::ApiError;
use crate::browser;
use crate::components::{
    Alert, CodeEntry, Dialog, ErrorState, FormState, OrLine, PasskeyButton, PasskeysMissing, PasswordField,
    PasswordOwner, RowsSkeleton, SecondFactorField, SubmitButton,
};
use crate::i18n::{tr, words};
use crate::passkey::{self, Mediation};
use crate::state::{Member, Query, SECOND_FACTORS};

/// Asks for a second factor where one is on, else for the password, else for a provider's word; closed without one,
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

/// By a second factor where one is on, by the password otherwise.
#[component]
fn StepUpForm() -> impl IntoView {
    let member: Member = expect_context();
    if !member.me.with_untracked(|me| me.second_factor.enabled) {
        return view! { <ProofForm methods=Vec::new()/> }.into_any();
    }
    let factors = Query::<SecondFactors>::new(member, || Some(SECOND_FACTORS.to_owned()));
    let methods = Memo::new(move |_| factors.data.with(|factors| factors.as_ref().map(methods)));
    (move || match methods.get() {
        Some(methods) => view! { <ProofForm methods/> }.into_any(),
        None => match factors.error.get() {
            Some(error) => view! { <ErrorState error on_retry=move |()| factors.retry()/> }.into_any(),
            None => view! { <RowsSkeleton rows=1/> }.into_any(),
        },
    })
    .into_any()
}

/// What the account can prove itself with.
fn methods(factors: &SecondFactors) -> Vec<SecondFactorMethod> {
    let has = |method| match method {
        SecondFactorMethod::Passkey => factors.passkeys > 0,
        SecondFactorMethod::Totp => factors.totp_since.is_some(),
        SecondFactorMethod::RecoveryCode => factors.recovery_codes_left > 0,
    };
    SecondFactorMethod::ALL.into_iter().filter(|method| has(*method)).collect()
}

#[component]
fn ProofForm(methods: Vec<SecondFactorMethod>) -> impl IntoView {
    let member: Member = expect_context();
    let by_password = methods.is_empty();
    let by_passkey = methods.contains(&SecondFactorMethod::Passkey) && passkey::is_there();
    let by_code = CodeEntry::new(&methods);
    let password = RwSignal::new(String::new());
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let (request, check) = if let Some(entry) = by_code {
            let (method, code) = (Some(entry.method()), Some(entry.code()));
            let request = StepUpRequest { method, code, ..StepUpRequest::default() };
            let check = request.parse_answer().map(drop);
            (request, check)
        } else {
            let password = Some(password.get_untracked());
            let request = StepUpRequest { password, ..StepUpRequest::default() };
            let check = request.parse_password().map(drop);
            (request, check)
        };
        form.submit(element.into(), check, async move || prove(member, &request).await);
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <p class="text-muted">{tr(|t| t.step_up().text)}</p>
            <Alert error=form.failure/>
            {by_passkey.then(|| view! { <ByPasskey failure=form.failure/> })}
            {(by_passkey && by_code.is_some()).then(|| view! { <OrLine/> })}
            {by_code.map(|entry| {
                view! { <SecondFactorField name="proof_code" entry error=form.field("code") focused=!by_passkey/> }
            })}
            {by_password.then(|| view! { <OwnPassword password form/> })}
            {(by_code.is_none() && !by_password).then(|| view! { <PasskeysMissing/> })}
            <div class="mt-2 flex justify-end gap-2">
                <button type="button" class="btn btn-sm" on:click=move |_| member.step_up.open.set(false)>
                    {tr(|t| t.common().cancel)}
                </button>
                {(by_code.is_some() || by_password).then(|| {
                    view! { <SubmitButton label=words(|t| t.step_up().submit) busy=form.busy class="btn-sm"/> }
                })}
            </div>
        </form>
    }
}

#[component]
fn ByPasskey(failure: RwSignal<Option<ApiError>>) -> impl IntoView {
    let member: Member = expect_context();
    let ask = async move || {
        let ceremony = member.ask(async |session| session.begin_passkey_step_up().await).await?;
        let passkey = Some(passkey::get(&ceremony, Mediation::Dialog).await?);
        let method = Some(SecondFactorMethod::Passkey.as_str().to_owned());
        prove(member, &StepUpRequest { method, passkey, ..StepUpRequest::default() }).await
    };
    view! { <PasskeyButton label=|t| t.passkey().prove ask failure focused=true/> }
}

async fn prove(member: Member, request: &StepUpRequest) -> Result<(), ApiError> {
    member.ask(async |session| session.step_up(request).await).await?;
    member.step_up.settle(true);
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_passkeys_alone_is_asked_for_no_app() {
        let factors = SecondFactors { totp_since: None, passkeys: 2, recovery_codes_left: 1 };
        assert_eq!(methods(&factors), [SecondFactorMethod::Passkey, SecondFactorMethod::RecoveryCode]);
        let factors = SecondFactors { totp_since: None, passkeys: 0, recovery_codes_left: 0 };
        assert!(methods(&factors).is_empty());
    }
}
