//! Products and quotients of unit strings: `mL/s` times `s` is `mL`, `mmHg` over `mL/min` is `mmHg min/mL`.

/// Units of time that cancel a second, with their length in s.
const TIMES: [(&str, f64); 5] =
    [("ms", 1e-3), ("min", 60.0), ("h", 3600.0), ("day", 86400.0), ("d", 86400.0)];

/// `left^left_power * right^right_power` as a unit, with the factor by which the number is to be multiplied
/// (other than 1 only where a second meets a minute, hour or day and both cancel).
pub(crate) fn product(left: &str, left_power: i32, right: &str, right_power: i32) -> (f64, String) {
    let mut symbols = Vec::new();
    collect(left, left_power, &mut symbols);
    collect(right, right_power, &mut symbols);
    let factor = cancel_seconds(&mut symbols);
    (factor, print(&symbols))
}

/// Adds the symbols of `unit` raised to `power`: a space or dot multiplies, a slash divides by the next symbol or
/// bracket, `^2` or a trailing digit is a power.
fn collect(unit: &str, power: i32, symbols: &mut Vec<(String, i32)>) {
    let (mut depth, mut sign, mut start) = (0_i32, 1, 0);
    let mut piece = |text: &str, sign: i32| {
        let text = text.trim();
        match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            Some(inner) => collect(inner, power * sign, symbols),
            None => add(text, power * sign, symbols),
        }
    };
    for (at, character) in unit.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            '/' | ' ' | '.' | '*' | '·' if depth == 0 => {
                piece(&unit[start..at], sign);
                start = at + character.len_utf8();
                sign = if character == '/' { -1 } else { 1 };
            }
            _ => {}
        }
    }
    piece(&unit[start..], sign);
}

/// Adds one symbol with its own power.
fn add(text: &str, power: i32, symbols: &mut Vec<(String, i32)>) {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let symbol = digits.trim_end_matches('-').trim_end_matches('^');
    let own: i32 = text[symbol.len()..].trim_start_matches('^').parse().unwrap_or(1);
    if symbol.is_empty() || symbol == "1" {
        return;
    }
    match symbols.iter_mut().find(|(known, _)| known == symbol) {
        Some((_, exponent)) => *exponent += own * power,
        None => symbols.push((symbol.to_owned(), own * power)),
    }
}

/// Lets seconds cancel against other units of time; returns the factor for the number.
fn cancel_seconds(symbols: &mut [(String, i32)]) -> f64 {
    let Some(second) = symbols.iter().position(|(symbol, power)| symbol == "s" && *power != 0) else {
        return 1.0;
    };
    let mut factor = 1.0;
    for (name, length) in TIMES {
        let Some(at) = symbols.iter().position(|(symbol, _)| symbol == name) else { continue };
        while symbols[second].1.signum() * symbols[at].1.signum() < 0 {
            let step = symbols[second].1.signum();
            factor /= f64::powi(length, step);
            symbols[second].1 -= step;
            symbols[at].1 += step;
        }
    }
    factor
}

/// The symbols as text: what multiplies in one row, then each divisor after its own slash.
fn print(symbols: &[(String, i32)]) -> String {
    let raised = |symbol: &str, power: i32| match power {
        1 => symbol.to_owned(),
        _ => format!("{symbol}^{power}"),
    };
    let above: Vec<String> = symbols.iter().filter(|(_, p)| *p > 0).map(|(s, p)| raised(s, *p)).collect();
    let below: Vec<String> =
        symbols.iter().filter(|(_, p)| *p < 0).map(|(s, p)| format!("/{}", raised(s, -*p))).collect();
    let above = if above.is_empty() { "1".to_owned() } else { above.join(" ") };
    above + &below.concat()
}

#[cfg(test)]
mod tests {
    use super::product;

    #[test]
    fn a_flow_over_seconds_is_a_volume() {
        assert_eq!(product("mL/s", 1, "s", 1), (1.0, "mL".into()));
        assert_eq!(product("mL/min", 1, "s", 1), (1.0 / 60.0, "mL".into()));
        assert_eq!(product("uL/h", 1, "s", 1), (1.0 / 3600.0, "uL".into()));
        assert_eq!(product("mmHg", 1, "s", 1), (1.0, "mmHg s".into()));
    }

    #[test]
    fn ratios_and_squares_read_as_in_the_literature() {
        assert_eq!(product("mmHg", 1, "mL", -1).1, "mmHg/mL");
        assert_eq!(product("mmHg", 1, "mL/min", -1).1, "mmHg min/mL");
        assert_eq!(product("mmHg", 1, "(mL/min)", -1).1, "mmHg min/mL");
        assert_eq!(product("mL/min", 1, "mmHg", -1).1, "mL/min/mmHg");
        assert_eq!(product("mmHg", 1, "mmHg", -1).1, "1");
        assert_eq!(product("mmHg", 1, "mmHg", 1).1, "mmHg^2");
        assert_eq!(product("mm2", 1, "s", -1).1, "mm^2/s");
        assert_eq!(product("m/s^2", 1, "s", 1).1, "m/s");
        assert_eq!(product("%", 1, "1", -1).1, "%");
        assert_eq!(product("1/min", 1, "s", -1).1, "1/min/s");
    }
}
