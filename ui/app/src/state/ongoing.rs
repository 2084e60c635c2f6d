//! Work that ends when its page is left.

use std::future::Future;

use futures_util::future::{AbortHandle, Abortable, abortable};
use leptos::prelude::*;

/// A piece of work of a page, while it goes on.
#[derive(Clone, Copy)]
pub struct Ongoing(StoredValue<Option<AbortHandle>>);

impl Ongoing {
    /// None yet.
    pub fn until_left() -> Self {
        let ongoing = Self(StoredValue::new(None));
        on_cleanup(move || ongoing.end());
        ongoing
    }

    /// The work, which goes on until it is ended.
    pub fn begin<F: Future>(self, work: F) -> Abortable<F> {
        let (work, abort) = abortable(work);
        self.0.try_set_value(Some(abort));
        work
    }

    /// Ends what was begun last.
    pub fn end(self) {
        self.0.try_with_value(|ongoing| ongoing.as_ref().map(AbortHandle::abort));
    }
}
