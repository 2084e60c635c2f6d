//! Two-step sign-in among the settings of one's own account.

use contract::SecondFactors;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::setup::{BeginForm, Setup, Stage};
use crate::api::ApiError;
use crate::components::icon::{self, Glyph};
use crate::components::{ConfirmDialog, Day, ErrorState, RowsSkeleton, explain, focus_place};
use crate::i18n::{Language, TextKey, tr, use_language, words};
use crate::state::{Member, Query, SECOND_FACTORS, Toasts};

/// So many recovery codes, or fewer, are a reason to warn.
const FEW: u32 = 3;

/// Off, with the way to turn it on; or on, with what belongs to it.
#[component]
pub fn SecondFactorSettings() -> impl IntoView {
    let work = SecondFactorWork::new();
    let factors = Query::<SecondFactors>::new(work.member, || Some(SECOND_FACTORS.to_owned()));
    Effect::new(move || {
        // Where there are new codes, what is shown after them is read anew meanwhile.
        if work.stage.with(|stage| matches!(stage, Stage::Codes(_))) {
            work.member.cache.invalidate(SECOND_FACTORS);
        }
    });
    let kept = move |()| {
        work.member.note_second_factor(true);
        work.stage.set(Stage::Rest);
    };
    view! {
        <Setup stage=work.stage region=work.region on_kept=kept>
            {move || match (factors.data.get(), factors.error.get()) {
                (Some(factors), _) => view! { <Status factors work/> }.into_any(),
                (None, Some(error)) => {
                    view! { <ErrorState error on_retry=move |()| factors.retry()/> }.into_any()
                }
                (None, None) => view! { <RowsSkeleton rows=1/> }.into_any(),
            }}
        </Setup>
    }
}

#[component]
fn Status(factors: SecondFactors, work: SecondFactorWork) -> impl IntoView {
    let on = match factors.totp_since {
        None if factors.passkeys == 0 => {
            return view! {
                <p class="mb-3 text-muted">{tr(|t| t.second_factor().off)}</p>
                <BeginForm stage=work.stage label=|t| t.second_factor().turn_on/>
            }
            .into_any();
        }
        None => tr(|t| t.second_factor().on_by_passkey).into_any(),
        Some(since) => view! { {tr(|t| t.second_factor().on_since)} " " <Day at=since/> }.into_any(),
    };
    view! {
        <p class="flex items-center gap-2 font-medium">
            <Glyph icon=icon::SHIELD_CHECK class="size-4.5 shrink-0 text-success"/>
            <span>{on}</span>
        </p>
        <CodesLeft count=factors.recovery_codes_left/>
        <Changes work factors/>
    }
    .into_any()
}

#[component]
fn CodesLeft(count: u32) -> impl IntoView {
    let language = use_language();
    let words = move || (language.text().second_factor().codes_left)(count);
    if count > FEW {
        return view! { <p class="mt-1 text-muted">{words}</p> }.into_any();
    }
    view! {
        <p class="mt-1 font-medium text-warning">{words}</p>
        <p class="mt-1 text-muted">{tr(|t| t.second_factor().codes_few)}</p>
    }
    .into_any()
}

