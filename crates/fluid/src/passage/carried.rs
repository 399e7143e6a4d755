//! What a flow carries of a substance.

use cisterna_solver::Real;

/// Flow below which the upwind choice is smoothed, mL/s: far below any flow of interest.
const CALM: f64 = 1e-3;

/// Amount carried per second: the flow times the concentration upstream, `q+ n_from/V_from - q- n_to/V_to` with
/// smooth positive and negative parts. Inputs: flow, amount and volume at the start, amount and volume at the end.
#[inline(always)]
pub(crate) fn flux<S: Real>(x: &[S]) -> S {
    let [flow, amount_from, volume_from, amount_to, volume_to] = [x[0], x[1], x[2], x[3], x[4]];
    let half = S::constant(0.5);
    let magnitude = (flow * flow + S::constant(CALM * CALM)).sqrt();
    half * (flow + magnitude) * amount_from / volume_from + half * (flow - magnitude) * amount_to / volume_to
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_substance_goes_with_the_flow_at_the_upstream_concentration() {
        let forwards = super::flux(&[2.0, 3.0, 10.0, 8.0, 4.0]);
        let backwards = super::flux(&[-2.0, 3.0, 10.0, 8.0, 4.0]);
        assert!((forwards - 0.6_f64).abs() < 1e-6);
        assert!((backwards + 4.0_f64).abs() < 1e-6);
    }
}
