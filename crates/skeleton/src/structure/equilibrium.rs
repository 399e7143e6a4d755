//! Where bodies come to rest under loads.

use nalgebra::{DMatrix, DVector, Matrix6, Vector6};

use super::assembly::{Joint, Strung};
use super::motion::carried_to;
use super::{Load, Motion, Relaxation, Structure, StructureError};
use crate::geometry::Vector;

/// A body counts as loose where a pivot of the matrix, scaled to a diagonal of ones, falls below this.
const LOOSE: f64 = 1e-12;
/// How often the cables may change between taut and slack.
const ROUNDS: usize = 100;

/// How bodies lie under loads, against the pose at rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Equilibrium {
    /// The motion of each body.
    pub motions: Vec<Motion>,
    /// What each piece of tissue carries.
    pub carried: Vec<Carried>,
    /// What each cable pulls with, N; zero where it hangs slack.
    pub tensions: Vec<f64>,
}

/// What a piece of tissue carries at its point: what it does to the first body (or to the ground), and with the other sign
/// to the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Carried {
    /// N.
    pub force: Vector,
    /// N mm.
    pub moment: Vector,
}

impl Equilibrium {
    /// Counts an equilibrium from a pose that was reached over time instead of at once.
    pub(crate) fn lie_as(&mut self, over_time: &Equilibrium, at_once: &Equilibrium) {
        for ((own, slow), fast) in self.motions.iter_mut().zip(&over_time.motions).zip(&at_once.motions) {
            own.shift += slow.shift - fast.shift;
            own.turn += slow.turn - fast.turn;
        }
        for ((own, slow), fast) in self.carried.iter_mut().zip(&over_time.carried).zip(&at_once.carried) {
            own.force += slow.force - fast.force;
            own.moment += slow.moment - fast.moment;
        }
        for ((own, slow), fast) in self.tensions.iter_mut().zip(&over_time.tensions).zip(&at_once.tensions) {
            *own = (*own + slow - fast).max(0.0);
        }
    }
}

impl Structure {
    /// Where the bodies come to rest under loads.
    ///
    /// Cables pull only: all are taut at first; those that would have to push are let go with the tension that they had
    /// at rest, and taken up again where they are stretched, until none changes. The energy is convex, and each round is
    /// a step of Newton's method on it.
    ///
    /// # Errors
    /// [`StructureError::Load`], [`StructureError::NoBody`], [`StructureError::Loose`], [`StructureError::Unsettled`].
    pub fn equilibrium(&self, loads: &[Load]) -> Result<Equilibrium, StructureError> {
        let outside = self.loads(loads)?;
        let tissue = self.tissue_matrix();
        let mut taut = vec![true; self.cables.len()];
        let mut changed = 0;
        for _ in 0..ROUNDS {
            let (mut matrix, mut forces) = (tissue.clone(), outside.clone());
            for (strung, &taut) in self.cables.iter().zip(&taut) {
                if taut {
                    self.pull(strung, 1.0, &mut matrix);
                } else {
                    self.let_go(strung, &mut forces);
                }
            }
            let motion = self.solve(matrix, &DMatrix::from_columns(&[forces]))?.column(0).into_owned();
            let pulls: Vec<f64> = self.cables.iter().map(|strung| self.tension(strung, &motion)).collect();
            let settled = pulls.iter().zip(&taut).all(|(&pull, &taut)| (pull >= 0.0) == taut);
            if settled {
                return Ok(self.found(&motion, &pulls));
            }
            for (index, (&pull, taut)) in pulls.iter().zip(&mut taut).enumerate() {
                if *taut != (pull >= 0.0) {
                    *taut = !*taut;
                    changed = index;
                }
            }
        }
        Err(StructureError::Unsettled(self.cables[changed].name.clone()))
    }

    /// The stiffness of the whole at once with every cable taut: six rows and columns for each body, fixed ones too.
    pub fn stiffness(&self) -> DMatrix<f64> {
        self.weighed(|_| 1.0)
    }

