//! One's own account: name, address, security, language, theme, data.

mod consents;
mod delete;
mod email;
mod export;
mod identities;
mod password;
mod profile;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::home::PermissionList;
use super::passkeys::Passkeys;
use super::second_factor::SecondFactorSettings;
use super::security::RecentActivity;
use super::sessions::{Owner, Sessions};
use crate::components::{LanguageChoice, PageIntro, RoleBadges, Section, ThemePicker, WithPassword};
use crate::i18n::tr;
use crate::layout::remember_language;
use crate::navigation::API_KEYS;
use crate::state::Member;
use consents::Consents;
use delete::DeleteAccount;
use email::EmailAddress;
use export::ExportAccount;
use identities::LinkedAccounts;
use password::PasswordForm;
use profile::ProfileForm;

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
                    <WithPassword otherwise=|t| t.no_password().text>
                        <PasswordForm/>
                    </WithPassword>
                </Section>
                <Section id="identities" title=|t| t.identities().title text=|t| t.identities().text>
                    <LinkedAccounts/>
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
                    <Sessions owner=Owner::Oneself/>
                </Section>
                <Section id="activity" title=|t| t.account().activity text=|t| t.account().activity_text>
                    <RecentActivity/>
                </Section>
                <Section id="consents" title=|t| t.consents().title text=|t| t.consents().text>
                    <Consents/>
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
