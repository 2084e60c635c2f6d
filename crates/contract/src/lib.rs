//! What the API, the UI and the tests agree on.
//!
//! Lives here: ids, request and response bodies, the rules of every field, permissions, problem
//! codes. Everything may depend on this crate; it depends on nothing of ours and does no I/O.
//!
//! A request body arrives as plain strings (`CreateUser`) and is parsed once, at the edge, into
//! types that cannot hold a wrong value (`NewUser`); [`FieldErrors`] collects every complaint, so
//! that a form shows them all at once. To add an endpoint: its bodies go into the module of its
//! noun, its new permission into [`Permission`], its new refusal into [`ProblemCode`].
#![warn(missing_docs)]

mod account;
mod api_key;
mod auth;
mod display_name;
mod email;
mod email_change;
mod field;
mod health;
mod id;
mod identity;
mod invitation;
mod locale;
mod mail;
mod me;
mod names;
mod oauth;
mod page;
mod passkey;
mod password;
mod password_advice;
mod password_reset;
#[cfg(feature = "password-strength")]
mod password_strength;
mod permission;
mod problem;
mod role;
mod search;
mod second_factor;
mod security_event;
mod session;
mod sign_up;
mod tick;
mod user;
mod whoami;

pub use account::{
    AccountExport, DeleteAccountRequest, ExportedAuthorization, ExportedIdentity, ExportedLink, ExportedMail,
    ExportedSession, UnlinkedIdentity,
};
pub use api_key::{ApiKey, ApiKeyName, CreateApiKey, CreatedApiKey, NewApiKey};
pub use auth::{Credentials, LoginRequest, RefreshRequest, Setup, SetupRequest, TokenGrant, Transport};
pub use display_name::DisplayName;
pub use email::Email;
pub use email_change::{ChangeEmailRequest, ConfirmEmailRequest, EmailChange};
pub use field::{FieldCode, FieldError, FieldErrors, FieldRule};
pub use health::{Check, Health, HealthStatus, Readiness};
pub use id::{ApiKeyId, ClientId, ClientSecretId, IdentityId, InvitationId, PasskeyId, SessionId, UserId};
pub use identity::{
    AuthorizationPurpose, BeginAuthorization, BegunAuthorization, Identity, IdentityProvider,
    IdentityProviderId, PendingAuthorization, ProviderAnswer, ProviderCallback, ReturnPath,
};
pub use invitation::{Invitation, InviteRequest, NewInvitation};
pub use locale::Locale;
pub use mail::{MailState, OpenedMail, OutboxMail};
pub use me::{Me, MeChanges, UpdateMe};
pub use oauth::{
    Authorization, AuthorizationDecision, AuthorizationRequest, AuthorizationStep, Client, ClientChanges,
    ClientKind, ClientName, ClientSecret, Consent, CreateClient, CreatedClient, CreatedClientSecret,
    EndSession, EndSessionRequest, Introspection, NewClient, OAuthError, OAuthErrorCode, RedirectUri, Scope,
    ScopeSet, TokenResponse, UpdateClient, UserInfo,
};
pub use page::{Limit, Page};
pub use passkey::{
    Passkey, PasskeyAssertion, PasskeyCeremony, PasskeyChallengeRequest, PasskeyName, PasskeySignInRequest,
    PasskeyTransport, RegisterPasskey, RegisteredPasskey, RenamePasskey,
};
pub use password::Password;
pub use password_advice::PasswordAdvice;
pub use password_reset::{
    ChangePasswordRequest, ForgotPasswordRequest, PasswordChange, ResetPasswordRequest,
};
#[cfg(feature = "password-strength")]
pub use password_strength::PasswordStrength;
pub use permission::{Denied, Permission, PermissionSet};
pub use problem::{Problem, ProblemCode};
pub use role::{Role, RoleName, UpdateRole};
pub use search::Search;
pub use second_factor::{
    ConfirmTotpRequest, RecoveryCodes, SecondFactorAnswer, SecondFactorChallenge, SecondFactorMethod,
    SecondFactorRequest, SecondFactorStatus, SecondFactors, StepUpRequest, TotpEnrolment,
};
pub use security_event::{SecurityEvent, SecurityEventDetails, SecurityEventKind, SecurityOutcome};
pub use session::Session;
pub use sign_up::{CompleteSignUpRequest, SignUp, SignUpRequest, SignUpRules};
pub use tick::{SentMails, Tick};
pub use user::{CreateUser, NewUser, UpdateUser, User, UserChanges, UserSort, UserStatus};
pub use whoami::WhoAmI;
