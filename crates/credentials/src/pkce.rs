//! Proof Key for Code Exchange (RFC 7636): a code is good only with the secret that it was asked for with.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Whether the text can be a challenge: the base64url of a SHA-256, without padding.
pub fn is_code_challenge(text: &str) -> bool {
    BASE64_URL_SAFE_NO_PAD.decode(text).is_ok_and(|hash| hash.len() == 32)
}

/// The challenge of a verifier by the method `S256` (§4.2); `None` where it isn't of a verifier's form (§4.1).
pub fn code_challenge(verifier: &str) -> Option<String> {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let formed = (43..=128).contains(&verifier.len()) && verifier.bytes().all(unreserved);
    formed.then(|| BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636 appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_challenge_follows_from_the_verifier() {
        assert_eq!(code_challenge(VERIFIER).as_deref(), Some(CHALLENGE));
        assert!(is_code_challenge(CHALLENGE));
    }

    #[test]
    fn refuses_what_has_another_form() {
        for verifier in ["", &VERIFIER[1..], &"a".repeat(129), &VERIFIER.replace('_', "+")] {
            assert_eq!(code_challenge(verifier), None, "{verifier}");
        }
        for challenge in
            ["", VERIFIER.get(1..).unwrap(), &format!("{CHALLENGE}="), &CHALLENGE.replace('-', "+")]
        {
            assert!(!is_code_challenge(challenge), "{challenge}");
        }
    }
}
