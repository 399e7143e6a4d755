//! Tables of text: every separator, decimal sign, way of writing time and encoding that is read, and what is refused.

use std::error::Error;
use std::fs;

use cisterna_recording::{Basis, Channel, Fact, Mark, MarkKind, Recording, Reference, write_csv};

use crate::Seeds;

pub fn seeds() -> Result<Seeds, Box<dyn Error>> {
    let mut seeds = own()?;
    for (number, text) in READ.iter().chain(&REFUSED).enumerate() {
        seeds.push((format!("table-{number}.csv"), text.as_bytes().to_vec()));
    }
    seeds.push(("latin-1.csv".to_owned(), b"t,ecg [\xb5V]\n0,1\n1,2\n".to_vec()));
    let text = "time;icp [mmHg]\n0,0;1,5\n0,1;1,6\n";
    for (name, mark) in [("marked", "\u{feff}"), ("bare", "")] {
        let wide =
            |bytes: fn(u16) -> [u8; 2]| format!("{mark}{text}").encode_utf16().flat_map(bytes).collect();
        seeds.push((format!("utf-16-le-{name}.csv"), wide(u16::to_le_bytes)));
        seeds.push((format!("utf-16-be-{name}.csv"), wide(u16::to_be_bytes)));
    }
    for (name, table) in made() {
        seeds.push((format!("{name}.csv"), table.into_bytes()));
    }
    Ok(seeds)
}

