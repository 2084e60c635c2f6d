//! Which roles an account has.

use contract::{FieldError, Page, Permission, Role};
use leptos::prelude::*;

use crate::i18n::{tr, use_language};
use crate::state::{Member, Query};

/// A box for every role; those that allow more than the person has cannot be ticked, since nobody gives
/// what they don't have. Nothing for those who may not give roles at all.
#[component]
pub fn RolesField(
    /// The names of the roles ticked.
    chosen: RwSignal<Vec<String>>,
    /// What is wrong with them.
    error: Signal<Option<FieldError>>,
) -> impl IntoView {
    let member: Member = expect_context();
    let language = use_language();
    let may = move || member.may(Permission::RolesGrant) && member.may(Permission::RolesRead);
    let roles = Query::<Page<Role>>::new(member, move || may().then(|| "/api/core/v1/roles".to_owned()));
    let list =
        move || roles.data.with(|page| page.as_ref().map(|page| page.items.clone()).unwrap_or_default());
    let complaint = move || error.get().map(|error| language.text().field_error(&error));
    view! {
        <Show when=move || may() && !list().is_empty()>
            <fieldset aria-describedby="roles-notes">
                <legend class="mb-1.5 font-medium">{tr(|t| t.field().roles)}</legend>
                <div class="flex flex-col divide-y divide-base-300 rounded-field border border-base-300">
                    <For each=list key=|role| role.name.clone() let:role>
                        <RoleBox role chosen/>
                    </For>
                </div>
                <div id="roles-notes" class="mt-1.5 text-xs">
                    {move || match complaint() {
                        Some(words) => view! { <p class="font-medium text-error">{words}</p> }.into_any(),
                        None => view! { <p class="text-muted">{tr(|t| t.user().roles_hint)}</p> }.into_any(),
                    }}
                </div>
            </fieldset>
        </Show>
    }
}

#[component]
fn RoleBox(role: Role, chosen: RwSignal<Vec<String>>) -> impl IntoView {
    let member: Member = expect_context();
    let name = StoredValue::new(role.name.to_string());
    let permissions = StoredValue::new(role.permissions);
    let ticked = move || chosen.with(|chosen| name.with_value(|name| chosen.contains(name)));
    let may_give = move || member.permissions().require_all(permissions.get_value()).is_ok();
    let toggle = move |event| {
        let ticked = event_target_checked(&event);
        chosen.update(|chosen| {
            chosen.retain(|other| name.with_value(|name| other != name));
            if ticked {
                chosen.push(name.get_value());
            }
        });
    };
    view! {
        <label class="flex cursor-pointer items-start gap-3 px-3 py-2.5 has-disabled:cursor-not-allowed has-disabled:opacity-60">
            <input
                type="checkbox"
                name="roles"
                class="checkbox checkbox-primary checkbox-sm mt-0.5"
                prop:checked=ticked
                disabled=move || !may_give()
                on:change=toggle
            />
            <span>
                <span class="block font-medium">{name.get_value()}</span>
                <span class="block text-xs text-muted">{role.description}</span>
            </span>
        </label>
    }
}
