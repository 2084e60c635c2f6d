//! Codes that an authenticator app shows: TOTP (RFC 6238) with SHA-1, six digits and 30 seconds, which is
//! what every app understands.

use std::fmt;

use chrono::{DateTime, Utc};
use qrcode::{EcLevel, QrCode, render::svg};
use rand_core::CryptoRng;
use thiserror::Error;
use totp_rs::{Builder, Totp};

/// The name that the app shows above the account's.
const ISSUER: &str = "Matrice";
/// Bytes of a secret: as many as of a SHA-1 hash (RFC 4226 §4).
const LENGTH: usize = 20;

/// What an authenticator app and Matrice share.
#[derive(Clone)]
pub struct TotpSecret(Totp);

/// The stored bytes are not a secret, or the account's name can't be put into a URI.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("TOTP: {0}")]
pub struct TotpError(String);

impl TotpSecret {
    /// Makes a new secret.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; LENGTH];
        rng.fill_bytes(&mut bytes);
        Self(builder(&bytes).build_noncompliant())
    }

    /// Reads a secret that was stored.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TotpError> {
        builder(bytes).build().map(Self).map_err(|error| TotpError(error.to_string()))
    }

    /// The bytes to seal and store.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.secret().as_bytes()
    }

    /// The secret as a person types it (RFC 4648 §6, without padding).
    pub fn base32(&self) -> String {
        self.0.secret().to_base32()
    }

    /// What the QR code says: an `otpauth://` URI with the account's name.
    pub fn uri(&self, account: &str) -> Result<String, TotpError> {
        let named = builder(self.as_bytes()).with_issuer(Some(ISSUER)).with_account_name(account).build();
        named.and_then(|totp| totp.to_url()).map_err(|error| TotpError(error.to_string()))
    }

    /// The code of a moment.
    pub fn code(&self, now: DateTime<Utc>) -> String {
        self.0.generate(seconds(now)).to_string()
    }

    /// The time step whose code this is: now's, the one before or the one after, for clocks that drift
    /// (RFC 6238 §5.2). That a step is accepted once only is for the database to see to.
    pub fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        self.0.check(code, seconds(now)).and_then(|step| i64::try_from(step).ok())
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(***)")
    }
}

/// A picture of `text` that a phone reads, as an SVG document of its own.
pub fn qr_code(text: &str) -> Result<String, TotpError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M);
    let code = code.map_err(|error| TotpError(error.to_string()))?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
}

/// The library's defaults are ours: SHA-1, six digits, 30 s, one step of drift; a test would tell.
fn builder(secret: &[u8]) -> Builder {
    Builder::new().with_secret(secret)
}

fn seconds(time: DateTime<Utc>) -> u64 {
    u64::try_from(time.timestamp()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os_rng;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn of_the_standard() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    /// RFC 6238 appendix B, SHA-1; its codes have eight digits, of which ours are the last six.
    #[test]
    fn the_codes_of_the_standard() {
        for (time, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(of_the_standard().code(at(time)), code[2..], "{time}");
            assert_eq!(of_the_standard().step_of(&code[2..], at(time)), Some(time / 30), "{time}");
        }
    }

    #[test]
    fn clocks_may_differ_by_one_step() {
        let secret = of_the_standard();
        let code = secret.code(at(1_000_000_020));
        for (time, accepted) in [
            (999_999_989, false),
            (999_999_990, true),
            (1_000_000_020, true),
            (1_000_000_079, true),
            (1_000_000_080, false),
        ] {
            assert_eq!(secret.step_of(&code, at(time)), accepted.then_some(33_333_334), "{time}");
        }
    }

    #[test]
    fn what_is_not_six_digits_is_no_code() {
        for code in ["", "28708", "0287082", "+87082", "28708a", "２８７０８２"] {
            assert_eq!(of_the_standard().step_of(code, at(59)), None, "{code}");
        }
    }

    #[test]
    fn the_app_learns_secret_account_and_issuer() {
        let secret = of_the_standard();
        assert_eq!(secret.base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            secret.uri("ada+x@example.org").unwrap(),
            "otpauth://totp/Matrice:ada%2Bx%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Matrice"
        );
    }

    #[test]
    fn a_picture_without_anything_to_be_run() {
        let picture = qr_code("otpauth://totp/Matrice:ada%40example.org?secret=GEZDGNBV").unwrap();
        assert!(picture.contains("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{picture}");
        assert!(picture.ends_with("</svg>") && !picture.contains("script"));
    }

    #[test]
    fn secrets_differ_and_are_read_back() {
        let secret = TotpSecret::generate(&mut os_rng());
        assert_eq!(secret.as_bytes().len(), 20);
        assert_eq!(TotpSecret::from_bytes(secret.as_bytes()).unwrap().code(at(59)), secret.code(at(59)));
        assert_ne!(TotpSecret::generate(&mut os_rng()).as_bytes(), secret.as_bytes());
        assert!(TotpSecret::from_bytes(b"short").is_err());
        assert_eq!(format!("{secret:?}"), "TotpSecret(***)");
    }
}
