//! The words of which units are made: symbols and prefixes.

use std::f64::consts::PI;

use crate::catalogue;
use crate::dimension::Dimension;
use crate::nearest::nearest;
use crate::scale::Scale;

/// A unit symbol, its size in SI, and how it takes prefixes.
struct Symbol {
    text: &'static str,
    dimension: Dimension,
    scale: Scale,
    prefixes: Prefixes,
}

#[derive(PartialEq)]
enum Prefixes {
    Allowed,
    None,
}

const fn plain(text: &'static str, dimension: Dimension, scale: Scale) -> Symbol {
    Symbol { text, dimension, scale, prefixes: Prefixes::None }
}

const fn prefixed(text: &'static str, dimension: Dimension, tens: i32) -> Symbol {
    Symbol { text, dimension, scale: Scale::new(1.0, 1.0, tens, 0), prefixes: Prefixes::Allowed }
}

/// Sizes by definition of the SI (BIPM brochure, 9th edition); pressures of columns of mercury
/// and water, torr and atmosphere as NIST Special Publication 811 (2008), appendix B.8; the
/// peripheral resistance unit is 1 mmHg/(mL/s) (Guyton and Hall, Medical Physiology).
#[rustfmt::skip]
const SYMBOLS: &[Symbol] = &[
    plain("mmHg", Dimension::PRESSURE, Scale::new(1.0, 1.0, 0, 1)),
    plain("cmH2O", Dimension::PRESSURE, Scale::new(980_665.0, 1.0, -4, 0)),
    plain("mmH2O", Dimension::PRESSURE, Scale::new(980_665.0, 1.0, -5, 0)),
    plain("Torr", Dimension::PRESSURE, Scale::new(101_325.0, 760.0, 0, 0)),
    plain("atm", Dimension::PRESSURE, Scale::new(101_325.0, 1.0, 0, 0)),
    prefixed("Pa", Dimension::PRESSURE, 0),
    prefixed("bar", Dimension::PRESSURE, 5),
    plain("PRU", Dimension::RESISTANCE, Scale::new(1.0, 1.0, 6, 1)),
    prefixed("L", Dimension::VOLUME, -3),
    prefixed("l", Dimension::VOLUME, -3),
    prefixed("m", Dimension::LENGTH, 0),
    prefixed("g", Dimension::MASS, -3),
    prefixed("s", Dimension::TIME, 0),
    plain("min", Dimension::TIME, Scale::new(60.0, 1.0, 0, 0)),
    plain("h", Dimension::TIME, Scale::new(3600.0, 1.0, 0, 0)),
    plain("day", Dimension::TIME, Scale::new(86_400.0, 1.0, 0, 0)),
    prefixed("Hz", Dimension::FREQUENCY, 0),
    plain("bpm", Dimension::FREQUENCY, Scale::new(1.0, 60.0, 0, 0)),
    prefixed("rad", Dimension::ANGLE, 0),
    plain("deg", Dimension::ANGLE, Scale::new(PI, 180.0, 0, 0)),
    plain("°", Dimension::ANGLE, Scale::new(PI, 180.0, 0, 0)),
    prefixed("N", Dimension::FORCE, 0),
    plain("dyn", Dimension::FORCE, Scale::new(1.0, 1.0, -5, 0)),
    prefixed("J", Dimension::ENERGY, 0),
    prefixed("P", Dimension::VISCOSITY, -1),
    prefixed("mol", Dimension::AMOUNT, 0),
    plain("%", Dimension::NUMBER, Scale::new(1.0, 1.0, -2, 0)),
];

const PREFIXES: &[(&str, i32)] = &[
    ("G", 9),
    ("M", 6),
    ("k", 3),
    ("h", 2),
    ("d", -1),
    ("c", -2),
    ("m", -3),
    ("u", -6),
    ("\u{b5}", -6),
    ("\u{3bc}", -6),
    ("n", -9),
    ("p", -12),
];

/// Words that people write and that no spelling distance would lead home.
const FAMILIAR: &[(&str, &str)] = &[
    ("hg", "mmHg"),
    ("h2o", "cmH2O"),
    ("cmw", "cmH2O"),
    ("sec", "s"),
    ("second", "s"),
    ("minute", "min"),
    ("hr", "h"),
    ("hour", "h"),
    ("d", "day"),
    ("degree", "deg"),
    ("litre", "L"),
    ("liter", "L"),
    ("cc", "mL"),
    ("beat", "bpm"),
];

/// Size and dimension of one symbol, a whole word before a prefixed one (`min` is no milli-inch).
pub(crate) fn look_up(word: &str) -> Option<(Scale, Dimension)> {
    let exact = SYMBOLS.iter().find(|symbol| symbol.text == word);
    if let Some(symbol) = exact {
        return Some((symbol.scale, symbol.dimension));
    }
    PREFIXES.iter().find_map(|&(prefix, tens)| {
        let rest = word.strip_prefix(prefix)?;
        let symbol =
            SYMBOLS.iter().find(|symbol| symbol.text == rest && symbol.prefixes == Prefixes::Allowed)?;
        let scale = symbol.scale.times(Scale::new(1.0, 1.0, tens, 0));
        Some((scale, symbol.dimension))
    })
}

/// The symbol that somebody most likely meant by an unknown word.
pub(crate) fn nearest_symbol(word: &str) -> Option<String> {
    let stem = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if let Some(power) = word.strip_prefix(stem).filter(|power| !power.is_empty())
        && look_up(stem).is_some()
    {
        return Some(format!("{stem}^{power}"));
    }
    let lower = word.to_lowercase();
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    let familiar = FAMILIAR.iter().find(|(known, _)| *known == lower || *known == singular);
    if let Some((_, meant)) = familiar {
        return Some((*meant).to_owned());
    }
    let usual = catalogue::ENTRIES
        .iter()
        .flat_map(|entry| entry.units)
        .flat_map(|unit| unit.split(|letter: char| !is_symbol_letter(letter)))
        .filter(|part| look_up(part).is_some());
    let symbols = SYMBOLS.iter().map(|symbol| symbol.text);
    nearest(word, usual.chain(symbols)).map(str::to_owned)
}

/// Whether a letter may stand inside a symbol.
pub(crate) fn is_symbol_letter(letter: char) -> bool {
    letter.is_alphabetic() || letter.is_ascii_digit() || letter == '%' || letter == '°'
}
