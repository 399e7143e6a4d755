//! Every table and EDF file of the folder of real recordings: what it holds was written down with other programs
//! (pandas, NumPy, edfio) before this crate read it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod common;

use cisterna_recording::{MarkKind, Recording, open, open_pieces};
use common::recordings;

/// A file: rate (Hz), samples a channel, gaps, and of each channel name, unit, mean and numbers.
struct Expected {
    file: &'static str,
    rate: f64,
    samples: usize,
    gaps: usize,
    channels: &'static [(&'static str, &'static str, f64, usize)],
}

const EVEN: [Expected; 14] = [
    Expected {
        file: "waveformtools/abp_125Hz_40s.csv",
        rate: 125.0,
        samples: 5000,
        gaps: 0,
        channels: &[("abp", "mmHg", 94.1262375, 5000)],
    },
    Expected {
        file: "waveformtools/sample_record2_waves_125Hz.csv",
        rate: 125.0,
        samples: 156_128,
        gaps: 1,
        channels: &[
            ("abp", "mmHg", 66.494149, 156_096),
            ("cvp", "mmHg", 6.37292075, 156_096),
            ("pleth", "au", 43.5601361, 156_096),
        ],
    },
    Expected {
        file: "waveformtools/sample_record2_ecg_500Hz.csv.gz",
        rate: 500.0,
        samples: 624_512,
        gaps: 1,
        channels: &[("ecg_ii", "mV", -0.00473818195, 624_384)],
    },
    Expected {
        file: "waveformtools/sample_record2_ventilator_50Hz.csv",
        rate: 50.025002,
        samples: 62_117,
        gaps: 0,
        channels: &[
            ("airway_pressure", "mbar", 9.28525251, 62_117),
            ("airway_flow", "L/min", -0.17101017, 62_117),
            ("inspiration_number", "", 164.854243, 62_117),
        ],
    },
    Expected {
        file: "clintools/testdata_1000Hz.csv",
        rate: 1000.0,
        samples: 336_029,
        gaps: 0,
        channels: &[
            ("abp", "mmHg", 80.7445845, 336_029),
            ("mcav", "cm/s", 51.7152778, 336_029),
            ("hr", "1/min", 117.09252, 336_029),
        ],
    },
    Expected {
        file: "clintools/testdata_10Hz.csv",
        rate: 10.0,
        samples: 3361,
        gaps: 0,
        channels: &[
            ("abp", "mmHg", 80.7429631, 3361),
            ("mcav", "cm/s", 51.7117388, 3361),
            ("hr", "1/min", 117.09217, 3361),
        ],
    },
    Expected {
        file: "clintools/tfa_sample_data.csv",
        rate: 10.0,
        samples: 3072,
        gaps: 0,
        channels: &[
            ("abp", "mmHg", 70.0035789, 3072),
            ("mcav_left", "cm/s", 64.9327027, 3072),
            ("mcav_right", "cm/s", 61.5967303, 3072),
            ("etco2", "kPa", 5.34277324, 3072),
            ("mn", "", 2.0, 3072),
        ],
    },
    Expected {
        file: "clintools/tfa_sample_data_1.csv",
        rate: 10.0,
        samples: 3000,
        gaps: 0,
        channels: &[
            ("abp", "mmHg", 84.030499, 3000),
            ("mcav_left", "cm/s", 68.6304553, 3000),
            ("mcav_right", "cm/s", 74.0304527, 3000),
            ("etco2", "kPa", 4.7924469, 3000),
            ("mn", "", 1.0, 3000),
        ],
    },
    Expected {
        file: "clintools/tfa_sample_data_2.csv",
        rate: 10.0,
        samples: 3014,
        gaps: 0,
        channels: &[
            ("abp", "mmHg", 77.1531877, 3014),
            ("mcav_left", "cm/s", 65.3553786, 3014),
            ("mcav_right", "cm/s", 0.0, 3014),
            ("etco2", "kPa", 4.19165265, 3014),
            ("mn", "", 2.0, 3014),
        ],
    },
    Expected {
        file: "wfdb_sample/03700181_abp_resp_125Hz.csv",
        rate: 125.0,
        samples: 75_000,
        gaps: 0,
        channels: &[("abp", "mmHg", 33.4428136, 75_000), ("resp", "au", -0.186519901, 74_996)],
    },
    Expected {
        file: "wfdb_sample/multi-segment_041s_125Hz.csv",
        rate: 125.0,
        samples: 2000,
        gaps: 0,
        channels: &[
            ("III", "mV", 0.01621725, 2000),
            ("I", "mV", -0.00061175, 2000),
            ("V", "mV", 2.65e-05, 2000),
            ("ABP", "mmHg", 56.0626, 2000),
            ("PAP", "mmHg", 20.587275, 2000),
            ("PLETH", "mV", -0.180448, 2000),
            ("RESP", "mV", -0.25265, 2000),
        ],
    },
    Expected {
        file: "biosppy/ecg.txt",
        rate: 1000.0,
        samples: 15_000,
        gaps: 0,
        channels: &[("ECG", "", 2_053.456_933_333, 15_000)],
    },
    Expected {
        file: "biosppy/ppg.txt",
        rate: 1000.0,
        samples: 20_000,
        gaps: 0,
        channels: &[("PPG", "", 2057.8298, 20_000)],
    },
    Expected {
        file: "biosppy/resp.txt",
        rate: 1000.0,
        samples: 60_000,
        gaps: 0,
        channels: &[("Resp", "", 2308.29345, 60_000)],
    },
];

