//! The frames around the pages.

mod account_menu;
mod banner;
mod logo;
mod member_frame;
mod visitor_frame;

pub use account_menu::remember_language;
pub use logo::Logo;
pub use member_frame::MemberFrame;
pub use visitor_frame::{VisitorCard, VisitorFrame};
