//! Units against published conversion figures and the spellings of laboratories.

use cisterna_quantity::{Dimension, Quantity, Unit, display, exact_number, parse_unit, short_number};

/// The canonical value; a refused text gives NaN, which equals nothing.
fn read(text: &str, dimension: Dimension) -> f64 {
    Quantity::parse(text, dimension).unwrap_or(f64::NAN)
}

fn complaint(text: &str, dimension: Dimension) -> String {
    Quantity::parse(text, dimension)
        .map_or_else(|error| error.to_string(), |value| format!("{text} was read as {value}"))
}

fn near(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{found} is not {expected}");
}

#[test]
fn pressures_of_the_bedside_manometer_and_the_si_agree() {
    near(read("133.322387415 Pa", Dimension::PRESSURE), 1.0, 1e-15);
    near(read("1 cmH2O", Dimension::PRESSURE), 0.735_559, 1e-6);
    near(read("100 mmH2O", Dimension::PRESSURE), 7.355_59, 1e-6);
    near(read("1 kPa", Dimension::PRESSURE), 7.500_62, 1e-6);
    near(read("1 mbar", Dimension::PRESSURE), 0.750_062, 1e-6);
    // The torr differs from the conventional mmHg by 1.4e-7 (NIST SP 811).
    near(read("1 Torr", Dimension::PRESSURE), 1.0 - 1.425e-7, 1e-9);
    near(read("1 atm", Dimension::PRESSURE), 760.0, 2e-7);
}

#[test]
fn formation_of_a_third_of_a_millilitre_a_minute_is_half_a_litre_a_day() {
    let formation = read("0.35 mL/min", Dimension::FLOW);
    assert_eq!(formation, 0.35 / 60.0);
    near(read("504 mL/day", Dimension::FLOW), formation, 1e-15);
    near(read("21 mL/h", Dimension::FLOW), formation, 1e-15);
    near(read("350 µL/min", Dimension::FLOW), formation, 1e-15);
    near(read("350 μL/min", Dimension::FLOW), formation, 1e-15);
    near(read("0.00035 l/min", Dimension::FLOW), formation, 1e-15);
    assert_eq!(read("6 L/min", Dimension::FLOW), 100.0);
}

#[test]
fn outflow_resistance_converts_exactly() {
    assert_eq!(read("8.6 mmHg/(mL/min)", Dimension::RESISTANCE), 516.0);
    assert_eq!(read("8.6 mmHg min/mL", Dimension::RESISTANCE), 516.0);
    assert_eq!(read("1 PRU", Dimension::RESISTANCE), 1.0);
    // 1 mmHg s/mL = 1.333224e8 Pa s/m^3.
    near(read("1.333224e8 Pa s/m^3", Dimension::RESISTANCE), 1.0, 1e-6);
    near(read("0.1 mL/(min mmHg)", Dimension::CONDUCTANCE), 1.0 / 600.0, 1e-15);
    assert_eq!(
        read("0.1 mL/min/mmHg", Dimension::CONDUCTANCE),
        read("0.1 mL/(min mmHg)", Dimension::CONDUCTANCE)
    );
}

#[test]
fn walls_and_inertia_have_their_units() {
    assert_eq!(read("0.02 mL/mmHg", Dimension::COMPLIANCE), 0.02);
    near(read("1 mL/cmH2O", Dimension::COMPLIANCE), 1.359_51, 1e-6);
    assert_eq!(read("2.5 mmHg/mL", Dimension::ELASTANCE), 2.5);
    assert_eq!(read("0.11 1/mL", Dimension::PER_VOLUME), 0.11);
    assert_eq!(read("11 %/mL", Dimension::PER_VOLUME), 0.11);
    // rho L / A of water in a tube of 1 m and 1 cm^2: 1e7 kg/m^4 = 0.0750062 mmHg s^2/mL.
    near(read("1e7 kg/m^4", Dimension::INERTANCE), 0.075_006_2, 1e-6);
    assert_eq!(read("0.003 mmHg s²/mL", Dimension::INERTANCE), 0.003);
    assert_eq!(read("0.003 mmHg·s^2·mL^-1", Dimension::INERTANCE), 0.003);
}