/// Digitised curves: file, name, unit, mean and number of points.
const CURVES: [(&str, &str, &str, f64, usize); 13] = [
    ("Brachial_Blood_Pressure_BPAX", "column 2", "", 84.868828444, 225),
    // Two pairs of its 38 points share a time.
    ("Systemic_Blood_Pressure_FigureTrace", "column 2", "", 84.835494444, 36),
    ("Systemic_Blood_Pressure", "Pressure", "mmHg", 76.1581942, 3600),
    ("AlveolarPressure_Guyton", "AlveolarPressure", "cmH2O", -0.0533684336, 61),
    ("PleuralPressure_Guyton", "PleuralPressure", "cmH2O", -6.13031976, 63),
    ("LungVolume_Guyton", "LungVolume", "L", 0.252411615, 51),
    ("CoughFlow", "Airflow", "L/s", 0.693622425, 40),
    ("Hypercapnia_Respiratory", "RespirationRate", "1/min", 15.4246037, 82),
    ("Hypercapnia_TidalVolume", "TidalVolume", "mL", 1045.02849, 66),
    ("Hypercapnia_Ventilation", "TotalPulmonaryVentilation", "L/min", 16.454185, 84),
    ("Hypoxia_Respiratory", "RespirationRate", "1/min", 12.6495943, 40),
    ("Hypoxia_TidalVolume", "TidalVolume", "mL", 701.70333, 38),
    ("Hypoxia_Ventilation", "TotalPulmonaryVentilation", "L/min", 7.9068403, 39),
];

fn mean(values: &[f64]) -> (f64, usize) {
    let numbers = values.iter().filter(|value| !value.is_nan());
    let count = numbers.clone().count();
    (numbers.sum::<f64>() / count as f64, count)
}

fn close(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= 1e-8 + 1e-8 * wanted.abs()
}

