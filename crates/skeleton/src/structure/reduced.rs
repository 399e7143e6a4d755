//! Few states that stand for the whole structure, as seen from what drives it.
//!
//! With `K(s) = K_end + sum_j K_j s t_j / (1 + s t_j)` over the time constants `t_j` of all tissue, forces `B u` move the bodies
//! by `K(s)^-1 B u`. The motions are sought among combinations of those that the drives give at once, in the end and at
//! the time constants in between (a Galerkin projection on rational Krylov vectors, Antoulas 2005, chapter 11). What fades
//! obeys `t_j z_j' = x - z_j`; in the coordinates in which that is symmetric it is truncated by its Gramian, and what is cut
//! off keeps its final value (singular perturbation, Liu and Anderson 1989). All steps are congruences of symmetric
//! matrices: the reduced structure is passive and reciprocal as the full one is, and equals it in the end.

use nalgebra::{DMatrix, DVector};

use super::{Load, Relaxation, Structure, StructureError};
use crate::geometry::Vector;

/// Motions less independent than this, as a share of the largest's energy, are left out.
const INDEPENDENT: f64 = 1e-12;

/// Something that loads the structure in proportion to one number.
#[derive(Clone, Debug, Default)]
pub struct Drive {
    /// The loads for one unit of it.
    pub loads: Vec<Load>,
    /// How large it usually is: what the reduction is measured against.
    pub size: f64,
}

/// A structure reduced to few states: `x_i' = rate_i (g_i u - x_i)` follow the drives `u`.
#[derive(Clone, Debug)]
pub struct Reduced {
    /// Of each state, 1/s.
    pub rates: Vec<f64>,
    /// A row for each state, a column for each drive.
    pub gains: DMatrix<f64>,
    /// How all bodies move at once: six rows for each body, a column for each drive.
    pub at_once: DMatrix<f64>,
    /// How all bodies move with the states.
    pub by_states: DMatrix<f64>,
    /// The time constants of all tissue, s …
    pub times: Vec<f64>,
    /// … and for each the motion that it remembers, with the states …
    pub remembered_by_states: Vec<DMatrix<f64>>,
    /// … and with the drives.
    pub remembered_at_once: Vec<DMatrix<f64>>,
    /// How far the responses of the drives to each other are from those of all states, at most, each drive weighed by what it
    /// does to itself at once (twice the sum of the Gramian's numbers cut off).
    pub error: f64,
}

impl Structure {
    /// Reduces the structure, all cables taut, to as few states as keep [`Reduced::error`] within a tolerance; or to a given
    /// number of states.
    ///
    /// # Errors
    /// Those of [`Structure::equilibrium`].
    pub fn reduce(
        &self,
        drives: &[Drive],
        tolerance: f64,
        states: Option<usize>,
    ) -> Result<Reduced, StructureError> {
        let forces = self.forces(drives)?;
        let times = self.times();
        let basis = self.basis(&forces, &times)?;
        let sizes = DVector::from_iterator(drives.len(), drives.iter().map(|drive| drive.size));
        Ok(Memory::of(self, &basis, &forces, &times).reduce(&sizes, tolerance, states))
    }

    /// How all bodies move under loads with every cable taut, whether it would have to push or not.
    pub(crate) fn held_taut(&self, loads: &[Load]) -> Result<DVector<f64>, StructureError> {
        let forces = DMatrix::from_columns(&[self.loads(loads)?]);
        Ok(self.solve(self.stiffness(), &forces)?.column(0).into_owned())
    }

    /// The loads with which a cable pulls its ends together by one N.
    pub(crate) fn pulls_together(&self, cable: usize) -> Option<[Load; 2]> {
        let strung = self.cables.get(cable)?;
        let pull = strung.cable.direction();
        let [first, second] = strung.bodies;
        let [from, to] = &strung.cable.ends;
        Some([Load::at(first, from, pull, self), Load::at(second, to, -pull, self)])
    }

    /// What a cable pulls with at rest, N.
    pub(crate) fn tension_at_rest(&self, cable: usize) -> f64 {
        self.cables[cable].cable.tension
    }

    /// What a cable pulls with more by a motion of all bodies, its stiffness weighed by what fades of it.
    pub(crate) fn pull_gained(
        &self,
        cable: usize,
        motion: &DVector<f64>,
        weight: impl Fn(&[Relaxation]) -> f64,
    ) -> f64 {
        let strung = &self.cables[cable];
        strung.cable.stiffness * weight(&strung.cable.relaxation) * self.stretch(strung, motion)
    }

