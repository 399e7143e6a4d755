//! Trial.
mod population;
use cisterna_experiment::{Scenario, run_four};
use cisterna_model::Library;
use population::*;
use rayon::prelude::*;
fn go(name: &str, subjects: [Subject; 4], var: f64, infusion: f64) {
    let lib = Library::embedded();
    if std::path::Path::new(&format!("/tmp/infusion_data/{name}{}.csv", subjects[3].number)).exists() {
        return;
    }
    let sc: Vec<Scenario> = subjects
        .iter()
        .map(|s| {
            Scenario::from_text("t", &s.scenario(var, BASELINE, infusion), &lib)
                .map_err(|e| panic!("{e}"))
                .unwrap()
        })
        .collect();
    match run_four([&sc[0], &sc[1], &sc[2], &sc[3]], &mut |_| true) {
        Ok(runs) => {
            for (s, run) in subjects.iter().zip(&runs) {
                if let Some(stop) = &run.stopped {
                    eprintln!("{} {stop:?}", s.number);
                }
                let mut o =
                    format!("{} {} {} {} {}\n", s.resistance, s.stiffness, s.formation, s.infusion, s.drift);
                for v in &run.recording.channels[0].values {
                    o += &format!("{v:.4}\n");
                }
                std::fs::write(format!("/tmp/infusion_data/{name}{}.csv", s.number), o).unwrap();
            }
        }
        Err(e) => eprintln!("{} {e}", subjects[0].number),
    }
}
fn main() {
    std::fs::create_dir_all("/tmp/infusion_data").unwrap();
    rayon::ThreadPoolBuilder::new().num_threads(2).build_global().unwrap();
    let jobs: Vec<usize> = (0..51).collect();
    jobs.par_iter().with_max_len(1).for_each(|&j| {
        if j == 5 {
            let mut s = [0, 1, 2, 3].map(Subject::new);
            s.iter_mut().for_each(|s| s.infusion = 1.0);
            go("long", s, 1e-6, 6000.0);
        } else {
            let j = if j > 5 { j - 1 } else { j };
            go("t", [4 * j, 4 * j + 1, 4 * j + 2, 4 * j + 3].map(Subject::new), 1.0, INFUSION);
        }
    });
}
