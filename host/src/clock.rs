//! The wall clock that components see. Tests move it; monotonic clocks stay real.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use wasmtime_wasi::HostWallClock;

/// Real time plus an offset, shared by all components of a host. Clones move together.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Nanoseconds ahead of real time.
    offset: Arc<AtomicU64>,
}

impl Clock {
    /// A clock that shows real time.
    pub fn new() -> Self {
        Self::default()
    }

    /// Moves the clock forward, at once for every component and also for requests in flight.
    pub fn advance(&self, by: Duration) {
        let nanoseconds = u64::try_from(by.as_nanos()).unwrap_or(u64::MAX);
        self.offset.fetch_add(nanoseconds, Ordering::SeqCst);
    }

    /// The time that components see.
    pub fn now(&self) -> SystemTime {
        SystemTime::now() + Duration::from_nanos(self.offset.load(Ordering::SeqCst))
    }
}

impl HostWallClock for Clock {
    fn resolution(&self) -> Duration {
        Duration::from_nanos(1)
    }

    fn now(&self) -> Duration {
        Clock::now(self).duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_move_together() {
        let clock = Clock::new();
        let other = clock.clone();
        let before = other.now();
        clock.advance(Duration::from_hours(1));
        let moved = other.now().duration_since(before).unwrap();
        assert!(moved >= Duration::from_hours(1));
        assert!(moved < Duration::from_secs(3700));
    }
}
