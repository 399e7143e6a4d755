//! tmp
#![allow(clippy::unwrap_used)]
fn main() {
    for path in std::env::args().skip(1) {
        match cisterna_recording::open(std::path::Path::new(&path)) {
            Ok(r) => {
                let c: Vec<String> = r
                    .channels
                    .iter()
                    .map(|c| {
                        let v: Vec<f64> = c.values.iter().copied().filter(|v| !v.is_nan()).collect();
                        format!(
                            "{} [{}] {} Hz n={} valid={} mean={:.9}",
                            c.name,
                            c.unit,
                            c.rate,
                            c.values.len(),
                            v.len(),
                            v.iter().sum::<f64>() / v.len() as f64
                        )
                    })
                    .collect();
                println!(
                    "{path}: {} marks {} | {}",
                    r.marks.len(),
                    c.join("; "),
                    r.provenance
                        .iter()
                        .skip(1)
                        .map(|(k, v)| format!("{k}={v}"))
                        .collect::<Vec<_>>()
                        .join(" / ")
                );
            }
            Err(e) => println!("{path}: ERROR {e}"),
        }
    }
}
