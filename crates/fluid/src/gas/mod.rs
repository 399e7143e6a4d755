//! Gas contents of blood from the two partial pressures.

pub mod alveolar;
pub mod carbon_dioxide;
pub mod oxygen;

use cisterna_solver::Real;

/// Spencer's saturating content: `C = Cs X^(1/a) / (1 + X^(1/a))`, `X = p (1 + b q) / (K (1 + c q))`, `p` the gas
/// itself and `q` the other one (Spencer, Firouztale & Mellins 1979, eqs. 1-2).
#[inline(always)]
fn spencer<S: Real>(own: S, other: S, constants: Spencer) -> S {
    let one = S::constant(1.0);
    let x = own * (one + S::constant(constants.b) * other)
        / (S::constant(constants.k) * (one + S::constant(constants.c) * other));
    let y = x.powf(S::constant(1.0 / constants.a));
    S::constant(constants.saturation) * y / (one + y)
}

/// Constants of Spencer's expression: content in mL of gas (STPD) per mL of blood, pressures in mmHg.
struct Spencer {
    saturation: f64,
    k: f64,
    a: f64,
    b: f64,
    c: f64,
}

/// mL (STPD) of an ideal gas in one mmol.
const MOLAR_VOLUME: f64 = 22.414;
