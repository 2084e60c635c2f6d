//! `interval`: microseconds, days and months, which PostgreSQL keeps apart.

use std::error::Error;

use bytes::{Buf as _, BufMut as _, BytesMut};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type};

use crate::bindings::spin::postgres::postgres::Interval;

/// The bytes of an interval on the wire: an `i64` and two `i32`.
const LENGTH: usize = 16;

/// An interval on its way to or from the server.
#[derive(Debug)]
pub(in crate::postgres) struct PgInterval(pub Interval);

impl ToSql for PgInterval {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.put_i64(self.0.micros);
        out.put_i32(self.0.days);
        out.put_i32(self.0.months);
        Ok(IsNull::No)
    }

    fn accepts(postgres: &Type) -> bool {
        *postgres == Type::INTERVAL
    }

    tokio_postgres::types::to_sql_checked!();
}

impl FromSql<'_> for PgInterval {
    fn from_sql(_: &Type, mut raw: &[u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        if raw.len() != LENGTH {
            return Err(format!("an interval has {LENGTH} bytes, not {}", raw.len()).into());
        }
        let (micros, days, months) = (raw.get_i64(), raw.get_i32(), raw.get_i32());
        Ok(Self(Interval { micros, days, months }))
    }

    fn accepts(postgres: &Type) -> bool {
        *postgres == Type::INTERVAL
    }
}
