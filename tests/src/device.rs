//! A browser and the device that keeps its passkeys, which know the standard (WebAuthn Level 3) and nothing of ours.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use ciborium::Value as Cbor;
use contract::{PasskeyCeremony, RegisteredPasskey};
use ed25519_dalek::Signer as _;
use p256::ecdsa;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{App, Call, Client, PUBLIC_URL};

/// What a passkey signs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on P-256, COSE -7: what most devices have.
    Es256,
    /// Ed25519, COSE -8.
    Ed25519,
}

enum Key {
    Es256(ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
}

/// The page that asks, and what its browser and the device make of it. A test changes what is to be refused.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The page's origin.
    pub origin: String,
    /// The site that the passkey is for.
    pub rp_id: String,
    /// What is to be signed.
    pub challenge: String,
    /// Whether the device has verified its owner.
    pub verified: bool,
    /// Whether a page of another origin has the asking one in a frame.
    pub cross_origin: bool,
    /// That page's origin, where the browser tells.
    pub top_origin: Option<String>,
    /// What the browser was asked for, where it is something else.
    pub kind: Option<&'static str>,
}

impl Scene {
    /// All as it should be.
    pub fn of(ceremony: &PasskeyCeremony) -> Self {
        let options = &ceremony.options;
        let text = |value: &Value| value.as_str().expect("the options have it").to_owned();
        let rp_id = options.get("rpId").unwrap_or(&options["rp"]["id"]);
        Self {
            origin: PUBLIC_URL.to_owned(),
            rp_id: text(rp_id),
            challenge: text(&options["challenge"]),
            verified: true,
            cross_origin: false,
            top_origin: None,
            kind: None,
        }
    }

    fn client_data(&self, kind: &str) -> Vec<u8> {
        let mut data = json!({
            "type": self.kind.unwrap_or(kind), "challenge": self.challenge, "origin": self.origin,
            "crossOrigin": self.cross_origin,
        });
        if let Some(top_origin) = &self.top_origin {
            data["topOrigin"] = top_origin.as_str().into();
        }
        data.to_string().into_bytes()
    }

    /// §6.1: the hash of the site, flags (user present and verified, backup eligible and made), the counter.
    fn authenticator_data(&self, attested: u8, counter: u32) -> Vec<u8> {
        let mut data = Sha256::digest(&self.rp_id).to_vec();
        data.push(0x01 | if self.verified { 0x04 } else { 0 } | 0x08 | 0x10 | attested);
        data.extend(counter.to_be_bytes());
        data
    }
}

/// A device with one passkey.
pub struct Device {
    key: Key,
    id: [u8; 16],
    /// The account's handle, as the device keeps it; `None` where it keeps it to itself.
    pub handle: Option<String>,
    /// How often it has signed; devices that back passkeys up say 0 for ever.
    pub counter: u32,
}

impl Device {
    /// Makes a passkey, as `navigator.credentials.create()` does; answers the credential, too.
    pub fn create(algorithm: Algorithm, ceremony: &PasskeyCeremony, scene: &Scene) -> (Self, Value) {
        let (mut secret, mut id) = ([0; 32], [0; 16]);
        getrandom::fill(&mut secret).expect("there is randomness");
        getrandom::fill(&mut id).expect("there is randomness");
        let key = match algorithm {
            Algorithm::Es256 => Key::Es256(ecdsa::SigningKey::from_slice(&secret).expect("a scalar")),
            Algorithm::Ed25519 => Key::Ed25519(ed25519_dalek::SigningKey::from_bytes(&secret)),
        };
        let handle = ceremony.options["user"]["id"].as_str().map(str::to_owned);
        let device = Self { key, id, handle, counter: 0 };

        let mut data = scene.authenticator_data(0x40, 0);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(id);
        data.extend(device.cose_key());
        let attestation = cbor(&Cbor::Map(vec![
            ("fmt".into(), "none".into()),
            ("attStmt".into(), Cbor::Map(Vec::new())),
            ("authData".into(), Cbor::Bytes(data)),
        ]));
        let response = json!({
            "clientDataJSON": BASE64.encode(scene.client_data("webauthn.create")),
            "attestationObject": BASE64.encode(attestation),
            "transports": ["hybrid", "internal"],
        });
        let credential = device.credential(&response);
        (device, credential)
    }

