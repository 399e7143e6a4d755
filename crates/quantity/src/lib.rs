//! Units, quantities, and their parsing and printing: the border where text becomes numbers.
//!
//! Inside Cisterna a number is a plain `f64` in the *canonical unit* of its [`Dimension`]:
//! pressure mmHg, volume mL, time s, and what follows from them (flow mL/s, resistance
//! mmHg s/mL). People write what their laboratory writes, `0.35 mL/min` or `14 cmH2O`, and every
//! wrong word is answered with its place, what is allowed and the nearest valid spelling.
//!
//! ```
//! use cisterna_quantity::{Dimension, Quantity, Stated};
//!
//! let outflow = Quantity::parse("8.6 mmHg/(mL/min)", Dimension::RESISTANCE)?;
//! assert_eq!(outflow, 516.0);
//!
//! let line = "1.0 mL | 0.5 .. 2 | measured condon1986";
//! let rest_volume = Stated::parse(line, Dimension::VOLUME)?;
//! assert_eq!(rest_volume.high, Some(2.0));
//! assert_eq!(rest_volume.sources, ["condon1986"]);
//! # Ok::<(), cisterna_quantity::ParseError>(())
//! ```

mod basis;
mod catalogue;
mod dimension;
mod error;
mod nearest;
mod number;
mod quantity;
mod scale;
mod stated;
mod symbols;
mod unit;
mod unit_text;

pub use basis::Basis;
pub use dimension::Dimension;
pub use error::ParseError;
pub use nearest::nearest;
pub use number::{exact_number, short_number};
pub use quantity::{Quantity, display};
pub use scale::MERCURY;
pub use stated::Stated;
pub use unit::{Unit, parse_unit, parse_unit_of};
