//! Passwords at rest: Argon2id (RFC 9106).

use std::fmt;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{self, PasswordHasher, PasswordVerifier, SaltString},
};
use contract::Password;
use rand_core::CryptoRng;
use thiserror::Error;

/// KiB of memory that a hash takes: 19 MiB, with [`PASSES`] and [`LANES`] OWASP's recommendation.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const OUTPUT: usize = 32;

/// A password's hash with salt and parameters, as a PHC string
/// (`$argon2id$v=19$m=19456,t=2,p=1$salt$hash`).
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

/// What comparing a password with a hash says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is the password.
    pub matches: bool,
    /// Whether the hash was made with other parameters than today's: hash anew where it matches.
    pub needs_upgrade: bool,
}

/// The stored text is not a PHC string of Argon2.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the stored password hash is malformed: {0}")]
pub struct MalformedPasswordHash(password_hash::Error);

impl PasswordHash {
    /// Hashes a password with today's parameters and a fresh salt of 16 bytes.
    ///
    /// Takes tens of milliseconds and 19 MiB, as it must.
    pub fn new(password: &Password, rng: &mut impl CryptoRng) -> Self {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        Self::with(&today(), password, salt)
    }

    /// Reads a hash as the database has it.
    pub fn parse(text: impl Into<String>) -> Result<Self, MalformedPasswordHash> {
        let text = text.into();
        let hash = password_hash::PasswordHash::new(&text).map_err(MalformedPasswordHash)?;
        Algorithm::try_from(hash.algorithm).map_err(MalformedPasswordHash)?;
        Params::try_from(&hash).map_err(MalformedPasswordHash)?;
        if hash.salt.is_none() || hash.hash.is_none() {
            return Err(MalformedPasswordHash(password_hash::Error::PhcStringField));
        }
        Ok(Self(text))
    }

    /// A hash of nothing that anybody can type, with today's parameters: compared with where there
    /// is no account, so that the answer takes as long as where there is one.
    pub fn decoy() -> Self {
        Self(DECOY.to_owned())
    }

    /// Compares a password with this hash, with the parameters that the hash names.
    ///
    /// The work is the same whether it matches or not.
    pub fn verify(&self, password: &Password) -> Result<Verdict, MalformedPasswordHash> {
        let hash = password_hash::PasswordHash::new(&self.0).map_err(MalformedPasswordHash)?;
        let matches = match today().verify_password(password.expose().as_bytes(), &hash) {
            Ok(()) => true,
            Err(password_hash::Error::Password) => false,
            Err(error) => return Err(MalformedPasswordHash(error)),
        };
        Ok(Verdict { matches, needs_upgrade: !is_of_today(&hash) })
    }

    /// The PHC string to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[expect(clippy::expect_used, reason = "Argon2 fails on lengths alone, and these are constants")]
    fn with(argon2: &Argon2<'_>, password: &Password, salt: [u8; 16]) -> Self {
        let salt = SaltString::encode_b64(&salt).expect("16 bytes are a valid salt");
        let hash = argon2
            .hash_password(password.expose().as_bytes(), &salt)
            .expect("a password of at most 256 characters can be hashed");
        Self(hash.to_string())
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}

/// Salt and hash are random: no password has this hash, except by a 2^-256 chance.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$tg8u15KNfKBgDRZvZXvgjg$9wczrd6xC67XKs43HR7wz7t5OmLfRjSF5qpZODz67B8";

fn today() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters(MEMORY, PASSES, LANES))
}

#[expect(clippy::expect_used, reason = "called with constants that a test covers")]
fn parameters(memory: u32, passes: u32, lanes: u32) -> Params {
    Params::new(memory, passes, lanes, Some(OUTPUT)).expect("the parameters are in range")
}

