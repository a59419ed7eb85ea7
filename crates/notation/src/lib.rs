//! How Chinese reports write numbers, quantities, dates and table values.
//!
//! What goes in: canonical text (`&str`). What comes out: values with byte ranges.
//! What it may not know: indicators, headings, documents. The source of the rules is the study of
//! several hundred real reports; each rule names an example.

mod cell;
mod characters;
mod date;
mod numeral;
mod period;
mod quantity;
mod words;

pub use cell::{CellNumber, CellValue, read_cell};
pub use date::{WrittenDate, dates};
pub use numeral::{number, ordinal};
pub use period::{WrittenPeriod, periods};
pub use quantity::{WrittenQuantity, quantities};
