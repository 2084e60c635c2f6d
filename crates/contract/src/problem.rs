//! Errors on the wire: RFC 9457 problem details.

use serde::{Deserialize, Serialize};

use crate::FieldError;

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $name:ident = $code:tt, $status:literal, $title:literal;)*) => {
        /// A stable name for what went wrong. Clients branch on it; texts may change, it does not.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ProblemCode {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code's name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// What it means, in a few words of English.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

problem_codes! {
    /// The request is not of the form that HTTP, JSON or the endpoint asks for.
    MalformedRequest = "malformed_request", 400, "The request is malformed";
    /// No such application, or it is disabled.
    ClientInvalid = "client_invalid", 400, "The application is not known here";
    /// Not one of the application's addresses: nobody is sent there.
    RedirectUriInvalid = "redirect_uri_invalid", 400, "The application has not registered this address";
    /// The `id_token_hint` is not an ID token of ours, or of another application.
    IdTokenHintInvalid = "id_token_hint_invalid", 400, "The ID token is not valid";
    /// No proof of who is calling.
    Unauthenticated = "unauthenticated", 401, "Sign in to continue";
    /// Unknown account or wrong password; never said which.
    InvalidCredentials = "invalid_credentials", 401, "The e-mail address or the password is wrong";
    /// The code is wrong, or was used before.
    SecondFactorInvalid = "second_factor_invalid", 401, "The code is wrong";
    /// The password was right too long ago, or five codes were wrong: sign in from the start.
    ChallengeInvalid = "challenge_invalid", 401, "The sign-in has to begin again";
    /// The access token's time is over: refresh it.
    TokenExpired = "token_expired", 401, "The access token has expired";
    /// The token is malformed, of another issuer or audience, or its signature doesn't hold; or it is of an application
    /// that is disabled.
    TokenInvalid = "token_invalid", 401, "The token is not valid";
    /// The API key is malformed, unknown, deleted or expired, or its owner's account may not be used.
    ApiKeyInvalid = "api_key_invalid", 401, "The API key is not valid";
    /// The session was ended, by its owner or by an administrator.
    SessionEnded = "session_ended", 401, "The session has ended";
    /// The password is right, and the account may not be used.
    AccountLocked = "account_locked", 403, "The account is locked";
    /// For the owner alone, signed in: an API key, or an application in its own name, is not enough.
    SessionRequired = "session_required", 403, "Sign in to do this: an API key may not";
    /// Known, and not allowed.
    Forbidden = "forbidden", 403, "You may not do this";
    /// A role of the caller demands a second factor, and none is on: turn one on.
    SecondFactorRequired = "second_factor_required", 403, "A second factor is required";
    /// The caller last proved who they are more than ten minutes ago: `POST /api/core/v1/auth/step-up`.
    ProofRequired = "proof_required", 403, "Prove again who you are";
    /// What the passkey has signed is not what it was asked to sign, or its signature doesn't hold.
    PasskeyInvalid = "passkey_invalid", 403, "The passkey was not accepted";
    /// No account has the passkey, or not this one; the browser may be told to forget it
    /// (`PublicKeyCredential.signalUnknownCredential()`).
    PasskeyUnknown = "passkey_unknown", 403, "The passkey is not known";
    /// The passkey was asked by a page of another origin, or is of another site.
    PasskeyWrongSite = "passkey_wrong_site", 403, "The passkey is of another site";
    /// The device did not verify, by a finger, a face or a PIN, that it was its owner.
    PasskeyNotVerified = "passkey_not_verified", 403, "The device did not verify its owner";
    /// The passkey's signature counter went back: there may be a copy of it.
    PasskeyCloned = "passkey_cloned", 403, "There may be a copy of the passkey";
    /// A browser sent this from another site (DESIGN decision 7).
    CrossSiteRequest = "cross_site_request", 403, "Requests from other sites are refused";
    /// The set-up link is unknown, used or older than 30 minutes.
    SetupTokenInvalid = "setup_token_invalid", 403, "The set-up link is not valid";
    /// The link is unknown, used or expired.
    LinkInvalid = "link_invalid", 403, "The link is not valid any more";
    /// Nobody may make an account of their own, or nobody of that domain any more.
    SignUpClosed = "sign_up_closed", 403, "Accounts are by invitation only";
    /// The authorization is unknown, used, expired, of another browser or session, or not for this; or the provider
    /// doesn't know its code any more.
    AuthorizationInvalid = "authorization_invalid", 403, "Begin again with the provider";
    /// The provider said no: mostly because its owner did.
    AuthorizationDenied = "authorization_denied", 403, "The provider was not allowed to say who you are";
    /// The provider tells no address, or hasn't verified it.
    ProviderEmailUnverified = "provider_email_unverified", 403, "The provider has not verified your e-mail address";
    /// An account has the address and can't be linked without its owner being signed in.
    LinkRequired = "link_required", 403, "Sign in as usual and link the provider first";
    /// The identity is not one of the caller's.
    IdentityNotLinked = "identity_not_linked", 403, "This is not linked to your account";
    /// The provider hasn't asked again who it is, or doesn't tell.
    SignInNotFresh = "sign_in_not_fresh", 403, "The provider has not asked again who you are";
    /// Nothing at this address, or nothing that the caller may know of.
    NotFound = "not_found", 404, "Not found";
    /// The address exists, the method doesn't; `Allow` says which do.
    MethodNotAllowed = "method_not_allowed", 405, "The method is not allowed here";
    /// The first administrator exists already.
    SetupDone = "setup_done", 409, "Matrice is already set up";
    /// The account has as many API keys as it may have.
    TooManyApiKeys = "too_many_api_keys", 409, "The account has too many API keys";
    /// The account has no password; a forgotten one is chosen in the same way.
    PasswordNotSet = "password_not_set", 409, "The account has no password";
    /// The identity is linked to another account.
    IdentityTaken = "identity_taken", 409, "It is linked to another account";
    /// The ceremony of the passkey is unknown, used or older than five minutes, or was begun for something else.
    PasskeyCeremonyInvalid = "passkey_ceremony_invalid", 409, "Asking for the passkey has to begin again";
    /// The passkey is known already.
    PasskeyTaken = "passkey_taken", 409, "The passkey was added before";
    /// The account has as many passkeys as it may have.
    TooManyPasskeys = "too_many_passkeys", 409, "The account has too many passkeys";
    /// The application has two secrets: delete one first.
    TooManyClientSecrets = "too_many_client_secrets", 409, "The application has two secrets";
    /// A public application can't keep a secret.
    PublicClient = "public_client", 409, "A public application has no secret";
    /// It would leave nobody able to administer.
    LastAdministrator = "last_administrator", 409, "The last administrator must stay one";
    /// A role of the account demands a second factor, and this is its last.
    LastSecondFactor = "last_second_factor", 409, "The last second factor must stay on";
    /// It belongs to a second factor, and none is on.
    SecondFactorOff = "second_factor_off", 409, "No second factor is on";
    /// There is nothing to confirm: it was not begun, begun anew, or confirmed already.
    TotpNotBegun = "totp_not_begun", 409, "Setting up the authenticator app has to begin again";
    /// The mail is on its way, or was sent: there is nothing to retry.
    MailNotFailed = "mail_not_failed", 409, "The mail has not failed";
    /// The link in the mail was used, replaced or has expired: sending it again would help nobody.
    MailLinkExpired = "mail_link_expired", 409, "The link in the mail is not valid any more";
    /// Changed by somebody else since it was read: `If-Match` doesn't hold.
    PreconditionFailed = "precondition_failed", 412, "It was changed in the meantime";
    /// The body is larger than the endpoint takes.
    PayloadTooLarge = "payload_too_large", 413, "The request body is too large";
    /// Not `application/json`.
    UnsupportedMediaType = "unsupported_media_type", 415, "The request body must be application/json";
    /// Some fields are refused; `errors` says which and why.
    ValidationFailed = "validation_failed", 422, "Some fields are not valid";
    /// An update without `If-Match`.
    PreconditionRequired = "precondition_required", 428, "The If-Match header is required";
    /// Too many attempts; `Retry-After` says how many seconds to wait.
    RateLimited = "rate_limited", 429, "Too many requests";
    /// A fault of ours; the log has it under `request_id`.
    Internal = "internal", 500, "Something went wrong";
    /// An identity provider answers something else than it must, or refuses the installation.
    ProviderFailed = "provider_failed", 502, "The provider answered something unexpected";
    /// More passwords are being checked than the installation has time for; try again.
    Overloaded = "overloaded", 503, "Too much is asked at once";
    /// The database or the key-value store doesn't answer; try again.
    Unavailable = "unavailable", 503, "The service is not available right now";
    /// An identity provider doesn't answer, or not in time; try again.
    ProviderUnavailable = "provider_unavailable", 504, "The provider does not answer right now";
}

/// The body of every refusal, `application/problem+json` (RFC 9457 §3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI that names the kind of problem.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", schema(example = "urn:matrice:problem:validation_failed"))]
    pub kind: String,
    /// What it means, in a few words of English.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code to branch on.
    pub code: ProblemCode,
    /// More about this occurrence, where there is more to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Under which the log has the rest.
    pub request_id: String,
    /// The refused fields of `validation_failed`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

impl Problem {
    /// The problem of that code, without detail.
    pub fn new(code: ProblemCode, request_id: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:matrice:problem:{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: None,
            request_id: request_id.into(),
            errors: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives_the_wire() {
        for code in ProblemCode::ALL {
            let problem = Problem::new(*code, "r1");
            let json = serde_json::to_value(&problem).unwrap();
            assert_eq!(json["code"], code.as_str());
            assert_eq!(serde_json::from_value::<Problem>(json).unwrap(), problem);
        }
    }
}
