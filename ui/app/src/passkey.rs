//! Passkeys, as the browser has them (Web Authentication, Level 3): options in and credentials out, both as JSON.

use contract::{PasskeyAssertion, PasskeyCeremony, RegisterPasskey};
use js_sys::{Function, JSON, Promise};
use leptos::prelude::window;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, CredentialCreationOptions, CredentialRequestOptions, DomException,
    PublicKeyCredentialCreationOptions, PublicKeyCredentialRequestOptions,
};

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type Passkeys;

    // What is needed of it is not in `web-sys`' stable part; undefined in old browsers and outside secure contexts.
    #[wasm_bindgen(thread_local_v2, js_name = PublicKeyCredential)]
    static PASSKEYS: Option<Passkeys>;

    #[wasm_bindgen(method, getter, js_name = parseRequestOptionsFromJSON)]
    fn request_parser(this: &Passkeys) -> Option<Function>;

    #[wasm_bindgen(method, catch, js_name = parseCreationOptionsFromJSON)]
    fn parse_creation_options(
        this: &Passkeys,
        options: &JsValue,
    ) -> Result<PublicKeyCredentialCreationOptions, JsValue>;

    #[wasm_bindgen(method, catch, js_name = parseRequestOptionsFromJSON)]
    fn parse_request_options(
        this: &Passkeys,
        options: &JsValue,
    ) -> Result<PublicKeyCredentialRequestOptions, JsValue>;

    // Some browsers lack these two.
    #[wasm_bindgen(method, catch, js_name = isConditionalMediationAvailable)]
    fn can_autofill(this: &Passkeys) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = signalUnknownCredential)]
    fn signal_unknown(this: &Passkeys, credential: &JsValue) -> Result<Promise, JsValue>;

    type Mediated;

    #[wasm_bindgen(method, setter)]
    fn set_mediation(this: &Mediated, mediation: &str);
}

/// Why the browser gave no credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyRefusal {
    /// The person closed its window, or let it wait: it doesn't say which.
    Cancelled,
    /// The device has a passkey of this account already.
    AlreadyThere,
    /// The site's address is not one that passkeys can be bound to.
    WrongPlace,
    /// The device has nothing that would do.
    Unsupported,
    /// Anything else.
    Failed,
}

impl PasskeyRefusal {
    fn of(error: &JsValue) -> Self {
        match error.dyn_ref::<DomException>().map(DomException::name).as_deref() {
            Some("NotAllowedError" | "AbortError") => Self::Cancelled,
            Some("InvalidStateError") => Self::AlreadyThere,
            Some("SecurityError") => Self::WrongPlace,
            Some("NotSupportedError" | "ConstraintError") => Self::Unsupported,
            _ => Self::Failed,
        }
    }
}

/// What this browser has of passkeys here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeySupport {
    /// It has.
    There,
    /// Not over plain HTTP.
    Insecure,
    /// Not where the site has a network address for a name.
    WrongPlace,
    /// It is too old.
    Missing,
}

/// Asks the browser for what it has.
pub fn support() -> PasskeySupport {
    if !window().is_secure_context() {
        return PasskeySupport::Insecure;
    }
    match PASSKEYS.with(|passkeys| passkeys.as_ref()?.request_parser()) {
        None => PasskeySupport::Missing,
        Some(_) if window().location().hostname().is_ok_and(|host| is_address(&host)) => {
            PasskeySupport::WrongPlace
        }
        Some(_) => PasskeySupport::There,
    }
}

/// Whether a URL's host is an IP address, and no domain.
fn is_address(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    host.starts_with('[') || last.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether this browser has passkeys here.
pub fn is_there() -> bool {
    support() == PasskeySupport::There
}

/// How somebody comes to choose a passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mediation {
    /// In a window of the browser's.
    Dialog,
    /// Among what the browser offers to fill in, for as long as it takes.
    Autofill,
}

