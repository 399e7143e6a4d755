//! Nothing is allocated while stepping.

#[cfg(test)]
mod problems;

use cisterna_solver::Four;
use problems::reservoir::Reservoir;
use problems::{start, tolerance};

#[test]
fn stepping_crossing_and_breaking_allocate_nothing() {
    let subjects = [(0.7, 1.0), (1.1, 1.4), (0.9, 0.3), (0.37, 2.0)];
    let mut system = Reservoir::<Four>::new(&subjects);
    let mut run = start::<Four, _>(&mut system, tolerance(1e-5), &[[1.5, 0.0].as_slice(); 4]);
    let mut outcome = Ok(());
    let counted = allocation_counter::measure(|| outcome = run.advance(&mut system, 20.0, &mut ()));
    assert_eq!(outcome, Ok(()));
    assert!(run.counts(0).accepted > 100);
    assert_eq!(counted.count_total, 0);
}
