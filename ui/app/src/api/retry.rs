//! Which requests are repeated, and when.

use std::time::Duration;

use super::transport::{Lost, Method, Response};

/// How often a request is sent at most.
const ATTEMPTS: u32 = 3;
/// The wait before the second attempt; it doubles with each.
const FIRST_WAIT: Duration = Duration::from_millis(400);
/// A `Retry-After` beyond this is for the person to decide on.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How long to wait before sending again, or `None` where the outcome stands.
///
/// Only reads are repeated: whether a lost `POST` was carried out, nobody knows.
pub fn wait_before_retry(method: Method, attempt: u32, outcome: &Result<Response, Lost>) -> Option<Duration> {
    if method != Method::Get || attempt >= ATTEMPTS {
        return None;
    }
    let asked = match outcome {
        Ok(response) if matches!(response.status, 502..=504) => response.retry_after,
        Ok(_) => return None,
        Err(Lost) => None,
    };
    let wait = match asked {
        Some(seconds) => Duration::from_secs(u64::from(seconds)),
        None => FIRST_WAIT * 2_u32.pow(attempt.saturating_sub(1)),
    };
    (wait <= LONGEST_WAIT).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::unnecessary_wraps, reason = "an outcome, as the policy takes it")]
    fn answer(status: u16, retry_after: Option<u32>) -> Result<Response, Lost> {
        Ok(Response { status, retry_after, body: String::new() })
    }

    #[test]
    fn reads_are_repeated_with_growing_waits() {
        let waits = [1, 2, 3].map(|attempt| wait_before_retry(Method::Get, attempt, &Err(Lost)));
        assert_eq!(waits, [Some(Duration::from_millis(400)), Some(Duration::from_millis(800)), None]);
        for status in [502, 503, 504] {
            assert!(wait_before_retry(Method::Get, 1, &answer(status, None)).is_some(), "{status}");
        }
    }

    #[test]
    fn what_may_have_been_done_is_not_done_again() {
        for method in [Method::Post, Method::Patch, Method::Delete] {
            assert_eq!(wait_before_retry(method, 1, &Err(Lost)), None);
            assert_eq!(wait_before_retry(method, 1, &answer(503, None)), None);
        }
    }

    #[test]
    fn answers_stand() {
        for status in [200, 401, 403, 404, 422, 429, 500] {
            assert_eq!(wait_before_retry(Method::Get, 1, &answer(status, None)), None, "{status}");
        }
    }

    #[test]
    fn the_server_sets_the_pace() {
        let wait = |seconds| wait_before_retry(Method::Get, 1, &answer(503, Some(seconds)));
        assert_eq!(wait(2), Some(Duration::from_secs(2)));
        assert_eq!(wait(60), None);
    }
}
