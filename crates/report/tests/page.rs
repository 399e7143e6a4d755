//! The finished pages: whole, small, safe and free of the network.

#[path = "../examples/sample/waves.rs"]
mod waves;

use cisterna_report::{Page, Panel, Section, SummaryRow, Trace, Waveforms, render, table_page};

#[test]
fn two_minutes_of_twelve_traces_stay_under_three_megabytes() {
    let html = render(&waves::page());
    let traces: usize = waves::page()
        .sections
        .iter()
        .map(|section| match section {
            Section::Waveforms(waves) => waves.panels.iter().map(|panel| panel.traces.len()).sum(),
            _ => 0,
        })
        .sum();
    assert_eq!(traces, 12);
    assert!(html.len() < 3_000_000, "{} bytes", html.len());
}

#[test]
fn an_hour_of_twelve_traces_stays_under_three_megabytes_and_says_what_it_left_out() {
    let hour = |name: &str| {
        Trace::new(name, 0.0, 125.0, (0..450_000).map(|k| (f64::from(k) * 0.05).sin()).collect())
    };
    let panels = (0..12).map(|k| Panel::new(&format!("Panel {k}"), "mmHg", vec![hour("a")])).collect();
    let waves = Waveforms { heading: "Waveforms".to_owned(), panels, ..Waveforms::default() };
    let html = render(&Page { sections: vec![Section::Waveforms(waves)], ..Page::default() });
    assert!(html.len() < 3_000_000, "{} bytes", html.len());
    assert!(html.contains("longer than a page can carry"));
}

#[test]
fn a_page_never_reaches_the_network_and_never_prints_a_silent_nan() {
    for html in [render(&waves::page()), table_page(&waves::validation())] {
        assert!(!html.contains("http") && !html.contains("url("));
        assert!(!html.contains("src=") && !html.contains("<link"));
        assert!(!html.contains("NaN\"") && !html.contains(">NaN"));
    }
}

#[test]
fn every_picture_is_named_and_described() {
    let html = render(&waves::page());
    let pictures = html.matches("role=\"img\"").count();
    assert!(pictures >= 20);
    assert_eq!(html.matches("<desc id=").count(), pictures);
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
}

#[test]
fn a_name_with_markup_cannot_break_the_page() {
    let evil = "</script><b>\"x\"";
    let waves = Waveforms {
        heading: evil.to_owned(),
        text: evil.to_owned(),
        panels: vec![Panel::new(
            evil,
            evil,
            vec![Trace::new(evil, 0.0, 1.0, vec![1.0, 2.0]), Trace::default()],
        )],
        ..Waveforms::default()
    };
    let page = Page {
        title: evil.to_owned(),
        subtitle: evil.to_owned(),
        cautions: vec![evil.to_owned()],
        summary: vec![SummaryRow { label: evil.to_owned(), note: evil.to_owned(), ..SummaryRow::default() }],
        sections: vec![Section::Waveforms(waves)],
        provenance: vec![(evil.to_owned(), evil.to_owned())],
    };
    assert!(!render(&page).contains("<b>"));
}

#[test]
fn a_small_page_has_this_body() {
    let page = Page {
        title: "Rest".to_owned(),
        summary: vec![SummaryRow {
            label: "intracranial pressure".to_owned(),
            value: 10.5,
            unit: "mmHg".to_owned(),
            ..SummaryRow::default()
        }],
        ..Page::default()
    };
    let html = render(&page);
    let body = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next());
    let expected = r##" id="main" tabindex="-1">
<section id="summary" aria-labelledby="summary-h">
<h2 id="summary-h">Summary</h2>
<div class="scroll" role="region" aria-label="The main numbers beside their published ranges" tabindex="0"><table>
<caption><span>The main numbers beside their published ranges</span></caption>
<thead><tr><th scope="col">Quantity</th><th scope="col" class="number">value</th><th scope="col">unit</th><th scope="col">verdict</th><th scope="col">published</th><th scope="col">note</th></tr></thead>
<tbody>
<tr><th scope="row">intracranial pressure</th><td class="number value">10.5</td><td>mmHg</td><td></td><td class="once"></td><td class="remark"></td></tr>
</tbody>
</table></div>
</section>
"##;
    assert_eq!(body, Some(expected));
    assert!(html.contains("Not a medical device."));
}
