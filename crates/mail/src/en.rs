//! English.

use crate::{
    Message,
    words::{Frame, Words},
};

pub const FRAME: Frame = Frame {
    greeting: |name| name.map_or_else(|| "Hello,".to_owned(), |name| format!("Hello {name},")),
    colon: ":",
    copy_link: "If the button doesn’t work, open this link:",
    footer: "Matrice wrote this by itself; an answer would reach nobody.",
};

const NOT_YOU: &str = "If this wasn’t you, you can ignore this mail: nothing changes.";
const SOMEBODY_ELSE: &str =
    "If this wasn’t you, choose another password at once and tell your administrator.";
const CHOOSE_PASSWORD: &str = "Choose a new password";

pub fn words(message: &Message<'_>) -> Words {
    match message {
        Message::SignUp { link } => Words::new("Finish creating your account")
            .say("You asked for an account with this address. Choose your password to finish.")
            .ask("Create my account", link)
            .say("The link works once, for 24 hours.")
            .say(NOT_YOU),
        Message::AlreadySignedUp { sign_in, forgot_password } => Words::new("You have an account already")
            .say("You asked for an account with this address, and there is one already.")
            .ask("Sign in", sign_in)
            .say(format!("Forgotten your password? Choose another: {forgot_password}"))
            .say(NOT_YOU),
        Message::Invitation { inviter, link } => Words::new(format!("{inviter} invites you to Matrice"))
            .say(format!("{inviter} offers you an account. Choose your password to begin."))
            .ask("Accept the invitation", link)
            .say("The link works once, for 7 days."),
        Message::PasswordReset { link } => Words::new("Choose a new password")
            .say("You asked for a new password.")
            .ask(CHOOSE_PASSWORD, link)
            .say("The link works once, for 30 minutes. Your other sessions end when you use it.")
            .say(NOT_YOU),
        Message::PasswordChanged { forgot_password } => Words::new("Your password was changed")
            .say("Your password has just been changed, and your other sessions have ended.")
            .say(SOMEBODY_ELSE)
            .ask(CHOOSE_PASSWORD, forgot_password),
        Message::EmailVerification { link } => Words::new("Is this your address?")
            .say("Confirm that this address is yours.")
            .ask("Confirm my address", link)
            .say("The link works once, for 24 hours.")
            .say(NOT_YOU),
        Message::EmailInUse { sign_in } => Words::new("This address has an account already")
            .say("You asked to use this address for another account. It has an account of its own, so nothing changes.")
            .ask("Sign in", sign_in)
            .say(NOT_YOU),
        Message::EmailChangeRequested { new_email } => Words::new("Another address was asked for")
            .say(format!(
                "You asked to sign in with {new_email} from now on. It counts once that address is confirmed."
            ))
            .say("If this wasn’t you, change your password and tell your administrator."),
        Message::EmailChanged { new_email } => Words::new("Your address was changed")
            .say(format!("Your account’s address is {new_email} from now on."))
            .say("If this wasn’t you, tell your administrator."),
        Message::NewDevice { device, address, at, sessions } => Words::new("A new device has signed in")
            .say(format!(
                "Your account was used from a new device: {}, from {address}, on {}.",
                if device.is_empty() { "one that doesn’t say what it is" } else { device },
                at.format("%-d %B %Y at %H:%M UTC")
            ))
            .say("If this was you, all is well. If not, end that session and change your password.")
            .ask("See my sessions", sessions),
        Message::ApiKeyCreated { name, expires_at, forgot_password } => Words::new("A new API key")
            .say(format!(
                "Your account has a new API key, “{name}”. It works until {}.",
                expires_at.format("%-d %B %Y at %H:%M UTC")
            ))
            .say("If this wasn’t you, delete the key, choose another password at once and tell your administrator.")
            .ask("Choose a new password", forgot_password),
        Message::ApiKeyDeleted { name, forgot_password } => Words::new("An API key was deleted")
            .say(format!("Your account’s API key “{name}” is deleted: it doesn’t work any more."))
            .say("If this wasn’t you, choose another password at once and tell your administrator.")
            .ask("Choose a new password", forgot_password),
        Message::IdentitySignedUp { provider, account } => identity_signed_up(provider, account),
        Message::IdentityLinked { provider, account } => identity_linked(provider, account),
        Message::IdentityUnlinked { provider, forgot_password } => {
            identity_unlinked(provider, forgot_password)
        }
        Message::TotpAdded { forgot_password } => Words::new("An authenticator app was added")
            .say("Signing in to your account asks for a code of your authenticator app from now on.")
            .say("Keep the recovery codes that you were shown: they let you in without the app.")
            .say(SOMEBODY_ELSE)
            .ask(CHOOSE_PASSWORD, forgot_password),
        Message::TotpRemoved { forgot_password } => Words::new("The authenticator app was removed")
            .say("Signing in to your account doesn’t ask for a code of your authenticator app any more.")
            .say(SOMEBODY_ELSE)
            .ask(CHOOSE_PASSWORD, forgot_password),
        Message::PasskeyAdded { name, forgot_password } => passkey_added(name, forgot_password),
        Message::PasskeyRemoved { name, forgot_password } => passkey_removed(name, forgot_password),
        Message::SecondFactorReset { forgot_password } => second_factor_reset(forgot_password),
        Message::RecoveryCodesReplaced { forgot_password } => Words::new("You have new recovery codes")
            .say("New recovery codes were made for your account. The old ones let nobody in any more.")
            .say(SOMEBODY_ELSE)
            .ask(CHOOSE_PASSWORD, forgot_password),
        Message::RecoveryCodeUsed { left, forgot_password } => Words::new("A recovery code was used")
            .say("One of your recovery codes was used to prove that it is you.")
            .say(match left {
                0 => "It was the last one: make new ones.".to_owned(),
                1 => "One is left: make new ones.".to_owned(),
                _ => format!("{left} are left."),
            })
            .say(SOMEBODY_ELSE)
            .ask(CHOOSE_PASSWORD, forgot_password),
        Message::AccountDeleted => Words::new("Your account is deleted")
            .say("Your account and your data are deleted, as you asked.")
            .say("If this wasn’t you, tell your administrator."),
    }
}

