//! What an instance keeps between requests: values that never change while it lives.

use std::sync::OnceLock;

/// A value computed once an instance, asynchronously. Two first requests at once may both compute it;
/// the first to finish is kept.
pub struct InstanceCell<T>(OnceLock<T>);

impl<T> InstanceCell<T> {
    /// An empty cell.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The value, computed by `init` where there is none yet; a failure is not kept.
    pub async fn get_or_try_init<E>(&self, init: impl AsyncFnOnce() -> Result<T, E>) -> Result<&T, E> {
        if let Some(value) = self.0.get() {
            return Ok(value);
        }
        let value = init().await?;
        Ok(self.0.get_or_init(|| value))
    }
}
