//! English.

use contract::{FieldCode, FieldError, Permission, ProblemCode};

use super::text::{Account, Common, Field, Home, NotFound, Setup, Shell, SignIn, Text, User, Users};

pub static TEXT: Text = Text {
    problem,
    field_error,
    permission,
    shell: Shell {
        skip_to_content: "Skip to content",
        main_navigation: "Main",
        account_menu: "Account menu",
        home: "Home",
        users: "Users",
        account: "My account",
        sign_out: "Sign out",
        theme: "Theme",
        theme_light: "Light",
        theme_dark: "Dark",
        theme_system: "System",
        language: "Language",
        notifications: "Notifications",
        offline: "You are offline. What you see may be out of date.",
        loading_page: "Loading the page",
        page_failed_title: "This page could not be loaded",
        page_failed_text: "Check your connection and try again. If Matrice has just been updated, reload.",
        unreachable_title: "Matrice can’t be reached",
    },
    common: Common {
        cancel: "Cancel",
        close: "Close",
        dismiss: "Dismiss",
        retry: "Try again",
        save: "Save changes",
        saved: "Changes saved",
        undo: "Undo",
        loading: "Loading",
        never: "Never",
        none: "None",
        lost: "No answer from the server. Check your connection and try again.",
        unreadable: "The server’s answer could not be understood. Try again in a moment.",
        signed_out: "Your session has ended. Sign in again.",
        error_title: "This could not be loaded",
        forbidden_title: "You don’t have access to this",
        back_home: "Back to home",
        forbidden_needs: |permissions| {
            format!("It takes the right to {permissions}. An administrator can give it to you.")
        },
        request_id: |id| format!("Reference: {id}"),
        try_again_in: |seconds| match seconds {
            0..=1 => "Try again in a second.".to_owned(),
            2..=90 => format!("Try again in {seconds} seconds."),
            _ => format!("Try again in {} minutes.", seconds.div_ceil(60)),
        },
    },
    field: Field {
        email: "E-mail address",
        display_name: "Name",
        password: "Password",
        roles: "Roles",
        show_password: "Show password",
        hide_password: "Hide password",
        caps_lock: "Caps Lock is on",
        password_hint: "At least 12 characters. A few words make a good one.",
    },
    setup: Setup {
        title: "Set up Matrice",
        lead: "Create the first administrator. You will be signed in at once.",
        submit: "Create administrator",
        no_token_title: "This link is incomplete",
        no_token_text: "Open the set-up link exactly as it was printed when Matrice started. It works once, for 30 minutes.",
        to_sign_in: "Go to sign in",
    },
    sign_in: SignIn {
        title: "Sign in",
        lead: "Welcome back. Enter your details to continue.",
        submit: "Sign in",
        tagline: "Sign-in, users and services in one place.",
    },
    home: Home {
        title: "Home",
        welcome: |name| format!("Welcome, {name}"),
        lead: "Here is your account at a glance.",
        your_account: "Your account",
        member_since: "Member since",
        permissions_title: "What you can do",
        permissions_none: "Your account has no particular rights yet. An administrator can give you a role.",
        recent_users: "Newest accounts",
        all_users: "All users",
        shortcuts: "Shortcuts",
        shortcut_users: "Manage accounts",
        shortcut_create: "Create an account",
        shortcut_account: "Edit your account",
        granted: "Allowed",
        not_granted: "Not allowed",
    },
    users: Users {
        title: "Users",
        lead: "Everyone who can sign in to Matrice.",
        search: "Search by name or e-mail",
        filter_status: "Status",
        filter_role: "Role",
        any_status: "Any status",
        any_role: "Any role",
        clear: "Clear filters",
        active: "Active",
        locked: "Locked",
        column_name: "Name",
        column_email: "E-mail address",
        column_roles: "Roles",
        column_status: "Status",
        column_created: "Created",
        column_last_sign_in: "Last sign-in",
        column_actions: "Actions",
        sort: "Sort by",
        sort_newest: "Newest first",
        sort_oldest: "Oldest first",
        sort_name: "Name",
        sort_email: "E-mail address",
        you: "You",
        empty_title: "No accounts yet",
        empty_text: "Create the first one to give somebody access.",
        no_match_title: "No account matches",
        no_match_text: "Try another search, or clear the filters.",
        first_page: "First page",
        previous: "Previous",
        next: "Next",
        pages: "Pages",
        shown: |count| match count {
            1 => "1 account on this page".to_owned(),
            _ => format!("{count} accounts on this page"),
        },
        create: "New user",
        create_title: "New user",
        create_submit: "Create user",
        created: |name| format!("{name} can now sign in"),
        lock: "Lock",
        unlock: "Unlock",
        lock_label: |name| format!("Lock {name}"),
        unlock_label: |name| format!("Unlock {name}"),
        lock_title: |name| format!("Lock {name}’s account?"),
        lock_text: "Every session of this account ends at once, on every device, and nobody can sign in with it until it is unlocked.",
        unlock_title: |name| format!("Unlock {name}’s account?"),
        unlock_text: "Its owner will be able to sign in again with the same password.",
        was_locked: |name| format!("{name}’s account is locked"),
        was_unlocked: |name| format!("{name}’s account is unlocked"),
    },
    user: User {
        title: "User",
        all_users: "All users",
        details: "Details",
        profile: "Profile",
        updated: "Last changed",
        conflict_title: "Somebody else has changed this account",
        conflict_text: "Your changes were not saved. Load the latest version, then make them again.",
        reload: "Load the latest version",
        not_found_title: "This account does not exist",
        not_found_text: "It may have been deleted, or the link may be wrong.",
        read_only: "You can see this account but not change it.",
        access: "Access",
        roles_hint: "Roles decide what the account may do.",
    },
    account: Account {
        title: "My account",
        lead: "Your name, your language and what you may do.",
        profile: "Profile",
        profile_text: "How others see you.",
        email_hint: "Only an administrator can change your address.",
        preferences: "Preferences",
        preferences_text: "The language follows you to every device; the theme stays in this browser.",
        access: "Access",
        access_text: "Your roles, and what they allow.",
    },
    not_found: NotFound {
        title: "Page not found",
        text: "The address may be mistyped, or the page may have moved.",
    },
};

