//! Boxes to tick.

use contract::FieldError;
use leptos::prelude::*;

use super::field::{FieldNotes, described_by};
use crate::i18n::{TextKey, tr};

/// Boxes under one title, of which any number may be ticked, with what is wrong with them, or else their hint.
#[component]
pub fn CheckboxGroup(
    /// The field's name in the request.
    name: &'static str,
    /// The title.
    label: TextKey,
    /// A line of advice.
    hint: TextKey,
    /// What is wrong with what is ticked.
    error: Signal<Option<FieldError>>,
    /// The boxes.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset aria-describedby=described_by(name)>
            <legend class="mb-1.5 font-medium">{tr(label)}</legend>
            <div class="flex flex-col divide-y divide-base-300 rounded-field border border-base-300">
                {children()}
            </div>
            <FieldNotes name error hint=Some(hint)/>
        </fieldset>
    }
}

/// One of them.
#[component]
pub fn CheckboxRow(
    /// The field's name in the request.
    name: &'static str,
    /// What it stands for there.
    value: String,
    /// What is ticked.
    chosen: RwSignal<Vec<String>>,
    /// Whether it may not be.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let value = StoredValue::new(value);
    let ticked = move || chosen.with(|chosen| value.with_value(|value| chosen.contains(value)));
    let toggle = move |event| {
        let ticked = event_target_checked(&event);
        chosen.update(|chosen| {
            chosen.retain(|other| value.with_value(|value| other != value));
            if ticked {
                chosen.push(value.get_value());
            }
        });
    };
    view! {
        <label class="flex cursor-pointer items-start gap-3 px-3 py-2.5 has-disabled:cursor-not-allowed has-disabled:opacity-60">
            <input
                type="checkbox"
                name=name
                class="checkbox checkbox-primary checkbox-sm mt-0.5"
                prop:checked=ticked
                disabled=disabled
                on:change=toggle
            />
            <span>{children()}</span>
        </label>
    }
}

/// A box of its own, with a line of advice.
#[component]
pub fn CheckboxField(
    /// The field's name in the request.
    name: &'static str,
    /// What it says.
    label: TextKey,
    /// The line.
    hint: TextKey,
    /// Whether it is ticked.
    ticked: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <label class="flex cursor-pointer items-start gap-3 rounded-field border border-base-300 px-3 py-2.5">
            <input
                type="checkbox"
                name=name
                class="checkbox checkbox-primary checkbox-sm mt-0.5"
                prop:checked=ticked
                on:change=move |event| ticked.set(event_target_checked(&event))
            />
            <span>
                <span class="block font-medium">{tr(label)}</span>
                <span class="block text-xs text-muted">{tr(hint)}</span>
            </span>
        </label>
    }
}
