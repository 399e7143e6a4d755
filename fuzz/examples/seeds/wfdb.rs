//! WFDB records: headers with their signal files, each behind a line `@@ NAME`.

use crate::Seeds;
use crate::flac::stream;

/// Files in one input.
fn record(files: &[(&str, &[u8])]) -> Vec<u8> {
    let file = |(name, bytes): &(&str, &[u8])| [b"\n@@ ", name.as_bytes(), b"\n", bytes].concat();
    files.iter().flat_map(file).collect()
}

pub fn seeds() -> Seeds {
    let mut seeds = of_each_format();
    seeds.extend(compressed());
    seeds.extend(of_segments());
    seeds.extend(refused());
    seeds
}

fn of_each_format() -> Seeds {
    let data: Vec<u8> = (0..120).map(|byte: u8| byte.wrapping_mul(37)).collect();
    let formats = [
        "0", "8", "16", "24", "32", "61", "80", "160", "212", "310", "311", "16x3:2+4", "8:1", "212x2",
        "310:3", "80x4+1",
    ];
    let two = |format: &str| {
        format!(
            "# before\nx 2 250/24000(7) 8 15:08:24 12/11/1999\nx.dat {format} 200(7)/mV 12 0 1 2 0 I\n\
             x.dat {format} 10/mmHg 12 5 1 2 0 ABP\n# 60 M\n"
        )
    };
    let mut seeds: Seeds = formats
        .iter()
        .map(|format| (two(format), format))
        .map(|(header, format)| {
            (format!("{format}.rec"), record(&[("x.hea", header.as_bytes()), ("x.dat", &data)]))
        })
        .collect();
    for (name, header) in [
        ("no-length", "x 1\nx.dat 16\n".to_owned()),
        ("no-gain", "x 2 125\nx.dat 16 0/mmHg 12 0 0 0 0 ABP\nx.dat 16\n".to_owned()),
        ("same-names", "x 2 125 9\nx.dat 16 1/mV 12 0 0 0 0 II\nx.dat 16 1/mV 12 0 0 0 0 II\n".to_owned()),
        ("two-skews", "x 2 125 4\nx.dat 16+2 1 0 0 0 0 0 a\nx.dat 16:1+2 1 0 0 0 0 0 b\n".to_owned()),
        ("two-rates", "x 2 125 2\nx.dat 16x2 1/mV 0 0 0 0 0 ECG\nx.dat 16 1/mmHg 0 0 0 0 0 ABP\n".to_owned()),
        ("two-files", "x 2 125 2\nx.dat 16\ny.dat 8 1/mmHg\n".to_owned()),
        ("wrong-sum", "x 1 125 3\nx.dat 8 1/mV 8 0 100 303 0 a\n".to_owned()),
    ] {
        let files = [("x.hea", header.as_bytes()), ("x.dat", &data[..]), ("y.dat", &data[..40])];
        seeds.push((format!("{name}.rec"), record(&files)));
    }
    seeds
}

fn compressed() -> Seeds {
    let wave = |size: i32, step: i32| (0..48).map(|i| (i * step) % size - size / 2).collect::<Vec<i32>>();
    let mut seeds = Seeds::new();
    for (format, bits, size) in [("508", 8, 100), ("516", 16, 3000), ("524", 24, 100_000), ("516x2", 16, 900)]
    {
        for (kind, block) in [("short", 16), ("one", 64)] {
            let flac = stream(&[wave(size, 7), vec![5; 48]], bits, block);
            let length = if format.contains('x') { 24 } else { 48 };
            for (told, count) in [("told", format!(" {length}")), ("open", String::new())] {
                let header = format!(
                    "x 2 250{count}\nx.dat {format} 1/mV 16 0 0 0 0 I\nx.dat {format} 1/mmHg 16 0 5 0 0 ABP\n"
                );
                let files = [("x.hea", header.as_bytes()), ("x.dat", &flac[..])];
                seeds.push((format!("{format}-{kind}-{told}.rec"), record(&files)));
            }
            let skewed = format!("x 2 250 20\nx.dat {format} 1\nx.dat {format}:2 1\n");
            let files = [("x.hea", skewed.as_bytes()), ("x.dat", &flac[..])];
            seeds.push((format!("{format}-{kind}-skewed.rec"), record(&files)));
            let short = [("x.hea", skewed.as_bytes()), ("x.dat", &flac[..flac.len() - 9])];
            seeds.push((format!("{format}-{kind}-cut.rec"), record(&short)));
        }
    }
    let flac = stream(&[wave(3000, 7)], 16, 16);
    for (name, format) in [("more-signals", "516"), ("fewer-bits", "508")] {
        let header = format!("x 2 250\nx.dat {format} 1\nx.dat {format} 1\n");
        seeds.push((format!("flac-{name}.rec"), record(&[("x.hea", header.as_bytes()), ("x.dat", &flac)])));
    }
    let header = b"x 1 250\nx.dat 508 1\n";
    seeds.push(("flac-wide.rec".to_owned(), record(&[("x.hea", header), ("x.dat", &flac)])));
    seeds
}

