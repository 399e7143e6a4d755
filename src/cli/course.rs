//! `cisterna course`: weeks of a person, by the day.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Instant;

use clap::Args;
use serde_json::{Value, json};

use cisterna::course::{Agreement, Course, CourseDocument, CourseError, agreement, run};
use cisterna::quantity::short_number;
use cisterna::recording::write_whole;
use cisterna::report::{Axis, Chart, Charts, Line, Page, Section, Table, render};

use super::exit::{End, Failure};
use super::print::{columns, print, print_json};
use super::watch::interrupted;

pub const EXAMPLES: &str = "\
Examples:
  cisterna course                        two hard weeks and two to get over them
  cisterna course my-course.toml --json  the daily means for another program
  cisterna course --check                the averaged model beside the beat-by-beat one, after a step of stress

Writes course.json and report.html. See `cisterna schema course` for what a course may say.";

/// The options of `cisterna course`.
#[derive(Args)]
pub struct Arguments {
    /// A course that comes along, or the path of one
    #[arg(default_value = "stressful_weeks")]
    course: String,
    /// The folder to write into [default: out/<course>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print JSON instead of the table
    #[arg(long)]
    json: bool,
    /// Compare the averaged model with the beat-by-beat model 40 minutes after a step of stress
    #[arg(long)]
    check: bool,
}

/// Runs a course and tells of it.
pub fn course(arguments: &Arguments) -> Result<End, Failure> {
    let document = CourseDocument::load(&arguments.course).map_err(Failure::input)?;
    let stop = interrupted();
    let mut go_on = || !stop.load(Ordering::SeqCst);
    if arguments.check {
        let rows = agreement(&document, 1.0, &mut go_on).map_err(failed)?;
        print(&compared(&rows))?;
        return Ok(End::Done);
    }
    let stem = Path::new(&arguments.course).file_stem().unwrap_or_default();
    let folder = arguments.out.clone().unwrap_or_else(|| Path::new("out").join(stem));
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::Output(format!("{} could not be made: {error}", folder.display())))?;
    let begun = Instant::now();
    let course = run(&document, &mut go_on).map_err(failed)?;
    let seconds = begun.elapsed().as_secs_f64();
    let told = told(&document, &course);
    let page = render(&page(&document, &course));
    for (name, text) in [("course.json", format!("{told:#}\n")), ("report.html", page)] {
        write_whole(&folder.join(name), |file| file.write_all(text.as_bytes()))?;
    }
    if arguments.json {
        print_json(&told)?;
    } else {
        let table = columns(&rows(&course, document.days));
        let title = &document.scenario.title;
        let last = format!("{}\nwritten  {}", basis(&course, seconds), folder.join("report.html").display());
        print(&format!("{title}\nmeans of days\n\n{table}\n{last}"))?;
    }
    Ok(End::Done)
}

fn failed(error: CourseError) -> Failure {
    match error {
        CourseError::Interrupted => Failure::Interrupted("interrupted; nothing is written".to_owned()),
        CourseError::Document(problems) => Failure::input(problems),
        error => Failure::Run(error.to_string()),
    }
}

/// The mean of every channel on each day.
fn means(course: &Course, days: usize) -> Vec<Vec<f64>> {
    let of_day = |day: usize| {
        let within: Vec<usize> =
            (0..course.times.len()).filter(|&at| (course.times[at] / 86400.0) as usize == day).collect();
        let mean = |values: &[f64]| within.iter().map(|&at| values[at]).sum::<f64>() / within.len() as f64;
        course.channels.iter().map(|channel| mean(&channel.values)).collect()
    };
    (0..days).map(of_day).collect()
}

fn header(course: &Course) -> Vec<String> {
    let named = course.channels.iter().map(|channel| match channel.unit.as_str() {
        "1" => channel.label.clone(),
        unit => format!("{}, {unit}", channel.label),
    });
    std::iter::once("day".to_owned()).chain(named).collect()
}

fn rows(course: &Course, days: usize) -> Vec<Vec<String>> {
    let row = |(day, means): (usize, Vec<f64>)| {
        std::iter::once((day + 1).to_string()).chain(means.into_iter().map(short_number)).collect()
    };
    let rows = means(course, days).into_iter().enumerate().map(row);
    std::iter::once(header(course)).chain(rows).collect()
}

