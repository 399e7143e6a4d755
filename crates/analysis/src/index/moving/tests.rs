use crate::index::*;
use crate::testing::white;
use cisterna_recording::Channel;

/// Ten-second means of two channels with a known correlation, for some hours.
fn pair(seed: u64, correlation: f64, hours: usize) -> (Channel, Channel) {
    let x: Vec<f64> = (0..360 * hours).map(|i| white(2 * seed, i)).collect();
    let other = (1.0 - correlation * correlation).sqrt();
    let y =
        x.iter().enumerate().map(|(i, x)| 12.0 + correlation * x + other * white(2 * seed + 1, i)).collect();
    let x = x.iter().map(|x| 90.0 + 4.0 * x).collect();
    (Channel::new("icp", "mmHg", 0.0, 0.1, y), Channel::new("abp", "mmHg", 0.0, 0.1, x))
}

#[test]
fn a_known_correlation_is_found_and_its_interval_covers_it() {
    let mut covered = 0;
    for seed in 0..40 {
        let (icp, abp) = pair(seed, 0.6, 6);
        let found = prx(&icp, &abp, None);
        assert_eq!(
            (found.series.values.len(), found.series.start, found.series.rate),
            (356, 150.0, 1.0 / 60.0)
        );
        let estimate = found.summary.value.unwrap();
        assert!((estimate.value - 0.6).abs() < 0.06, "{}", estimate.value);
        let (low, high) = estimate.interval.unwrap();
        // A correlation of thirty pairs is too small by r (1 - r^2) / 2n on average.
        covered += usize::from((low..high).contains(&(0.6 - 0.6 * 0.64 / 60.0)));
        let within = found.intervals.iter().filter(|(low, high)| (*low..*high).contains(&0.6)).count();
        assert!((0.88..0.995).contains(&(within as f64 / 356.0)), "{within}");
    }
    assert!(covered >= 33, "{covered} of 40");
}

#[test]
fn offset_scale_and_rate_do_not_matter() {
    let (icp, abp) = pair(1, -0.3, 3);
    let plain = prx(&icp, &abp, None);
    let changed = |channel: &Channel, offset: f64, scale: f64| {
        let values = channel.values.iter().map(|value| offset + scale * value).collect();
        Channel { values, ..channel.clone() }
    };
    let spread = |channel: &Channel, times: usize| Channel {
        values: channel.values.iter().flat_map(|value| std::iter::repeat_n(*value, times)).collect(),
        rate: channel.rate * times as f64,
        ..channel.clone()
    };
    for (icp, abp) in [
        (changed(&icp, 500.0, 1.0), abp.clone()),
        (changed(&icp, 0.0, 0.1), changed(&abp, -80.0, 7.0)),
        (spread(&icp, 100), spread(&abp, 625)),
    ] {
        for (left, right) in prx(&icp, &abp, None).series.values.iter().zip(&plain.series.values) {
            assert!((left - right).abs() < 1e-9, "{left} {right}");
        }
    }
    for (left, right) in
        prx(&changed(&icp, 0.0, -1.0), &abp, None).series.values.iter().zip(&plain.series.values)
    {
        assert!((left + right).abs() < 1e-9);
    }
}

#[test]
fn missing_constant_and_short_have_their_reasons() {
    let (icp, abp) = pair(3, 0.5, 2);
    let flat = Channel { values: vec![80.0; 720], ..abp.clone() };
    let reason = |found: OverTime| found.summary.value.unwrap_err();
    assert!(reason(rap(&icp, &flat, None)).contains("one of the two does not vary"));
    let short = Channel { values: abp.values[..20].to_vec(), ..abp.clone() };
    assert!(reason(pax(&short, &abp, None)).contains("lasts 200 s and a window 300 s"));
    let nothing = Channel { values: vec![f64::NAN; 720], ..abp.clone() };
    assert!(reason(mx(&icp, &nothing, None)).contains("holds 50 % of its data"));
    let mut holed = icp.clone();
    holed.values[100..400].fill(f64::NAN);
    let found = prx(&holed, &abp, None);
    assert!(found.series.values[30].is_nan() && found.series.values[0].is_finite());
    assert!((found.summary.valid_fraction - 420.0 / 720.0).abs() < 1e-9);
    let slow = Channel { rate: 1.0 / 60.0, ..abp.clone() };
    assert!(reason(prx(&icp, &slow, None)).contains("one value every 60.000 s"));
    let none = Settings { window: 0.0, step: 60.0, least_valid: 0.5 };
    assert!(reason(prx(&icp, &abp, Some(none))).contains("longer than nothing"));
}

#[test]
fn perfusion_pressure_says_of_which_level() {
    let channel = |name: &str, value: f64| Channel::new(name, "mmHg", 0.0, 1.0, vec![value; 3600]);
    let (icp, abp) = (channel("icp", 12.0), channel("abp", 90.0));
    assert_eq!(cpp(&icp, &abp, ArterialZero::Meatus, None).summary.number(), Some(78.0));
    let raised = cpp(&icp, &abp, ArterialZero::Heart { meatus_above_cm: 15.0 }, None);
    // 15 cm of blood are 11.7 mmHg.
    assert!((raised.summary.number().unwrap() - 66.3).abs() < 0.02, "{}", raised.summary);
    assert!(raised.series.label.contains("less 11.7 mmHg for 15 cm"), "{}", raised.series.label);
    assert_eq!(mean_icp(&icp, None).summary.number(), Some(12.0));
}

#[test]
fn the_dose_is_time_and_area_above_a_level() {
    // An hour at 25 mmHg, an hour at 15, an hour not recorded.
    let values = [vec![25.0; 360], vec![15.0; 360], vec![f64::NAN; 360]].concat();
    let icp = Channel::new("icp", "mmHg", 0.0, 0.1, values);
    let dose = icp_dose(&icp, 20.0);
    let numbers: Vec<f64> = dose.iter().map(|figure| figure.number().unwrap()).collect();
    assert!((numbers[0] - 1.0).abs() < 1e-9 && (numbers[1] - 50.0).abs() < 1e-9);
    assert!((numbers[2] - 5.0).abs() < 1e-9 && dose[2].unit == "mmHg h");
    assert!((dose[0].valid_fraction - 2.0 / 3.0).abs() < 1e-9);
    let nothing = Channel { values: vec![f64::NAN; 100], ..icp };
    assert!(icp_dose(&nothing, 22.0)[0].value.is_err());
}