/// Files of ours: as written, with rows cut out, with a stamp changed.
fn own() -> Result<Seeds, Box<dyn Error>> {
    let mut recording = Recording { title: "A pulse".to_owned(), ..Recording::default() };
    let pulse = (0..20).map(|i| 10.0 + (f64::from(i) * 0.7).sin()).collect();
    let mut icp = Channel::new("vault.pressure", "mmHg", 0.0, 100.0, pulse);
    icp.values[7] = f64::NAN;
    let level = |text: &str| text.to_owned();
    icp.reference =
        Some(Reference { site: level("vault"), zero_level: level("meatus"), against: level("air") });
    let mut tide = Channel::new("tide", "", 0.0, 100.0, vec![f64::INFINITY; 20]);
    tide.basis = Basis::Hypothesis(vec!["tide".to_owned()]);
    recording.channels.extend([icp, tide]);
    recording.marks.push(Mark { kind: MarkKind::Beat, start: 0.0, end: 0.09, label: String::new() });
    recording.facts.push(Fact { name: "ledger".to_owned(), value: f64::NAN, unit: "mL".to_owned() });
    recording.provenance.push(("model".to_owned(), "adult".to_owned()));
    let folder = std::env::temp_dir().join(format!("cisterna-seeds-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let path = folder.join("own.csv");
    write_csv(&recording, &path)?;
    let whole = fs::read_to_string(&path)?;
    recording.channels.push(Channel::new("co2", "mmHg", 0.0, 1.0, vec![40.0]));
    write_csv(&recording, &path)?;
    let several = fs::read_to_string(&path)?;
    write_csv(&Recording::default(), &path)?;
    let empty = fs::read_to_string(&path)?;
    fs::remove_dir_all(&folder)?;
    let without: String = whole
        .lines()
        .filter(|line| !line.starts_with("0.05,") && !line.starts_with("0.06,"))
        .map(|line| format!("{line}\n"))
        .collect();
    let rest = [
        ("own-moved.csv", whole.replace("0.03,", "0.031,")),
        ("own-renamed.csv", whole.replacen("tide", "ebb", 9)),
        ("own-broken.csv", whole.replacen("{\"name\"", "{\"nam\"", 1)),
        ("own-untimed.csv", whole.replace("time [s]", "pressure")),
        ("own-cut.csv", without),
        ("own-several.csv", several),
        ("own-empty.csv", empty),
        ("own.csv", whole),
    ];
    Ok(rest.map(|(name, text)| (name.to_owned(), text.into_bytes())).to_vec())
}

/// Tables that only many rows make.
fn made() -> Vec<(&'static str, String)> {
    let table = |heading: &str, rows: usize, row: &dyn Fn(usize) -> String| {
        (0..rows).fold(format!("{heading}\n"), |text, index| text + &row(index) + "\n")
    };
    vec![
        ("shared-stamps", table("time,acc", 60, &|i| format!("2024-05-01 10:00:{:02},{i}", i / 20))),
        (
            "serial-days",
            table("DateTime;icp[mmHg]", 20, &|i| {
                format!("{:.6};{i},5", 45_000.0 + i as f64 * 0.01 / 86_400.0).replacen('.', ",", 1)
            }),
        ),
        ("gap", table("t,icp", 40, &|i| format!("{},{i}", if i < 20 { i } else { i + 30 }))),
        (
            "uneven",
            table("t,q", 12, &|i| format!("{:.3},{i}", i as f64 * 0.1 + if i % 3 == 0 { 0.03 } else { 0.0 })),
        ),
        ("long", table("time,name,value", 24, &|i| format!("{},{},{i}", i / 2, ["HR", "ABP"][i % 2]))),
        (
            "long-with-units",
            table("time_s;signal;unit;value", 24, &|i| {
                format!("{},5;{};{};{i},25", i / 2, ["HR", "ABP"][i % 2], ["1/min", "mmHg"][i % 2])
            }),
        ),
        ("events", table("time,event", 6, &|i| format!("{},cough {i}", i * 7))),
        ("intervals", table("start_s,end_s,label", 6, &|i| format!("{},{},tilt", i * 7, i * 7 + 3))),
        ("falling", table("t,q", 20, &|i| format!("{},{i}", 20 - i))),
        (
            "jittered",
            table("t,q", 20, &|i| format!("{:.3},{i}", i as f64 * 0.1 - if i % 7 == 6 { 0.13 } else { 0.0 })),
        ),
        ("late-text", table("t,icp,note", 30, &|i| format!("{i},{i},{}", if i > 20 { "a" } else { "" }))),
        ("day-or-month", table("date,icp", 12, &|i| format!("{}/{}/2024 10:00:00,1", i + 1, 5))),
        ("month-first", table("date,icp", 12, &|i| format!("5/{}/2024 10:00:00,1", i + 10))),
    ]
}

const READ: [&str; 38] = [
    "time [s],icp [mmHg],abp [mmHg]\n0,9.5,80\n0.01,9.75,81\n0.02,10,82.5\n",
    "time [s];icp[mmHg];abp[mmHg]\n0,00;9,5;80\n0,01;9,75;81\n0,02;10;82,5\n",
    "time_s\ticp_mmHg\tabp_mmHg\r\n0\t9.5\t80\r\n0.01\t9.75\t81\r\n0.02\t10\t82.5",
    "t\ticp\n0,0\t1,5\n0,1\t1,6\n",
    "\u{feff}# a monitor\n\nt (ms),icp/mmHg,abp (mmHg)\n0,9.5,80\n10,9.75,81\n# pause\n20,10,82.5\n",
    "icp (mmHg),time (s),abp (mmHg),\n9.5,0,80,\n9.75,0.01,81,\n10,0.02,82.5,\n",
    "\"time [s]\",\"icp [mmHg]\",\"abp [mmHg]\"\n\"0\",\"9.5\",\"80\"\n0.01,9.75,81\n0.02,10,82.5\n",
    "t;icp\n0,000;1\n0,010;2\n0,021;3\n0,030;4\n",
    "t,icp,note\n0,1,a\n1,,b\n2,NaN,\n3,-9999,c\n6,5,\n7,6,d\n8,7,\n",
    "t,abp_mmHg,abp_kPa,abp_mmHg\n0,75,10,1\n1,76,10.1,2\n",
    "time [min];icp\n0;1\n0.5;1\n1;1\n",
    "t (us);icp\n0;1\n4000;1\n8000;1\n",
    "time [ns];icp\n0;1\n4000;1\n8000;1\n",
    "time [h];icp\n0;1\n1;1\n2;1\n",
    "time [days];icp\n0;1\n1;1\n2;1\n",
    "time [days];icp\n45000;1\n45001;1\n45002;1\n",
    "time;icp\n23:59:59.0;1\n23:59:59.5;1\n00:00:00.0;1\n",
    "time,icp\n11:59:58 am,1\n11:59:59 am,2\n12:00:00 pm,3\n",
    "time,icp\n[10:00:00.000],1\n[10:00:00.500],2\n[10:00:01.000],3\n",
    "Date/Time;icp\n2024-01-31T23:59:59+01:00;1\n2024-02-01T00:00:00+0100;1\n2024-01-31T23:00:01Z;1\n",
    "stamp;icp\n31.12.2023 23:59:59;1\n01.01.2024 00:00:00;1\n01.01.2024 00:00:01;1\n",
    "stamp;icp\n12/31/23 11:59:59 pm;1\n01/01/24 12:00:00 am;1\n01/01/24 12:00:01 am;1\n",
    "timestamp;icp\n1700000000;1\n1700000002;1\n1700000004;1\n",
    "timestamp;icp\n1700000000000;1\n1700000000004;1\n1700000000008;1\n",
    "date;icp\n41551.9999998;1\n41552;1\n41552.0000002;1\n",
    "Date,Time,icp\n2024-01-31,10:00:00,1\n2024-01-31,10:00:01,2\n",
    "time, s;A, left;B, right\n0,1;1,1;2,2\n0,2;1,2;2,3\n",
    "Patient: 12\nBed 4, ward B\n\nTime;ICP;ABP\ns;mmHg;mmHg\n0,00;9,5;80\n0,01;9,6;81\n0,02;9,7;82\n",
    "Time,ICP,ABP\n[s],[mmHg],(mmHg)\n0,9,80\n1,9,81\n",
    "# Simple Text Format\n# Sampling Rate (Hz):= 1000.00\n# Labels:= ECG, ABP [mmHg]\n2044.0,1\n2045.0,2\n",
    "fs: 250\nicp,abp\n1,2\n2,3\n3,4\n",
    "180.00,82.7\n180.01,82.1\n180.02,81.0\n",
    "milliseconds,icp\n0,1\n4,2\n8,3\n",
    "s,icp\n0,1\n4,2\n8,3\n",
    "t,q\n0,1\n0.1,2\n0.15,3\n0.3,4\n0.4,5\n0.5,6\n0.57,7\n0.7,8\n0.8,9\n0.9,10\n",
    "time (hh:mm:ss),icp\n10:00,1\n10:01,2\n10:02,3\n",
    "t,icp,\n0,1,\n1,2,,\n",
    "t,icp\n0,inf\n1,1e999\n2,3\n3,4\n4,5\n",
];

const REFUSED: [&str; 23] = [
    "",
    " \n\n",
    "# only this\n",
    "180.02,82.7\n180.011,82.1\n",
    "time,note\n0,a\n1,b\n",
    "time\n0\n1\n",
    "pressure,volume\n0,1\n1,2\n",
    "time [fortnight],icp\n0,1\n1,2\n",
    "t,icp\n0,1\n# x\n\n2,1\n1,1\n",
    "t,icp\n0,1\n1,x1\n2,3\n",
    "t;icp\n0,5;1,5\n1,5;2,5\n2,5;3.5\n",
    "t,icp\n0,1\n,2\n",
    "t,icp\n0,1\n1,2,3\n",
    "t,icp\n0,1\n1\n",
    "t,icp\n0,1\n",
    "t,icp\n0,1\n1,2\n2,3\n1e9,4\n",
    "\u{0}",
    "t,icp\n0,1\n0,2\n0,3\n0,4\n1,1\n1,2\n1,2\n1,3\n9,1\n",
    "t,q\n0,1\n0.499999,1\n1,1\n1.000001,1\n9,1\n9.000001,2\n",
    "word\nword\nword\n",
    "time,icp\nnever,1\nsoon,2\n",
    "time,icp\n10:00:00,1\n10:00:61,2\n10:00:62,3\n",
    "stamp,icp\n2024-13-01 10:00:00,1\n2024-01-01 10:00:00,1\n2024-01-01 10:00:01,1\n",
];
