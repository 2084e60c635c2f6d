//! English: what the API’s codes mean.

use contract::{FieldCode, FieldError, Permission, ProblemCode, RedirectUri};

pub fn problem(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::MalformedRequest => "The request was not understood.",
        ProblemCode::ClientInvalid => "This application is not known here, or has been disabled.",
        ProblemCode::RedirectUriInvalid => "The application has not registered the address that it named.",
        ProblemCode::IdTokenHintInvalid => "The application’s request to sign out is not valid.",
        ProblemCode::TooManyClientSecrets => "The application has two secrets: delete one first.",
        ProblemCode::PublicClient => "A public application has no secret.",
        ProblemCode::Unauthenticated => "Sign in to continue.",
        ProblemCode::InvalidCredentials => "The e-mail address or the password is wrong.",
        ProblemCode::SecondFactorInvalid => "This code is wrong or has been used.",
        ProblemCode::ChallengeInvalid => "This took too long, or too many codes were wrong. Sign in again.",
        ProblemCode::PasskeyInvalid => "The passkey was not accepted. Try again.",
        ProblemCode::PasskeyUnknown => {
            "No account here has this passkey: it was removed, or belongs elsewhere."
        }
        ProblemCode::PasskeyWrongSite => {
            "This passkey belongs to another site, or the page has another address."
        }
        ProblemCode::PasskeyNotVerified => {
            "The device did not check that it was you. Use a passkey that asks for a fingerprint, a face or a PIN."
        }
        ProblemCode::PasskeyCloned => {
            "There may be a copy of this passkey. Sign in another way and remove it from your account."
        }
        ProblemCode::PasskeyCeremonyInvalid => "This took too long. Try again.",
        ProblemCode::PasskeyTaken => "This passkey was added before.",
        ProblemCode::TooManyPasskeys => "You have as many passkeys as you may have: remove one first.",
        ProblemCode::TokenExpired | ProblemCode::TokenInvalid | ProblemCode::SessionEnded => {
            "Your session has ended. Sign in again."
        }
        ProblemCode::AccountLocked => "This account is locked. Ask an administrator to unlock it.",
        ProblemCode::ApiKeyInvalid => "This API key is not valid.",
        ProblemCode::SessionRequired => "Sign in to do this: an API key may not.",
        ProblemCode::TooManyApiKeys => "You have as many API keys as you may have: delete one first.",
        ProblemCode::Forbidden => "You may not do this.",
        ProblemCode::SecondFactorRequired => "Your role asks for a second factor. Turn one on first.",
        ProblemCode::ProofRequired => "You signed in a while ago. Sign in again to do this.",
        ProblemCode::CrossSiteRequest => "The request came from another site and was refused.",
        ProblemCode::SetupTokenInvalid => {
            "This set-up link has been used or is older than 30 minutes. Restart Matrice to get a new one."
        }
        ProblemCode::SignUpClosed => "Accounts are by invitation only here.",
        ProblemCode::LinkInvalid => "This link has been used or has expired. Ask for another.",
        ProblemCode::AuthorizationInvalid => {
            "This took too long or was used before. Begin again with the provider."
        }
        ProblemCode::AuthorizationDenied => "The provider was not allowed to tell who you are.",
        ProblemCode::ProviderEmailUnverified => {
            "The provider has not verified your e-mail address. Verify it there, or sign in another way."
        }
        ProblemCode::LinkRequired => {
            "An account here has your address. Sign in to it as usual, then link the provider in your account."
        }
        ProblemCode::IdentityNotLinked => "This is not linked to your account.",
        ProblemCode::SignInNotFresh => "The provider did not ask again who you are. Confirm in another way.",
        ProblemCode::NotFound => "It does not exist, or no longer.",
        ProblemCode::MethodNotAllowed | ProblemCode::UnsupportedMediaType => {
            "This version of the page is out of date. Reload it."
        }
        ProblemCode::SetupDone => "Matrice is already set up. Sign in instead.",
        ProblemCode::LastAdministrator => "The last administrator must stay one: choose another first.",
        ProblemCode::PasswordNotSet => {
            "Your account has no password. Use “Forgotten your password?” to choose one."
        }
        ProblemCode::IdentityTaken => "This is already linked to another account.",
        ProblemCode::LastSecondFactor => "Your role asks for a second factor: this one must stay on.",
        ProblemCode::SecondFactorOff => "No second factor is on.",
        ProblemCode::MailNotFailed => "The mail is on its way or was sent already.",
        ProblemCode::MailLinkExpired => {
            "The link in the mail is not valid any more. Its recipient has to ask for another."
        }
        ProblemCode::TotpNotBegun => "Begin setting up the authenticator app again.",
        ProblemCode::PreconditionFailed => "Somebody else has changed this in the meantime.",
        ProblemCode::PayloadTooLarge => "This is too large to be saved.",
        ProblemCode::ValidationFailed => "Some fields need your attention.",
        ProblemCode::PreconditionRequired => "Load the latest version and try again.",
        ProblemCode::RateLimited => "Too many attempts.",
        ProblemCode::ProviderFailed => {
            "The provider answered something unexpected. Try again later, or sign in another way."
        }
        ProblemCode::ProviderUnavailable => "The provider does not answer right now.",
        ProblemCode::Overloaded => "Too many people are signing in at this moment.",
        ProblemCode::Internal => "Something went wrong on our side.",
        ProblemCode::Unavailable => "The service is not available right now.",
    }
}

