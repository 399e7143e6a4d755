//! The numbers of a claim, all of them or with one thing moved.

use cisterna_model::Problems;

use crate::document::{Claim, From, Number, TurnsOn};
use crate::laboratory::{Laboratory, told};
use crate::value::{Value, together};

/// The parameter of a claim at another value.
pub(crate) struct Trial<'a> {
    pub turns_on: &'a TurnsOn,
    pub value: f64,
}

/// All numbers of a claim.
pub(crate) fn values(
    claim: &Claim,
    laboratory: &Laboratory,
    trial: Option<&Trial<'_>>,
) -> Result<Vec<Value>, Problems> {
    let mut values: Vec<Value> = Vec::new();
    for number in &claim.numbers {
        let mut value = value(claim, number, &values, laboratory, trial)?;
        if let Some(unit) = &number.unit {
            if unit.dimension() != value.dimension() {
                let message = format!(
                    "`{}` is in {}, which cannot be shown in {}",
                    number.name,
                    value.unit.text(),
                    unit.text()
                );
                return Err(told(&number.place, message));
            }
            value.unit = unit.clone();
        }
        values.push(if number.magnitude { value.magnitude() } else { value });
    }
    Ok(values)
}

fn value(
    claim: &Claim,
    number: &Number,
    before: &[Value],
    laboratory: &Laboratory,
    trial: Option<&Trial<'_>>,
) -> Result<Value, Problems> {
    match &number.from {
        From::Stated(stated) => {
            let mut own = Value::stated(stated);
            if let Some(Trial { turns_on: TurnsOn::Number(name), value }) = trial
                && *name == number.name
            {
                own.value = *value;
            }
            Ok(own)
        }
        From::Measure { run, measure } => {
            let moved = match trial {
                Some(Trial { turns_on: TurnsOn::Parameter { name, runs }, value }) if runs.contains(run) => {
                    Some((name.as_str(), *value))
                }
                _ => None,
            };
            let known = claim.runs.iter().find(|known| known.name == *run);
            let run = known.ok_or_else(|| told(&number.place, format!("there is no run `{run}`")))?;
            laboratory.measure(run, measure, moved)
        }
        From::Bones(pressed) => {
            let moved = match trial {
                Some(Trial { turns_on: TurnsOn::Tissue { name, number: of }, value })
                    if *of == number.name =>
                {
                    Some((name.as_str(), *value))
                }
                _ => None,
            };
            laboratory.bones(pressed, moved).map_err(|error| told(&number.place, error))
        }
        From::Felt(felt) => crate::laboratory::felt(felt).map_err(|error| told(&number.place, error)),
        From::Panel { study, arm, row } => {
            laboratory.panel(study, arm, row).map_err(|error| told(&number.place, error))
        }
        From::Together(how, names) => {
            let place = |name: &String| claim.numbers.iter().position(|known| known.name == *name);
            let all: Option<Vec<&Value>> = names.iter().map(|name| before.get(place(name)?)).collect();
            let wrong =
                || told(&number.place, format!("the numbers of `{}` do not go together", number.name));
            all.and_then(|all| together(*how, &all)).ok_or_else(wrong)
        }
    }
}