    /// Signs, as `navigator.credentials.get()` has it do; answers the credential.
    pub fn sign(&mut self, scene: &Scene) -> Value {
        let (client_data, data) =
            (scene.client_data("webauthn.get"), scene.authenticator_data(0, self.counter));
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client_data));
        let signature = match &self.key {
            Key::Es256(key) => {
                let signature: ecdsa::Signature = key.sign(&signed);
                signature.to_der().as_bytes().to_vec()
            }
            Key::Ed25519(key) => key.sign(&signed).to_bytes().to_vec(),
        };
        self.credential(&json!({
            "clientDataJSON": BASE64.encode(client_data),
            "authenticatorData": BASE64.encode(data),
            "signature": BASE64.encode(signature),
            "userHandle": self.handle,
        }))
    }

    /// What it is known by.
    pub fn id(&self) -> String {
        BASE64.encode(self.id)
    }

    fn credential(&self, response: &Value) -> Value {
        json!({
            "id": self.id(), "rawId": self.id(), "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": {}, "response": response,
        })
    }

    /// RFC 9053 §7: the public key.
    fn cose_key(&self) -> Vec<u8> {
        let entry = |label: i64, value: Cbor| (Cbor::from(label), value);
        let key = match &self.key {
            Key::Es256(key) => {
                let point = key.verifying_key().to_encoded_point(false);
                let coordinate = |bytes: Option<&p256::FieldBytes>| {
                    Cbor::Bytes(bytes.map(|bytes| bytes.to_vec()).expect("the point is no other"))
                };
                vec![
                    entry(1, 2.into()),
                    entry(3, (-7).into()),
                    entry(-1, 1.into()),
                    entry(-2, coordinate(point.x())),
                    entry(-3, coordinate(point.y())),
                ]
            }
            Key::Ed25519(key) => vec![
                entry(1, 1.into()),
                entry(3, (-8).into()),
                entry(-1, 6.into()),
                entry(-2, Cbor::Bytes(key.verifying_key().to_bytes().to_vec())),
            ],
        };
        cbor(&Cbor::Map(key))
    }
}

fn cbor(value: &Cbor) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("memory takes bytes");
    bytes
}

impl Client {
    /// Begins to add a passkey.
    pub async fn begin_passkey(&self) -> PasskeyCeremony {
        self.post("/api/core/v1/auth/passkeys/registration").await.expect_status(200).json()
    }

    /// Adds the passkey of a credential.
    pub fn register_passkey(&self, ceremony: &PasskeyCeremony, name: &str, credential: &Value) -> Call {
        let request = json!({ "ceremony": ceremony.ceremony, "name": name, "credential": credential });
        self.post("/api/core/v1/auth/passkeys").json(&request)
    }

    /// Adds a passkey of a new device.
    pub async fn add_passkey(&self, name: &str, algorithm: Algorithm) -> (Device, RegisteredPasskey) {
        let ceremony = self.begin_passkey().await;
        let (device, credential) = Device::create(algorithm, &ceremony, &Scene::of(&ceremony));
        let added = self.register_passkey(&ceremony, name, &credential).await.expect_status(201);
        (device, added.json())
    }
}

impl App {
    /// Asks whoever is there for a passkey.
    pub async fn ask_passkey(&self) -> PasskeyCeremony {
        self.client().post("/api/core/v1/auth/passkeys/authentication").await.expect_status(200).json()
    }

    /// Signs in with a credential.
    pub fn sign_in_by(&self, ceremony: &PasskeyCeremony, credential: &Value) -> Call {
        let request =
            json!({ "ceremony": ceremony.ceremony, "credential": credential, "transport": "bearer" });
        self.client().post("/api/core/v1/auth/passkeys/sign-in").json(&request)
    }

    /// Asks for a passkey and signs in with what the device makes of the scene.
    pub async fn sign_in_with(
        &self,
        device: &mut Device,
        change: impl FnOnce(&mut Scene),
    ) -> crate::Response {
        let ceremony = self.ask_passkey().await;
        let mut scene = Scene::of(&ceremony);
        change(&mut scene);
        self.sign_in_by(&ceremony, &device.sign(&scene)).await
    }
}
