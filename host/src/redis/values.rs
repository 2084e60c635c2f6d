//! Results and errors of Redis as components see them.

use redis::{ErrorKind, RedisError, Value};

use crate::bindings::spin::redis::redis::{Error, RedisResult};

/// An error of a command. `type-error` is a value that cannot be taken as what the command wants.
pub(super) fn failed(error: &RedisError) -> Error {
    match error.kind() {
        ErrorKind::UnexpectedReturnType => Error::TypeError,
        _ => Error::Other(error.to_string()),
    }
}

/// What a command answers, flattened: an array's items stand for it, as in Spin.
pub(super) fn results(value: Value) -> Result<Vec<RedisResult>, Error> {
    let mut results = Vec::new();
    flatten(value, &mut results)?;
    Ok(results)
}

fn flatten(value: Value, results: &mut Vec<RedisResult>) -> Result<(), Error> {
    results.push(match value {
        Value::Nil => RedisResult::Nil,
        Value::Int(number) => RedisResult::Int64(number),
        Value::BulkString(bytes) => RedisResult::Binary(bytes),
        Value::SimpleString(status) => RedisResult::Status(status),
        Value::Okay => RedisResult::Status("OK".to_owned()),
        Value::Double(number) => RedisResult::Binary(number.to_string().into_bytes()),
        Value::BigNumber(digits) => RedisResult::Binary(digits),
        Value::Boolean(value) => RedisResult::Int64(value.into()),
        Value::Array(values) | Value::Set(values) => {
            return values.into_iter().try_for_each(|value| flatten(value, results));
        }
        other => return Err(Error::Other(format!("components have no name for the answer {other:?}"))),
    });
    Ok(())
}