#[test]
fn everyday_units_reach_their_canonical_one() {
    assert_eq!(read("72 bpm", Dimension::FREQUENCY), 1.2);
    assert_eq!(read("15 1/min", Dimension::FREQUENCY), 0.25);
    assert_eq!(read("0.1 Hz", Dimension::FREQUENCY), 0.1);
    assert_eq!(read("2 h", Dimension::TIME), 7200.0);
    assert_eq!(read("5ms", Dimension::TIME), 0.005);
    assert_eq!(read("180 deg", Dimension::ANGLE), std::f64::consts::PI);
    assert_eq!(read("-90°", Dimension::ANGLE), -std::f64::consts::FRAC_PI_2);
    assert_eq!(read("1.0 cm", Dimension::LENGTH), 10.0);
    assert_eq!(read("3 cm^2", Dimension::AREA), 300.0);
    assert_eq!(read("1000 mm^3", Dimension::VOLUME), 1.0);
    near(read("1.007 g/mL", Dimension::DENSITY), 1007.0, 1e-15);
    near(read("0.7 cP", Dimension::VISCOSITY), 0.7, 1e-15);
    near(read("1 dyn", Dimension::FORCE), 1e-5, 1e-15);
    assert_eq!(read("9.80665 m/s^2", Dimension::ACCELERATION), 9.80665);
    near(read("1 J", Dimension::ENERGY), 7500.62, 1e-6);
    near(read("20 mL/dL", Dimension::NUMBER), 0.2, 1e-15);
    near(read("50 mL/(100 g min)", Dimension::PERFUSION), 0.5 / 60.0, 1e-15);
    near(read("1.2 mmol/L", Dimension::CONCENTRATION), 0.0012, 1e-15);
    assert_eq!(read("44 %", Dimension::NUMBER), 0.44);
    assert_eq!(read("0.44", Dimension::NUMBER), 0.44);
}

#[test]
fn uncommon_combinations_are_read_and_named_too() {
    let power = parse_unit("mmHg^2/Hz").unwrap();
    assert_eq!(power.dimension(), Dimension::PRESSURE.power(2).times(Dimension::TIME));
    assert_eq!(power.dimension().canonical_unit(), "mmHg^2 s");
    assert_eq!(power.factor(), 1.0);
    let gain = parse_unit("s/(mmHg min)").unwrap();
    assert_eq!(gain.dimension(), Dimension::PER_PRESSURE);
    let wave = parse_unit("1/m").unwrap();
    assert_eq!(wave.dimension().canonical_unit(), "1/mm");
    assert_eq!(wave.factor(), 1e-3);
}

