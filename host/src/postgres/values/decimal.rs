//! `numeric` as the bound of a range.

use std::error::Error;

use bytes::BytesMut;
use postgres_range::{BoundSided, Normalizable, RangeBound};
use rust_decimal::Decimal;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type};

/// A decimal that a range may have at its ends.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(in crate::postgres) struct RangeDecimal(pub Decimal);

/// Parses a decimal exactly: one with more digits than fit is an error, not rounded.
pub(super) fn parse(text: &str) -> Result<Decimal, String> {
    Decimal::from_str_exact(text).map_err(|error| format!("no decimal: {text:?}: {error}"))
}

impl Normalizable for RangeDecimal {
    /// Decimals are not discrete: a bound stays as it is.
    fn normalize<S: BoundSided>(bound: RangeBound<S, Self>) -> RangeBound<S, Self> {
        bound
    }
}

impl ToSql for RangeDecimal {
    fn to_sql(&self, postgres: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.0.to_sql(postgres, out)
    }

    fn accepts(postgres: &Type) -> bool {
        <Decimal as ToSql>::accepts(postgres)
    }

    tokio_postgres::types::to_sql_checked!();
}

impl<'a> FromSql<'a> for RangeDecimal {
    fn from_sql(postgres: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Decimal::from_sql(postgres, raw).map(Self)
    }

    fn accepts(postgres: &Type) -> bool {
        <Decimal as FromSql>::accepts(postgres)
    }
}