pub fn field_error(error: &FieldError) -> String {
    let limit = error.limit.unwrap_or_default();
    match (error.code, error.field.as_str()) {
        (FieldCode::Required, "email" | "new_email") => "Enter an e-mail address.".to_owned(),
        (FieldCode::Required, "password" | "current_password" | "new_password") => {
            "Enter a password.".to_owned()
        }
        (FieldCode::Required, "display_name" | "name") => "Enter a name.".to_owned(),
        (FieldCode::Required, "code") => "Enter the code.".to_owned(),
        (FieldCode::Required, _) => "This is required.".to_owned(),
        (FieldCode::TooShort, _) => format!("Use at least {limit} characters."),
        (FieldCode::TooLong, "redirect_uris" | "post_logout_redirect_uris") => {
            format!("At most {} of at most {} characters each.", RedirectUri::MOST, RedirectUri::MAX)
        }
        (FieldCode::TooLong, _) => format!("Use at most {limit} characters."),
        (FieldCode::InvalidFormat, "email" | "new_email") => {
            "Enter a whole e-mail address, such as ada@example.org.".to_owned()
        }
        (FieldCode::InvalidFormat, "redirect_uris" | "post_logout_redirect_uris") => {
            "Each must be whole and without a fragment: https, http on the own machine, or an app’s own scheme, such as org.example.app:/callback.".to_owned()
        }
        (FieldCode::InvalidFormat, _) => "This has characters that are not allowed.".to_owned(),
        (FieldCode::UnknownValue, _) => "Choose one of the values offered.".to_owned(),
        (FieldCode::Taken, "email") => "Another account has this address.".to_owned(),
        (FieldCode::Taken, "new_email") => "This is your address already.".to_owned(),
        (FieldCode::Taken, _) => "This is already in use.".to_owned(),
        (FieldCode::Wrong, "current_password" | "password") => {
            "This is not your current password.".to_owned()
        }
        (FieldCode::Wrong, "code") => "This code is wrong or has been used. Try the next one.".to_owned(),
        (FieldCode::Wrong, "email") => "This is not your account’s address.".to_owned(),
        (FieldCode::Wrong, _) => "This is not right.".to_owned(),
        (FieldCode::DomainNotAllowed, _) => "Addresses of this domain can’t be used here.".to_owned(),
        (FieldCode::TooWeak, _) => "This is too easy to guess. Use a few uncommon words.".to_owned(),
    }
}

pub fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::ClientsRead => "see the applications that people sign in to",
        Permission::ClientsWrite => "register, change and delete applications",
        Permission::MailRead => "see every mail that Matrice sends, and open it when signed in",
        Permission::MailSend => "send mails again that have failed",
        Permission::UsersRead => "see accounts and their roles",
        Permission::UsersWrite => "create, change, lock and unlock accounts",
        Permission::RolesRead => "see roles and what they allow",
        Permission::RolesWrite => "change what roles demand of their holders",
        Permission::RolesGrant => "give and take away roles",
        Permission::SecurityRead => "read the security log",
    }
}
