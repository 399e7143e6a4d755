//! Tables as monitors, spreadsheets and scripts leave them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod common;

use std::io::Write;

use cisterna_recording::{Kind, KindMap, MarkKind, Recording, open, read_csv};

fn read(text: &str) -> Recording {
    read_csv("x.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn refusal(text: &str) -> String {
    read_csv("x.csv", text.as_bytes()).unwrap_err().to_string()
}

fn said<'a>(recording: &'a Recording, key: &str) -> Option<&'a str> {
    recording.provenance.iter().find(|(found, _)| found == key).map(|(_, text)| text.as_str())
}

/// Twenty rows at 100 Hz from an export of bedside data: days of a spreadsheet with so many digits.
fn export(separator: char, decimal: char, digits: usize, missing: usize) -> String {
    let mut text = format!("DateTime{separator}icp[mmHg]{separator}abp[mmHg]\n");
    for row in 0..20 {
        let days = 45_000.0 + f64::from(row) * 0.01 / 86_400.0;
        // Cut, not rounded.
        let days = format!("{days:.12}")[..6 + digits].to_owned();
        let icp = if row as usize == missing {
            String::new()
        } else {
            format!("{:.2}", 10.0 + f64::from(row) / 8.0)
        };
        let cells = [days, icp, format!("{:.1}", 80.5 + f64::from(row))];
        text += &cells.map(|cell| cell.replace('.', &decimal.to_string())).join(&separator.to_string());
        text.push('\n');
    }
    text
}

#[test]
fn serial_days_read_the_same_with_comma_and_semicolon() {
    for (separator, decimal) in [(';', ','), (',', '.'), ('\t', ','), ('\t', '.')] {
        let recording = read(&export(separator, decimal, 9, 99));
        let [icp, abp] = recording.channels.as_slice() else { panic!() };
        assert_eq!((icp.name.as_str(), icp.unit.as_str(), abp.name.as_str()), ("icp", "mmHg", "abp"));
        assert!((icp.rate - 100.0).abs() < 0.1, "{}", icp.rate);
        assert_eq!((icp.start, icp.values.len(), icp.values[8], abp.values[19]), (0.0, 20, 11.0, 99.5));
        assert_eq!(said(&recording, "recorded at"), Some("2023-03-15T00:00:00"));
        assert_eq!(said(&recording, "decimal sign"), Some(if decimal == ',' { "comma" } else { "point" }));
    }
}

#[test]
fn stamps_cut_to_a_millionth_of_a_day_still_tell_100_hz() {
    let recording = read(&export(';', ',', 6, 11));
    let icp = &recording.channels[0];
    assert_eq!((icp.rate, icp.values.len()), (100.0, 20));
    assert!(icp.values[11].is_nan() && icp.values.iter().filter(|value| value.is_nan()).count() == 1);
    assert!(said(&recording, "time jitter").unwrap().contains("rows share a stamp"));
}

#[test]
fn seconds_without_decimals_are_spread_over_their_rows() {
    let mut text = "time,acc\n".to_owned();
    (0..1000).for_each(|row| text += &format!("2024-05-01 10:00:{:02},{row}\n", row / 100));
    let recording = read(&text);
    assert_eq!((recording.channels[0].rate, recording.channels[0].values.len()), (100.0, 1000));
}

#[test]
fn a_column_is_named_by_its_heading_whatever_the_site() {
    let recording = read("t,icp[mmHg],art,ABP_BaroIndex,P1 (mmHg)\n0,1,2,3,4\n1,2,3,4,5\n");
    let kinds: Vec<_> = recording.channels.iter().map(|c| KindMap::default().kind_of(c).kind).collect();
    assert_eq!(kinds, [Kind::IntracranialPressure, Kind::ArterialPressure, Kind::Other, Kind::Other]);
    let map: KindMap = "P1=icp".parse().unwrap();
    assert_eq!(map.kind_of(&recording.channels[3]).kind, Kind::IntracranialPressure);
}

