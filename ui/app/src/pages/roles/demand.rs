//! Demanding a second factor of who has a role, or no longer, after asking.

use contract::{Me, RoleName, UpdateRole};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ROLES, RolesState};
use crate::components::{ConfirmDialog, dialog_about, explain};
use crate::i18n::{Language, Text, use_language};
use crate::state::{Member, Toasts};

/// What is about to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// Of whom.
    pub role: RoleName,
    /// Whether it is made, or dropped.
    pub made: bool,
}

impl Demand {
    fn title(&self, text: Text) -> String {
        let roles = text.roles();
        if self.made {
            (roles.require_title)(self.role.as_str())
        } else {
            (roles.release_title)(self.role.as_str())
        }
    }

    /// What will happen, to the person who is asked as well.
    fn consequence(&self, me: &Me, text: Text) -> String {
        let roles = text.roles();
        match (self.made, self.is_about(me) && !me.second_factor.enabled) {
            (true, true) => format!("{} {}", roles.require_text, roles.require_own),
            (true, false) => roles.require_text.to_owned(),
            (false, _) => roles.release_text.to_owned(),
        }
    }

    fn confirm(&self, text: Text) -> String {
        if self.made { text.roles().require } else { text.roles().release }.to_owned()
    }

    fn done(&self, text: Text) -> String {
        let roles = text.roles();
        if self.made {
            (roles.was_required)(self.role.as_str())
        } else {
            (roles.was_released)(self.role.as_str())
        }
    }

    fn is_about(&self, me: &Me) -> bool {
        me.roles.contains(&self.role)
    }
}

/// Asks first, naming the role; then does it.
#[component]
pub fn DemandDialog() -> impl IntoView {
    let state: RolesState = expect_context();
    let member: Member = expect_context();
    let language = use_language();
    let (open, subject) = dialog_about(state.demanding);
    let work = Work { state, member, toasts: expect_context(), language, open };
    let words = move |of: fn(&Demand, Text) -> String| {
        subject.with(|demand| demand.as_ref().map(|demand| of(demand, language.text())).unwrap_or_default())
    };
    let consequence = move || {
        let text = language.text();
        let of = |demand: &Demand| member.me.with(|me| demand.consequence(me, text));
        subject.with(|demand| demand.as_ref().map(of).unwrap_or_default())
    };
    let dropped = move || subject.with(|demand| demand.as_ref().is_some_and(|demand| !demand.made));
    let busy = RwSignal::new(false);
    let run = move |()| {
        let Some(demand) = subject.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            work.run(demand).await;
            busy.try_set(false);
        });
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(move || words(Demand::title))
            text=Signal::derive(consequence)
            confirm=Signal::derive(move || words(Demand::confirm))
            dangerous=Signal::derive(dropped)
            busy
            on_confirm=run
        />
    }
}

/// What it needs from around it.
#[derive(Clone, Copy)]
struct Work {
    state: RolesState,
    member: Member,
    toasts: Toasts,
    language: Language,
    /// Whether the question is on the screen.
    open: RwSignal<bool>,
}

impl Work {
    async fn run(self, demand: Demand) {
        let changes = UpdateRole { requires_second_factor: Some(demand.made) };
        let answer = self.member.ask(async |session| session.update_role(&demand.role, &changes).await).await;
        self.open.try_set(false);
        let text = self.language.text_untracked();
        match answer {
            Ok(role) => {
                self.toasts.success(demand.done(text));
                self.state.note(role);
                // Who has none makes way for turning one on.
                if self.member.me.with_untracked(|me| demand.is_about(me)) {
                    self.member.reload().await;
                }
            }
            Err(error) => self.toasts.failure(explain(&error, text)),
        }
        // Also after a failure: perhaps the list is old.
        self.member.cache.invalidate(ROLES);
    }
}

#[cfg(test)]
mod tests {
    use contract::Locale;

    use super::*;

    const ADA: &str = r#"{"id":"01890a5d-ac96-774b-bcce-b302099a8057","email":"ada@example.org","email_verified":true,"has_password":true,"display_name":"Ada","roles":["administrator"],"permissions":[],"second_factor":{"enabled":false,"required":false},"created_at":"2026-01-01T00:00:00Z"}"#;

    fn demand(role: &str, made: bool) -> Demand {
        Demand { role: RoleName::parse(role).unwrap(), made }
    }

    #[test]
    fn who_asks_it_of_themselves_is_told_so() {
        let ada: Me = serde_json::from_str(ADA).unwrap();
        let mut proven = ada.clone();
        proven.second_factor.enabled = true;
        for locale in Locale::ALL {
            let text = Text::of(locale);
            let told =
                |demand: Demand, me: &Me| demand.consequence(me, text).contains(text.roles().require_own);
            assert!(told(demand("administrator", true), &ada));
            assert!(!told(demand("administrator", true), &proven), "they have one");
            assert!(!told(demand("auditor", true), &ada), "it is of others");
            assert!(!told(demand("administrator", false), &ada), "it is dropped");
        }
    }

    #[test]
    fn the_question_names_the_role_and_says_what_is_done() {
        let text = Text::of(Locale::En);
        let made = demand("auditor", true);
        assert_eq!(made.title(text), "Require two-step sign-in of the role “auditor”?");
        assert_eq!(made.confirm(text), "Require it");
        assert_eq!(made.done(text), "The role “auditor” now requires two-step sign-in");
        let dropped = demand("auditor", false);
        assert_eq!(dropped.title(text), "No longer require two-step sign-in of the role “auditor”?");
        assert_eq!(dropped.confirm(text), "No longer require it");
        assert_eq!(dropped.done(text), "The role “auditor” no longer requires two-step sign-in");
    }
}