    /// How much longer a cable gets, as a share of its length.
    pub(crate) fn stretch_share(&self, cable: usize, motion: &DVector<f64>) -> f64 {
        let strung = &self.cables[cable];
        self.stretch(strung, motion) / strung.cable.length()
    }

    /// What a joint or support carries along a direction, its stiffness weighed likewise.
    pub(crate) fn carried_along(
        &self,
        joint: usize,
        direction: &Vector,
        motion: &DVector<f64>,
        weight: impl Fn(&[Relaxation]) -> f64,
    ) -> f64 {
        let joint = &self.joints[joint];
        let six = joint.tissue.stiffness * self.gained(joint, motion) * weight(&joint.tissue.relaxation);
        six.fixed_rows::<3>(0).dot(direction)
    }

    fn forces(&self, drives: &[Drive]) -> Result<DMatrix<f64>, StructureError> {
        let columns: Result<Vec<_>, _> = drives.iter().map(|drive| self.loads(&drive.loads)).collect();
        let mut forces = DMatrix::zeros(6 * self.bodies().len(), drives.len());
        for (index, column) in columns?.iter().enumerate() {
            forces.set_column(index, column);
        }
        // What acts on a body that is held still moves nothing.
        for row in (0..forces.nrows()).filter(|row| self.is_fixed(row / 6)) {
            forces.row_mut(row).fill(0.0);
        }
        Ok(forces)
    }

    /// All time constants, each once, ascending.
    fn times(&self) -> Vec<f64> {
        let of_joints = self.joints.iter().flat_map(|joint| &joint.tissue.relaxation);
        let of_cables = self.cables.iter().flat_map(|strung| &strung.cable.relaxation);
        let mut times: Vec<f64> =
            of_joints.chain(of_cables).filter(|term| term.share > 0.0).map(|term| term.time).collect();
        times.sort_by(f64::total_cmp);
        times.dedup();
        times
    }

    /// The motions among which those of the reduced structure are sought, orthonormal in the energy at once.
    fn basis(&self, forces: &DMatrix<f64>, times: &[f64]) -> Result<DMatrix<f64>, StructureError> {
        let at = |rate: f64| self.solve(self.weighed(|terms| held(terms, rate)), forces);
        let mut columns = vec![at(f64::INFINITY)?];
        if !times.is_empty() {
            columns.push(at(0.0)?);
        }
        for time in times {
            columns.push(at(1.0 / time)?);
        }
        if forces.ncols() == 0 {
            return Ok(DMatrix::zeros(forces.nrows(), 0));
        }
        let all = DMatrix::from_columns(
            &columns.iter().flat_map(|motions| motions.column_iter()).collect::<Vec<_>>(),
        );
        // Each column to its own size first, so that a small drive counts as a large one does.
        let stiffness = self.stiffness();
        let stressed = &stiffness * &all;
        let mut gram = all.transpose() * &stressed;
        let scale = gram.diagonal().map(|energy| if energy > 0.0 { 1.0 / energy.sqrt() } else { 0.0 });
        let scale = DMatrix::from_diagonal(&scale);
        gram = &scale * gram * &scale;
        if gram.is_empty() {
            return Ok(DMatrix::zeros(all.nrows(), 0));
        }
        let eigen = gram.symmetric_eigen();
        let largest = eigen.eigenvalues.max();
        let kept: Vec<usize> = (0..eigen.eigenvalues.len())
            .filter(|&index| eigen.eigenvalues[index] > INDEPENDENT * largest)
            .collect();
        let inverse = DVector::from_iterator(
            kept.len(),
            kept.iter().map(|&index| 1.0 / eigen.eigenvalues[index].sqrt()),
        );
        Ok(all * scale * eigen.eigenvectors.select_columns(&kept) * DMatrix::from_diagonal(&inverse))
    }
}

/// The share of a stiffness that is felt at a rate (1/s) of exponential growth: all of it at once, what is left in the end at
/// zero.
fn held(terms: &[Relaxation], rate: f64) -> f64 {
    let felt = |term: &Relaxation| {
        if rate.is_finite() { term.share / (1.0 + rate * term.time) } else { 0.0 }
    };
    1.0 - terms.iter().map(felt).sum::<f64>()
}

