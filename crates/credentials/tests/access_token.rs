//! Access tokens: what is accepted, and everything that isn't.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{RoleName, SessionId, UserId};
use credentials::{
    ACCESS_TOKEN_LIFETIME, Claims, InvalidToken, LEEWAY, SigningKey, TokenError, VerifyingKeys, os_rng,
};
use ed25519_dalek::Signer;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

const ISSUER: &str = "https://matrice.example";
const AUDIENCE: &str = "matrice";

fn now() -> DateTime<Utc> {
    "2026-03-01T12:00:00.75Z".parse().unwrap()
}

fn claims() -> Claims {
    Claims {
        issuer: ISSUER.into(),
        audience: AUDIENCE.into(),
        user_id: UserId(Uuid::from_u128(1)),
        session_id: SessionId(Uuid::from_u128(2)),
        roles: vec![RoleName::parse("administrator").unwrap()],
        issued_at: now(),
        expires_at: now() + ACCESS_TOKEN_LIFETIME,
        token_id: Uuid::from_u128(3),
    }
}

/// A key, and what accepts its tokens.
struct Issuer {
    key: SigningKey,
    keys: VerifyingKeys,
}

impl Issuer {
    fn new() -> Self {
        let key = SigningKey::generate(&mut os_rng());
        let keys = VerifyingKeys::parse(&key.public().to_string()).unwrap();
        Self { key, keys }
    }