/// Segments: of a fixed and of a variable layout, missing, short, with another unit, rate, name or layout.
fn of_segments() -> Seeds {
    let parts: [(&str, &[u8]); 12] = [
        ("lay.hea", b"lay 2 125 0\n~ 0x2 1/mV 8 0 0 0 0 ECG\n~ 0 1/mmHg 8 0 0 0 0 ABP\n"),
        ("one.hea", b"one 1 125 2\none.dat 80x2 2/mV 8 0 -4 0 0 ECG\n"),
        ("one.dat", &[124, 126, 0, 130]),
        (
            "two.hea",
            b"two 2 125 2\ntwo.dat 80 10(-100)/mmHg 8 0 0 0 0 ABP\ntwo.dat 80x2 4/mV 8 0 0 0 0 ECG\n",
        ),
        ("two.dat", &[128, 132, 136, 138, 140, 144]),
        ("short.hea", b"short 1 125 3\nshort.dat 80 1/mV 8 0 0 0 0 ECG\n"),
        ("short.dat", &[131, 132]),
        ("kelvin.hea", b"kelvin 1 125 2\nkelvin.dat 80x2 1/K 8 0 0 0 0 ECG\n"),
        ("kelvin.dat", &[131, 132, 1, 2]),
        ("fast.hea", b"fast 1 500 2\none.dat 80 1/K\n"),
        ("nest.hea", b"nest/1 1 125 2\none 2\n"),
        ("bare.hea", b"bare 1 125 2\none.dat 80x2\n"),
    ];
    let mut seeds = Seeds::new();
    for (name, header) in [
        ("variable", "x/4 2 125 6\nlay 0\n~ 2\none 2\ntwo 2\n"),
        ("fixed", "x/2 1 125 4\none 2\none 2\n"),
        ("unfit", "x/6 1 125 99\none 2\ngone 2\nshort 3\nkelvin 2\nfast 2\nnest 2\n"),
        ("no-layout", "x/4 2 125 6\naway 0\none 2\ntwo 2\nkelvin 2\n"),
        ("bare", "x/2 1 125 4\nbare 2\none 2\n"),
        ("longer", "x/3 2 125 8\nlay 0\none 5\ntwo 3\n"),
        ("only-gaps", "x/2 1 125 4\n~ 2\ngone 2\n"),
        ("layout-alone", "x/1 2 125 0\nlay 0\n"),
        ("vast", "x/2 1 125 8\n~ 1152921504606846976\none 2\n"),
    ] {
        let mut files = vec![("x.hea", header.as_bytes())];
        files.extend(parts);
        seeds.push((format!("segments-{name}.rec"), record(&files)));
    }
    seeds.push(("layout.rec".to_owned(), record(&parts[..1])));
    seeds
}

fn refused() -> Seeds {
    let many: String = (0..17).map(|skew| format!("x.dat 16:{skew} 1\n")).collect();
    [
        "",
        "# nothing\n",
        "x\n",
        "x 0\n",
        "x one\n",
        "x/many 1\n",
        "x/99999999 1\n",
        "../x 1 250\n",
        "x 1 -5\nx.dat 16\n",
        "x 1 250 -9\nx.dat 16\n",
        "x 2\nx.dat 16\n",
        "x 1\nx.dat 16\nx.dat 16\n",
        "x/1 1 125 9\none 2\none 2\n",
        "x/3 1 125 9\none 2\n",
        "x/1 1 125 9\none\n",
        "x/1 1 125 9\n../one 9\n",
        "x 1\n../x 16\n",
        "x 1\nx.dat\n",
        "x 1\nx.dat 17\n",
        "x 1\nx.dat 16x0\n",
        "x 1\nx.dat 16y2\n",
        "x 1\nx.dat 16 1e300\n",
        "x 1\nx.dat 16 1(x)\n",
        "x 1\nx.dat 16 1 12 zero\n",
        "x 1\nx.dat 16+9999\n",
        "x 2\nx.dat 16x18446744073709551615\nx.dat 16\n",
        "x 1 250 1152921504606846976\nx.dat 16\n",
        "x 1 250 9\nx.dat 16x9223372036854775808\n",
        "x 2\nx.dat 16\nx.dat 212\n",
        "x 2\nx.dat 516\nx.dat 516x2\n",
        "x 1\nx.dat 0\n",
        "x 1\ngone.dat 16\n",
        "x 1 250 1\nx.dat 16 1 x y z\n",
    ]
    .iter()
    .map(|header| (*header).to_owned())
    .chain([format!("x 17\n{many}")])
    .enumerate()
    .map(|(number, header)| {
        let files = [("x.hea", header.as_bytes()), ("x.dat", &[1, 0, 2, 0][..])];
        (format!("refused-{number}.rec"), record(&files))
    })
    .collect()
}
