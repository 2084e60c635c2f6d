//! The accounts elsewhere that one signs in with: linking, and unlinking after a question.

use contract::{AuthorizationPurpose, Identity, IdentityProviderId};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{
    Alert, ConfirmDialog, ErrorState, Leaving, ProviderButton, ProviderMark, RowsSkeleton, Timestamp,
    dialog_about, explain, focus_place,
};
use crate::i18n::{Language, tr, use_language, words};
use crate::navigation::{ACCOUNT, visit};
use crate::state::{Identities, Member, Toasts};

/// What is linked, and what can be.
#[component]
pub fn LinkedAccounts() -> impl IntoView {
    let work = IdentityWork::new();
    let identities = work.identities;
    let known = Memo::new(move |_| identities.are_known());
    view! {
        // The focus goes here when the button that had it goes with its line.
        <div node_ref=work.region tabindex="-1" class="outline-none">
            {move || match (known.get(), identities.error()) {
                (true, _) => view! { <List work/> <LinkButtons work/> <UnlinkDialog work/> }.into_any(),
                (false, Some(error)) => {
                    view! { <ErrorState error on_retry=move |()| identities.retry()/> }.into_any()
                }
                (false, None) => view! { <RowsSkeleton rows=1/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn List(work: IdentityWork) -> impl IntoView {
    let identities = work.identities;
    let none = move || identities.own().is_empty();
    let nothing = move || {
        let no_providers = identities.unlinked().is_empty();
        let text =
            if no_providers { tr(|t| t.identities().no_providers) } else { tr(|t| t.identities().empty) };
        view! { <p class="text-muted">{text}</p> }
    };
    view! {
        <Show when=move || !none() fallback=nothing>
            <ul class="rounded-field border border-base-300">
                <For
                    each=move || identities.own()
                    key=|identity| (identity.id, identity.last_used_at)
                    let:identity
                >
                    <IdentityItem identity work/>
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn IdentityItem(identity: Identity, work: IdentityWork) -> impl IntoView {
    let language = use_language();
    let provider = identity.provider;
    let name = move || work.name_of(provider);
    let off = move || work.identities.name_of(provider).is_none();
    let used = match identity.last_used_at {
        Some(at) => view! { {tr(|t| t.identities().used)} " " <Timestamp at/> }.into_any(),
        None => tr(|t| t.identities().never_used).into_any(),
    };
    let identity = StoredValue::new(identity);
    let (email, linked_at) = identity.with_value(|identity| (identity.email.clone(), identity.created_at));
    let label = move || {
        let account = identity.with_value(|identity| work.account(identity));
        (language.text().identities().unlink_label)(&account)
    };
    view! {
        <li class="flex flex-wrap items-center gap-3 border-b border-base-300 px-4 py-3 last:border-0">
            <ProviderMark provider/>
            <div class="min-w-40 flex-1">
                <p class="font-medium wrap-anywhere">{name}</p>
                {email.map(|email| view! { <p class="wrap-anywhere">{email}</p> })}
                <p class="text-xs text-muted">
                    {tr(|t| t.identities().linked)} " " <Timestamp at=linked_at/> " · " {used}
                </p>
                <Show when=off>
                    <p class="text-xs text-muted">{tr(|t| t.identities().off)}</p>
                </Show>
            </div>
            <button
                type="button"
                class="btn btn-sm"
                aria-label=label
                on:click=move |_| work.asked.set(Some(identity.get_value()))
            >
                {tr(|t| t.identities().unlink)}
            </button>
        </li>
    }
}

#[component]
fn LinkButtons(work: IdentityWork) -> impl IntoView {
    let leaving = Leaving::prepare();
    let link = move |provider: IdentityProviderId| {
        let request = visit(AuthorizationPurpose::Link, ACCOUNT);
        leaving.begin(provider, async move {
            work.member.ask(async |session| session.begin_authorization(provider, &request).await).await
        });
    };
    let buttons = move || {
        let button = |provider| {
            view! { <ProviderButton provider label=|t| t.identities().link leaving on_press=link/> }
        };
        work.identities.unlinked().into_iter().map(button).collect::<Vec<_>>()
    };
    view! {
        <div class="mt-3 flex flex-col gap-3">
            <Alert error=leaving.failure/>
            <div class="flex flex-wrap gap-2">{buttons}</div>
        </div>
    }
}

#[component]
fn UnlinkDialog(work: IdentityWork) -> impl IntoView {
    let language = use_language();
    let (open, subject) = dialog_about(work.asked);
    let busy = RwSignal::new(false);
    let title = move || {
        let account = subject.with(|identity| identity.as_ref().map(|identity| work.account(identity)));
        (language.text().identities().unlink_title)(&account.unwrap_or_default())
    };
    let text = move || {
        let text = language.text().identities();
        if work.is_only_way_in() { text.unlink_last_text } else { text.unlink_text }.to_owned()
    };
    let unlink = move |()| {
        let Some(identity) = subject.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            work.unlink(identity).await;
            busy.try_set(false);
        });
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(title)
            text=Signal::derive(text)
            confirm=words(|t| t.identities().unlink)
            dangerous=true
            busy
            on_confirm=unlink
        />
    }
}

/// What the changes need from around them.
#[derive(Clone, Copy)]
struct IdentityWork {
    member: Member,
    identities: Identities,
    toasts: Toasts,
    language: Language,
    /// The one that may be unlinked.
    asked: RwSignal<Option<Identity>>,
    region: NodeRef<html::Div>,
}

impl IdentityWork {
    fn new() -> Self {
        let member: Member = expect_context();
        Self {
            member,
            identities: Identities::read(member),
            toasts: expect_context(),
            language: use_language(),
            asked: RwSignal::new(None),
            region: NodeRef::new(),
        }
    }

    /// What a provider is called; tracked.
    fn name_of(self, provider: IdentityProviderId) -> String {
        let name = self.identities.name_of(provider);
        name.unwrap_or_else(|| (self.language.text().identities().provider)(provider).to_owned())
    }

    /// The provider, and what its owner knows the account by; tracked.
    fn account(self, identity: &Identity) -> String {
        let name = self.name_of(identity.provider);
        match &identity.email {
            Some(email) => format!("{name}, {email}"),
            None => name,
        }
    }

    /// Whether there is neither a password nor another identity; tracked.
    fn is_only_way_in(self) -> bool {
        self.identities.own().len() == 1 && self.member.me.with(|me| !me.has_password)
    }

    async fn unlink(self, identity: Identity) {
        let answer = self.member.ask(async |session| session.unlink_identity(identity.id).await).await;
        let text = self.language.text_untracked();
        self.asked.try_set(None);
        match answer {
            Ok(()) => self.done((text.identities().unlinked)(&untrack(|| self.account(&identity)))),
            Err(error) => self.toasts.failure(explain(&error, text)),
        }
        // Also after a failure: perhaps the list is old.
        self.identities.invalidate();
    }

    fn done(self, news: String) {
        self.toasts.success(news);
        focus_place(self.region);
    }
}
