//! Every type, there and back.

use super::{DbValue, Error, ParameterValue, assert_same, component, query};
use crate::bindings::spin::postgres::postgres::{Interval, RangeBoundKind};

/// A parameter, the type that it is cast to, and what comes back.
fn table() -> Vec<(ParameterValue, &'static str, DbValue)> {
    let text = |text: &str| text.to_owned();
    let interval = Interval { micros: 1, days: -2, months: 3 };
    let (inclusive, exclusive) = (RangeBoundKind::Inclusive, RangeBoundKind::Exclusive);
    vec![
        (ParameterValue::Boolean(true), "bool", DbValue::Boolean(true)),
        (ParameterValue::Int16(-7), "int2", DbValue::Int16(-7)),
        (ParameterValue::Int32(-7), "int4", DbValue::Int32(-7)),
        (ParameterValue::Int64(1 << 40), "int8", DbValue::Int64(1 << 40)),
        (ParameterValue::Floating32(0.5), "float4", DbValue::Floating32(0.5)),
        (ParameterValue::Floating64(0.25), "float8", DbValue::Floating64(0.25)),
        (ParameterValue::Str(text("é")), "text", DbValue::Str(text("é"))),
        (ParameterValue::Str(text("v")), "varchar", DbValue::Str(text("v"))),
        (ParameterValue::Binary(vec![0, 255]), "bytea", DbValue::Binary(vec![0, 255])),
        (ParameterValue::Date((2026, 2, 28)), "date", DbValue::Date((2026, 2, 28))),
        (ParameterValue::Time((23, 59, 1, 5_000)), "time", DbValue::Time((23, 59, 1, 5_000))),
        (
            ParameterValue::Datetime((2026, 2, 28, 1, 2, 3, 4_000)),
            "timestamp",
            DbValue::Datetime((2026, 2, 28, 1, 2, 3, 4_000)),
        ),
        (
            ParameterValue::Uuid(text("67e55044-10b1-426f-9247-bb680e5fe0c8")),
            "uuid",
            DbValue::Uuid(text("67e55044-10b1-426f-9247-bb680e5fe0c8")),
        ),
        (
            ParameterValue::Jsonb(b"{\"a\": [1, null]}".to_vec()),
            "jsonb",
            DbValue::Jsonb(b"{\"a\":[1,null]}".to_vec()),
        ),
        (ParameterValue::Decimal(text("-12.340")), "numeric", DbValue::Decimal(text("-12.340"))),
        (
            ParameterValue::RangeInt32((Some((1, inclusive)), Some((5, inclusive)))),
            "int4range",
            DbValue::RangeInt32((Some((1, inclusive)), Some((6, exclusive)))),
        ),
        (
            ParameterValue::RangeInt64((None, Some((5, exclusive)))),
            "int8range",
            DbValue::RangeInt64((None, Some((5, exclusive)))),
        ),
        (
            ParameterValue::RangeDecimal((Some((text("1.5"), exclusive)), None)),
            "numrange",
            DbValue::RangeDecimal((Some((text("1.5"), exclusive)), None)),
        ),
        (ParameterValue::ArrayInt32(vec![Some(1), None]), "int4[]", DbValue::ArrayInt32(vec![Some(1), None])),
        (ParameterValue::ArrayInt64(vec![Some(1)]), "int8[]", DbValue::ArrayInt64(vec![Some(1)])),
        (
            ParameterValue::ArrayDecimal(vec![Some(text("1.10")), None]),
            "numeric[]",
            DbValue::ArrayDecimal(vec![Some(text("1.10")), None]),
        ),
        (
            ParameterValue::ArrayStr(vec![Some(text("a")), None]),
            "text[]",
            DbValue::ArrayStr(vec![Some(text("a")), None]),
        ),
        (ParameterValue::Interval(interval), "interval", DbValue::Interval(interval)),
        (ParameterValue::DbNull, "int4", DbValue::DbNull),
        (
            ParameterValue::Str(text("127.0.0.1")),
            "text::inet",
            DbValue::Unsupported(vec![2, 32, 0, 4, 127, 0, 0, 1]),
        ),
    ]
}

#[tokio::test]
async fn values_go_there_and_back() {
    let lease = component().await.lease().await;
    for (parameter, postgres, expected) in table() {
        let result = query::query(&lease, &format!("SELECT $1::{postgres} AS v"), vec![parameter]).await;
        let result = result.unwrap_or_else(|error| panic!("{postgres}: {error:?}"));
        assert_eq!(result.columns[0].name, "v");
        assert_same(result.rows, [[expected]]);
    }
}

#[tokio::test]
async fn what_spin_cannot_convert_is_refused() {
    let lease = component().await.lease().await;
    for value in ["clock_timestamp()", "NULL::timestamptz"] {
        let error = query::query(&lease, &format!("SELECT {value} AS at"), vec![]).await.unwrap_err();
        assert!(format!("{error:?}").contains("column \\\"at\\\": Spin reads no timestamptz"), "{error:?}");
    }

    let instant = "SELECT extract(epoch from $1::timestamptz)::int8";
    let result = query::query(&lease, instant, vec![ParameterValue::Timestamp(86_400)]).await.unwrap();
    assert_same(result.rows, [[DbValue::Int64(86_400)]]);

    let wrong_type = query::query(&lease, "SELECT $1::int4", vec![ParameterValue::Str("1".to_owned())]).await;
    assert!(matches!(wrong_type, Err(Error::QueryFailed(_))), "{wrong_type:?}");
    let no_uuid = query::query(&lease, "SELECT $1::uuid", vec![ParameterValue::Uuid("x".to_owned())]).await;
    assert!(matches!(no_uuid, Err(Error::BadParameter(_))), "{no_uuid:?}");
}
