//! Distributions of chance: the normal one, and the ratio of two variances.

/// The share of a standard normal distribution that lies below `z`.
///
/// By the incomplete gamma function, `Phi(z) = 1/2 (1 + sign(z) P(1/2, z^2/2))`; accurate to about 1e-14.
///
/// ```
/// assert!((cisterna_analysis::normal_cdf(1.959963985) - 0.975).abs() < 1e-9);
/// ```
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    let x = 0.5 * z * z;
    // Far out the tail is summed by itself, where the difference from one would lose it.
    let tail = if x < 1.5 { 1.0 - gamma_series(x) } else { gamma_tail(x) };
    if z < 0.0 { 0.5 * tail } else { 1.0 - 0.5 * tail }
}

/// The place below which the share `p` of a standard normal distribution lies; infinite at 0 and 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if p.is_nan() || p <= 0.0 || p >= 1.0 {
        return if p <= 0.0 {
            f64::NEG_INFINITY
        } else if p >= 1.0 {
            f64::INFINITY
        } else {
            f64::NAN
        };
    }
    bisect(-40.0, 40.0, |z| normal_cdf(z) < p)
}

/// The place below which the share `p` of the distribution of F lies, with `above` and `below` degrees of freedom.
#[must_use]
pub fn f_quantile(p: f64, above: f64, below: f64) -> f64 {
    let share = bisect(0.0, 1.0, |x| beta_share(0.5 * above, 0.5 * below, x) < p);
    below * share / (above * (1.0 - share)).max(f64::MIN_POSITIVE)
}

/// Where `is_below` changes from true to false.
fn bisect(mut low: f64, mut high: f64, is_below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if is_below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// `P(1/2, x)` by its series.
fn gamma_series(x: f64) -> f64 {
    let (mut term, mut sum, mut n) = (2.0, 2.0, 0.5);
    while term > 1e-17 * sum {
        n += 1.0;
        term *= x / n;
        sum += term;
    }
    sum * (x.sqrt() * (-x).exp()) / std::f64::consts::PI.sqrt()
}

/// `1 - P(1/2, x)` by its continued fraction (Lentz).
fn gamma_tail(x: f64) -> f64 {
    let a = 0.5;
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1e300, 1.0 / b);
    let mut fraction = d;
    for n in 1..200 {
        let an = -f64::from(n) * (f64::from(n) - a);
        b += 2.0;
        d = 1.0 / (an * d + b);
        c = b + an / c;
        let step = d * c;
        fraction *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction * x.sqrt() * (-x).exp() / std::f64::consts::PI.sqrt()
}

/// The share of a beta distribution that lies below `x`, by its continued fraction (Lentz).
fn beta_share(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    let front = (log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let kept = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / kept(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..500 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / kept(1.0 + even * d);
        c = kept(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / kept(1.0 + odd * d);
        c = kept(1.0 + odd / c);
        fraction *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

/// The logarithm of the gamma function for `x > 0`: Stirling's series beyond 8, brought there by `x Gamma(x)`.
fn log_gamma(mut x: f64) -> f64 {
    let mut taken = 0.0;
    while x < 8.0 {
        taken += x.ln();
        x += 1.0;
    }
    let square = x * x;
    let series =
        (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / (1680.0 * square)) / square) / square) / x;
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series - taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_distribution_as_tables_print_it() {
        for (z, share) in [(0.0, 0.5), (1.0, 0.841_344_746), (-2.0, 0.022_750_132), (3.0, 0.998_650_102)] {
            assert!((normal_cdf(z) - share).abs() < 1e-9, "{z}: {}", normal_cdf(z));
        }
        assert!((normal_cdf(-6.0) / 9.865_876_45e-10 - 1.0).abs() < 1e-8);
        for p in [1e-6, 0.1, 0.5, 0.75, 0.999] {
            assert!((normal_cdf(normal_quantile(p)) - p).abs() < 1e-12);
        }
        assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn the_ratio_of_variances_as_tables_print_it() {
        for (p, above, below, printed) in [
            (0.95, 5.0, 10.0, 3.326),
            (0.975, 5.0, 15.0, 3.576),
            (0.975, 15.0, 5.0, 6.428),
            (0.95, 1.0, 1.0, 161.45),
        ] {
            let found = f_quantile(p, above, below);
            assert!((found / printed - 1.0).abs() < 2e-4, "{above}, {below}: {found}");
        }
    }
}