#[test]
fn every_way_of_writing_time_is_read() {
    for (heading, stamps, rate, at) in [
        ("time [min]", ["0", "0.5", "1"], 1.0 / 30.0, None),
        ("t (us)", ["0", "4000", "8000"], 250.0, None),
        ("time", ["23:59:59.0", "23:59:59.5", "00:00:00.0"], 2.0, Some("23:59:59 (no date given)")),
        (
            "Date/Time",
            ["2024-01-31T23:59:59+01:00", "2024-02-01T00:00:00+01:00", "2024-01-31T23:00:01Z"],
            1.0,
            Some("2024-01-31T23:59:59+01:00"),
        ),
        (
            "stamp",
            ["31.12.2023 23:59:59", "01.01.2024 00:00:00", "01.01.2024 00:00:01"],
            1.0,
            Some("2023-12-31T23:59:59"),
        ),
        ("timestamp", ["1700000000", "1700000002", "1700000004"], 0.5, Some("2023-11-14T22:13:20Z")),
        (
            "timestamp",
            ["1700000000000", "1700000000004", "1700000000008"],
            250.0,
            Some("2023-11-14T22:13:20Z"),
        ),
        ("date", ["41551.9999998", "41552", "41552.0000002"], 1.0 / 0.0173, Some("2013-10-04T23:59:59.983")),
    ] {
        let recording = read(&format!("{heading};icp\n{};1\n{};2\n{};3\n", stamps[0], stamps[1], stamps[2]));
        let channel = &recording.channels[0];
        assert!((channel.rate / rate - 1.0).abs() < 2e-3, "{heading}: {} Hz", channel.rate);
        assert_eq!((channel.start, channel.values.as_slice()), (0.0, &[1.0, 2.0, 3.0][..]), "{heading}");
        assert_eq!(said(&recording, "recorded at"), at, "{heading}");
    }
}

#[test]
fn a_date_in_its_own_column_tells_when() {
    let recording = read("Date,Time,icp\n2024-01-31,10:00:00,1\n2024-01-31,10:00:01,2\n");
    assert_eq!(said(&recording, "recorded at"), Some("2024-01-31T10:00:00"));
}

#[test]
fn the_separator_is_found_on_the_rows_and_not_on_the_heading() {
    let recording = read("time, s;A, left;B, right\n0,1;1,1;2,2\n0,2;1,2;2,3\n");
    let named: Vec<_> = recording.channels.iter().map(|c| (c.name.as_str(), c.values[0])).collect();
    assert_eq!(named, [("A, left", 1.1), ("B, right", 2.2)]);
}

#[test]
fn text_before_the_heading_and_units_below_it_are_understood() {
    let recording = read(
        "Patient: 12\nBed 4, ward B\n\nTime;ICP;ABP\ns;mmHg;mmHg\n0,00;9,5;80\n0,01;9,6;81\n0,02;9,7;82\n",
    );
    let named: Vec<_> = recording.channels.iter().map(|c| format!("{} {}", c.name, c.unit)).collect();
    assert_eq!(named, ["ICP mmHg", "ABP mmHg"]);
    assert_eq!(recording.channels[0].rate, 100.0);
}

#[test]
fn a_rate_in_a_comment_stands_for_a_column_of_time() {
    let recording =
        read("# Simple Text Format\n# Sampling Rate (Hz):= 1000.00\n# Labels:= ECG\n2044.0\n2045.0\n");
    let ecg = &recording.channels[0];
    assert_eq!((ecg.name.as_str(), ecg.rate, ecg.values.as_slice()), ("ECG", 1000.0, &[2044.0, 2045.0][..]));
}

#[test]
fn a_table_without_heading_takes_a_first_column_that_rises_as_time() {
    let recording = read("180.00,82.7\n180.01,82.1\n180.02,81.0\n");
    assert_eq!((recording.channels[0].rate, recording.channels[0].start), (100.0, 180.0));
    assert_eq!(said(&recording, "heading"), Some("none; the first column was taken as the time"));
}

#[test]
fn utf_16_and_gzip_read_like_any_other() {
    let text = "time;icp [mmHg]\n0,0;1,5\n0,1;1,6\n";
    let plain = read(text);
    let wide = |mark: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("{mark}{text}").encode_utf16().flat_map(bytes).collect()
    };
    for bytes in [
        wide("\u{feff}", u16::to_le_bytes),
        wide("\u{feff}", u16::to_be_bytes),
        wide("", u16::to_le_bytes),
        wide("", u16::to_be_bytes),
    ] {
        assert_eq!(read_csv("x.csv", &bytes).unwrap(), plain);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv.gz");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    std::fs::write(&path, &packed).unwrap();
    assert_eq!(open(&path).unwrap().channels, plain.channels);
    std::fs::write(&path, &packed[..packed.len() - 6]).unwrap();
    let told = open(&path).unwrap_err().to_string();
    assert!(told.contains("gzip is broken or cut short"), "{told}");
}

