//! Closing an account and opening it again, after asking, with a way back.

use contract::{Permission, User, UserStatus};
use leptos::task::spawn_local;
use leptos::{html, prelude::*};

use super::is_self;
use crate::components::icon::{self, Glyph};
use crate::components::{ConfirmDialog, dialog_about, explain, focus_place};
use crate::i18n::{Language, tr, use_language};
use crate::state::{Member, ToastAction, Toasts};

/// Asks to lock or unlock an account; not offered to those who may not, nor for one's own.
#[component]
pub fn LockButton(
    /// The account.
    user: User,
    /// `btn-square` where there is room for the icon alone.
    #[prop(default = "btn-outline")]
    class: &'static str,
    /// Told which account.
    #[prop(into)]
    on_press: Callback<User>,
) -> impl IntoView {
    let member: Member = expect_context();
    let language = use_language();
    let id = user.id;
    let icon_only = class.contains("btn-square");
    let locked = user.status == UserStatus::Locked;
    let name = user.display_name.to_string();
    let label = move || {
        let text = language.text().users();
        if locked { (text.unlock_label)(&name) } else { (text.lock_label)(&name) }
    };
    let user = StoredValue::new(user);
    let label = Signal::derive(label);
    let picture = if locked { icon::LOCK_OPEN } else { icon::LOCK };
    view! {
        <Show when=move || member.may(Permission::UsersWrite) && !is_self(member, id)>
            <button
                type="button"
                class=format!("btn btn-sm {class}")
                aria-label=label
                title=label
                on:click=move |_| on_press.run(user.get_value())
            >
                <Glyph icon=picture/>
                {(!icon_only).then(|| if locked { tr(|t| t.users().unlock) } else { tr(|t| t.users().lock) })}
            </button>
        </Show>
    }
}

/// Asks first, naming the account; then does it.
#[component]
pub fn LockDialog(
    /// The account, while it is asked about.
    user: RwSignal<Option<User>>,
    /// Where the focus goes when the button that had it goes with the account's old state.
    place: NodeRef<html::Div>,
) -> impl IntoView {
    let language = use_language();
    let work = LockWork::new(place);
    let (open, subject) = dialog_about(user);
    let unlocks =
        move || subject.with(|user| user.as_ref().is_some_and(|user| user.status == UserStatus::Locked));
    let name = move || {
        subject.with(|user| user.as_ref().map(|user| user.display_name.to_string()).unwrap_or_default())
    };
    let title = move || {
        let text = language.text().users();
        if unlocks() { (text.unlock_title)(&name()) } else { (text.lock_title)(&name()) }
    };
    let words = move || {
        let text = language.text().users();
        if unlocks() { text.unlock_text } else { text.lock_text }.to_owned()
    };
    let confirm = move || {
        let text = language.text().users();
        if unlocks() { text.unlock } else { text.lock }.to_owned()
    };
    let busy = RwSignal::new(false);
    let run = move |()| {
        let Some(user) = subject.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            work.toggle(user, true).await;
            busy.try_set(false);
            open.try_set(false);
        });
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(title)
            text=Signal::derive(words)
            confirm=Signal::derive(confirm)
            dangerous=Signal::derive(move || !unlocks())
            busy
            on_confirm=run
        />
    }
}

/// What locking needs from around it; it outlives the dialog, for the way back.
#[derive(Clone, Copy)]
struct LockWork {
    member: Member,
    toasts: Toasts,
    language: Language,
    place: NodeRef<html::Div>,
}

impl LockWork {
    fn new(place: NodeRef<html::Div>) -> Self {
        Self { member: expect_context(), toasts: expect_context(), language: use_language(), place }
    }

    /// Locks an account that is open, unlocks one that is locked, and says so.
    async fn toggle(self, user: User, undoable: bool) {
        let unlocks = user.status == UserStatus::Locked;
        let answer =
            self.member
                .ask(async |session| {
                    if unlocks {
                        session.unlock_user(user.id).await
                    } else {
                        session.lock_user(user.id).await
                    }
                })
                .await;
        // Also after a failure: perhaps the list is old.
        self.member.cache.invalidate("/api/core/v1/users");
        let text = self.language.text_untracked();
        match answer {
            Ok(changed) => {
                focus_place(self.place);
                let name = changed.display_name.to_string();
                let message = if unlocks {
                    (text.users().was_unlocked)(&name)
                } else {
                    (text.users().was_locked)(&name)
                };
                if undoable {
                    self.toasts.success_with(message, self.undo(changed));
                } else {
                    self.toasts.success(message);
                }
            }
            Err(error) => self.toasts.failure(explain(&error, text)),
        }
    }

    fn undo(self, changed: User) -> ToastAction {
        let run = move |()| spawn_local(self.toggle(changed.clone(), false));
        ToastAction { label: |t| t.common().undo, run: Callback::new(run) }
    }
}
