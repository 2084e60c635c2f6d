//! Small parts that pages are put together from, on the platform's own elements.

mod alert;
mod avatar;
mod badge;
mod checkbox;
mod choice;
mod code;
mod copy;
mod dialog;
mod field;
mod form;
mod heading;
pub mod icon;
mod list_panel;
mod loading;
mod password;
mod state;
mod timestamp;
mod toast_region;

pub use alert::{Alert, explain};
pub use avatar::Avatar;
pub use badge::{MailStateBadge, OutcomeBadge, OwnBadge, RoleBadges, StatusBadge};
pub use checkbox::{CheckboxGroup, CheckboxRow};
pub use choice::{Choice, LanguageChoice, ThemePicker};
pub use code::{CodeEntry, CodeField, SecondFactorField};
pub use copy::CopyButton;
pub use dialog::{ConfirmDialog, Dialog, DialogButtons, dialog_about};
pub use field::{FieldNotes, TextField};
pub use form::{FormState, SubmitButton};
pub use heading::{BackLink, Navigated, PageHeading, PageIntro};
pub use icon::Glyph;
pub use list_panel::ListPanel;
pub use loading::{CardSkeleton, RowsSkeleton};
pub use password::{PasswordField, PasswordOwner};
pub use state::{EmptyState, ErrorState, ForbiddenState, MessagePage};
pub use timestamp::{Day, Timestamp};
pub use toast_region::ToastRegion;
