//! Sessions: techniques as documents, what a visit consists of, its runs and its record.

mod calm;
mod change;
mod chart;
mod compile;
mod document;
mod felt;
mod index;
mod joints;
mod json;
mod maker;
mod restriction;
mod sham;
mod source;
mod tally;
mod technique;
mod visit;
mod watched;

pub use change::Change;
pub use chart::PUBLISHED;
pub use compile::{Hand, Hypotheses, Stage, Touched};
pub use document::{Evaluation, Practitioner, Session, Step, session_names, session_schema};
pub use felt::{Felt, Judged};
pub use index::{Entry, Index};
pub use joints::{JointTest, test_joints};
pub use restriction::Restriction;
pub use sham::{Arm, Sham, ShamRow};
pub use tally::{Tally, TallyKind};
pub use technique::{
    Contact, Direction, Mode, Place, STATIONS, Technique, technique_names, technique_schema,
};
pub use visit::{Done, Findings, Left, Manner, Spreading, Stand, Visit, VisitError};
pub use watched::Watched;
