//! EDF, EDF+ and BDF files, byte by byte.

use crate::Seeds;

/// A signal: label, unit, physical and digital range, samples in a record.
#[derive(Clone, Copy)]
struct Signal(&'static str, &'static str, [&'static str; 4], usize);

const ICP: Signal = Signal("ICP", "mmHg", ["-50", "205", "-2048", "2047"], 4);
const ECG: Signal = Signal("ECG II", "uV", ["5,5", "-5,5", "-100", "100"], 2);
const DEAD: Signal = Signal("ART", "mmHg", ["0", "0", "-2048", "2047"], 4);
const NONE: Signal = Signal("", "", ["0", "1", "0", "1"], 0);
const TEXT: Signal = Signal("EDF Annotations", "", ["-1", "1", "-32768", "32767"], 20);
const TEXT_BDF: Signal = Signal("BDF Annotations", "", ["-1", "1", "-8388608", "8388607"], 14);

/// A header: version, reserved field, start, number of records, length of one, signals.
fn header(reserved: &str, date: &str, records: &str, duration: &str, signals: &[Signal]) -> Vec<u8> {
    let is_bdf = reserved.starts_with("BDF") || reserved == "24BIT";
    let mut bytes = if is_bdf { b"\xffBIOSEMI".to_vec() } else { b"0       ".to_vec() };
    let size = 256 * (1 + signals.len());
    let fixed = format!(
        "{:<80}{:<80}{date:<16}{size:<8}{reserved:<44}{records:<8}{duration:<8}{:<4}",
        "X X X X",
        "Startdate X X X X",
        signals.len()
    );
    bytes.extend(fixed.bytes());
    let mut each =
        |field: &dyn Fn(&Signal) -> String| signals.iter().for_each(|s| bytes.extend(field(s).bytes()));
    each(&|s| format!("{:<16}", s.0));
    each(&|_| format!("{:<80}", "gauge"));
    each(&|s| format!("{:<8}", s.1));
    (0..4).for_each(|end| each(&|s| format!("{:<8}", s.2[end])));
    each(&|_| format!("{:<80}", "LP:40Hz"));
    each(&|s| format!("{:<8}", s.3));
    each(&|_| " ".repeat(32));
    bytes
}

/// A record: samples that rise, and text where a signal holds it.
fn record(signals: &[Signal], width: usize, text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for signal in signals {
        let size = signal.3 * width;
        if signal.0.ends_with("Annotations") {
            let text: Vec<u8> = text.bytes().chain(std::iter::repeat(0)).take(size).collect();
            bytes.extend(text);
        } else {
            bytes.extend((0..size).map(|index| index as u8));
        }
    }
    bytes
}

fn file(reserved: &str, records: &str, duration: &str, signals: &[Signal], texts: &[&str]) -> Vec<u8> {
    let width = if reserved.starts_with("BDF") || reserved == "24BIT" { 3 } else { 2 };
    let mut bytes = header(reserved, "02.03.2123.59.58", records, duration, signals);
    texts.iter().for_each(|text| bytes.extend(record(signals, width, text)));
    bytes
}

pub fn seeds() -> Seeds {
    let even = ["+0\x14\x14\0+0.5\x151.5\x14tilt\x14up\x14", "+1\x14\x14\0bad\x14", "+2\x14\x14"];
    let gaps = ["+0.25\x14\x14", "+1.25\x14\x14\0+1.5\x14cough\x14", "+4.5\x14\x14"];
    let both = [ICP, TEXT];
    let mut seeds: Seeds = [
        ("plain", file("", "2", "0.5", &[ICP, ECG], &["", ""])),
        ("continuous", file("EDF+C", "3", "1", &both, &even)),
        ("gaps", file("EDF+D", "3", "1", &both, &gaps)),
        ("overlap", file("EDF+D", "2", "1", &both, &["+0\x14\x14", "+0.5\x14\x14"])),
        ("far", file("EDF+D", "2", "1", &both, &["+0\x14\x14", "+90000\x14\x14"])),
        ("bdf", file("24BIT", "2", "1", &[ICP, ICP], &["", ""])),
        ("bdf-continuous", file("BDF+C", "2", "1", &[ICP, TEXT_BDF], &["+0\x14\x14", "+1\x14\x14"])),
        ("bdf-gaps", file("BDF+D", "2", "1", &[ICP, TEXT_BDF], &["+0\x14\x14", "+9\x14\x14"])),
        ("dead", file("", "1", "1", &[DEAD, ICP, NONE], &[""])),
        ("uncounted", file("", "-1", "1", &[ICP], &["", ""])),
        ("promised", file("", "9", "1", &[ICP], &["", ""])),
        ("behind", file("", "1", "1", &[ICP], &["", ""])),
        ("only-text", file("EDF+C", "2", "0", &[TEXT], &["+0\x14\x14\0+3\x14x\x14", "+30\x14\x14"])),
        ("timeless", file("", "1", "0", &[ICP], &[""])),
    ]
    .map(|(name, bytes)| (format!("{name}.edf"), bytes))
    .to_vec();
    let mut cut = file("", "2", "1", &[ICP], &["", ""]);
    cut.truncate(cut.len() - 3);
    seeds.push(("cut.edf".to_owned(), cut));
    seeds.push(("half-a-header.edf".to_owned(), header("", "", "1", "1", &[ICP])[..300].to_vec()));
    for (name, at, text) in [
        ("no-date", 168, "xx.yy.zz"),
        ("last-century", 168, "31.12.99"),
        ("no-count", 252, "two "),
        ("less-than-none", 252, "-3  "),
        ("no-length", 244, "a while "),
        ("no-range", 256 + 104, "none    "),
        ("no-samples", 256 + 216, "-4      "),
        ("wide", 256 + 216, "99999999"),
    ] {
        let mut bytes = file("", "1", "1", &[ICP], &[""]);
        bytes[at..at + text.len()].copy_from_slice(text.as_bytes());
        seeds.push((format!("{name}.edf"), bytes));
    }
    seeds
}
