//! What has been read, shared by the pages: shown at once, and read anew behind it.

use std::collections::HashMap;

use contract::Page;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

use super::member::Member;
use crate::api::ApiError;

/// The bodies of answers by their path.
#[derive(Clone, Copy)]
pub struct Cache {
    bodies: StoredValue<HashMap<String, String>, LocalStorage>,
    /// Told when something is forgotten.
    outdated: Trigger,
}

impl Cache {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { bodies: StoredValue::new_local(HashMap::new()), outdated: Trigger::new() }
    }

    /// Forgets everything whose path begins with `prefix`; queries on the screen read anew.
    pub fn invalidate(self, prefix: &str) {
        self.bodies.update_value(|bodies| bodies.retain(|path, _| !path.starts_with(prefix)));
        self.outdated.notify();
    }

    fn read<T: DeserializeOwned>(self, path: &str) -> Option<T> {
        self.bodies.with_value(|bodies| serde_json::from_str(bodies.get(path)?).ok())
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self::new()
    }
}

/// Something being read, and read again whenever its path changes or it is out of date.
pub struct Query<T: Send + Sync + 'static> {
    /// The last good answer; the one before, while the next is on its way.
    pub data: RwSignal<Option<T>>,
    /// Why there is no newer one.
    pub error: RwSignal<Option<ApiError>>,
    /// Whether an answer is awaited.
    pub pending: RwSignal<bool>,
    again: Trigger,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: DeserializeOwned + Send + Sync + 'static> Query<T> {
    /// Reads what is at `path`; nothing while that is `None`.
    pub fn new(member: Member, path: impl Fn() -> Option<String> + 'static) -> Self {
        let query = Self {
            data: RwSignal::new(None),
            error: RwSignal::new(None),
            pending: RwSignal::new(false),
            again: Trigger::new(),
        };
        let round = StoredValue::new(0_u32);
        Effect::new(move || {
            query.again.track();
            member.cache.outdated.track();
            let Some(path) = path() else { return };
            if let Some(data) = member.cache.read(&path) {
                query.data.set(Some(data));
            }
            round.update_value(|round| *round += 1);
            query.pending.set(true);
            let this_round = round.get_value();
            spawn_local(async move {
                let answer = query.read(member, path).await;
                // The page may be gone, or ask for something else by now.
                if round.try_get_value() == Some(this_round) {
                    query.settle(answer);
                }
            });
        });
        query
    }

    /// Reads again, after an error.
    pub fn retry(self) {
        self.again.notify();
    }

    async fn read(self, member: Member, path: String) -> Result<T, ApiError> {
        let body = member.ask(async |session| session.read(&path).await).await?;
        let data = serde_json::from_str(&body).map_err(|_| ApiError::Unreadable { status: 200 })?;
        member.cache.bodies.try_update_value(|bodies| bodies.insert(path, body));
        Ok(data)
    }

    fn settle(self, answer: Result<T, ApiError>) {
        match answer {
            Ok(data) => {
                self.error.set(None);
                self.data.set(Some(data));
            }
            Err(error) => self.error.set(Some(error)),
        }
        self.pending.set(false);
    }
}

/// The state of a list that is being read, whatever is in it: for the parts that all lists share.
#[derive(Clone, Copy)]
pub struct ListState {
    /// How many entries are there; `None` before the first answer.
    pub length: Memo<Option<usize>>,
    /// What leads to the page that follows, if one does.
    pub next_cursor: Memo<Option<String>>,
    /// Why there is no newer answer.
    pub error: RwSignal<Option<ApiError>>,
    /// Whether an answer is awaited.
    pub pending: RwSignal<bool>,
    again: Trigger,
}

impl<T: Clone + Send + Sync + 'static> Query<Page<T>> {
    /// The entries in sight, tracked; none before the first answer.
    pub fn items(self) -> Vec<T> {
        self.data.with(|page| page.as_ref().map(|page| page.items.clone()).unwrap_or_default())
    }
}

impl<T: Send + Sync + 'static> Query<Page<T>> {
    /// The state alone, without the entries.
    pub fn list(self) -> ListState {
        let Self { data, error, pending, again } = self;
        ListState {
            length: Memo::new(move |_| data.with(|page| Some(page.as_ref()?.items.len()))),
            next_cursor: Memo::new(move |_| data.with(|page| page.as_ref()?.next_cursor.clone())),
            error,
            pending,
            again,
        }
    }
}

impl ListState {
    /// Reads again, after an error.
    pub fn retry(self) {
        self.again.notify();
    }
}