    /// The stiffness of the whole with every cable taut, that of each tissue and cable weighed by what fades of it.
    pub(super) fn weighed(&self, weight: impl Fn(&[Relaxation]) -> f64) -> DMatrix<f64> {
        let n = 6 * self.bodies().len();
        let mut matrix = DMatrix::zeros(n, n);
        for joint in &self.joints {
            let weight = weight(&joint.tissue.relaxation);
            if weight != 0.0 {
                couple(&self.ends(joint), &(joint.tissue.stiffness * weight), &mut matrix);
            }
        }
        for strung in &self.cables {
            let weight = weight(&strung.cable.relaxation);
            if weight != 0.0 {
                self.pull(strung, weight, &mut matrix);
            }
        }
        matrix
    }

    /// The structure after a long time, when all has faded that fades.
    #[must_use]
    pub fn in_the_end(&self) -> Self {
        let mut end = self.clone();
        for joint in &mut end.joints {
            joint.tissue.stiffness *= Relaxation::left(&joint.tissue.relaxation);
            joint.tissue.relaxation.clear();
        }
        for Strung { cable, .. } in &mut end.cables {
            cable.stiffness *= Relaxation::left(&cable.relaxation);
            cable.relaxation.clear();
        }
        end
    }

    pub(super) fn loads(&self, loads: &[Load]) -> Result<DVector<f64>, StructureError> {
        let mut forces = DVector::zeros(6 * self.bodies().len());
        for load in loads {
            let body = self.bodies().get(load.body).ok_or(StructureError::NoBody(load.body))?;
            let six = load.six();
            if !six.iter().all(|number| number.is_finite()) {
                return Err(StructureError::Load(body.name.clone()));
            }
            add_to(&mut forces, load.body, &six);
        }
        Ok(forces)
    }

    fn tissue_matrix(&self) -> DMatrix<f64> {
        let n = 6 * self.bodies().len();
        let mut matrix = DMatrix::zeros(n, n);
        for joint in &self.joints {
            couple(&self.ends(joint), &joint.tissue.stiffness, &mut matrix);
        }
        matrix
    }

    /// The bodies of a joint, each with the matrix that makes of its motion the motion of the second end against the first.
    fn ends(&self, joint: &Joint) -> Vec<(usize, Matrix6<f64>)> {
        let at = |body: usize| carried_to(&self.arm(body, &joint.tissue.at));
        let first = joint.first.map(|body| (body, -at(body)));
        first.into_iter().chain([(joint.second, at(joint.second))]).collect()
    }

    /// Adds the stiffness of a taut cable: what it resists along itself.
    fn pull(&self, strung: &Strung, weight: f64, matrix: &mut DMatrix<f64>) {
        let cable = &strung.cable;
        let along = cable.direction() * cable.direction().transpose() * (cable.stiffness * weight);
        let mut of_points = Matrix6::zeros();
        of_points.fixed_view_mut::<3, 3>(0, 0).copy_from(&along);
        let ends = [(0, -1.0), (1, 1.0)].map(|(end, sign)| {
            let body = strung.bodies[end];
            (body, carried_to(&self.arm(body, &cable.ends[end])) * sign)
        });
        couple(&ends, &of_points, matrix);
    }

    /// Adds what the bodies feel where a cable no longer pulls as it did at rest.
    fn let_go(&self, strung: &Strung, forces: &mut DVector<f64>) {
        let pull = strung.cable.direction() * strung.cable.tension;
        for (end, force) in [(0, -pull), (1, pull)] {
            let body = strung.bodies[end];
            let moment = self.arm(body, &strung.cable.ends[end]).cross(&force);
            let six = Vector6::new(force.x, force.y, force.z, moment.x, moment.y, moment.z);
            add_to(forces, body, &six);
        }
    }

    /// What a cable would pull with if it could push.
    fn tension(&self, strung: &Strung, motion: &DVector<f64>) -> f64 {
        strung.cable.tension + strung.cable.stiffness * self.stretch(strung, motion)
    }

