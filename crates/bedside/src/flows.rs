//! Curves of flow over one cycle, as of magnetic resonance.

use cisterna_analysis::index::{FlowCurves, flow_curves};
use cisterna_recording::{Channel, Kind};

use crate::indices::Make;

/// What lasts no longer is one cycle, s.
const ONE_CYCLE: f64 = 2.5;

impl Make<'_> {
    /// Curves of one cycle, as of magnetic resonance: only where they last no longer than a beat or two.
    pub(crate) fn flows(&mut self) {
        let gathered = self.gathered;
        let of = |kind: Kind| {
            let plans = gathered.plans.iter().filter(move |plan| plan.kind == kind);
            plans.filter_map(|plan| gathered.waves.channel(&plan.name))
        };
        let one_cycle = |channel: &&Channel| channel.values.len() as f64 / channel.rate < ONE_CYCLE;
        let csf = of(Kind::FluidFlow).find(one_cycle);
        let blood: Vec<&Channel> = of(Kind::BloodFlow).filter(one_cycle).collect();
        let venous = |channel: &&&Channel| {
            let name = channel.name.to_lowercase();
            ["ven", "jug", "ijv", "sinus"].iter().any(|word| name.contains(word))
        };
        let curves = FlowCurves {
            arterial: blood.iter().find(|channel| !venous(channel)).copied(),
            venous: blood.iter().find(venous).copied(),
            csf,
        };
        if curves.arterial.is_none() && curves.csf.is_none() && curves.venous.is_none() {
            if of(Kind::FluidFlow).chain(of(Kind::BloodFlow)).next().is_some() {
                let why = "no figure is made of the flows: they last longer than one cycle, of which flow curves are";
                self.found.notes.push(why.to_owned());
            }
            return;
        }
        let names = [curves.arterial, curves.venous, curves.csf].into_iter().flatten();
        let names: Vec<String> = names.map(|channel| channel.name.clone()).collect();
        for figure in flow_curves(&curves) {
            self.figure(&figure, names.clone(), None);
        }
    }
}
