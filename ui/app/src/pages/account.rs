//! One's own account: name, language, theme.

use contract::UpdateMe;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev::SubmitEvent, html};

use super::home::PermissionList;
use crate::components::{
    Alert, FormState, LanguageChoice, PageHeading, RoleBadges, SubmitButton, TextField, ThemePicker,
};
use crate::i18n::{TextKey, tr, use_language, words};
use crate::layout::remember_language;
use crate::state::{Member, Toasts};

/// My account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let member: Member = expect_context();
    let remember = move |locale| spawn_local(remember_language(member, locale));
    view! {
        <div class="mx-auto max-w-3xl">
            <PageHeading title=words(|t| t.account.title)/>
            <p class="mt-1 mb-6 text-muted">{tr(|t| t.account.lead)}</p>
            <div class="flex flex-col gap-5">
                <Section id="profile" title=|t| t.account.profile text=|t| t.account.profile_text>
                    <ProfileForm/>
                </Section>
                <Section
                    id="preferences"
                    title=|t| t.account.preferences
                    text=|t| t.account.preferences_text
                >
                    <div class="flex flex-col gap-4">
                        <div>
                            <p class="mb-1.5 font-medium">{tr(|t| t.shell.language)}</p>
                            <LanguageChoice name="account-language" on_change=remember/>
                        </div>
                        <div>
                            <p class="mb-1.5 font-medium">{tr(|t| t.shell.theme)}</p>
                            <ThemePicker name="account-theme"/>
                        </div>
                    </div>
                </Section>
                <Section id="access" title=|t| t.account.access text=|t| t.account.access_text>
                    <div class="flex flex-col gap-4">
                        {move || view! { <RoleBadges roles=member.me.with(|me| me.roles.clone())/> }}
                        <PermissionList/>
                    </div>
                </Section>
            </div>
        </div>
    }
}

#[component]
fn Section(id: &'static str, title: TextKey, text: TextKey, children: Children) -> impl IntoView {
    view! {
        <section class="panel grid gap-5 p-5 md:grid-cols-[14rem_minmax(0,1fr)] md:p-6" aria-labelledby=id>
            <div>
                <h2 id=id class="font-semibold">{tr(title)}</h2>
                <p class="mt-1 text-xs text-pretty text-muted">{tr(text)}</p>
            </div>
            <div class="min-w-0">{children()}</div>
        </section>
    }
}

#[component]
fn ProfileForm() -> impl IntoView {
    let language = use_language();
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let display_name = RwSignal::new(member.me.with_untracked(|me| me.display_name.to_string()));
    let email = RwSignal::new(member.me.with_untracked(|me| me.email.to_string()));
    let form = FormState::new();
    let element = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(element) = element.get_untracked() else { return };
        let changes = UpdateMe { display_name: Some(display_name.get_untracked()), ..UpdateMe::default() };
        form.submit(element.into(), changes.parse(), async move || {
            let me = member.ask(async |session| session.update_me(&changes).await).await?;
            display_name.try_set(me.display_name.to_string());
            member.me.set(me);
            member.cache.invalidate("/api/core/v1/users");
            toasts.success(language.text_untracked().common.saved);
            Ok(())
        });
    };
    view! {
        <form node_ref=element class="flex flex-col gap-4" method="post" novalidate on:submit=submit>
            <Alert error=form.failure/>
            <TextField
                name="display_name"
                label=|t| t.field.display_name
                autocomplete="name"
                value=display_name
                error=form.field("display_name")
            />
            <TextField
                name="email"
                label=|t| t.field.email
                kind="email"
                autocomplete="email"
                hint=|t| t.account.email_hint
                readonly=true
                value=email
                error=form.field("email")
            />
            <div>
                <SubmitButton
                    label=words(|t| t.common.save)
                    busy=form.busy
                    class="btn-sm"
                />
            </div>
        </form>
    }
}