/// All that fades, in symmetric coordinates: `e' = -S e + N u`, and the motions `V (F u + G e)`.
struct Memory<'a> {
    basis: &'a DMatrix<f64>,
    times: Vec<f64>,
    /// `F`.
    forced: DMatrix<f64>,
    /// `G`.
    kept: DMatrix<f64>,
    /// `S`.
    decay: DMatrix<f64>,
    /// For each time constant, what it remembers as a combination of the basis, from `e`.
    remembers: Vec<DMatrix<f64>>,
}

impl<'a> Memory<'a> {
    fn of(structure: &Structure, basis: &'a DMatrix<f64>, forces: &DMatrix<f64>, times: &[f64]) -> Self {
        let forced = basis.transpose() * forces;
        let width = basis.ncols();
        let mut blocks: Vec<DMatrix<f64>> = Vec::new();
        let mut remembers: Vec<DMatrix<f64>> = Vec::new();
        for &time in times {
            let share = |terms: &[Relaxation]| {
                terms.iter().filter(|term| term.time == time).map(|term| term.share).sum()
            };
            if width == 0 {
                blocks.push(DMatrix::zeros(0, 0));
                remembers.push(DMatrix::zeros(0, 0));
                continue;
            }
            let fading = basis.transpose() * structure.weighed(share) * basis;
            let eigen = ((&fading + fading.transpose()) * 0.5).symmetric_eigen();
            let largest = eigen.eigenvalues.max();
            let own: Vec<usize> = (0..width)
                .filter(|&index| eigen.eigenvalues[index] > INDEPENDENT * largest.max(INDEPENDENT))
                .collect();
            let vectors = eigen.eigenvectors.select_columns(&own);
            let root = |power: f64| {
                let roots = own.iter().map(|&index| eigen.eigenvalues[index].powf(power));
                DMatrix::from_diagonal(&DVector::from_iterator(own.len(), roots))
            };
            blocks.push(&vectors * root(0.5) / time.sqrt());
            remembers.push(vectors * root(-0.5) / time.sqrt());
        }
        let count: usize = blocks.iter().map(DMatrix::ncols).sum();
        let mut kept = DMatrix::zeros(width, count);
        let mut decay = DMatrix::zeros(count, count);
        let mut from = 0;
        let mut starts = Vec::new();
        for (block, &time) in blocks.iter().zip(times) {
            kept.columns_mut(from, block.ncols()).copy_from(block);
            (from..from + block.ncols()).for_each(|place| decay[(place, place)] = 1.0 / time);
            starts.push(from);
            from += block.ncols();
        }
        decay -= kept.transpose() * &kept;
        let remembers = remembers.iter().zip(starts).map(|(own, start)| {
            let mut whole = DMatrix::zeros(width, count);
            whole.columns_mut(start, own.ncols()).copy_from(own);
            whole
        });
        Memory { basis, times: times.to_vec(), forced, kept, decay, remembers: remembers.collect() }
    }

    /// The reduced structure where nothing fades that is driven.
    fn without_memory(&self, states: usize) -> Reduced {
        let (bodies, drives) = (self.basis.nrows(), self.forced.ncols());
        let none = Reduced {
            rates: Vec::new(),
            gains: DMatrix::zeros(0, drives),
            at_once: self.basis * &self.forced,
            by_states: DMatrix::zeros(bodies, 0),
            times: self.times.clone(),
            remembered_by_states: vec![DMatrix::zeros(bodies, 0); self.times.len()],
            remembered_at_once: vec![DMatrix::zeros(bodies, drives); self.times.len()],
            error: 0.0,
        };
        none.padded(states)
    }