#[test]
fn uneven_rows_keep_their_values_and_the_first_odd_lines_are_told() {
    let recording = read("t,q\n0,1\n0.1,2\n0.15,3\n0.3,4\n0.4,5\n0.5,6\n0.57,7\n0.7,8\n0.8,9\n0.9,10\n");
    let kept: Vec<f64> = recording.channels[0].values.iter().copied().filter(|v| !v.is_nan()).collect();
    assert_eq!(kept, (1..=10).map(f64::from).collect::<Vec<_>>());
    let warning = said(&recording, "warning").unwrap();
    assert!(warning.contains("is usual; 2 such steps, first on line 4, 5"), "{warning}");
}

#[test]
fn uneven_rows_that_no_grid_holds_are_refused_with_step_count_and_lines() {
    let mut text = "t,q\n".to_owned();
    (0..400).for_each(|row| {
        text += &format!("{},1\n", f64::from(row) + if row % 3 == 0 { 0.499_999 } else { 0.0 })
    });
    text += "400.000001,1\n400.000002,1\n";
    let told = refusal(&text);
    assert!(told.contains("uneven sampling: a step of") && told.contains("is usual;"), "{told}");
    assert!(told.starts_with("x.csv, line "), "{told}");
}

#[test]
fn midnight_passes_and_rows_that_lack_are_a_gap() {
    let recording = read("time,icp\n23:59:58,1\n23:59:59,2\n00:00:00,3\n00:00:03,4\n00:00:04,5\n");
    let icp = &recording.channels[0];
    assert_eq!((icp.rate, icp.values.len()), (1.0, 7));
    let gap = recording.marks_of(MarkKind::Gap).next().unwrap();
    assert_eq!((gap.start, gap.end), (3.0, 5.0));
}

#[test]
fn a_long_table_becomes_a_channel_for_each_signal_on_its_own_clock() {
    let mut text = "time_s;device;name;unit;value\n".to_owned();
    for second in 0..20 {
        text += &format!("{second},0;monitor;HR;1/min;{}\n", 60 + second);
        text += &format!("{second},0;monitor;ABP;mmHg;{},5\n", 90 + second);
        if second % 5 == 0 {
            text += &format!("{second},0;pump;HR;1/min;{}\n", 70 + second);
        }
    }
    let recording = read(&text);
    let found: Vec<_> = recording
        .channels
        .iter()
        .map(|c| (c.name.as_str(), c.unit.as_str(), c.rate, c.values.len(), c.values[1]))
        .collect();
    assert_eq!(
        found,
        [
            ("monitor HR", "1/min", 1.0, 20, 61.0),
            ("ABP", "mmHg", 1.0, 20, 91.5),
            ("pump HR", "1/min", 0.2, 4, 75.0)
        ]
    );
    assert!(said(&recording, "table").unwrap().starts_with("long"));
}

#[test]
fn a_long_table_keeps_gaps_of_a_signal_and_tells_of_one_that_has_no_clock() {
    let mut text = "t,name,value\n".to_owned();
    for second in (0..10).chain(15..30) {
        text += &format!("{second},ICP,{second}\n{second},ABP,80\n");
    }
    text += "30,ICP,30\n30,once,1\n";
    let recording = read(&text);
    assert_eq!(recording.channels[0].values.len(), 31);
    let gap = recording.marks_of(MarkKind::Gap).next().unwrap();
    assert_eq!((gap.start, gap.end, gap.label.as_str()), (10.0, 15.0, "`ICP`: 5 samples missing"));
    assert_eq!(said(&recording, "signal left out"), Some("`once`: fewer than two values tell no rate"));
}

