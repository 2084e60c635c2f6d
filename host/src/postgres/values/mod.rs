//! Values between PostgreSQL and components: exactly the types that Spin has.

mod calendar;
mod decimal;
mod interval;
mod parameter;
mod range;

use postgres_range::Range;
use rust_decimal::Decimal;
use tokio_postgres::{
    Row,
    types::{FromSql, Type},
};

use crate::bindings::spin::postgres::postgres::{Column, DbDataType, DbValue};
use decimal::RangeDecimal;
use interval::PgInterval;
pub(super) use parameter::Parameter;

/// Spin lists `timestamptz` among its types and cannot read it, not even where it is `NULL`, so that no component may
/// come to rely on it here.
const NO_TIMESTAMPTZ: &str = "Spin reads no timestamptz: select it `at time zone 'UTC'`, or its epoch";

/// The columns of a result.
pub(super) fn columns(columns: &[tokio_postgres::Column]) -> Vec<Column> {
    let column = |column: &tokio_postgres::Column| Column {
        name: column.name().to_owned(),
        data_type: data_type(column.type_()),
    };
    columns.iter().map(column).collect()
}

/// A row's values. The error says which column cannot be read.
pub(super) fn decode(row: &Row) -> Result<Vec<DbValue>, String> {
    let value = |(index, column): (usize, &tokio_postgres::Column)| {
        decode_value(row, index, column.type_())
            .map_err(|reason| format!("column {:?}: {reason}", column.name()))
    };
    row.columns().iter().enumerate().map(value).collect()
}

fn data_type(postgres: &Type) -> DbDataType {
    match *postgres {
        Type::BOOL => DbDataType::Boolean,
        Type::BYTEA => DbDataType::Binary,
        Type::FLOAT4 => DbDataType::Floating32,
        Type::FLOAT8 => DbDataType::Floating64,
        Type::INT2 => DbDataType::Int16,
        Type::INT4 => DbDataType::Int32,
        Type::INT8 => DbDataType::Int64,
        Type::TEXT | Type::VARCHAR | Type::BPCHAR => DbDataType::Str,
        Type::TIMESTAMP | Type::TIMESTAMPTZ => DbDataType::Datetime,
        Type::DATE => DbDataType::Date,
        Type::TIME => DbDataType::Time,
        Type::UUID => DbDataType::Uuid,
        Type::JSONB => DbDataType::Jsonb,
        Type::NUMERIC => DbDataType::Decimal,
        Type::INT4_RANGE => DbDataType::RangeInt32,
        Type::INT8_RANGE => DbDataType::RangeInt64,
        Type::NUM_RANGE => DbDataType::RangeDecimal,
        Type::INT4_ARRAY => DbDataType::ArrayInt32,
        Type::INT8_ARRAY => DbDataType::ArrayInt64,
        Type::NUMERIC_ARRAY => DbDataType::ArrayDecimal,
        Type::TEXT_ARRAY | Type::VARCHAR_ARRAY | Type::BPCHAR_ARRAY => DbDataType::ArrayStr,
        Type::INTERVAL => DbDataType::Interval,
        _ => DbDataType::Other(postgres.name().to_owned()),
    }
}

fn decode_value(row: &Row, index: usize, postgres: &Type) -> Result<DbValue, String> {
    match *postgres {
        Type::BOOL => get(row, index, DbValue::Boolean),
        Type::BYTEA => get(row, index, DbValue::Binary),
        Type::FLOAT4 => get(row, index, DbValue::Floating32),
        Type::FLOAT8 => get(row, index, DbValue::Floating64),
        Type::INT2 => get(row, index, DbValue::Int16),
        Type::INT4 => get(row, index, DbValue::Int32),
        Type::INT8 => get(row, index, DbValue::Int64),
        Type::TEXT | Type::VARCHAR | Type::BPCHAR => get(row, index, DbValue::Str),
        Type::TIMESTAMP => get(row, index, |value| DbValue::Datetime(calendar::datetime_to_wit(value))),
        Type::TIMESTAMPTZ => Err(NO_TIMESTAMPTZ.to_owned()),
        Type::DATE => get(row, index, |value| DbValue::Date(calendar::date_to_wit(value))),
        Type::TIME => get(row, index, |value| DbValue::Time(calendar::time_to_wit(value))),
        Type::UUID => get(row, index, |value: uuid::Uuid| DbValue::Uuid(value.to_string())),
        Type::JSONB => {
            get(row, index, |value: serde_json::Value| DbValue::Jsonb(value.to_string().into_bytes()))
        }
        Type::NUMERIC => get(row, index, |value: Decimal| DbValue::Decimal(value.to_string())),
        Type::INT4_RANGE => {
            get(row, index, |value: Range<i32>| DbValue::RangeInt32(range::to_wit(&value, |v| *v)))
        }
        Type::INT8_RANGE => {
            get(row, index, |value: Range<i64>| DbValue::RangeInt64(range::to_wit(&value, |v| *v)))
        }
        Type::NUM_RANGE => get(row, index, |value: Range<RangeDecimal>| {
            DbValue::RangeDecimal(range::to_wit(&value, |decimal| decimal.0.to_string()))
        }),
        Type::INT4_ARRAY => get(row, index, DbValue::ArrayInt32),
        Type::INT8_ARRAY => get(row, index, DbValue::ArrayInt64),
        Type::NUMERIC_ARRAY => get(row, index, |values: Vec<Option<Decimal>>| {
            DbValue::ArrayDecimal(
                values.into_iter().map(|value| value.map(|value| value.to_string())).collect(),
            )
        }),
        Type::TEXT_ARRAY | Type::VARCHAR_ARRAY | Type::BPCHAR_ARRAY => get(row, index, DbValue::ArrayStr),
        Type::INTERVAL => get(row, index, |value: PgInterval| DbValue::Interval(value.0)),
        _ => get(row, index, |value: Unsupported| DbValue::Unsupported(value.0)),
    }
}

/// The value at `index`, which `wrap` turns into the component's; `db-null` where it is `NULL`.
fn get<'a, T: FromSql<'a>>(
    row: &'a Row,
    index: usize,
    wrap: impl FnOnce(T) -> DbValue,
) -> Result<DbValue, String> {
    let value: Option<T> = row.try_get(index).map_err(|error| super::error::with_causes(&error))?;
    Ok(value.map_or(DbValue::DbNull, wrap))
}

/// The bytes of a value whose type components have no name for.
struct Unsupported(Vec<u8>);

impl FromSql<'_> for Unsupported {
    fn from_sql(_: &Type, raw: &[u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(raw.to_owned()))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
