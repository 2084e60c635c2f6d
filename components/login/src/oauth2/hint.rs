//! ID tokens that applications hand back, to say whom they mean.

use credentials::IdTokenClaims;
use platform::{Result, access_token, config::Site};

/// An ID token of ours, whenever it was good; `None` where it is no such thing.
pub async fn read(site: &Site, token: &str) -> Result<Option<IdTokenClaims>> {
    Ok(access_token::keys().await?.read_hint(token, site.issuer()).ok())
}