    fn reduce(&self, sizes: &DVector<f64>, tolerance: f64, states: Option<usize>) -> Reduced {
        if self.kept.ncols() == 0 {
            return self.without_memory(states.unwrap_or(0));
        }
        let driven = self.kept.transpose() * &self.forced;
        let eigen = self.decay.clone().symmetric_eigen();
        let rates = &eigen.eigenvalues;
        let own = eigen.eigenvectors.transpose() * &driven;
        // Each drive counts by what it does at once to what it drives, so that a light touch is kept as a weight is.
        let weights =
            self.forced.column_iter().map(|own| if own.norm() > 0.0 { 1.0 / own.norm() } else { 0.0 });
        let weights = DVector::from_iterator(self.forced.ncols(), weights);
        let sized = &own * DMatrix::from_diagonal(&weights);
        let gramian = DMatrix::from_fn(rates.len(), rates.len(), |row, column| {
            sized.row(row).dot(&sized.row(column)) / (rates[row] + rates[column])
        });
        let singular = gramian.symmetric_eigen();
        let mut order: Vec<usize> = (0..rates.len()).collect();
        order.sort_by(|&a, &b| singular.eigenvalues[b].total_cmp(&singular.eigenvalues[a]));
        let number = |place: usize| singular.eigenvalues[order[place]].max(0.0);
        let tail = |kept: usize| 2.0 * (kept..order.len()).map(number).sum::<f64>();
        let count = states.unwrap_or_else(|| {
            (0..=order.len()).find(|&kept| tail(kept) <= tolerance).unwrap_or(order.len())
        });
        let count = count.min(order.len());
        let turned = &eigen.eigenvectors * singular.eigenvectors.select_columns(&order);
        let decay = turned.transpose() * &self.decay * &turned;
        let driven = turned.transpose() * driven;
        let cut = Cut::at(count, &decay, &driven);
        let modes = cut.decay.clone().symmetric_eigen();
        let to_states =
            turned.columns(0, count) + turned.columns(count, order.len() - count) * &cut.following;
        let to_states = to_states * &modes.eigenvectors;
        let to_drives = turned.columns(count, order.len() - count) * &cut.driven_along;
        // Each state is scaled so that the drive that moves it most, at its usual size, moves it by one.
        let raw = modes.eigenvectors.transpose() * &cut.driven;
        let mut gains = raw;
        let mut scale = DVector::from_element(count, 1.0);
        for (row, mut gain) in gains.row_iter_mut().enumerate() {
            gain /= modes.eigenvalues[row];
            let largest =
                gain.iter().zip(sizes.iter()).fold(0.0_f64, |most, (g, size)| most.max((g * size).abs()));
            if largest > 0.0 {
                gain /= largest;
                scale[row] = largest;
            }
        }
        let to_states = to_states * DMatrix::from_diagonal(&scale);
        let reduced = Reduced {
            rates: modes.eigenvalues.iter().copied().collect(),
            gains,
            at_once: self.basis * (&self.forced + &self.kept * &to_drives),
            by_states: self.basis * (&self.kept * &to_states),
            times: self.times.clone(),
            remembered_by_states: self.remembers.iter().map(|own| self.basis * (own * &to_states)).collect(),
            remembered_at_once: self.remembers.iter().map(|own| self.basis * (own * &to_drives)).collect(),
            error: tail(count),
        };
        reduced.padded(states.unwrap_or(0))
    }
}

impl Reduced {
    /// The same with states that nothing drives, up to a number of them: structures that differ in numbers only then run side
    /// by side.
    fn padded(mut self, states: usize) -> Self {
        let wanted = states.max(self.rates.len());
        self.rates.resize(wanted, 1.0);
        self.gains = std::mem::replace(&mut self.gains, DMatrix::zeros(0, 0)).resize_vertically(wanted, 0.0);
        for motions in std::iter::once(&mut self.by_states).chain(&mut self.remembered_by_states) {
            *motions = std::mem::replace(motions, DMatrix::zeros(0, 0)).resize_horizontally(wanted, 0.0);
        }
        self
    }
}

/// A symmetric system of which the first states are kept and the rest stand at their final values.
struct Cut {
    decay: DMatrix<f64>,
    driven: DMatrix<f64>,
    /// The rest from the states that are kept …
    following: DMatrix<f64>,
    /// … and from the drives.
    driven_along: DMatrix<f64>,
}

impl Cut {
    fn at(count: usize, decay: &DMatrix<f64>, driven: &DMatrix<f64>) -> Self {
        let rest = decay.nrows() - count;
        let kept = decay.view((0, 0), (count, count)).into_owned();
        let across = decay.view((0, count), (count, rest)).into_owned();
        let own = decay.view((count, count), (rest, rest)).into_owned();
        let [first, second] =
            [(0, count), (count, rest)].map(|(from, rows)| driven.rows(from, rows).into_owned());
        // A positive definite matrix can be factored; without it nothing is cut off.
        let Some(factored) = own.cholesky() else {
            return Cut {
                decay: kept,
                driven: first,
                following: DMatrix::zeros(rest, count),
                driven_along: DMatrix::zeros(rest, driven.ncols()),
            };
        };
        let following = -factored.solve(&across.transpose());
        let driven_along = factored.solve(&second);
        Cut {
            decay: kept + &across * &following,
            driven: first - &across * &driven_along,
            following,
            driven_along,
        }
    }
}