fn read(path: &std::path::Path) -> Recording {
    open(path).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_even_table_holds_what_other_programs_find_in_it() {
    let Some(folder) = recordings() else { return };
    for expected in EVEN {
        let recording = read(&folder.join(expected.file));
        let file = expected.file;
        let named: Vec<_> = recording.channels.iter().map(|c| (c.name.as_str(), c.unit.as_str())).collect();
        assert_eq!(named, expected.channels.iter().map(|c| (c.0, c.1)).collect::<Vec<_>>(), "{file}");
        assert_eq!(recording.marks_of(MarkKind::Gap).count(), expected.gaps, "{file}");
        for (channel, wanted) in recording.channels.iter().zip(expected.channels) {
            assert!((channel.rate / expected.rate - 1.0).abs() < 1e-6, "{file}: {} Hz", channel.rate);
            assert_eq!(channel.values.len(), expected.samples, "{file}");
            let (mean, count) = mean(&channel.values);
            assert!(close(mean, wanted.2) && count == wanted.3, "{file} {}: {mean}, {count}", wanted.0);
        }
    }
}

#[test]
fn digitised_curves_keep_every_point_and_say_that_they_are_uneven() {
    let Some(folder) = recordings() else { return };
    for (file, name, unit, wanted, points) in CURVES {
        let recording = read(&folder.join(format!("biogears_curves/{file}.csv")));
        let channel = &recording.channels[0];
        assert_eq!((channel.name.as_str(), channel.unit.as_str()), (name, unit), "{file}");
        let (mean, count) = mean(&channel.values);
        assert!(close(mean, wanted) && count == points, "{file}: {mean}, {count}");
        let told =
            |(key, text): &(String, String)| key == "time jitter" || text.starts_with("uneven sampling");
        assert!(recording.provenance.iter().any(told), "{file}: {:?}", recording.provenance);
    }
    let cuff = read(&folder.join("biogears_curves/Systemic_Blood_Pressure.csv"));
    assert!((cuff.channels[0].rate - 360.0).abs() < 0.02, "{} Hz", cuff.channels[0].rate);
}

/// Every number that the monitors gave: name, mean and count of values, and s between them.
const NUMERICS: [(&str, f64, usize, f64); 22] = [
    ("ABP_DIA", 50.1647541, 1220, 1.024),
    ("ABP_MEAN", 66.3647541, 1220, 1.024),
    ("ABP_SYS", 96.9114754, 1220, 1.024),
    ("BT_NASOPH", 36.2642125, 1220, 1.024),
    ("CVP_MEAN", 6.30655738, 1220, 1.024),
    ("ECG_HR", 75.8377049, 1220, 1.024),
    ("EEG_BIS", 49.2163934, 1220, 1.024),
    ("EMG_ELEC_POTL_MUSCL", 29.2106557, 1220, 1.024),
    ("Intellivue HR", 75.8008197, 1220, 1.024),
    ("PLETH_HR", 75.5803279, 1220, 1.024),
    ("PLETH_SAT_O2", 97.0353298, 1220, 1.024),
    ("PPV", 6.65245902, 1220, 1.024),
    ("ART_MBP", 65.1538462, 65, 20.0),
    ("CI", 2.61076923, 65, 20.0),
    ("CO", 4.60153848, 65, 20.0),
    ("CVP", 5.984375, 64, 20.0),
    ("EV1000 HR", 76.2923077, 65, 20.0),
    ("SV", 60.6615385, 65, 20.0),
    ("SVI", 34.5384615, 65, 20.0),
    ("SVR", 1027.43077, 65, 20.0),
    ("SVRI", 1808.21538, 65, 20.0),
    ("SVV", 6.72923078, 65, 20.0),
];

#[test]
fn a_long_table_of_numerics_has_every_value_of_every_signal() {
    let Some(folder) = recordings() else { return };
    let recording = read(&folder.join("waveformtools/sample_record2_numerics_long.csv"));
    let names: Vec<_> = recording.channels.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(recording.channels.len(), NUMERICS.len(), "{names:?} {:?}", recording.provenance);
    for (name, wanted, values, step) in NUMERICS {
        let channel = recording.channel(name).unwrap_or_else(|| panic!("no {name} in {names:?}"));
        let (mean, count) = mean(&channel.values);
        assert!((mean / wanted - 1.0).abs() < 1e-8 && count == values, "{name}: {mean}, {count}");
        if step < 2.0 {
            assert!((channel.rate * step - 1.0).abs() < 1e-6, "{name}: {} Hz", channel.rate);
        }
    }
}

#[test]
fn tables_of_events_and_of_periods_are_marks() {
    let Some(folder) = recordings() else { return };
    let events = read(&folder.join("waveformtools/sample_record2_events.csv"));
    assert_eq!((events.channels.len(), events.marks.len()), (0, 15));
    assert_eq!((events.marks[0].start, events.marks[0].label.as_str()), (12.762, "RR: 13, Vt: 7.5"));
    assert_eq!(
        (events.marks[14].start, events.marks[14].label.as_str()),
        (1010.222, "fluid administration end")
    );
    let periods = read(&folder.join("clintools/testdata_artefact_periods.csv"));
    assert_eq!((periods.channels.len(), periods.marks.len()), (0, 88));
    // The rows of the file do not stand in order: its first and its last.
    for wanted in [(889.56, 891.84), (1233.9295, 1234.0295)] {
        assert!(periods.marks.iter().any(|mark| (mark.start, mark.end) == wanted), "{wanted:?}");
    }
    assert!(periods.marks.is_sorted_by(|a, b| a.start <= b.start));
}

#[test]
fn edf_files_hold_what_edfio_finds_in_them() {
    let Some(folder) = recordings() else { return };
    let generator = read(&folder.join("wfdb_sample/test_generator_2.edf"));
    let wanted = [
        ("squarewave", 0.0152590219),
        ("ramp", -0.484626535),
        ("pulse", 2.01480125),
        ("ECG", 0.0205996796),
        ("noise", 49.5127392),
        ("sine 1 Hz", 0.0152590219),
        ("sine 8 Hz", 0.0152590219),
        ("sine 8.5 Hz", 0.0152590219),
        ("sine 15 Hz", 0.0152590219),
        ("sine 17 Hz", 0.0152590219),
        ("sine 50 Hz", 0.0152590219),
    ];
    assert_eq!(generator.channels.len(), wanted.len());
    for (channel, (name, wanted)) in generator.channels.iter().zip(wanted) {
        let (mean, count) = mean(&channel.values);
        assert_eq!((channel.name.as_str(), channel.rate, count), (name, 200.0, 120_000));
        assert!(close(mean, wanted), "{name}: {mean}");
    }
    let events: Vec<_> = generator.marks.iter().map(|mark| (mark.start, mark.label.as_str())).collect();
    assert_eq!(events, [(0.0, "RECORD START"), (600.0, "REC STOP")]);
    let at = ("recorded at".to_owned(), "2009-12-10T12:44:02".to_owned());
    assert!(generator.provenance.contains(&at), "{:?}", generator.provenance);

    let sleep = read(&folder.join("wfdb_sample/test_edfann.edf"));
    assert_eq!((sleep.channels.len(), sleep.marks.len()), (0, 856));
    assert_eq!((sleep.marks[1].start, sleep.marks[1].end), (30.0, 60.0));
    assert_eq!(sleep.marks[2].label, "Lights off@@EEG F4-A1");
}

#[test]
fn what_is_no_even_table_is_refused_with_the_place() {
    let Some(folder) = recordings() else { return };
    for (file, told) in [
        (
            "biogears_curves/PulmonaryCompliance_Guyton.csv",
            "no column of time among `PleuralPressure(cmH2O)`",
        ),
        ("biogears_curves/CO2_PP_and_Saturation.csv", "no column of time among `PartialPP`"),
        ("waveformtools/abp.rda", "this is packed with bzip2"),
        ("waveformtools/sample_record2.rda", "this is packed with"),
        ("clintools/testdata.rda", "this is packed with xz"),
        ("clintools/tfa_sample_data.rda", "this is packed with"),
        ("clifford_icu/TestICUdata.mat", "this is a MATLAB file"),
        ("wfdb_sample/a103l.mat", "the header beside it, `a103l.hea`"),
        ("wfdb_sample/100.atr", "the header beside it, `100.hea`"),
        ("biogears_curves/LICENSE.txt", "this is no table: no row holds numbers"),
    ] {
        match open(&folder.join(file)) {
            Ok(recording) => panic!("{file} was read: {:?}", recording.provenance),
            Err(refusal) => assert!(refusal.to_string().contains(told), "{refusal}"),
        }
    }
}

#[test]
fn pieces_of_ten_seconds_join_to_the_whole() {
    let Some(folder) = recordings() else { return };
    for file in ["waveformtools/sample_record2_waves_125Hz.csv", "wfdb_sample/test_generator_2.edf"] {
        let whole = read(&folder.join(file));
        let mut joined: Vec<Vec<u64>> = vec![Vec::new(); whole.channels.len()];
        let mut marks = 0;
        for piece in open_pieces(&folder.join(file), 10.0).unwrap() {
            let piece = piece.unwrap();
            marks += piece.marks.len();
            for (joined, channel) in joined.iter_mut().zip(&piece.channels) {
                assert!(channel.values.len() <= (10.0 * channel.rate).ceil() as usize);
                joined.extend(channel.values.iter().map(|value| value.to_bits()));
            }
        }
        for (joined, channel) in joined.iter().zip(&whole.channels) {
            assert!(
                joined.iter().copied().eq(channel.values.iter().map(|v| v.to_bits())),
                "{}",
                channel.name
            );
        }
        assert_eq!(marks, whole.marks.len(), "{file}");
    }
}