/// Whether the browser offers passkeys among what it fills in.
pub async fn can_autofill() -> bool {
    let Some(Ok(answer)) = PASSKEYS.with(|passkeys| passkeys.as_ref().map(Passkeys::can_autofill)) else {
        return false;
    };
    JsFuture::from(answer).await.is_ok_and(|available| available.is_truthy())
}

/// Makes a passkey, which is to be called `name`. Dropped, the browser stops asking.
pub async fn create(ceremony: PasskeyCeremony, name: String) -> Result<RegisterPasskey, PasskeyRefusal> {
    let aborting = Aborting::new()?;
    let credential = credential(try_create(&ceremony.options, &aborting)).await?;
    Ok(RegisterPasskey { ceremony: ceremony.ceremony, name, credential })
}

/// Proves to have a passkey. Dropped, the browser stops asking.
pub async fn get(
    ceremony: &PasskeyCeremony,
    mediation: Mediation,
) -> Result<PasskeyAssertion, PasskeyRefusal> {
    let aborting = Aborting::new()?;
    let credential = credential(try_get(&ceremony.options, mediation, &aborting)).await?;
    Ok(PasskeyAssertion { ceremony: ceremony.ceremony.clone(), credential })
}

/// Tells the browser that the site knows no such passkey, so that it offers it no more.
pub async fn forget(ceremony: &PasskeyCeremony, credential: &Value) {
    let unknown = json!({ "rpId": ceremony.options["rpId"], "credentialId": credential["id"] });
    let Ok(unknown) = to_js(&unknown) else { return };
    if let Some(Ok(told)) = PASSKEYS.with(|passkeys| Some(passkeys.as_ref()?.signal_unknown(&unknown))) {
        // A courtesy, which the browser may ignore.
        _ = JsFuture::from(told).await;
    }
}

fn try_create(options: &Value, aborting: &Aborting) -> Result<Promise, JsValue> {
    let request = CredentialCreationOptions::new();
    request.set_public_key(&passkeys()?.parse_creation_options(&to_js(options)?)?);
    request.set_signal(&aborting.0.signal());
    window().navigator().credentials().create_with_options(&request)
}

fn try_get(options: &Value, mediation: Mediation, aborting: &Aborting) -> Result<Promise, JsValue> {
    let request = CredentialRequestOptions::new();
    request.set_public_key(&passkeys()?.parse_request_options(&to_js(options)?)?);
    request.set_signal(&aborting.0.signal());
    if mediation == Mediation::Autofill {
        request.unchecked_ref::<Mediated>().set_mediation("conditional");
    }
    window().navigator().credentials().get_with_options(&request)
}

fn passkeys() -> Result<Passkeys, JsValue> {
    PASSKEYS.with(Clone::clone).ok_or(JsValue::UNDEFINED)
}

async fn credential(asked: Result<Promise, JsValue>) -> Result<Value, PasskeyRefusal> {
    let answer = match asked {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    // `JSON.stringify` calls `toJSON`.
    let text = answer.and_then(|credential| JSON::stringify(&credential));
    let text = text.map_err(|error| PasskeyRefusal::of(&error))?;
    serde_json::from_str(&String::from(text)).map_err(|_| PasskeyRefusal::Failed)
}

fn to_js(value: &Value) -> Result<JsValue, JsValue> {
    JSON::parse(&value.to_string())
}

/// Ends with its drop what it is the signal of; what has come to its end is left as it is.
struct Aborting(AbortController);

impl Aborting {
    fn new() -> Result<Self, PasskeyRefusal> {
        AbortController::new().map(Self).map_err(|_| PasskeyRefusal::Failed)
    }
}

impl Drop for Aborting {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_bound_to_names() {
        for address in ["127.0.0.1", "[::1]"] {
            assert!(is_address(address), "{address}");
        }
        for name in ["localhost", "matrice.example.org", "server1", "a.xn--p1ai", "1.example"] {
            assert!(!is_address(name), "{name}");
        }
    }
}
