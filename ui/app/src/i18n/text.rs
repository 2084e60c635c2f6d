//! What every language has to say.

use contract::{FieldError, Permission, ProblemCode};

/// Every text of the UI in one language.
#[derive(Debug)]
pub struct Text {
    /// Why the API refused.
    pub problem: fn(ProblemCode) -> &'static str,
    /// Why a field is refused.
    pub field_error: fn(&FieldError) -> String,
    /// What a permission allows.
    pub permission: fn(Permission) -> &'static str,
    /// The frame around every page.
    pub shell: Shell,
    /// Words that many pages use.
    pub common: Common,
    /// Labels of fields.
    pub field: Field,
    /// Set-up.
    pub setup: Setup,
    /// Signing in.
    pub sign_in: SignIn,
    /// A forgotten password, and another one.
    pub password: Password,
    /// Home.
    pub home: Home,
    /// What long lists have in common.
    pub list: List,
    /// The list of accounts, and what can be done with them.
    pub users: Users,
    /// One account.
    pub user: User,
    /// One's own account.
    pub account: Account,
    /// What Matrice has written.
    pub mails: Mails,
    /// No such page.
    pub not_found: NotFound,
}

/// The frame around every page.
#[derive(Debug)]
pub struct Shell {
    pub skip_to_content: &'static str,
    pub main_navigation: &'static str,
    pub account_menu: &'static str,
    pub home: &'static str,
    pub users: &'static str,
    pub mail: &'static str,
    pub account: &'static str,
    pub sign_out: &'static str,
    pub theme: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub theme_system: &'static str,
    pub language: &'static str,
    pub notifications: &'static str,
    pub offline: &'static str,
    pub loading_page: &'static str,
    pub page_failed_title: &'static str,
    pub page_failed_text: &'static str,
    pub unreachable_title: &'static str,
}

/// Words that many pages use.
#[derive(Debug)]
pub struct Common {
    pub cancel: &'static str,
    pub close: &'static str,
    pub dismiss: &'static str,
    pub retry: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub undo: &'static str,
    pub loading: &'static str,
    pub never: &'static str,
    pub none: &'static str,
    pub lost: &'static str,
    pub unreadable: &'static str,
    pub signed_out: &'static str,
    pub error_title: &'static str,
    pub forbidden_title: &'static str,
    pub back_home: &'static str,
    /// The permissions that are missing, already in words.
    pub forbidden_needs: fn(&str) -> String,
    /// The number under which the log has the rest.
    pub request_id: fn(&str) -> String,
    /// How many seconds to wait.
    pub try_again_in: fn(u32) -> String,
}

/// Labels of fields.
#[derive(Debug)]
pub struct Field {
    pub email: &'static str,
    pub display_name: &'static str,
    pub password: &'static str,
    pub roles: &'static str,
    pub show_password: &'static str,
    pub hide_password: &'static str,
    pub caps_lock: &'static str,
    pub password_hint: &'static str,
}

/// Set-up.
#[derive(Debug)]
pub struct Setup {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
    pub no_token_title: &'static str,
    pub no_token_text: &'static str,
    pub to_sign_in: &'static str,
}

/// Signing in.
#[derive(Debug)]
pub struct SignIn {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
    pub forgotten: &'static str,
}

/// A forgotten password, and another one.
#[derive(Debug)]
pub struct Password {
    pub forgot_title: &'static str,
    pub forgot_lead: &'static str,
    pub forgot_submit: &'static str,
    pub sent_title: &'static str,
    pub sent_text: &'static str,
    pub to_sign_in: &'static str,
    pub reset_title: &'static str,
    pub reset_lead: &'static str,
    pub reset_submit: &'static str,
    pub was_reset: &'static str,
    pub no_token_title: &'static str,
    pub no_token_text: &'static str,
    pub invalid_title: &'static str,
    pub invalid_text: &'static str,
    pub ask_again: &'static str,
}

/// Home.
#[derive(Debug)]
pub struct Home {
    pub title: &'static str,
    /// By name.
    pub welcome: fn(&str) -> String,
    pub lead: &'static str,
    pub your_account: &'static str,
    pub member_since: &'static str,
    pub permissions_title: &'static str,
    pub permissions_none: &'static str,
    pub recent_users: &'static str,
    pub all_users: &'static str,
    pub shortcuts: &'static str,
    pub shortcut_users: &'static str,
    pub shortcut_create: &'static str,
    pub shortcut_account: &'static str,
    pub granted: &'static str,
    pub not_granted: &'static str,
}

