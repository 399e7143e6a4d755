//! Why a lane could not go on.

use std::fmt;

/// Where and why the integration of a lane ended early. What was computed until then stays readable.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The time that the lane had reached (s).
    pub time: f64,
    /// The lane.
    pub lane: usize,
    /// The number of the unknown that is worst, where one is to blame.
    pub unknown: Option<usize>,
    /// What went wrong.
    pub cause: Cause,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// The error stays above the tolerance at the smallest step (s).
    Inaccurate {
        /// The step that was still too large (s).
        step: f64,
    },
    /// The equations give something that is not a number, even at the smallest step.
    NotFinite,
    /// An unknown does not depend on anything: a pivot is zero even at the smallest step.
    Singular,
    /// No values of the algebraic unknowns fit the differential ones.
    Inconsistent,
    /// Modes switch to and fro without time going on.
    Chatter {
        /// The crossing that does not settle.
        crossing: usize,
    },
    /// More trial steps than allowed in one go; the lane may go on from here.
    TooManySteps {
        /// How many were allowed.
        allowed: u64,
    },
    /// The system or the call contradicts itself.
    Malformed(&'static str),
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {} s in lane {}: ", self.time, self.lane)?;
        match self.cause {
            Cause::Inaccurate { step } => {
                write!(f, "the error stays above the tolerance even with a step of {step:e} s")?;
            }
            Cause::NotFinite => write!(f, "the equations give a value that is not finite")?,
            Cause::Singular => write!(f, "the equations do not determine every unknown (zero pivot)")?,
            Cause::Inconsistent => write!(f, "no values of the algebraic unknowns fit the equations")?,
            Cause::Chatter { crossing } => {
                write!(f, "the mode of crossing {crossing} switches to and fro without time going on")?;
            }
            Cause::TooManySteps { allowed } => write!(f, "not done after {allowed} steps")?,
            Cause::Malformed(what) => write!(f, "{what}")?,
        }
        match self.unknown {
            Some(unknown) => write!(f, "; unknown {unknown} is the worst"),
            None => Ok(()),
        }
    }
}
