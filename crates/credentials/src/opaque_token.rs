//! Opaque tokens: random text that means something to the database only.

use std::fmt;

use rand_core::CryptoRng;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::TokenHash;

/// What an opaque token is for; its prefix says so to people and to secret scanners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// `mtr_`: buys the next access token, once.
    Refresh,
    /// `mts_`: lets the first administrator in, once.
    Setup,
    /// `mtk_`: an API key, until it expires or is deleted.
    ApiKey,
    /// `mtl_`: comes in the link of a mail, and does what the mail says, once.
    Link,
    /// `mtc_`: a sign-in that waits for its second factor.
    Challenge,
    /// `mti_`: goes to an identity provider and comes back with its answer, once.
    State,
    /// `mtb_`: tells the browser that went to an identity provider from every other.
    Browser,
    /// `mtp_`: a browser that was asked for a passkey, once.
    Passkey,
    /// `mta_`: an authorization code of another application, good once.
    AuthorizationCode,
    /// `mto_`: buys another application its next access token, once.
    ClientRefresh,
    /// `mtx_`: the secret of another application.
    ClientSecret,
}

impl TokenKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Refresh,
        Self::Setup,
        Self::ApiKey,
        Self::Link,
        Self::Challenge,
        Self::State,
        Self::Browser,
        Self::Passkey,
        Self::AuthorizationCode,
        Self::ClientRefresh,
        Self::ClientSecret,
    ];

    /// What every token of this kind begins with.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Refresh => "mtr_",
            Self::Setup => "mts_",
            Self::ApiKey => "mtk_",
            Self::Link => "mtl_",
            Self::Challenge => "mtc_",
            Self::State => "mti_",
            Self::Browser => "mtb_",
            Self::Passkey => "mtp_",
            Self::AuthorizationCode => "mta_",
            Self::ClientRefresh => "mto_",
            Self::ClientSecret => "mtx_",
        }
    }
}

/// The text is not a token of the wanted kind, so there is no need to look it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MalformedToken {
    /// It begins with something else than the kind's prefix.
    #[error("the prefix is another")]
    Prefix,
    /// It is longer or shorter than a token.
    #[error("the length is wrong")]
    Length,
    /// It has a character that is none of `0-9A-Za-z`.
    #[error("a character is out of range")]
    Character,
    /// It was mistyped, cut or made up.
    #[error("the checksum doesn't hold")]
    Checksum,
}

/// A prefix, 30 random base62 characters (178 bits) and the CRC-32 of those as 6 more, the form of
/// GitHub's tokens: a scanner tells a leaked token from look-alikes without asking anybody.
///
/// ```text
/// mtr_ x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX 0xnT6G
/// ```
///
/// The text is a secret: [`expose`](Self::expose) it to its owner only, store its
/// [`hash`](Self::hash).
#[derive(Clone)]
pub struct OpaqueToken {
    kind: TokenKind,
    text: Zeroizing<String>,
}

impl OpaqueToken {
    /// Makes a new token.
    pub fn generate(kind: TokenKind, rng: &mut impl CryptoRng) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(kind.prefix().len() + BODY + CHECKSUM));
        text.push_str(kind.prefix());
        while text.len() < kind.prefix().len() + BODY {
            // 248 is the largest multiple of 62 in a byte: what is above would favour some characters.
            let mut byte = [0];
            rng.fill_bytes(&mut byte);
            if byte[0] < 248 {
                text.push(char::from(BASE62[usize::from(byte[0] % 62)]));
            }
        }
        let checksum = checksum(&text[kind.prefix().len()..]);
        text.extend(checksum.map(char::from));
        Self { kind, text }
    }

    /// Reads a token that a client sent; says no to whatever cannot be one of `kind`.
    pub fn parse(kind: TokenKind, text: &str) -> Result<Self, MalformedToken> {
        let rest = text.strip_prefix(kind.prefix()).ok_or(MalformedToken::Prefix)?;
        if rest.len() != BODY + CHECKSUM {
            return Err(MalformedToken::Length);
        }
        if !rest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(MalformedToken::Character);
        }
        let (body, given) = rest.split_at(BODY);
        if given.as_bytes() != checksum(body) {
            return Err(MalformedToken::Checksum);
        }
        Ok(Self { kind, text: Zeroizing::new(text.to_owned()) })
    }

    /// What the token is for.
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The token itself, for its owner.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Text for one purpose that nobody can make who lacks one of the two tokens, and that tells of neither.
    pub fn derive(&self, other: &Self, purpose: &str) -> String {
        TokenHash::of(&format!("{purpose} {} {}", *self.text, *other.text)).to_hex()
    }

    /// What to store and to look up.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(&self.text)
    }
}

