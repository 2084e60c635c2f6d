//! What a host allows: sizes, times, concurrency, and how often an instance is reused.

use std::time::Duration;

use wasmtime::ResourceLimiter;

/// Limits on requests and instances. The defaults suit a development machine.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of all header names and values of a request together; more is answered 431.
    pub header_bytes: usize,
    /// Bytes of a request body; more is answered 413.
    pub body_bytes: u64,
    /// Time to send a request's headers; a slower connection is closed.
    pub header_read_time: Duration,
    /// Longest pause within a request body; a longer one is answered 408.
    pub body_idle_time: Duration,
    /// Linear memory of one instance, in bytes; growing past it fails in the guest.
    pub memory_bytes: usize,
    /// Requests that run at once; one more is answered 503.
    pub concurrent_requests: usize,
    /// Time that a stop waits for requests in flight.
    pub stop_grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_bytes: 32 << 10,
            body_bytes: 16 << 20,
            header_read_time: Duration::from_secs(15),
            body_idle_time: Duration::from_secs(30),
            memory_bytes: 512 << 20,
            concurrent_requests: 1024,
            stop_grace: Duration::from_secs(30),
        }
    }
}

/// When an instance takes requests and when it goes, named as Spin's flags.
#[derive(Clone, Copy, Debug)]
pub struct InstanceReuse {
    /// Requests that one instance serves in all. WASI 0.2 components serve one.
    pub max_count: usize,
    /// Requests that one instance serves at once. WASI 0.2 components serve one.
    pub max_concurrent: usize,
    /// Time from a request to the head of its response; longer is answered 504.
    pub request_timeout: Option<Duration>,
    /// How long an instance without a request is kept.
    pub idle_timeout: Duration,
}

impl Default for InstanceReuse {
    fn default() -> Self {
        Self {
            max_count: 128,
            max_concurrent: 16,
            request_timeout: None,
            idle_timeout: Duration::from_secs(1),
        }
    }
}

/// Largest table of an instance, in elements.
const TABLE_ELEMENTS: usize = 100_000;

/// Holds all memories of one instance together below a limit.
#[derive(Debug)]
pub struct MemoryLimiter {
    limit: usize,
    used: usize,
}

impl MemoryLimiter {
    /// A limiter of `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { limit, used: 0 }
    }
}

impl ResourceLimiter for MemoryLimiter {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let used = self.used.saturating_sub(current).saturating_add(desired);
        let allowed = used <= self.limit;
        if allowed {
            self.used = used;
        }
        Ok(allowed)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(desired <= TABLE_ELEMENTS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memories_are_counted_together() {
        let mut limiter = MemoryLimiter::new(100);
        assert!(limiter.memory_growing(0, 60, None).unwrap());
        assert!(!limiter.memory_growing(0, 50, None).unwrap());
        assert!(limiter.memory_growing(60, 100, None).unwrap());
        assert!(!limiter.memory_growing(100, 101, None).unwrap());
    }
}