/// What can be done about it; it is only turned off where no role demands it.
#[component]
fn Changes(work: SecondFactorWork, factors: SecondFactors) -> impl IntoView {
    let has_app = factors.totp_since.is_some();
    let has_passkey = factors.passkeys > 0;
    let required = move || work.member.me.with(|me| me.second_factor.required);
    let busy = RwSignal::new(false);
    view! {
        <div class="mt-4 flex flex-wrap gap-2">
            <Asked
                label=|t| t.second_factor().new_codes
                title=|t| t.second_factor().new_codes_title
                text=|t| t.second_factor().new_codes_text
                confirm=|t| t.second_factor().new_codes_submit
                run=move || work.replace_codes()
            />
            <button
                type="button"
                class="btn btn-sm"
                aria-disabled=move || busy.get().to_string()
                on:click=move |_| start(busy, work.change_app())
            >
                {if has_app { tr(|t| t.second_factor().other_app) } else { tr(|t| t.second_factor().add_app) }}
            </button>
            <Show when=move || has_app && has_passkey>
                <Asked
                    label=|t| t.second_factor().remove_app
                    title=|t| t.second_factor().remove_app_title
                    text=|t| t.second_factor().remove_app_text
                    confirm=|t| t.second_factor().remove_app
                    dangerous=true
                    run=move || work.remove_app(|t| t.second_factor().app_removed)
                />
            </Show>
            <Show when=move || has_app && !has_passkey && !required()>
                <Asked
                    label=|t| t.second_factor().turn_off
                    title=|t| t.second_factor().turn_off_title
                    text=|t| t.second_factor().turn_off_text
                    confirm=|t| t.second_factor().turn_off
                    dangerous=true
                    run=move || work.remove_app(|t| t.second_factor().turned_off)
                />
            </Show>
        </div>
        <Show when=move || has_app && !has_passkey && required()>
            <p class="mt-3 text-muted">{tr(|t| t.second_factor().must_stay)}</p>
        </Show>
    }
}

/// A change that is asked about first.
#[component]
fn Asked<R, F>(
    label: TextKey,
    title: TextKey,
    text: TextKey,
    confirm: TextKey,
    #[prop(optional)] dangerous: bool,
    run: R,
) -> impl IntoView
where
    R: Fn() -> F + Copy + Send + Sync + 'static,
    F: Future<Output = ()> + 'static,
{
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let class = if dangerous { "btn btn-outline btn-error btn-sm" } else { "btn btn-sm" };
    let confirmed = move |()| {
        start(busy, async move {
            run().await;
            asking.try_set(false);
        });
    };
    view! {
        <button type="button" class=class on:click=move |_| asking.set(true)>
            {tr(label)}
        </button>
        <ConfirmDialog
            open=asking
            title=words(title)
            text=words(text)
            confirm=words(confirm)
            dangerous
            busy
            on_confirm=confirmed
        />
    }
}

/// Does it, unless it is being done.
fn start(busy: RwSignal<bool>, work: impl Future<Output = ()> + 'static) {
    if !busy.get_untracked() {
        busy.set(true);
        spawn_local(async move {
            work.await;
            busy.try_set(false);
        });
    }
}

/// What the changes need from around them.
#[derive(Clone, Copy)]
struct SecondFactorWork {
    member: Member,
    toasts: Toasts,
    language: Language,
    stage: RwSignal<Stage>,
    region: NodeRef<html::Div>,
}

impl SecondFactorWork {
    fn new() -> Self {
        Self {
            member: expect_context(),
            toasts: expect_context(),
            language: use_language(),
            stage: RwSignal::new(Stage::Rest),
            region: NodeRef::new(),
        }
    }

    async fn replace_codes(self) {
        match self.member.ask(async |session| session.replace_recovery_codes().await).await {
            Ok(codes) => _ = self.stage.try_set(Stage::Codes(codes.recovery_codes)),
            Err(error) => self.failed(&error),
        }
    }

    async fn change_app(self) {
        match self.member.ask(async |session| session.begin_totp().await).await {
            Ok(enrolment) => _ = self.stage.try_set(Stage::App(enrolment)),
            Err(error) => self.failed(&error),
        }
    }

    async fn remove_app(self, news: TextKey) {
        match self.member.ask(async |session| session.remove_totp().await).await {
            Ok(()) => {
                self.member.reload().await;
                self.member.cache.invalidate(SECOND_FACTORS);
                self.toasts.success(news(self.language.text_untracked()));
                focus_place(self.region);
            }
            Err(error) => self.failed(&error),
        }
    }

    fn failed(self, error: &ApiError) {
        self.toasts.failure(explain(error, self.language.text_untracked()));
        // Perhaps what is shown is old.
        self.member.cache.invalidate(SECOND_FACTORS);
    }
}
