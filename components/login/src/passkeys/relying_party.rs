//! The relying party of WebAuthn: what it asks of browsers, and whether it believes their answers.
//!
//! A passkey is both factors wherever it is used, so its device verifies its owner each time.

use anyhow::{Context, anyhow};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use contract::{Me, ProblemCode};
use platform::{Error, Result, config::Site};
use serde_json::Value;
use store::{
    passkey::{Beginning, NewKey, Signer},
    second_factor::{Credential, MatchingCode},
};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthenticationServerState, DiscoverableCredentialRequestOptions,
    NonDiscoverableAuthenticationServerState, NonDiscoverableCredentialRequestOptions,
    PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
    bin::{Decode, Encode},
    request::{
        AsciiDomain, Credentials as _, PublicKeyCredentialDescriptor, RpId, UserVerificationRequirement,
        auth::{AllowedCredentials, AuthenticationVerificationOptions},
        register::{
            CoseAlgorithmIdentifier, CredProtect, Nickname, PublicKeyCredentialUserEntity,
            RegistrationVerificationOptions, UserHandle64, Username,
        },
    },
    response::{
        Backup, CredentialId,
        auth::{Authentication, error::AuthCeremonyErr},
        register::{CompressedPubKey, DynamicState, StaticState, error::RegCeremonyErr},
    },
};

/// The site, as authenticators know it.
pub struct RelyingParty {
    id: RpId,
    origin: String,
}

/// What a browser is asked.
pub struct Question {
    /// What it is told.
    pub options: Value,
    /// What to know again when it answers.
    pub state: String,
}

/// A new handle for an account.
pub fn new_handle() -> String {
    BASE64.encode(UserHandle64::new().as_ref())
}

impl RelyingParty {
    /// The one of the site's public address.
    pub fn of(site: &Site) -> Result<Self> {
        let host = site.public_url.host_str().context("public_url has no host")?;
        let domain = AsciiDomain::try_from(host.to_owned()).context("public_url")?;
        Ok(Self { id: RpId::Domain(domain), origin: site.public_url.origin().ascii_serialization() })
    }

    /// Asks for a new passkey of that account.
    pub fn ask_for_new(&self, owner: &Me, beginning: &Beginning) -> Result<Question> {
        let handle: UserHandle64 = parse(&beginning.handle, "handle")?;
        let exclude = beginning.passkeys.iter().map(descriptor).collect::<Result<_>>()?;
        let id = owner.id.to_string();
        let name = Username::try_from(owner.email.as_str()).or_else(|_| Username::try_from(id.as_str()));
        let user = PublicKeyCredentialUserEntity {
            name: name.context("naming an account to authenticators")?,
            id: &handle,
            display_name: Nickname::try_from(owner.display_name.as_str()).ok(),
        };
        let mut options = PublicKeyCredentialCreationOptions::passkey(&self.id, user, exclude);
        options.pub_key_cred_params = options.pub_key_cred_params.remove(CoseAlgorithmIdentifier::Es384);
        // Owners are verified by what we ask each time; many authenticators don't know the extension.
        options.extensions.cred_protect = CredProtect::None;
        let (state, client) = options.start_ceremony().context("asking for a new passkey")?;
        question(&client, &state.encode().context("state of a ceremony")?)
    }

    /// Asks for a passkey, whosever it is.
    pub fn ask_anybody(&self) -> Result<Question> {
        let options = DiscoverableCredentialRequestOptions::passkey(&self.id);
        let (state, client) = options.start_ceremony().context("asking for a passkey")?;
        question(&client, &state.encode().context("state of a ceremony")?)
    }

    /// Asks for one of these passkeys; `None` where there is none.
    pub fn ask_for(&self, known: &[Credential]) -> Result<Option<Question>> {
        let mut allowed = AllowedCredentials::with_capacity(known.len());
        for credential in known {
            allowed.push(descriptor(credential)?.into());
        }
        let Ok(mut options) = NonDiscoverableCredentialRequestOptions::second_factor(&self.id, allowed)
        else {
            return Ok(None);
        };
        options.options().user_verification = UserVerificationRequirement::Required;
        let (state, client) = options.start_ceremony().context("asking for a passkey")?;
        question(&client, &state.encode().context("state of a ceremony")?).map(Some)
    }

