//! What holds for any input. Each function panics where it does not.

mod grids;
mod pages;
mod places;
mod records;
mod reports;
mod texts;

pub use grids::{covered, visible};
pub use pages::nothing_of_the_page_is_lost;
pub use places::{nodes_resolve, places_are_valid};
pub use records::records_hold;
pub use reports::{partitioned, readings_cite};
pub use texts::{maps_are_sound, written};