fn identity_signed_up(provider: &str, account: &str) -> Words {
    Words::new("Your account is ready")
        .say(format!(
            "You signed in with {provider}, and have an account now. It has no password: sign in the same way \
             again."
        ))
        .say("If this wasn’t you, tell your administrator.")
        .ask("See my account", account)
}

fn identity_linked(provider: &str, account: &str) -> Words {
    Words::new(format!("You can sign in with {provider}"))
        .say(format!("From now on you can sign in to your account with {provider}, too."))
        .say(
            "If this wasn’t you, remove it from your account, choose another password at once and tell your \
             administrator.",
        )
        .ask("See my account", account)
}

fn identity_unlinked(provider: &str, forgot_password: &str) -> Words {
    Words::new(format!("{provider} was removed from your account"))
        .say(format!("You can’t sign in to your account with {provider} any more."))
        .say("If your account has no password, choose one to sign in.")
        .say(SOMEBODY_ELSE)
        .ask(CHOOSE_PASSWORD, forgot_password)
}

fn second_factor_reset(forgot_password: &str) -> Words {
    Words::new("Two-step sign-in was turned off")
        .say("An administrator has turned off two-step sign-in for your account, and your sessions have ended.")
        .say("Signing in asks for your password alone until you turn it on again: do so soon.")
        .say("If you didn’t ask for this, choose another password at once and tell your administrator.")
        .ask(CHOOSE_PASSWORD, forgot_password)
}

fn passkey_added(name: &str, forgot_password: &str) -> Words {
    Words::new("A passkey was added")
        .say(format!("Your account has a new passkey, “{name}”. From now on it signs you in without a password."))
        .say("If this wasn’t you, remove the passkey, choose another password at once and tell your administrator.")
        .ask(CHOOSE_PASSWORD, forgot_password)
}

fn passkey_removed(name: &str, forgot_password: &str) -> Words {
    Words::new("A passkey was removed")
        .say(format!("Your account’s passkey “{name}” is removed: it signs nobody in any more."))
        .say(SOMEBODY_ELSE)
        .ask(CHOOSE_PASSWORD, forgot_password)
}
