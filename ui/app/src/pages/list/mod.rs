//! What the pages of long lists share: their address, the way from one view to another, search, filters, paging.
//!
//! What is being looked at is in the address, so that a link to it shows the same and the browser's
//! back button undoes a step.

mod address;
mod column;
mod filter;
mod navigator;
mod paging;
mod search;

pub use address::{api_path, page_path};
pub use column::Column;
pub use filter::{ClearFilters, Select};
pub use navigator::Navigator;
pub use paging::Paging;
pub use search::SearchField;