/// What the course rests on.
fn basis(course: &Course, seconds: f64) -> String {
    let held: Vec<String> = course
        .roots
        .iter()
        .map(|(name, low, high)| format!("{name} {} .. {}", short_number(*low), short_number(*high)))
        .collect();
    let worst = course.off.iter().map(|(_, off)| off.abs()).fold(0.0, f64::max);
    format!(
        "averages of beats from {} runs of the model ({}); between them off by at most {} %\nall in {} s",
        course.nodes,
        held.join(", "),
        short_number(100.0 * worst),
        short_number(seconds)
    )
}

fn compared(rows: &[Agreement]) -> String {
    let header = ["channel", "unit", "by beats", "averaged", "off by, %"].map(str::to_owned).to_vec();
    let row = |row: &Agreement| {
        vec![
            row.label.clone(),
            row.unit.clone(),
            short_number(row.by_beats),
            short_number(row.averaged),
            short_number(100.0 * row.off()),
        ]
    };
    let table: Vec<Vec<String>> = std::iter::once(header).chain(rows.iter().map(row)).collect();
    format!("means 40 to 45 minutes after a stressor of 1\n\n{}", columns(&table))
}

fn told(document: &CourseDocument, course: &Course) -> Value {
    let daily = means(course, document.days);
    let channel = |(place, channel): (usize, &cisterna::course::Channel)| {
        json!({
            "name": channel.name, "label": channel.label, "unit": channel.unit, "values": channel.values,
            "daily_means": daily.iter().map(|day| day[place]).collect::<Vec<f64>>(),
        })
    };
    let roots =
        course.roots.iter().map(|(name, low, high)| json!({ "name": name, "low": low, "high": high }));
    let end = course.end_state.iter().map(|(name, value)| (name.clone(), json!(value)));
    json!({
        "title": document.scenario.title,
        "subject": document.scenario.subject,
        "hypotheses": document.scenario.hypotheses,
        "conditions": document.scenario.conditions,
        "begins_s": document.begins,
        "times_s": course.times,
        "channels": course.channels.iter().enumerate().map(channel).collect::<Vec<Value>>(),
        "roots": roots.collect::<Vec<Value>>(),
        "nodes": course.nodes,
        "off": course.off.iter().cloned().collect::<std::collections::BTreeMap<String, f64>>(),
        "end_state": end.collect::<serde_json::Map<String, Value>>(),
    })
}

fn page(document: &CourseDocument, course: &Course) -> Page {
    let days = |time: &f64| (time + document.begins) / 86400.0 + 1.0;
    let chart = |channel: &cisterna::course::Channel| Chart {
        caption: channel.label.clone(),
        x: Axis { label: "Day (a whole number is midnight)".to_owned(), ..Axis::default() },
        y: Axis {
            label: channel.label.clone(),
            unit: if channel.unit == "1" { String::new() } else { channel.unit.clone() },
            ..Axis::default()
        },
        lines: vec![Line {
            name: channel.label.clone(),
            points: course.times.iter().map(days).zip(channel.values.iter().copied()).collect(),
            ..Line::default()
        }],
        ..Chart::default()
    };
    let mut rows = rows(course, document.days);
    let header = rows.remove(0);
    let scenario = &document.scenario;
    let mut cautions = vec![
        "The slow equations rest on few measurements: the command evidence tells what each number is worth."
            .to_owned(),
        "Heart, pressures and flows are averages of a person lying still; the day's postures are left out."
            .to_owned(),
    ];
    if !scenario.hypotheses.is_empty() {
        cautions.push(format!("Hypotheses are switched on: {}.", scenario.hypotheses.join(", ")));
    }
    Page {
        title: scenario.title.clone(),
        subtitle: scenario.summary.clone(),
        cautions,
        sections: vec![
            Section::Charts(Charts {
                heading: "The course".to_owned(),
                text: String::new(),
                charts: course.channels.iter().map(chart).collect(),
            }),
            Section::Table(Table {
                heading: "Day by day".to_owned(),
                text: "Means from waking to waking.".to_owned(),
                caption: "Means of days".to_owned(),
                header,
                rows,
            }),
        ],
        provenance: vec![
            ("model".to_owned(), format!("{} ({})", scenario.subject, scenario.model.hash)),
            ("runs of the beat-by-beat model".to_owned(), course.nodes.to_string()),
            ("program".to_owned(), concat!("cisterna ", env!("CARGO_PKG_VERSION")).to_owned()),
        ],
        ..Page::default()
    }
}