    fn verify_at(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, TokenError> {
        self.keys.verify(token, ISSUER, AUDIENCE, now)
    }

    fn refusal(&self, token: &str) -> InvalidToken {
        match self.verify_at(token, now()) {
            Err(TokenError::Invalid(reason)) => reason,
            other => panic!("{token}: {other:?}"),
        }
    }

    /// The header of a good token.
    fn header(&self) -> Value {
        json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": self.key.public().id() })
    }

    /// Signs any header and any claims, rightly.
    fn forge(&self, header: &Value, claims: &Value) -> String {
        let mut seed = [0; 32];
        BASE64_URL_SAFE_NO_PAD.decode_slice(self.key.expose().as_str(), &mut seed).unwrap();
        let message = message(header, claims);
        let signature = ed25519_dalek::SigningKey::from_bytes(&seed).sign(message.as_bytes());
        format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

fn message(header: &Value, claims: &Value) -> String {
    let part = |json: &Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// `object` with `name` set, or taken away where `value` is null.
fn with(mut object: Value, name: &str, value: Value) -> Value {
    let members = object.as_object_mut().unwrap();
    if value.is_null() {
        members.remove(name)
    } else {
        members.insert(name.to_owned(), value)
    };
    object
}

fn claims_json() -> Value {
    serde_json::to_value(claims()).unwrap()
}

#[test]
fn a_token_says_what_was_signed_in_whole_seconds() {
    let issuer = Issuer::new();
    let read = issuer.verify_at(&issuer.key.sign(&claims()), now()).unwrap();
    let second = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let expected = Claims {
        issued_at: second("2026-03-01T12:00:00Z"),
        expires_at: second("2026-03-01T12:10:00Z"),
        ..claims()
    };
    assert_eq!(read, expected);
}

#[test]
fn the_token_has_the_standard_form() {
    let issuer = Issuer::new();
    let token = issuer.key.sign(&claims());
    let part = |index| -> Value {
        let text = token.split('.').nth(index).unwrap();
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
    };
    assert_eq!(part(0), issuer.header());
    assert_eq!(
        part(1),
        json!({
            "iss": "https://matrice.example",
            "aud": "matrice",
            "sub": "00000000-0000-0000-0000-000000000001",
            "sid": "00000000-0000-0000-0000-000000000002",
            "roles": ["administrator"],
            "iat": 1_772_366_400,
            "exp": 1_772_367_000,
            "jti": "00000000-0000-0000-0000-000000000003",
        })
    );
    assert_eq!(issuer.forge(&part(0), &part(1)).split('.').count(), 3);
}

#[test]
fn time_is_the_callers() {
    let issuer = Issuer::new();
    let token = issuer.key.sign(&claims());
    let start: DateTime<Utc> = "2026-03-01T12:00:00Z".parse().unwrap();
    let expires = start + ACCESS_TOKEN_LIFETIME;
    let moment = TimeDelta::milliseconds(1);

    for at in [start - LEEWAY, start, expires - moment] {
        assert!(issuer.verify_at(&token, at).is_ok(), "{at}");
    }
    for at in [expires, expires + TimeDelta::days(9000)] {
        assert_eq!(issuer.verify_at(&token, at), Err(TokenError::Expired), "{at}");
    }
    let early = issuer.verify_at(&token, start - LEEWAY - moment);
    assert_eq!(early, Err(InvalidToken::NotYetValid.into()));
}

#[test]
fn both_keys_verify_during_a_rotation_and_the_old_one_not_after() {
    let (old, new) = (Issuer::new(), Issuer::new());
    let both = VerifyingKeys::parse(&format!(" {} , {},", old.key.public(), new.key.public())).unwrap();
    for issuer in [&old, &new] {
        assert!(both.verify::<Claims>(&issuer.key.sign(&claims()), ISSUER, AUDIENCE, now()).is_ok());
    }
    assert_eq!(new.refusal(&old.key.sign(&claims())), InvalidToken::Key);

    let published = serde_json::to_value(both.jwks()).unwrap();
    let jwk = |issuer: &Issuer| {
        let (x, kid) = (issuer.key.public().to_string(), issuer.key.public().id());
        json!({ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid, "alg": "EdDSA", "use": "sig" })
    };
    assert_eq!(published, json!({ "keys": [jwk(&old), jwk(&new)] }));
}

#[test]
fn the_key_is_never_the_tokens_choice() {
    let (ours, theirs) = (Issuer::new(), Issuer::new());
    let x = theirs.key.public().to_string();
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": x });
    for header in [
        with(ours.header(), "jwk", jwk),
        with(ours.header(), "jku", json!("https://attacker.example/jwks.json")),
        with(ours.header(), "x5u", json!("https://attacker.example/cert.pem")),
        with(ours.header(), "x5c", json!(["MIIB"])),
    ] {
        assert_eq!(ours.refusal(&theirs.forge(&header, &claims_json())), InvalidToken::Signature, "{header}");
    }
    for kid in [json!("other"), json!(""), json!("../../etc/passwd"), json!("' OR 1=1"), Value::Null] {
        let token = ours.forge(&with(ours.header(), "kid", kid), &claims_json());
        assert_eq!(ours.refusal(&token), InvalidToken::Key, "{token}");
    }
}

#[test]
fn no_algorithm_but_eddsa_is_accepted() {
    let issuer = Issuer::new();
    for (alg, reason) in [
        ("none", InvalidToken::Header),
        ("None", InvalidToken::Header),
        ("eddsa", InvalidToken::Header),
        ("Ed25519", InvalidToken::Header),
        ("HS256", InvalidToken::Algorithm),
        ("HS512", InvalidToken::Algorithm),
        ("RS256", InvalidToken::Algorithm),
        ("ES256", InvalidToken::Algorithm),
        ("PS256", InvalidToken::Algorithm),
    ] {
        let header = with(issuer.header(), "alg", json!(alg));
        assert_eq!(issuer.refusal(&issuer.forge(&header, &claims_json())), reason, "{alg}");
        assert_eq!(issuer.refusal(&format!("{}.", message(&header, &claims_json()))), reason, "{alg}");
    }
    let header = with(issuer.header(), "alg", Value::Null);
    assert_eq!(issuer.refusal(&issuer.forge(&header, &claims_json())), InvalidToken::Header);
}

/// The public key as an HMAC secret, in the ways that a confused verifier would read it.
#[test]
fn a_public_key_is_no_hmac_secret() {
    let issuer = Issuer::new();
    let text = issuer.key.public().to_string();
    let raw = BASE64_URL_SAFE_NO_PAD.decode(&text).unwrap();
    for secret in [raw.as_slice(), text.as_bytes()] {
        for alg in ["HS256", "EdDSA"] {
            let message = message(&with(issuer.header(), "alg", json!(alg)), &claims_json());
            let mac = Hmac::<Sha256>::new_from_slice(secret).unwrap().chain_update(&message).finalize();
            let mac = mac.into_bytes();
            for signature in [mac.to_vec(), [mac, mac].concat()] {
                let token = format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature));
                let reason = if alg == "EdDSA" { InvalidToken::Signature } else { InvalidToken::Algorithm };
                assert_eq!(issuer.refusal(&token), reason);
            }
        }
    }
}

#[test]
fn other_types_and_demands_are_refused() {
    let issuer = Issuer::new();
    for typ in [json!("JWT"), json!("AT+JWT"), json!("logout+jwt"), json!(""), Value::Null] {
        let token = issuer.forge(&with(issuer.header(), "typ", typ), &claims_json());
        assert_eq!(issuer.refusal(&token), InvalidToken::Type, "{token}");
    }
    let demanding = with(with(issuer.header(), "crit", json!(["b64"])), "b64", json!(false));
    assert_eq!(issuer.refusal(&issuer.forge(&demanding, &claims_json())), InvalidToken::Header);
}

#[test]
fn every_claim_is_needed_in_its_form() {
    let issuer = Issuer::new();
    let refusal = |name: &str, value: Value| {
        issuer.refusal(&issuer.forge(&issuer.header(), &with(claims_json(), name, value)))
    };
    for name in ["iss", "aud", "sub", "sid", "roles", "iat", "exp", "jti"] {
        assert_eq!(refusal(name, Value::Null), InvalidToken::Malformed, "no {name}");
        assert_eq!(refusal(name, json!(true)), InvalidToken::Malformed, "{name}");
    }
    for number in [json!("1772366400"), json!(1.5), json!(i64::MAX), json!(i64::MIN), json!(u64::MAX)] {
        assert_eq!(refusal("exp", number.clone()), InvalidToken::Malformed, "exp {number}");
        assert_eq!(refusal("iat", number.clone()), InvalidToken::Malformed, "iat {number}");
    }
    assert_eq!(refusal("iss", json!("https://attacker.example")), InvalidToken::Issuer);
    assert_eq!(refusal("iss", json!("https://matrice.example/")), InvalidToken::Issuer);
    assert_eq!(refusal("aud", json!("other")), InvalidToken::Audience);
    for several in [json!([AUDIENCE]), json!([AUDIENCE, "other"]), json!([])] {
        assert_eq!(refusal("aud", several.clone()), InvalidToken::Malformed, "aud {several}");
    }
    assert_eq!(refusal("iss", json!([ISSUER])), InvalidToken::Malformed);
    assert_eq!(refusal("sub", json!("ada")), InvalidToken::Malformed);
}

#[test]
fn any_changed_character_is_noticed() {
    let issuer = Issuer::new();
    let token = issuer.key.sign(&claims());
    for index in 0..token.len() {
        for replacement in *b"A_.=/ \0" {
            let mut changed = token.clone().into_bytes();
            if changed[index] == replacement {
                continue;
            }
            changed[index] = replacement;
            issuer.refusal(str::from_utf8(&changed).unwrap());
        }
        issuer.refusal(&token[..index]);
        issuer.refusal(&token[index + 1..]);
    }
}

#[test]
fn parts_of_two_tokens_make_none() {
    let issuer = Issuer::new();
    let one = issuer.key.sign(&claims());
    let two = issuer.key.sign(&Claims { user_id: UserId(Uuid::from_u128(9)), ..claims() });
    let parts = |token: &str| token.split('.').map(str::to_owned).collect::<Vec<_>>();
    let (one, two) = (parts(&one), parts(&two));
    let mixed = format!("{}.{}.{}", one[0], two[1], one[2]);
    assert_eq!(issuer.refusal(&mixed), InvalidToken::Signature);
}

#[test]
fn what_is_no_token_is_refused_quietly() {
    let issuer = Issuer::new();
    let good = issuer.key.sign(&claims());
    let long = format!("{good}{}", "A".repeat(9000));
    let nested = BASE64_URL_SAFE_NO_PAD.encode("[".repeat(4000));
    for text in [
        "",
        ".",
        "..",
        "...",
        "....",
        "a",
        "a.b",
        "a.b.c",
        "a.b.c.d",
        "\0",
        "é.é.é",
        "Bearer",
        "null",
        " . . ",
        "e30.e30.e30",
        "e30.e30.",
        "W10.W10.W10",
        "bnVsbA.bnVsbA.bnVsbA",
        "////.////.////",
        &long,
        &format!("{good}."),
        &format!(".{good}"),
        &format!("{good}.{good}"),
        &format!(" {good}"),
        &format!("{good}\n"),
        &format!("{good}="),
        &format!("{nested}.e30.e30"),
        &"a.".repeat(2000),
        &good.replace('.', ".."),
        &format!("{}.", good.rsplit_once('.').unwrap().0),
    ] {
        issuer.refusal(text);
    }
}
