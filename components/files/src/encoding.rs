//! Which content coding a client takes (RFC 9110 §12.5.3).

use http::{HeaderMap, header};

/// A form in which a file lies in the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Encoding {
    /// `app.js.br`.
    Brotli,
    /// `app.js.gz`.
    Gzip,
    /// `app.js` itself.
    Identity,
}

impl Encoding {
    /// Every form, smallest first.
    pub(crate) const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// What is added to the file's name.
    pub(crate) const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }

    /// The `Content-Encoding`.
    pub(crate) const fn token(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    fn is_named(self, coding: &str) -> bool {
        let names: &[&str] = match self {
            Self::Brotli => &["br"],
            Self::Gzip => &["gzip", "x-gzip"],
            Self::Identity => &["identity"],
        };
        names.iter().any(|name| coding.eq_ignore_ascii_case(name))
    }
}

/// The forms that the client takes, the one it wants most first; the smaller first where it wants them
/// the same. Plain is always among them, as the last resort where it is refused: a UI that doesn't load
/// helps nobody.
pub(crate) fn acceptable(headers: &HeaderMap) -> Vec<Encoding> {
    let mut weighed = Encoding::ALL.map(|encoding| (encoding, quality(headers, encoding)));
    weighed.sort_by_key(|(_, quality)| std::cmp::Reverse(*quality));
    let mut accepted: Vec<_> =
        weighed.into_iter().filter(|(_, quality)| *quality > 0).map(|(encoding, _)| encoding).collect();
    if !accepted.contains(&Encoding::Identity) {
        accepted.push(Encoding::Identity);
    }
    accepted
}

/// How much the client wants it, in thousandths; an unnamed coding is not wanted, plain only a little.
fn quality(headers: &HeaderMap, encoding: Encoding) -> u16 {
    let mut wildcard = None;
    for element in headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
    {
        let (coding, parameters) = element.split_once(';').unwrap_or((element, ""));
        let coding = coding.trim();
        if encoding.is_named(coding) {
            return weight(parameters);
        }
        if coding == "*" {
            wildcard = Some(weight(parameters));
        }
    }
    wildcard.unwrap_or(u16::from(encoding == Encoding::Identity))
}

/// `q=0.8` as 800 (RFC 9110 §12.4.2); 1000 where there is none, 0 where it makes no sense.
fn weight(parameters: &str) -> u16 {
    let parameters = parameters.trim();
    if parameters.is_empty() {
        return 1000;
    }
    let value = parameters.strip_prefix(['q', 'Q']).and_then(|rest| rest.trim_start().strip_prefix('='));
    match value.map(str::trim).and_then(|value| value.split_once('.').or(Some((value, "")))) {
        Some(("1", zeros)) if zeros.len() <= 3 && zeros.bytes().all(|digit| digit == b'0') => 1000,
        Some(("0", digits)) if digits.len() <= 3 && digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            format!("{digits:0<3}").parse().unwrap_or(0)
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::{Encoding::*, *};

    fn of(values: &[&'static str]) -> Vec<Encoding> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
        }
        acceptable(&headers)
    }

    #[test]
    fn follows_the_weights_and_then_the_sizes() {
        for (values, expected) in [
            (&[][..], &[Identity][..]),
            (&[""], &[Identity]),
            (&["gzip, deflate, br, zstd"], &[Brotli, Gzip, Identity]),
            (&["gzip", "br"], &[Brotli, Gzip, Identity]),
            (&["gzip;q=1.0, br;q=0.5"], &[Gzip, Brotli, Identity]),
            (&["br;q=0.001, gzip;q=0.002"], &[Gzip, Brotli, Identity]),
            (&["br;q=0, gzip"], &[Gzip, Identity]),
            (&["BR ; Q=1 , X-GZIP"], &[Brotli, Gzip, Identity]),
            (&["identity"], &[Identity]),
            (&["identity, br;q=0.9"], &[Identity, Brotli]),
            (&["identity;q=0.5, gzip;q=0.4"], &[Identity, Gzip]),
            (&["*"], &[Brotli, Gzip, Identity]),
            (&["*;q=0"], &[Identity]),
            (&["gzip, *;q=0"], &[Gzip, Identity]),
            (&["identity;q=0"], &[Identity]),
            (&["identity;q=0, br"], &[Brotli, Identity]),
            (&["deflate"], &[Identity]),
            (&["br;q=2, gzip;q=x, br"], &[Identity]),
            (&["br;q=0.1234"], &[Identity]),
            (&["br;q"], &[Identity]),
            (&[",,;,"], &[Identity]),
        ] {
            assert_eq!(of(values), expected, "{values:?}");
        }
    }
}
