//! scratch
use cisterna_skeleton::{derive::*, finding::Findings, reading::*};
fn main() {
    let t = std::time::Instant::now();
    let c = Known::embedded().unwrap();
    let mut f = Findings::default();
    let m = read_meshes(&std::env::args().skip(1).map(Into::into).collect::<Vec<_>>(), &Convention::default(), &mut f);
    let g = Given { title: "a".into(), credit: "b".into(), licence: "c".into() };
    let facts = derive(m, &g, &c, &mut f, &|s| eprintln!("{:.1} {s}", t.elapsed().as_secs_f64()));
    eprintln!("{:.1}\n{f}", t.elapsed().as_secs_f64());
    if let Some(x) = facts { println!("{}", x.to_text().unwrap()); }
}
