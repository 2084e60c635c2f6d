//! Recovery codes: what lets in who has lost the phone.

use std::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::TokenHash;

/// 24 characters of Crockford's base32 (120 bits), good once, written down as `7k3m-q9xt-2vbn-5hcd-w8rj-4pzs`.
///
/// No letter of the alphabet looks like a digit; what people type instead of one is read as it.
#[derive(Clone)]
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// How many an account is given at a time.
    pub const COUNT: usize = 10;

    /// Makes the codes of an account.
    pub fn generate_all(rng: &mut impl CryptoRng) -> [Self; Self::COUNT] {
        std::array::from_fn(|_| {
            let mut bytes = Zeroizing::new([0; LENGTH]);
            rng.fill_bytes(bytes.as_mut());
            // 32 divides 256: every character is as likely as any other.
            Self(Zeroizing::new(
                bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect(),
            ))
        })
    }

    /// Reads a code that a person typed, in any case and with or without its hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let mut code = Zeroizing::new(String::with_capacity(LENGTH));
        for character in text.chars().filter(|character| !matches!(character, '-' | ' ')) {
            let character = match character.to_ascii_lowercase() {
                'o' => '0',
                'i' | 'l' => '1',
                other => other,
            };
            if code.len() == LENGTH || !u8::try_from(character).is_ok_and(|byte| ALPHABET.contains(&byte)) {
                return None;
            }
            code.push(character);
        }
        (code.len() == LENGTH).then_some(Self(code))
    }

    /// The code itself, in groups, for its owner.
    pub fn expose(&self) -> String {
        let groups: Vec<&str> =
            (0..LENGTH).step_by(GROUP).map(|start| &self.0[start..start + GROUP]).collect();
        groups.join("-")
    }

    /// What to store and to look up. A fast hash will do: 120 bits are not guessed.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(&self.0)
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(***)")
    }
}

const LENGTH: usize = 24;
const GROUP: usize = 4;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::os_rng;

    #[test]
    fn a_code_is_read_back_however_it_is_typed() {
        let [code, ..] = RecoveryCode::generate_all(&mut os_rng());
        let text = code.expose();
        assert_eq!(text.split('-').map(str::len).collect::<Vec<_>>(), [4; 6]);
        for typed in [text.clone(), text.to_uppercase(), text.replace('-', ""), text.replace('-', " ")] {
            assert_eq!(RecoveryCode::parse(&typed).unwrap().hash(), code.hash(), "{typed}");
        }
        assert_eq!(format!("{code:?}"), "RecoveryCode(***)");
    }

    #[test]
    fn look_alikes_are_the_digits_that_they_look_like() {
        let meant = RecoveryCode::parse("0110-0000-0000-0000-0000-0000").unwrap();
        assert_eq!(RecoveryCode::parse("OiLo-0000-0000-oooO-0000-0000").unwrap().hash(), meant.hash());
    }

    #[test]
    fn no_two_codes_are_alike() {
        let codes = (0..20).flat_map(|_| RecoveryCode::generate_all(&mut os_rng()));
        assert_eq!(codes.map(|code| code.expose()).collect::<HashSet<_>>().len(), 200);
    }

    #[test]
    fn refuses_what_is_not_a_code() {
        assert!(RecoveryCode::parse("").is_none());
        for end in ["4pz", "4pzs7", "4pzu", "4pzé"] {
            let text = format!("7k3m-q9xt-2vbn-5hcd-w8rj-{end}");
            assert!(RecoveryCode::parse(&text).is_none(), "{text}");
        }
    }
}
