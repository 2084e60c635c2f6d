//! Parameters of a statement.

use std::error::Error;

use bytes::BytesMut;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use postgres_range::Range;
use rust_decimal::Decimal;
use tokio_postgres::types::{IsNull, ToSql, Type};
use uuid::Uuid;

use super::{calendar, decimal, decimal::RangeDecimal, interval::PgInterval, range};
use crate::bindings::spin::postgres::postgres::ParameterValue;

/// A component's parameter, parsed. Whether it fits the statement's own type for it is seen when it is sent.
#[derive(Debug)]
pub(in crate::postgres) enum Parameter {
    Bool(bool),
    Int8(i8),
    Int16(i16),
    Int32(i32),
    Int64(i64),
    Float32(f32),
    Float64(f64),
    Text(String),
    Bytes(Vec<u8>),
    Date(NaiveDate),
    Time(NaiveTime),
    Datetime(NaiveDateTime),
    Timestamp(DateTime<Utc>),
    Uuid(Uuid),
    Json(serde_json::Value),
    Decimal(Decimal),
    RangeInt32(Range<i32>),
    RangeInt64(Range<i64>),
    RangeDecimal(Range<RangeDecimal>),
    ArrayInt32(Vec<Option<i32>>),
    ArrayInt64(Vec<Option<i64>>),
    ArrayDecimal(Vec<Option<Decimal>>),
    ArrayText(Vec<Option<String>>),
    Interval(PgInterval),
    Null,
}

impl TryFrom<ParameterValue> for Parameter {
    /// What is wrong with the value.
    type Error = String;

    fn try_from(value: ParameterValue) -> Result<Self, String> {
        Ok(match value {
            ParameterValue::Boolean(value) => Self::Bool(value),
            ParameterValue::Int8(value) => Self::Int8(value),
            ParameterValue::Int16(value) => Self::Int16(value),
            ParameterValue::Int32(value) => Self::Int32(value),
            ParameterValue::Int64(value) => Self::Int64(value),
            ParameterValue::Floating32(value) => Self::Float32(value),
            ParameterValue::Floating64(value) => Self::Float64(value),
            ParameterValue::Str(value) => Self::Text(value),
            ParameterValue::Binary(value) => Self::Bytes(value),
            ParameterValue::Date(value) => Self::Date(calendar::date(value)?),
            ParameterValue::Time(value) => Self::Time(calendar::time(value)?),
            ParameterValue::Datetime(value) => Self::Datetime(calendar::datetime(value)?),
            ParameterValue::Timestamp(value) => Self::Timestamp(calendar::timestamp(value)?),
            ParameterValue::Uuid(value) => {
                Self::Uuid(value.parse().map_err(|error| format!("no UUID: {value:?}: {error}"))?)
            }
            ParameterValue::Jsonb(value) => {
                Self::Json(serde_json::from_slice(&value).map_err(|error| format!("no JSON: {error}"))?)
            }
            ParameterValue::Decimal(value) => Self::Decimal(decimal::parse(&value)?),
            ParameterValue::RangeInt32(value) => Self::RangeInt32(range::from_wit(value, Ok)?),
            ParameterValue::RangeInt64(value) => Self::RangeInt64(range::from_wit(value, Ok)?),
            ParameterValue::RangeDecimal(value) => {
                let parse = |text: String| decimal::parse(&text).map(RangeDecimal);
                Self::RangeDecimal(range::from_wit(value, parse)?)
            }
            ParameterValue::ArrayInt32(values) => Self::ArrayInt32(values),
            ParameterValue::ArrayInt64(values) => Self::ArrayInt64(values),
            ParameterValue::ArrayDecimal(values) => {
                let parse = |text: Option<String>| text.as_deref().map(decimal::parse).transpose();
                Self::ArrayDecimal(values.into_iter().map(parse).collect::<Result<_, _>>()?)
            }
            ParameterValue::ArrayStr(values) => Self::ArrayText(values),
            ParameterValue::Interval(value) => Self::Interval(PgInterval(value)),
            ParameterValue::DbNull => Self::Null,
        })
    }
}

impl Parameter {
    /// The value as the driver takes it; `None` is `NULL`.
    fn value(&self) -> Option<&dyn ToSql> {
        Some(match self {
            Self::Bool(value) => value,
            Self::Int8(value) => value,
            Self::Int16(value) => value,
            Self::Int32(value) => value,
            Self::Int64(value) => value,
            Self::Float32(value) => value,
            Self::Float64(value) => value,
            Self::Text(value) => value,
            Self::Bytes(value) => value,
            Self::Date(value) => value,
            Self::Time(value) => value,
            Self::Datetime(value) => value,
            Self::Timestamp(value) => value,
            Self::Uuid(value) => value,
            Self::Json(value) => value,
            Self::Decimal(value) => value,
            Self::RangeInt32(value) => value,
            Self::RangeInt64(value) => value,
            Self::RangeDecimal(value) => value,
            Self::ArrayInt32(values) => values,
            Self::ArrayInt64(values) => values,
            Self::ArrayDecimal(values) => values,
            Self::ArrayText(values) => values,
            Self::Interval(value) => value,
            Self::Null => return None,
        })
    }
}

/// `NULL` fits every type; any other value is checked against the statement's type by its own rules.
impl ToSql for Parameter {
    fn to_sql(&self, postgres: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.value().map_or(Ok(IsNull::Yes), |value| value.to_sql_checked(postgres, out))
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(
        &self,
        postgres: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.to_sql(postgres, out)
    }
}