impl fmt::Debug for OpaqueToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpaqueToken({}***)", self.kind.prefix())
    }
}

/// Random characters of a token: log2(62) * 30 is 178 bits.
const BODY: usize = 30;
/// Characters of a CRC-32 in base62.
const CHECKSUM: usize = 6;
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The CRC-32 of `body` in base62, with leading zeros.
fn checksum(body: &str) -> [u8; CHECKSUM] {
    let mut rest = crc32fast::hash(body.as_bytes()) as usize;
    let mut digits = [0; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[rest % 62];
        rest /= 62;
    }
    digits
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::os_rng;

    #[test]
    fn a_generated_token_is_read_back() {
        for kind in TokenKind::ALL {
            let token = OpaqueToken::generate(kind, &mut os_rng());
            let parsed = OpaqueToken::parse(kind, token.expose()).unwrap();
            assert_eq!(parsed.kind(), kind);
            assert_eq!(parsed.hash(), token.hash());
            assert_eq!(token.expose().len(), 40);
        }
    }

    #[test]
    fn no_two_tokens_are_alike() {
        let tokens: HashSet<_> = (0..200)
            .map(|_| OpaqueToken::generate(TokenKind::Refresh, &mut os_rng()).expose().to_owned())
            .collect();
        assert_eq!(tokens.len(), 200);
    }

    #[test]
    fn what_is_derived_takes_both_tokens_and_the_purpose() {
        let [state, browser, other] = [TokenKind::State, TokenKind::Browser, TokenKind::Browser]
            .map(|kind| OpaqueToken::generate(kind, &mut os_rng()));
        let derived = state.derive(&browser, "nonce");
        assert_eq!(derived, state.derive(&browser, "nonce"));
        assert_eq!(derived.len(), 64);
        for another in [
            state.derive(&other, "nonce"),
            other.derive(&browser, "nonce"),
            state.derive(&browser, "verifier"),
        ] {
            assert_ne!(derived, another);
        }
    }

    #[test]
    fn prefixes_differ() {
        let prefixes: HashSet<_> = TokenKind::ALL.map(TokenKind::prefix).into();
        assert_eq!(prefixes.len(), TokenKind::ALL.len());
    }

    /// CRC-32 of `123456789` is the algorithm's published check value, 0xCBF43926.
    #[test]
    fn the_checksum_is_crc32_in_base62() {
        assert_eq!(&checksum("123456789"), b"3jZRME");
        assert_eq!(&checksum(""), b"000000");
    }

    #[test]
    fn refuses_what_is_not_a_token() {
        let good = OpaqueToken::generate(TokenKind::Refresh, &mut os_rng()).expose().to_owned();
        let refused = |text: &str| OpaqueToken::parse(TokenKind::Refresh, text).unwrap_err();

        assert_eq!(refused(""), MalformedToken::Prefix);
        assert_eq!(refused("mtr_"), MalformedToken::Length);
        assert_eq!(refused(&good[4..]), MalformedToken::Prefix);
        assert_eq!(refused(&good.replace("mtr_", "mts_")), MalformedToken::Prefix);
        assert_eq!(refused(&good[..39]), MalformedToken::Length);
        assert_eq!(refused(&format!("{good} ")), MalformedToken::Length);
        assert_eq!(refused(&format!("mtr_{}", "é".repeat(18))), MalformedToken::Character);
        assert_eq!(refused(&format!("{}-", &good[..39])), MalformedToken::Character);
        for index in 4..40 {
            let mut changed = good.clone().into_bytes();
            changed[index] = if changed[index] == b'a' { b'b' } else { b'a' };
            assert_eq!(refused(str::from_utf8(&changed).unwrap()), MalformedToken::Checksum);
        }
    }

    #[test]
    fn debug_hides_the_token() {
        let token = OpaqueToken::generate(TokenKind::Setup, &mut os_rng());
        assert_eq!(format!("{token:?} {:?}", token.hash()), "OpaqueToken(mts_***) TokenHash(***)");
    }
}
