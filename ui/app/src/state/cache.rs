//! What has been read, shared by the pages: shown at once, and read anew behind it.

use std::collections::HashMap;

use contract::{Page, ProblemCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

use super::member::Member;
use crate::api::ApiError;

/// The bodies of answers by their path.
#[derive(Clone, Copy)]
pub struct Cache {
    bodies: StoredValue<HashMap<String, String>, LocalStorage>,
    /// Told when something of theirs is forgotten.
    readers: StoredValue<Vec<Reader>, LocalStorage>,
    /// Told whatever is forgotten.
    changes: Trigger,
}

/// A query on the screen.
#[derive(Clone, Copy)]
struct Reader {
    path: StoredValue<Option<String>>,
    again: Trigger,
}

impl Reader {
    fn reads(&self, prefix: &str) -> bool {
        let begins = |path: &Option<String>| path.as_ref().is_some_and(|path| path.starts_with(prefix));
        self.path.try_with_value(begins) == Some(true)
    }
}

impl Cache {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            bodies: StoredValue::new_local(HashMap::new()),
            readers: StoredValue::new_local(Vec::new()),
            changes: Trigger::new(),
        }
    }

    /// Forgets everything whose path begins with `prefix`; queries on the screen that read there read anew.
    pub fn invalidate(self, prefix: &str) {
        self.bodies.update_value(|bodies| bodies.retain(|path, _| !path.starts_with(prefix)));
        let readers = self.readers.try_get_value().unwrap_or_default();
        for reader in readers.iter().filter(|reader| reader.reads(prefix)) {
            reader.again.notify();
        }
        self.changes.notify();
    }

    /// Tracks whatever is forgotten: each of these is something that the person has done.
    pub fn track_changes(self) {
        self.changes.track();
    }

    /// Those that have left the screen make way.
    fn enter(self, reader: Reader) {
        self.readers.update_value(|readers| {
            readers.retain(|reader| !reader.path.is_disposed());
            readers.push(reader);
        });
    }

    fn body(self, path: &str) -> Option<String> {
        self.bodies.with_value(|bodies| bodies.get(path).cloned())
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
    /// The body of what is shown.
    shown: StoredValue<Option<String>>,
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
            shown: StoredValue::new(None),
        };
        let round = StoredValue::new(0_u32);
        let reader = Reader { path: StoredValue::new(None), again: query.again };
        member.cache.enter(reader);
        Effect::new(move || {
            query.again.track();
            let path = path();
            reader.path.set_value(path.clone());
            let Some(path) = path else { return };
            if let Some(body) = member.cache.body(&path) {
                // What cannot be read is read anew.
                _ = query.show(body);
            }
            round.update_value(|round| *round += 1);
            query.pending.set(true);
            let this_round = round.get_value();
            spawn_local(async move {
                let answer = read(member, path).await;
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

    /// Why there is nothing to show: no answer has come yet, or what was there is gone. Over what can still be shown, an
    /// error isn't one.
    pub fn failure(self) -> Memo<Option<ApiError>> {
        let is_gone = |error: &ApiError| error.code() == Some(ProblemCode::NotFound);
        Memo::new(move |_| self.error.get().filter(|error| is_gone(error) || self.data.with(Option::is_none)))
    }

    fn settle(self, answer: Result<String, ApiError>) {
        let error = answer.and_then(|body| self.show(body)).err();
        if self.error.with_untracked(|before| *before != error) {
            self.error.set(error);
        }
        self.pending.set(false);
    }

    /// What is shown already stays: it would be built anew, without what has been typed in it.
    fn show(self, body: String) -> Result<(), ApiError> {
        if self.shown.with_value(|shown| shown.as_ref() == Some(&body)) {
            return Ok(());
        }
        let data = serde_json::from_str(&body).map_err(|_| ApiError::Unreadable { status: 200 })?;
        self.shown.set_value(Some(body));
        self.data.set(Some(data));
        Ok(())
    }
}

async fn read(member: Member, path: String) -> Result<String, ApiError> {
    let body = member.ask(async |session| session.read(&path).await).await?;
    member.cache.bodies.try_update_value(|bodies| bodies.insert(path, body.clone()));
    Ok(body)
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
        let Self { data, error, pending, again, .. } = self;
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