#[test]
fn a_table_of_events_becomes_marks() {
    let events = |text: &str| -> Vec<(f64, f64, String)> {
        let recording = read(text);
        assert!(recording.channels.is_empty() && said(&recording, "table").unwrap().contains("events"));
        recording.marks.iter().map(|mark| (mark.start, mark.end, mark.label.clone())).collect()
    };
    let told = |start, end, label: &str| (start, end, label.to_owned());
    assert_eq!(
        events("time [s],label\n12.5,\"tilt, head up\"\n3,cough\n"),
        [told(3.0, 3.0, "cough"), told(12.5, 12.5, "tilt, head up")]
    );
    assert_eq!(events("start_s,end_s\n1,2\n4,4.5\n"), [told(1.0, 2.0, ""), told(4.0, 4.5, "")]);
    assert_eq!(
        events("onset;duration;what\n1,5;0,5;cough\n3;;strain\n"),
        [told(1.5, 2.0, "cough"), told(3.0, 3.0, "strain")]
    );
    let back = refusal("start_s,end_s\n1,2\n4,3\n");
    assert!(back.starts_with("x.csv, line 3, column `end_s`: `3` is before the start"), "{back}");
}

#[test]
fn points_of_a_curve_are_put_in_order_and_the_provenance_says_so() {
    let mut rows: Vec<(f64, f64)> = (0..40).map(|i| (f64::from(i) * 0.25, f64::from(i))).collect();
    rows.swap(10, 11);
    rows[30].0 = rows[31].0;
    let text = rows.iter().fold("t,q\n".to_owned(), |text, (t, q)| text + &format!("{t},{q}\n"));
    let recording = read(&text);
    let q = &recording.channels[0];
    assert_eq!((q.rate, q.values.len(), q.values[10], q.values[11]), (4.0, 40, 10.0, 11.0));
    // The point at 7.5 s was drawn at 7.75 s, where another is: the mean of both stands, and 7.5 s is empty.
    assert!(q.values[30].is_nan() && q.values[31] == 30.5);
    assert_eq!(
        said(&recording, "warning"),
        Some(
            "time goes back or stands still in 2 rows, which were put in order; 1 of them have the time of \
             another, and the mean of both stands"
        )
    );
    let turned = read("t,q\n3,1\n2,2\n1,3\n0,4\n");
    assert_eq!(
        (turned.channels[0].start, turned.channels[0].values.as_slice()),
        (0.0, &[4.0, 3.0, 2.0, 1.0][..])
    );
    assert!(said(&turned, "warning").unwrap().contains("turned round"));
    let set_back: String = (0..60).fold("t,q\n".to_owned(), |text, i| text + &format!("{},1\n", i % 30));
    assert!(refusal(&set_back).starts_with("x.csv, line 32: time goes from 29 s to 0 s"));
}

#[test]
fn dates_that_fit_both_orders_are_read_as_the_whole_column_says() {
    let table = |dates: &[&str]| {
        dates
            .iter()
            .enumerate()
            .fold("date,icp\n".to_owned(), |text, (i, date)| text + &format!("{date},{i}\n"))
    };
    // Nothing tells: the day comes first, and that is said.
    let open = read(&table(&["3/4/2024 10:00:00", "3/4/2024 10:00:01", "3/4/2024 10:00:02"]));
    assert_eq!(said(&open, "recorded at"), Some("2024-04-03T10:00:00"));
    assert_eq!(said(&open, "time unit"), Some("dates as day/month/year (assumed)"));
    // Over midnight: as days that follow each other.
    for (dates, at) in [
        (["3/4/2024 23:59:59", "4/4/2024 0:00:00", "4/4/2024 0:00:01"], "2024-04-03T23:59:59"),
        (["3/4/2024 23:59:59", "3/5/2024 0:00:00", "3/5/2024 0:00:01"], "2024-03-04T23:59:59"),
    ] {
        let recording = read(&table(&dates));
        assert_eq!((said(&recording, "recorded at"), recording.channels[0].values.len()), (Some(at), 3));
    }
    // Days above twelve tell, however few they are.
    let dates: Vec<String> = (1..=20).map(|day| format!("5/{day}/2024 10:00:00")).collect();
    let recording = read(&table(&dates.iter().map(String::as_str).collect::<Vec<_>>()));
    assert_eq!(said(&recording, "recorded at"), Some("2024-05-01T10:00:00"));
    assert_eq!(said(&recording, "time unit"), None);
}
