//! One's own account: name, address, security, language, theme, data.

mod delete;
mod email;
mod export;
mod password;
mod profile;
mod sessions;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::home::PermissionList;
use super::passkeys::Passkeys;
use super::second_factor::SecondFactorSettings;
use super::security::RecentActivity;
use crate::components::{LanguageChoice, PageIntro, RoleBadges, ThemePicker};
use crate::i18n::{TextKey, tr};
use crate::layout::remember_language;
use crate::navigation::API_KEYS;
use crate::state::Member;
use delete::DeleteAccount;
use email::EmailAddress;
use export::ExportAccount;
use password::PasswordForm;
use profile::ProfileForm;
use sessions::Sessions;

/// My account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let member: Member = expect_context();
    let remember = move |locale| spawn_local(remember_language(member, locale));
    view! {
        <div class="mx-auto max-w-3xl">
            <PageIntro title=|t| t.account().title lead=|t| t.account().lead/>
            <div class="flex flex-col gap-5">
                <Section id="profile" title=|t| t.account().profile text=|t| t.account().profile_text>
                    <ProfileForm/>
                </Section>
                <Section id="email-address" title=|t| t.email().title text=|t| t.email().text>
                    <EmailAddress/>
                </Section>
                <Section id="password" title=|t| t.account().password text=|t| t.account().password_text>
                    <PasswordForm/>
                </Section>
                <Section id="passkeys" title=|t| t.passkeys().title text=|t| t.passkeys().text>
                    <Passkeys/>
                </Section>
                <Section
                    id="second-factor"
                    title=|t| t.second_factor().title
                    text=|t| t.second_factor().text
                >
                    <SecondFactorSettings/>
                </Section>
                <Section id="sessions" title=|t| t.account().sessions text=|t| t.account().sessions_text>
                    <Sessions/>
                </Section>
                <Section id="activity" title=|t| t.account().activity text=|t| t.account().activity_text>
                    <RecentActivity/>
                </Section>
                <Section id="api-keys" title=|t| t.account().api_keys text=|t| t.account().api_keys_text>
                    <a class="btn btn-sm" href=API_KEYS>{tr(|t| t.account().manage_api_keys)}</a>
                </Section>
                <Section
                    id="preferences"
                    title=|t| t.account().preferences
                    text=|t| t.account().preferences_text
                >
                    <div class="flex flex-col gap-4">
                        <div>
                            <p class="mb-1.5 font-medium">{tr(|t| t.shell().language)}</p>
                            <LanguageChoice name="account-language" on_change=remember/>
                        </div>
                        <div>
                            <p class="mb-1.5 font-medium">{tr(|t| t.shell().theme)}</p>
                            <ThemePicker name="account-theme"/>
                        </div>
                    </div>
                </Section>
                <Section id="access" title=|t| t.account().access text=|t| t.account().access_text>
                    <div class="flex flex-col gap-4">
                        {move || view! { <RoleBadges roles=member.me.with(|me| me.roles.clone())/> }}
                        <PermissionList/>
                    </div>
                </Section>
                <Section id="your-data" title=|t| t.own_data().title text=|t| t.own_data().text>
                    <div class="flex flex-col gap-5">
                        <ExportAccount/>
                        <DeleteAccount/>
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
