//! Where messages appear, and are read out.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::{self, Glyph};
use crate::i18n::tr;
use crate::state::{Toast, ToastKind, Toasts};

/// How long a message stays once nobody is at it.
const STAY: Duration = Duration::from_secs(7);

/// The messages of [`Toasts`], over the page.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts: Toasts = expect_context();
    view! {
        <section
            aria-label=tr(|t| t.shell().notifications)
            class="pointer-events-none fixed inset-x-4 bottom-20 z-40 md:bottom-6 md:left-auto md:w-96"
        >
            <div role="status" aria-live="polite">
                <ol class="flex flex-col items-stretch gap-2">
                    <For each=move || toasts.list() key=|toast| toast.id let:toast>
                        <ToastItem toast/>
                    </For>
                </ol>
            </div>
        </section>
    }
}

#[component]
fn ToastItem(toast: Toast) -> impl IntoView {
    let toasts: Toasts = expect_context();
    let Toast { id, kind, message, action } = toast;
    let (picture, colour) = match kind {
        ToastKind::Success => (icon::CIRCLE_CHECK, "size-4 shrink-0 text-success"),
        ToastKind::Failure => (icon::CIRCLE_ALERT, "size-4 shrink-0 text-error"),
    };
    let (pointed, focused) = (RwSignal::new(false), RwSignal::new(false));
    // Whoever reads it, or is about to press its button, has all the time (WCAG 2.2.1): of the timers the last one counts.
    let timers = StoredValue::new(0_u32);
    Effect::new(move || {
        let held = pointed.get() || focused.get();
        timers.update_value(|count| *count += 1);
        let timer = timers.get_value();
        let end = move || {
            if timers.try_get_value() == Some(timer) {
                toasts.dismiss(id);
            }
        };
        if !held {
            set_timeout(end, STAY);
        }
    });
    view! {
        <li
            class="toast-enter pointer-events-auto flex items-center gap-3 rounded-box border border-base-300 bg-raised py-2 pr-2 pl-4 shadow-overlay"
            on:pointerenter=move |_| pointed.set(true)
            on:pointerleave=move |_| pointed.set(false)
            on:focusin=move |_| focused.set(true)
            on:focusout=move |_| focused.set(false)
        >
            <Glyph icon=picture class=colour/>
            <span class="min-w-0 flex-1 py-1 font-medium wrap-break-word">{message}</span>
            {action
                .map(|action| {
                    view! {
                        <button
                            type="button"
                            class="btn btn-ghost btn-sm text-primary"
                            on:click=move |_| {
                                toasts.dismiss(id);
                                action.run.run(());
                            }
                        >
                            {tr(action.label)}
                        </button>
                    }
                })}
            <button
                type="button"
                class="btn btn-ghost btn-sm btn-square text-muted"
                aria-label=tr(|t| t.common().dismiss)
                on:click=move |_| toasts.dismiss(id)
            >
                <Glyph icon=icon::X/>
            </button>
        </li>
    }
}
