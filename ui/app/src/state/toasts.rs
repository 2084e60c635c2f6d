//! Short messages about what has just happened.

use leptos::prelude::*;

use crate::i18n::TextKey;

/// What kind of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    /// It is done.
    Success,
    /// It is not.
    Failure,
}

/// Something that the person can do about it.
#[derive(Clone)]
pub struct ToastAction {
    /// What.
    pub label: TextKey,
    /// Doing it.
    pub run: Callback<()>,
}

/// A message on the screen.
#[derive(Clone)]
pub struct Toast {
    /// Tells it from the others.
    pub id: u32,
    /// What kind of news.
    pub kind: ToastKind,
    /// The news.
    pub message: String,
    /// What can be done about it.
    pub action: Option<ToastAction>,
}

/// The messages on the screen, oldest first.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
}

impl Toasts {
    /// None yet.
    pub fn provide() -> Self {
        let toasts = Self { list: RwSignal::new(Vec::new()), count: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    /// The messages, tracked.
    pub fn list(self) -> Vec<Toast> {
        self.list.get()
    }

    /// Says that something is done.
    pub fn success(self, message: impl Into<String>) {
        self.show(ToastKind::Success, message.into(), None);
    }

    /// Says that something is done, and offers to undo it.
    pub fn success_with(self, message: impl Into<String>, action: ToastAction) {
        self.show(ToastKind::Success, message.into(), Some(action));
    }

    /// Says that something could not be done.
    pub fn failure(self, message: impl Into<String>) {
        self.show(ToastKind::Failure, message.into(), None);
    }

    /// Takes a message away.
    pub fn dismiss(self, id: u32) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }

    fn show(self, kind: ToastKind, message: String, action: Option<ToastAction>) {
        self.count.update_value(|count| *count += 1);
        let id = self.count.get_value();
        self.list.update(|list| list.push(Toast { id, kind, message, action }));
    }
}