/// What long lists have in common.
#[derive(Debug)]
pub struct List {
    pub first_page: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub pages: &'static str,
}

/// The list of accounts, and what can be done with them.
#[derive(Debug)]
pub struct Users {
    pub title: &'static str,
    pub lead: &'static str,
    pub search: &'static str,
    pub filter_status: &'static str,
    pub filter_role: &'static str,
    pub any_status: &'static str,
    pub any_role: &'static str,
    pub clear: &'static str,
    pub active: &'static str,
    pub locked: &'static str,
    pub column_name: &'static str,
    pub column_email: &'static str,
    pub column_roles: &'static str,
    pub column_status: &'static str,
    pub column_created: &'static str,
    pub column_last_sign_in: &'static str,
    pub column_actions: &'static str,
    pub sort: &'static str,
    pub sort_newest: &'static str,
    pub sort_oldest: &'static str,
    pub sort_name: &'static str,
    pub sort_email: &'static str,
    pub you: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub no_match_title: &'static str,
    pub no_match_text: &'static str,
    /// How many accounts are on this page.
    pub shown: fn(usize) -> String,
    pub create: &'static str,
    pub create_title: &'static str,
    pub create_submit: &'static str,
    /// By name.
    pub created: fn(&str) -> String,
    pub lock: &'static str,
    pub unlock: &'static str,
    /// By name.
    pub lock_label: fn(&str) -> String,
    /// By name.
    pub unlock_label: fn(&str) -> String,
    /// By name.
    pub lock_title: fn(&str) -> String,
    pub lock_text: &'static str,
    /// By name.
    pub unlock_title: fn(&str) -> String,
    pub unlock_text: &'static str,
    /// By name.
    pub was_locked: fn(&str) -> String,
    /// By name.
    pub was_unlocked: fn(&str) -> String,
}

/// One account.
#[derive(Debug)]
pub struct User {
    pub title: &'static str,
    pub all_users: &'static str,
    pub details: &'static str,
    pub profile: &'static str,
    pub updated: &'static str,
    pub conflict_title: &'static str,
    pub conflict_text: &'static str,
    pub reload: &'static str,
    pub not_found_title: &'static str,
    pub not_found_text: &'static str,
    pub read_only: &'static str,
    pub access: &'static str,
    pub roles_hint: &'static str,
}

/// One's own account.
#[derive(Debug)]
pub struct Account {
    pub title: &'static str,
    pub lead: &'static str,
    pub profile: &'static str,
    pub profile_text: &'static str,
    pub email_hint: &'static str,
    pub preferences: &'static str,
    pub preferences_text: &'static str,
    pub access: &'static str,
    pub access_text: &'static str,
    pub password: &'static str,
    pub password_text: &'static str,
    pub current_password: &'static str,
    pub new_password: &'static str,
    pub change_password: &'static str,
    pub password_changed: &'static str,
    pub sessions: &'static str,
    pub sessions_text: &'static str,
    pub this_session: &'static str,
    pub unknown_device: &'static str,
    /// What stands before how long ago it was.
    pub session_used: &'static str,
    pub end_session: &'static str,
    /// By device.
    pub end_session_label: fn(&str) -> String,
    /// By device.
    pub session_ended: fn(&str) -> String,
    pub end_others: &'static str,
    pub end_others_title: &'static str,
    pub end_others_text: &'static str,
    pub others_ended: &'static str,
}

/// What Matrice has written.
#[derive(Debug)]
pub struct Mails {
    pub title: &'static str,
    pub lead: &'static str,
    pub search: &'static str,
    pub column_recipient: &'static str,
    pub column_subject: &'static str,
    pub column_created: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub no_match_title: &'static str,
    pub no_match_text: &'static str,
    pub partial_title: &'static str,
    pub partial_text: &'static str,
    pub new_tab: &'static str,
    /// How many mails are on this page.
    pub shown: fn(usize) -> String,
}

/// No such page.
#[derive(Debug)]
pub struct NotFound {
    pub title: &'static str,
    pub text: &'static str,
}