    /// Reads the answer to a question for a new passkey.
    pub fn read_new(&self, state: &str, credential: &Value) -> Result<NewKey> {
        let state = RegistrationServerState::<64>::decode(&bytes(state)?).map_err(stored("ceremony"))?;
        let registration = Registration::from_json_relaxed(credential.to_string().as_bytes());
        let registration = registration.map_err(|_| ProblemCode::PasskeyInvalid)?;
        let options = RegistrationVerificationOptions::<&str, &str> {
            allowed_origins: &[&self.origin],
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let made = state.verify(&self.id, &registration, &options).map_err(|error| {
            tracing::debug!(%error, "passkey refused");
            refuse_new(&error)
        })?;
        let dynamic_state = made.dynamic_state();
        Ok(NewKey {
            credential_id: BASE64.encode(made.id()),
            transports: serde_json::to_value(made.transports())
                .and_then(serde_json::from_value)
                .context("transports of a passkey")?,
            static_state: BASE64.encode(made.static_state().encode().context("key of a passkey")?),
            dynamic_state: BASE64.encode(dynamic_state.encode().context("state of a passkey")?),
            backed_up: is_backed_up(dynamic_state),
        })
    }

    /// Reads the answer to a question that was for anybody.
    pub fn read_anybodys(&self, state: &str, credential: &Value, signer: &Signer) -> Result<MatchingCode> {
        let state =
            DiscoverableAuthenticationServerState::decode(&bytes(state)?).map_err(stored("ceremony"))?;
        let answer = assertion(credential)?;
        self.read(signer, |key, options| state.verify(&self.id, &answer, key, options))
    }

    /// Reads the answer to a question for one of an account's passkeys.
    pub fn read_one_of(&self, state: &str, credential: &Value, signer: &Signer) -> Result<MatchingCode> {
        let state =
            NonDiscoverableAuthenticationServerState::decode(&bytes(state)?).map_err(stored("ceremony"))?;
        let answer = assertion(credential)?;
        self.read(signer, |key, options| state.verify(&self.id, &answer, key, options))
    }

    fn read(
        &self,
        signer: &Signer,
        verify: impl FnOnce(&mut Key<'_, '_>, &Expectations<'_, '_>) -> Result<bool, AuthCeremonyErr>,
    ) -> Result<MatchingCode> {
        let id: CredentialId<Vec<u8>> = parse(&signer.credential_id, "credential id")?;
        let handle: UserHandle64 = parse(&signer.handle, "handle")?;
        let static_state = StaticState::decode(&bytes(&signer.static_state)?).map_err(stored("key"))?;
        let dynamic_state = bytes(&signer.dynamic_state)?.try_into().map_err(stored("state"))?;
        let dynamic_state = DynamicState::decode(dynamic_state).map_err(stored("state"))?;
        let key = AuthenticatedCredential::new((&id).into(), &handle, static_state, dynamic_state);
        let mut key = key.map_err(stored("state"))?;
        let options = AuthenticationVerificationOptions {
            allowed_origins: &[self.origin.as_str()],
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        verify(&mut key, &options).map_err(|error| {
            tracing::debug!(%error, "passkey refused");
            refuse(&error)
        })?;
        let dynamic_state = key.dynamic_state();
        Ok(MatchingCode::Passkey {
            passkey: signer.id,
            seen_state: signer.dynamic_state.clone(),
            dynamic_state: BASE64.encode(dynamic_state.encode().context("state of a passkey")?),
            backed_up: is_backed_up(dynamic_state),
        })
    }
}

type Key<'cred, 'user> =
    AuthenticatedCredential<'cred, 'user, 64, CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>>;
type Expectations<'origins, 'text> =
    AuthenticationVerificationOptions<'origins, 'origins, &'text str, &'text str>;

fn assertion<const DISCOVERABLE: bool>(credential: &Value) -> Result<Authentication<64, DISCOVERABLE>> {
    let answer = Authentication::from_json_relaxed(credential.to_string().as_bytes());
    Ok(answer.map_err(|_| ProblemCode::PasskeyInvalid)?)
}

fn refuse_new(error: &RegCeremonyErr) -> ProblemCode {
    match error {
        RegCeremonyErr::Timeout => ProblemCode::PasskeyCeremonyInvalid,
        RegCeremonyErr::OriginMismatch
        | RegCeremonyErr::CrossOrigin
        | RegCeremonyErr::TopOriginMismatch
        | RegCeremonyErr::RpIdHashMismatch => ProblemCode::PasskeyWrongSite,
        RegCeremonyErr::UserNotVerified => ProblemCode::PasskeyNotVerified,
        _ => ProblemCode::PasskeyInvalid,
    }
}

fn refuse(error: &AuthCeremonyErr) -> ProblemCode {
    match error {
        AuthCeremonyErr::Timeout => ProblemCode::PasskeyCeremonyInvalid,
        AuthCeremonyErr::OriginMismatch
        | AuthCeremonyErr::CrossOrigin
        | AuthCeremonyErr::TopOriginMismatch
        | AuthCeremonyErr::RpIdHashMismatch => ProblemCode::PasskeyWrongSite,
        AuthCeremonyErr::UserNotVerified => ProblemCode::PasskeyNotVerified,
        AuthCeremonyErr::SignatureCounter => ProblemCode::PasskeyCloned,
        AuthCeremonyErr::UserHandleMismatch
        | AuthCeremonyErr::CredentialIdMismatch
        | AuthCeremonyErr::NoMatchingAllowedCredential => ProblemCode::PasskeyUnknown,
        _ => ProblemCode::PasskeyInvalid,
    }
}

fn question(client: &impl serde::Serialize, state: &[u8]) -> Result<Question> {
    let options = serde_json::to_value(client).context("options of a ceremony")?;
    Ok(Question { options, state: BASE64.encode(state) })
}

fn descriptor(known: &Credential) -> Result<PublicKeyCredentialDescriptor<Vec<u8>>> {
    let transports = serde_json::to_value(&known.transports).and_then(serde_json::from_value);
    Ok(PublicKeyCredentialDescriptor {
        id: parse(&known.credential_id, "credential id")?,
        transports: transports.map_err(stored("transports"))?,
    })
}

fn is_backed_up(state: DynamicState) -> bool {
    matches!(state.backup, Backup::Exists)
}

fn bytes(stored_text: &str) -> Result<Vec<u8>> {
    BASE64.decode(stored_text).map_err(stored("state"))
}

fn parse<T: serde::de::DeserializeOwned>(text: &str, what: &'static str) -> Result<T> {
    serde_json::from_value(text.into()).map_err(stored(what))
}

/// What the database has is not what was written.
fn stored<E: std::fmt::Debug>(what: &'static str) -> impl FnOnce(E) -> Error {
    move |error| anyhow!("stored {what} of a passkey: {error:?}").into()
}
