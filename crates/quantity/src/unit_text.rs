//! The grammar of unit expressions: `mmHg s/mL`, `mmHg/(mL/min)`, `mL/(100 g min)`.
//!
//! ```text
//! product  = term { ("/" | "·" | "*" | space) term }
//! term     = number | symbol [ "^" integer | "²" | "³" ] | "(" product ")"
//! ```
//! After a `/` a further factor must be divided by again or stand in parentheses: whether
//! `mL/min mmHg` means one or the other is for the writer to say.

use crate::dimension::Dimension;
use crate::error::ParseError;
use crate::number;
use crate::scale::Scale;
use crate::symbols::{is_symbol_letter, look_up, nearest_symbol};

/// Longer texts are no units; the limit also bounds nesting and exponents.
const LONGEST_UNIT: usize = 80;
const HIGHEST_POWER: u16 = 9;

/// Size in SI and dimension.
type Size = (Scale, Dimension);

/// Reads a whole unit expression.
pub(crate) fn read(text: &str) -> Result<Size, ParseError> {
    if text.len() > LONGEST_UNIT {
        return Err(ParseError::new(0..text.len(), format!("a unit of {} bytes is too long", text.len()))
            .help(format!("at most {LONGEST_UNIT} are read")));
    }
    let mut reader = Reader { text, position: 0 };
    reader.skip_space();
    if reader.peek().is_none() {
        return Err(ParseError::new(0..text.len(), "the unit is missing"));
    }
    let size = reader.product()?;
    match reader.peek() {
        None => Ok(size),
        Some(')') => Err(reader.complaint("`)` without its `(`")),
        Some(_) => Err(reader.complaint("this is not part of a unit")),
    }
}

struct Reader<'a> {
    text: &'a str,
    position: usize,
}

impl Reader<'_> {
    fn product(&mut self) -> Result<Size, ParseError> {
        let mut size = self.term()?;
        let mut divided = false;
        loop {
            let start = self.position;
            self.skip_space();
            match self.peek() {
                Some('/') => {
                    self.advance('/');
                    self.skip_space();
                    let (scale, dimension) = self.term()?;
                    size = (size.0.times(scale.inverse()), size.1.per(dimension));
                    divided = true;
                }
                Some(letter) if starts_factor(letter) => {
                    if divided {
                        return Err(self.ambiguous(start));
                    }
                    if is_times_sign(letter) {
                        self.advance(letter);
                        self.skip_space();
                    }
                    let (scale, dimension) = self.term()?;
                    size = (size.0.times(scale), size.1.times(dimension));
                }
                _ => return Ok(size),
            }
        }
    }

    fn term(&mut self) -> Result<Size, ParseError> {
        match self.peek() {
            Some('(') => {
                let open = self.position;
                self.advance('(');
                self.skip_space();
                let size = self.product()?;
                if self.peek() != Some(')') {
                    return Err(ParseError::new(open..open + 1, "`(` without its `)`"));
                }
                self.advance(')');
                Ok(size)
            }
            Some(digit) if digit.is_ascii_digit() => self.number(),
            Some(letter) if is_symbol_letter(letter) => self.symbol(),
            Some(_) => Err(self.complaint("a unit was expected here")),
            None => Err(ParseError::new(
                self.text.len()..self.text.len(),
                "the unit ends where another was expected",
            )),
        }
    }

    fn number(&mut self) -> Result<Size, ParseError> {
        let start = self.position;
        let (value, length) = number::scan(self.rest()).map_err(|error| error.shifted(start))?;
        self.position += length;
        if value > 0.0 {
            Ok((Scale::new(value, 1.0, 0, 0), Dimension::NUMBER))
        } else {
            Err(ParseError::new(start..self.position, "a factor of zero makes no unit"))
        }
    }

    fn symbol(&mut self) -> Result<Size, ParseError> {
        let start = self.position;
        let rest = self.rest();
        let length = rest.find(|letter| !is_symbol_letter(letter)).unwrap_or(rest.len());
        let word = &rest[..length];
        let (scale, dimension) = look_up(word).ok_or_else(|| {
            let error = ParseError::new(start..start + length, format!("`{word}` is no unit"));
            match nearest_symbol(word) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error,
            }
        })?;
        self.position += length;
        let exponent = self.exponent()?;
        Ok((scale.power(exponent), dimension.power(exponent)))
    }

    fn exponent(&mut self) -> Result<i16, ParseError> {
        let raised = match self.peek() {
            Some('²') => Some(('²', 2)),
            Some('³') => Some(('³', 3)),
            _ => None,
        };
        if let Some((sign, power)) = raised {
            self.advance(sign);
            return Ok(power);
        }
        if self.peek() != Some('^') {
            return Ok(1);
        }
        let start = self.position;
        self.advance('^');
        let negative = self.peek() == Some('-');
        if negative {
            self.advance('-');
        }
        let rest = self.rest();
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let power: Option<i16> = rest[..digits].parse().ok();
        self.position += digits;
        match power {
            Some(power) if (1..=HIGHEST_POWER).contains(&power.unsigned_abs()) => {
                Ok(if negative { -power } else { power })
            }
            _ => Err(ParseError::new(
                start..self.position,
                format!("a power is a whole number from 1 to {HIGHEST_POWER}, as in `s^2` or `s^-1`"),
            )),
        }
    }

    fn ambiguous(&self, start: usize) -> ParseError {
        ParseError::new(start..self.text.len(), "a factor after `/` can be read in two ways")
            .help("write `a/(b c)` to divide by it, or put it before the `/`")
    }

    fn complaint(&self, message: &str) -> ParseError {
        let width = self.peek().map_or(0, char::len_utf8);
        ParseError::new(self.position..self.position + width, message)
    }

    fn rest(&self) -> &str {
        &self.text[self.position..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn advance(&mut self, over: char) {
        self.position += over.len_utf8();
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.position += rest.len() - rest.trim_start().len();
    }
}

fn is_times_sign(letter: char) -> bool {
    matches!(letter, '*' | '·' | '⋅' | '×')
}

fn starts_factor(letter: char) -> bool {
    is_symbol_letter(letter) || letter == '(' || is_times_sign(letter)
}