fn is_of_today(hash: &password_hash::PasswordHash<'_>) -> bool {
    let same_parameters = Params::try_from(hash).is_ok_and(|stored| {
        (stored.m_cost(), stored.t_cost(), stored.p_cost(), stored.output_len())
            == (MEMORY, PASSES, LANES, Some(OUTPUT))
    });
    same_parameters
        && hash.algorithm == Algorithm::Argon2id.ident()
        && hash.version == Some(Version::V0x13.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os_rng;

    fn password(text: &str) -> Password {
        Password::parse_existing(text).unwrap()
    }

    #[test]
    fn the_right_password_matches_and_no_other() {
        let right = password("correct horse battery staple");
        let hash = PasswordHash::new(&right, &mut os_rng());
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let stored = PasswordHash::parse(hash.as_str()).unwrap();
        assert_eq!(stored.verify(&right).unwrap(), Verdict { matches: true, needs_upgrade: false });
        for wrong in
            ["correct horse battery stapl", "correct horse battery staple ", "Correct horse battery staple"]
        {
            assert!(!stored.verify(&password(wrong)).unwrap().matches, "{wrong}");
        }
    }

    #[test]
    fn the_same_password_never_has_the_same_hash() {
        let password = password("correct horse battery staple");
        let hash = || PasswordHash::new(&password, &mut os_rng());
        assert_ne!(hash(), hash());
    }

    /// From `test.c` of the reference implementation, phc-winner-argon2.
    #[test]
    fn a_hash_of_the_reference_implementation_matches() {
        let text = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let verdict = PasswordHash::parse(text).unwrap().verify(&password("password")).unwrap();
        assert_eq!(verdict, Verdict { matches: true, needs_upgrade: true });
    }

    #[test]
    fn weaker_or_other_parameters_match_and_ask_for_an_upgrade() {
        let password = password("password");
        let with = |algorithm, params| {
            let argon2 = Argon2::new(algorithm, Version::V0x13, params);
            PasswordHash::with(&argon2, &password, [7; 16])
        };
        let old = Verdict { matches: true, needs_upgrade: true };
        let same = Verdict { matches: true, needs_upgrade: false };
        for (hash, verdict) in [
            (with(Algorithm::Argon2id, parameters(MEMORY, PASSES, LANES)), same),
            (with(Algorithm::Argon2id, parameters(64, PASSES, LANES)), old),
            (with(Algorithm::Argon2id, parameters(MEMORY, 1, LANES)), old),
            (with(Algorithm::Argon2id, parameters(MEMORY, PASSES, 2)), old),
            (with(Algorithm::Argon2i, parameters(MEMORY, PASSES, LANES)), old),
        ] {
            let stored = PasswordHash::parse(hash.as_str()).unwrap();
            assert_eq!(stored.verify(&password).unwrap(), verdict, "{}", hash.as_str());
        }
    }

    #[test]
    fn the_decoy_costs_what_a_hash_costs_and_matches_nothing() {
        let decoy = PasswordHash::parse(DECOY).unwrap();
        assert_eq!(decoy, PasswordHash::decoy());
        let verdict = decoy.verify(&password("correct horse battery staple")).unwrap();
        assert_eq!(verdict, Verdict { matches: false, needs_upgrade: false });
        assert_eq!(DECOY.len(), PasswordHash::new(&password("any"), &mut os_rng()).as_str().len());
    }

    #[test]
    fn a_malformed_hash_is_an_error() {
        for text in [
            "",
            "password",
            "$argon2id$",
            "$argon2id$v=19$m=19456,t=2,p=1",
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ",
            "$argon2id$v=19$m=1,t=2,p=1$5OPRfGWLVJjCJ3bgJMnWTw$UmV2o4oVbTDrGqWRVPw1Q1bSNgsYqTiSVFzfNCz0dUY",
            "$argon2id$v=19$m=19456,t=2,p=1$5OPRfGWLVJjCJ3bgJMnWTw$????",
            "$scrypt$ln=15,r=8,p=1$5OPRfGWLVJjCJ3bgJMnWTw$UmV2o4oVbTDrGqWRVPw1Q1bSNgsYqTiSVFzfNCz0dUY",
            "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
        ] {
            assert!(PasswordHash::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn debug_hides_the_hash() {
        assert_eq!(format!("{:?}", PasswordHash::decoy()), "PasswordHash(***)");
    }
}