    /// How much longer a cable gets.
    pub(super) fn stretch(&self, strung: &Strung, motion: &DVector<f64>) -> f64 {
        let [first, second] = [0, 1].map(|end| {
            let body = strung.bodies[end];
            motion_of(motion, body).of_point(&self.arm(body, &strung.cable.ends[end]))
        });
        strung.cable.direction().dot(&(second - first))
    }

    /// Shift and turn of the second end of a joint against the first, at its point.
    pub(super) fn gained(&self, joint: &Joint, motion: &DVector<f64>) -> Vector6<f64> {
        self.ends(joint).iter().map(|(body, to)| to * motion_of(motion, *body).six()).sum()
    }

    /// The motions, a column for each of the forces', at which the matrix times them balances the forces; fixed bodies stay.
    pub(super) fn solve(
        &self,
        mut matrix: DMatrix<f64>,
        forces: &DMatrix<f64>,
    ) -> Result<DMatrix<f64>, StructureError> {
        let free: Vec<usize> = (0..forces.nrows()).filter(|row| !self.is_fixed(row / 6)).collect();
        let loose = |row: usize| StructureError::Loose(self.bodies()[free[row] / 6].name.clone());
        matrix = matrix.select_rows(&free).select_columns(&free);
        let diagonal = matrix.diagonal();
        if let Some(row) = diagonal.iter().position(|&value| value <= 0.0) {
            return Err(loose(row));
        }
        let scale = diagonal.map(|value| 1.0 / value.sqrt());
        let scaled = DMatrix::from_diagonal(&scale) * matrix * DMatrix::from_diagonal(&scale);
        let Some(factored) = scaled.clone().cholesky() else { return Err(loose(loosest(scaled))) };
        let pivots = factored.l_dirty().diagonal();
        if pivots.iter().any(|pivot| pivot * pivot < LOOSE) {
            return Err(loose(loosest(scaled)));
        }
        let scale = DMatrix::from_diagonal(&scale);
        let answer = &scale * factored.solve(&(&scale * forces.select_rows(&free)));
        let mut motion = DMatrix::zeros(forces.nrows(), forces.ncols());
        free.iter().enumerate().for_each(|(place, &row)| motion.set_row(row, &answer.row(place)));
        Ok(motion)
    }

    fn found(&self, motion: &DVector<f64>, pulls: &[f64]) -> Equilibrium {
        let carried = self.joints.iter().map(|joint| {
            let six = joint.tissue.stiffness * self.gained(joint, motion);
            Carried { force: six.fixed_rows::<3>(0).into(), moment: six.fixed_rows::<3>(3).into() }
        });
        Equilibrium {
            motions: (0..self.bodies().len()).map(|body| motion_of(motion, body)).collect(),
            carried: carried.collect(),
            tensions: pulls.iter().map(|pull| pull.max(0.0)).collect(),
        }
    }
}

/// The row that moves most in what costs least.
fn loosest(scaled: DMatrix<f64>) -> usize {
    let eigen = scaled.symmetric_eigen();
    let least = eigen.eigenvalues.imin();
    eigen.eigenvectors.column(least).iamax()
}

fn motion_of(motion: &DVector<f64>, body: usize) -> Motion {
    Motion::of(&motion.fixed_rows::<6>(6 * body).into())
}

fn add_to(forces: &mut DVector<f64>, body: usize, six: &Vector6<f64>) {
    let mut rows = forces.fixed_rows_mut::<6>(6 * body);
    rows += six;
}

/// Adds a stiffness between bodies, each given with the matrix that makes of its motion its part in what is resisted.
fn couple(ends: &[(usize, Matrix6<f64>)], stiffness: &Matrix6<f64>, matrix: &mut DMatrix<f64>) {
    for (row, to_row) in ends {
        for (column, to_column) in ends {
            let mut view = matrix.fixed_view_mut::<6, 6>(6 * row, 6 * column);
            view += to_row.transpose() * stiffness * to_column;
        }
    }
}