#[test]
fn every_listed_unit_has_the_dimension_under_which_it_is_listed() {
    let named = [
        Dimension::NUMBER,
        Dimension::LENGTH,
        Dimension::AREA,
        Dimension::VOLUME,
        Dimension::MASS,
        Dimension::TIME,
        Dimension::AMOUNT,
        Dimension::ANGLE,
        Dimension::FREQUENCY,
        Dimension::ANGULAR_VELOCITY,
        Dimension::VELOCITY,
        Dimension::ACCELERATION,
        Dimension::FORCE,
        Dimension::STIFFNESS,
        Dimension::PRESSURE,
        Dimension::ENERGY,
        Dimension::DENSITY,
        Dimension::VISCOSITY,
        Dimension::FLOW,
        Dimension::PERFUSION,
        Dimension::RESISTANCE,
        Dimension::CONDUCTANCE,
        Dimension::INERTANCE,
        Dimension::COMPLIANCE,
        Dimension::ELASTANCE,
        Dimension::ELASTANCE_RATE,
        Dimension::PRESSURE_RATE,
        Dimension::PER_VOLUME,
        Dimension::PER_PRESSURE,
        Dimension::CONCENTRATION,
    ];
    for dimension in named {
        assert!(dimension.name().is_some(), "{dimension:?} has no name");
        for text in dimension.usual_units() {
            let unit = parse_unit(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(unit.dimension(), dimension, "{text}");
        }
        let canonical = parse_unit(&dimension.canonical_unit()).unwrap();
        assert_eq!(canonical.factor(), 1.0, "{dimension}");
        assert_eq!(canonical, Unit::canonical(dimension));
    }
}

#[test]
fn a_wrong_dimension_names_both_and_the_nearest_spelling() {
    assert_eq!(
        complaint("0.35 L", Dimension::FLOW),
        "`L` is a volume, not a flow; a flow is written in \
         mL/s, mL/min, mL/h, mL/day, L/min, uL/min, uL/s"
    );
    let spoken = complaint("10 mmHg/mL/min", Dimension::RESISTANCE);
    assert!(spoken.contains("is an elastance rate, not a resistance"), "{spoken}");
    assert!(spoken.contains("did you mean `mmHg/(mL/min)`?"), "{spoken}");
}

#[test]
fn misspelt_units_are_led_home() {
    for (text, dimension, meant) in [
        ("10 mmhg", Dimension::PRESSURE, "`mmHg`"),
        ("10 mm Hg", Dimension::PRESSURE, "`mmHg`"),
        ("10 cm H2O", Dimension::PRESSURE, "`cmH2O`"),
        ("0.35 ml/mn", Dimension::FLOW, "`mL/min`"),
        ("3 seconds", Dimension::TIME, "`s`"),
        ("3 days", Dimension::TIME, "`day`"),
        ("30 degrees", Dimension::ANGLE, "`deg`"),
        ("3 m3", Dimension::VOLUME, "`m^3`"),
        ("2 cc", Dimension::VOLUME, "`mL`"),
    ] {
        let message = complaint(text, dimension);
        assert!(message.contains(&format!("did you mean {meant}?")), "{text}: {message}");
    }
    let foreign = complaint("1 mk", Dimension::PRESSURE);
    assert!(!foreign.contains("did you mean"), "{foreign}");
}

#[test]
fn complaints_point_at_the_place() {
    for (text, dimension, at) in [
        ("1.0 mL/mn", Dimension::FLOW, "mn"),
        ("  x mL", Dimension::VOLUME, "x"),
        ("1,5 mL", Dimension::VOLUME, "1,5"),
        ("12 parsec", Dimension::LENGTH, "parsec"),
        ("1 mL/(s", Dimension::FLOW, "("),
        ("1 mmHg^0", Dimension::PRESSURE, "^0"),
        ("3 mL", Dimension::PRESSURE, "mL"),
        ("nan mL", Dimension::VOLUME, "nan"),
        ("1e999 mL", Dimension::VOLUME, "1e999"),
        ("30", Dimension::ANGLE, ""),
    ] {
        let error = Quantity::parse(text, dimension).unwrap_err();
        assert_eq!(&text[error.span.clone()], at, "{text}: {error}");
    }
}

#[test]
fn a_factor_after_a_slash_is_refused_because_it_has_two_readings() {
    for text in ["1 mL/min mmHg", "1 mL/100 g/min", "1 mmHg/mL·s"] {
        let error = Quantity::parse_any(text).unwrap_err();
        assert!(error.message.contains("two ways"), "{text}: {error}");
    }
}

#[test]
fn numbers_print_with_the_digits_that_matter() {
    for (value, text) in [
        (0.375_4, "0.375"),
        (0.38, "0.38"),
        (516.0, "516"),
        (1234.4, "1234"),
        (12.34, "12.3"),
        (99.97, "100"),
        (1.0, "1"),
        (-0.0, "0"),
        (-2.504, "-2.5"),
        (0.001_234, "0.00123"),
        (1.5e-5, "1.5e-5"),
        (2e7, "2e7"),
        (1333.6e5, "1.33e8"),
    ] {
        assert_eq!(short_number(value), text);
    }
    assert_eq!(exact_number(0.1), "0.1");
    assert_eq!(exact_number(516.0), "516");
}

#[test]
fn values_print_in_the_unit_of_choice() {
    let per_minute = parse_unit("mL/min").unwrap();
    assert_eq!(per_minute.show(0.375 / 60.0), "0.375 mL/min");
    assert_eq!(display(12.04, Dimension::PRESSURE), "12 mmHg");
    assert_eq!(display(0.5, Dimension::NUMBER), "0.5");
    assert_eq!(parse_unit("%").unwrap().show(0.44), "44%");
    assert_eq!(Quantity::parse_any("72 bpm").unwrap().to_string(), "1.2 1/s");
}