fn problem(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::MalformedRequest => "The request was not understood.",
        ProblemCode::Unauthenticated => "Sign in to continue.",
        ProblemCode::InvalidCredentials => "The e-mail address or the password is wrong.",
        ProblemCode::TokenExpired | ProblemCode::TokenInvalid | ProblemCode::SessionEnded => {
            "Your session has ended. Sign in again."
        }
        ProblemCode::AccountLocked => "This account is locked. Ask an administrator to unlock it.",
        ProblemCode::Forbidden => "You may not do this.",
        ProblemCode::CrossSiteRequest => "The request came from another site and was refused.",
        ProblemCode::SetupTokenInvalid => {
            "This set-up link has been used or is older than 30 minutes. Restart Matrice to get a new one."
        }
        ProblemCode::NotFound => "It does not exist, or no longer.",
        ProblemCode::MethodNotAllowed | ProblemCode::UnsupportedMediaType => {
            "This version of the page is out of date. Reload it."
        }
        ProblemCode::SetupDone => "Matrice is already set up. Sign in instead.",
        ProblemCode::LastAdministrator => "The last administrator must stay one: choose another first.",
        ProblemCode::PreconditionFailed => "Somebody else has changed this in the meantime.",
        ProblemCode::PayloadTooLarge => "This is too large to be saved.",
        ProblemCode::ValidationFailed => "Some fields need your attention.",
        ProblemCode::PreconditionRequired => "Load the latest version and try again.",
        ProblemCode::RateLimited => "Too many attempts.",
        ProblemCode::Internal => "Something went wrong on our side.",
        ProblemCode::Unavailable => "The service is not available right now.",
    }
}

fn field_error(error: &FieldError) -> String {
    let limit = error.limit.unwrap_or_default();
    match (error.code, error.field.as_str()) {
        (FieldCode::Required, "email") => "Enter an e-mail address.".to_owned(),
        (FieldCode::Required, "password") => "Enter a password.".to_owned(),
        (FieldCode::Required, "display_name") => "Enter a name.".to_owned(),
        (FieldCode::Required, _) => "This is required.".to_owned(),
        (FieldCode::TooShort, _) => format!("Use at least {limit} characters."),
        (FieldCode::TooLong, _) => format!("Use at most {limit} characters."),
        (FieldCode::InvalidFormat, "email") => {
            "Enter a whole e-mail address, such as ada@example.org.".to_owned()
        }
        (FieldCode::InvalidFormat, _) => "This has characters that are not allowed.".to_owned(),
        (FieldCode::UnknownValue, _) => "Choose one of the values offered.".to_owned(),
        (FieldCode::Taken, "email") => "Another account has this address.".to_owned(),
        (FieldCode::Taken, _) => "This is already in use.".to_owned(),
    }
}

fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::UsersRead => "see accounts and their roles",
        Permission::UsersWrite => "create, change, lock and unlock accounts",
        Permission::RolesRead => "see roles and what they allow",
        Permission::RolesGrant => "give and take away roles",
    }
}
