//! English.

use crate::{
    Message,
    words::{Frame, Words},
};

pub const FRAME: Frame = Frame {
    greeting: |name| name.map_or_else(|| "Hello,".to_owned(), |name| format!("Hello {name},")),
    copy_link: "If the button doesn’t work, open this link:",
    footer: "Matrice wrote this by itself; an answer would reach nobody.",
};

const NOT_YOU: &str = "If this wasn’t you, you can ignore this mail: nothing changes.";

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
            .say(format!("{inviter} has made an account for you. Choose your password to begin."))
            .ask("Accept the invitation", link)
            .say("The link works once, for 7 days."),
        Message::PasswordReset { link } => Words::new("Choose a new password")
            .say("You asked for a new password.")
            .ask("Choose a new password", link)
            .say("The link works once, for 30 minutes. Your other sessions end when you use it.")
            .say(NOT_YOU),
        Message::PasswordChanged { forgot_password } => Words::new("Your password was changed")
            .say("Your password has just been changed, and your other sessions have ended.")
            .say("If this wasn’t you, choose another password at once and tell your administrator.")
            .ask("Choose a new password", forgot_password),
        Message::EmailVerification { link } => Words::new("Is this your address?")
            .say("Confirm that this address is yours.")
            .ask("Confirm my address", link)
            .say("The link works once, for 24 hours.")
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
        Message::AccountDeleted => Words::new("Your account is deleted")
            .say("Your account and your data are deleted, as you asked.")
            .say("If this wasn’t you, tell your administrator."),
    }
}
