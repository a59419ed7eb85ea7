//! Formulas of rules: a small language over indicators, and its parser.
//!
//! ```text
//! formula    = expression, { ( "=" | "<=" ), expression }, [ "where", condition, { "and", condition } ] ;
//! condition  = ( "level" | "body" ), "=", word, { "or", word } ;
//! expression = term, { ( "+" | "-" ), term } ;
//! term       = factor, { ( "*" | "/" ), factor } ;
//! factor     = number | selector | ( "sum" | "max" ), "(", selector, ")"
//!            | "first", "(", selector, { ",", selector }, ")" ;
//! selector   = indicator, [ "[", dimension, "=", value, { ",", dimension, "=", value }, "]" ],
//!              [ "@", ( "prose" | "previous" | "parts" ) ] ;
//! ```
//!
//! A selector may also be `value`, `whole`, `share`, `growth`, `former` or `parts`: what the text pairs with one reading.
//!
//! `indicator` is an id, `it` (the indicator that the rule's `each` stands for) or an id ending in
//! `.*`; a value may end in `*`. Both stand only inside `sum` and `max`.

/// A formula: expressions with relations between them, all of which must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// As written in the file.
    pub text: String,
    /// A break does not prove an error: the finding asks for a look.
    pub soft: bool,
    /// The first expression.
    pub first: Expression,
    /// What follows it: `= b`, `<= c`.
    pub rest: Vec<(Relation, Expression)>,
    /// The agencies that it holds for; all, where empty.
    pub conditions: Vec<Condition>,
}

/// What an agency must be for a formula to hold: `level = county or township`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Which property of the agency.
    pub property: AgencyProperty,
    /// The words of the record for it, any of which will do.
    pub values: Vec<String>,
}

/// A property of an agency, as records state it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgencyProperty {
    /// `national`, `province`, `city`, `county`, `township`.
    Level,
    /// `government`, `department`, `vertical` and so on.
    Body,
}

/// A relation between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equal,
    /// `<=`
    AtMost,
}

/// A sum of terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Terms in order.
    pub terms: Vec<Term>,
}

/// A product with a sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Subtracted.
    pub negative: bool,
    /// The first factor.
    pub first: Factor,
    /// What it is multiplied with, or (`true`) divided by.
    pub rest: Vec<(bool, Factor)>,
}

/// A number or a choice of readings.
#[derive(Debug, Clone, PartialEq)]
pub enum Factor {
    /// A constant.
    Number(f64),
    /// One value.
    Single(Selector),
    /// The sum of all values selected.
    Sum(Selector),
    /// The largest of all values selected.
    Max(Selector),
    /// The first of several that the report has.
    First(Vec<Selector>),
}

/// Which indicator, with which dimensions, from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// An id, `it`, or a prefix with `.*`.
    pub indicator: String,
    /// Dimensions stated, with a value or a prefix with `*`.
    pub dimensions: Vec<(String, String)>,
    /// Where the value is taken from.
    pub source: Source,
}

/// Where a value is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// What the rule says: cells of its forms, or prose.
    #[default]
    Rule,
    /// Prose of the same report.
    Prose,
    /// The same agency's report of the year before.
    Previous,
    /// The sum over the reports of the agencies below.
    Parts,
}

/// Names of formulas over what the text pairs: the reading, its whole, the percent that it is of it, the percent by
/// which it has grown, what it was before, and all parts of its closed list.
const PAIRED: [&str; 6] = ["value", "whole", "share", "growth", "former", "parts"];

impl Selector {
    /// Whether it names what the text pairs with a reading.
    pub fn is_paired(&self) -> bool {
        PAIRED.contains(&self.indicator.as_str())
    }

    /// Whether it can select more than one value.
    pub fn is_pattern(&self) -> bool {
        self.indicator.ends_with('*') || self.dimensions.iter().any(|(_, v)| v.ends_with('*'))
    }

    /// Whether an indicator id is meant.
    pub fn selects(&self, id: &str, it: Option<&str>) -> bool {
        match (self.indicator.as_str(), it) {
            ("it", Some(it)) => it == id,
            (pattern, _) => matches(pattern, id),
        }
    }
}

/// Whether a pattern (`a.b`, `a.*`, `org.*`, `*`) matches a name.
pub fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => pattern == name,
    }
}

impl Formula {
    /// All selectors, in order.
    pub fn selectors(&self) -> impl Iterator<Item = &Selector> {
        let expressions = self.rest.iter().map(|(_, expression)| expression);
        std::iter::once(&self.first)
            .chain(expressions)
            .flat_map(Expression::selectors)
    }

    /// Parses a formula; the error says what was expected and where.
    pub(crate) fn parse(text: &str, soft: bool) -> Result<Self, String> {
        let mut tokens = Tokens::of(text)?;
        let first = tokens.expression()?;
        let mut rest = Vec::new();
        let mut conditions = Vec::new();
        while let Some(token) = tokens.next() {
            let relation = match token {
                "=" => Relation::Equal,
                "<=" => Relation::AtMost,
                "where" => {
                    conditions = tokens.conditions()?;
                    break;
                }
                other => return Err(format!("`{other}` stands where `=` or `<=` was expected")),
            };
            rest.push((relation, tokens.expression()?));
        }
        if rest.is_empty() {
            return Err("it has no `=` and no `<=`".to_owned());
        }
        let formula = Self {
            text: text.to_owned(),
            soft,
            first,
            rest,
            conditions,
        };
        Ok(formula)
    }
}

impl Expression {
    /// All selectors, in order.
    pub fn selectors(&self) -> impl Iterator<Item = &Selector> {
        self.terms.iter().flat_map(|term| {
            let factors = term.rest.iter().map(|(_, factor)| factor);
            std::iter::once(&term.first)
                .chain(factors)
                .flat_map(Factor::selectors)
        })
    }
}

impl Factor {
    fn selectors(&self) -> &[Selector] {
        match self {
            Self::Number(_) => &[],
            Self::Single(one) | Self::Sum(one) | Self::Max(one) => std::slice::from_ref(one),
            Self::First(several) => several,
        }
    }
}

/// What records call levels of agencies.
const LEVELS: [&str; 5] = ["national", "province", "city", "county", "township"];

/// What records call kinds of bodies.
const BODIES: [&str; 10] = [
    "government",
    "department",
    "vertical",
    "functional_area",
    "court",
    "education",
    "health",
    "enterprise",
    "association",
    "institution",
];

/// The words of a formula, and a place among them.
struct Tokens<'a> {
    words: std::iter::Peekable<std::vec::IntoIter<&'a str>>,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a str) -> Result<Self, String> {
        let mut words = Vec::new();
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let word = |c: char| c.is_ascii_alphanumeric() || "_.".contains(c);
            let length = if word(first) {
                let name = rest.find(|c| !word(c)).unwrap_or(rest.len());
                // `a.*` and `org.*` are one word; `a * b` is a product.
                let (name_text, after) = rest.split_at(name);
                name + usize::from(name_text.ends_with('.') && after.starts_with('*'))
            } else if rest.starts_with("<=") {
                2
            } else if "=+-*/()[],@".contains(first) {
                1
            } else {
                return Err(format!("`{first}` has no meaning in a formula"));
            };
            let (token, after) = rest.split_at(length);
            words.push(token);
            rest = after.trim_start();
        }
        Ok(Self {
            words: words.into_iter().peekable(),
        })
    }

    fn next(&mut self) -> Option<&'a str> {
        self.words.next()
    }

    fn take(&mut self, word: &str) -> bool {
        self.words.next_if(|next| *next == word).is_some()
    }

    fn expect(&mut self, word: &str) -> Result<(), String> {
        match self.next() {
            Some(next) if next == word => Ok(()),
            Some(next) => Err(format!("`{next}` stands where `{word}` was expected")),
            None => Err(format!("it ends where `{word}` was expected")),
        }
    }

    fn name(&mut self, what: &str) -> Result<&'a str, String> {
        match self.next() {
            Some(name) if name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '*') => {
                Ok(name)
            }
            Some(other) => Err(format!("`{other}` stands where {what} was expected")),
            None => Err(format!("it ends where {what} was expected")),
        }
    }

    fn conditions(&mut self) -> Result<Vec<Condition>, String> {
        let mut conditions = Vec::new();
        loop {
            let (property, known) = match self.name("level or body")? {
                "level" => (AgencyProperty::Level, &LEVELS[..]),
                "body" => (AgencyProperty::Body, &BODIES[..]),
                other => return Err(format!("agencies have no property `{other}`")),
            };
            self.expect("=")?;
            let mut values = Vec::new();
            loop {
                let value = self.name("a value")?;
                if !known.contains(&value) {
                    let known = known.join(", ");
                    return Err(format!("`{value}` is none of {known}"));
                }
                values.push(value.to_owned());
                if !self.take("or") {
                    break;
                }
            }
            conditions.push(Condition { property, values });
            match self.next() {
                Some("and") => {}
                Some(other) => return Err(format!("`{other}` stands behind a condition")),
                None => return Ok(conditions),
            }
        }
    }

    fn expression(&mut self) -> Result<Expression, String> {
        let mut terms = vec![self.term(false)?];
        loop {
            if self.take("+") {
                terms.push(self.term(false)?);
            } else if self.take("-") {
                terms.push(self.term(true)?);
            } else {
                return Ok(Expression { terms });
            }
        }
    }

    fn term(&mut self, negative: bool) -> Result<Term, String> {
        let first = self.factor()?;
        let mut rest = Vec::new();
        loop {
            if self.take("*") {
                rest.push((false, self.factor()?));
            } else if self.take("/") {
                rest.push((true, self.factor()?));
            } else {
                return Ok(Term {
                    negative,
                    first,
                    rest,
                });
            }
        }
    }

    fn factor(&mut self) -> Result<Factor, String> {
        let name = self.name("an indicator or a number")?;
        if let Ok(number) = name.parse() {
            return Ok(Factor::Number(number));
        }
        let factor = match name {
            "sum" | "max" => {
                self.expect("(")?;
                let inner = self.name("an indicator")?;
                let selector = self.selector(inner)?;
                if name == "sum" {
                    Factor::Sum(selector)
                } else {
                    Factor::Max(selector)
                }
            }
            "first" => {
                self.expect("(")?;
                let mut several = Vec::new();
                loop {
                    let inner = self.name("an indicator")?;
                    several.push(self.selector(inner)?);
                    if !self.take(",") {
                        break Factor::First(several);
                    }
                }
            }
            _ => {
                let selector = self.selector(name)?;
                if selector.is_pattern() {
                    return Err(format!(
                        "`{name}` selects several values outside sum() or max()"
                    ));
                }
                return Ok(Factor::Single(selector));
            }
        };
        self.expect(")")?;
        Ok(factor)
    }

    fn selector(&mut self, indicator: &str) -> Result<Selector, String> {
        let mut dimensions = Vec::new();
        if self.take("[") {
            loop {
                let dimension = self.name("a dimension")?.to_owned();
                self.expect("=")?;
                let value = if self.take("*") {
                    "*"
                } else {
                    self.name("a value")?
                };
                dimensions.push((dimension, value.to_owned()));
                if !self.take(",") {
                    break;
                }
            }
            self.expect("]")?;
        }
        let source = if self.take("@") {
            match self.name("prose, previous or parts")? {
                "prose" => Source::Prose,
                "previous" => Source::Previous,
                "parts" => Source::Parts,
                other => return Err(format!("there is no source `{other}`")),
            }
        } else {
            Source::Rule
        };
        Ok(Selector {
            indicator: indicator.to_owned(),
            dimensions,
            source,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_products_and_chains_are_read() {
        let formula = Formula::parse(
            "max(a.b[channel=*]) <= a.total = sum(a.*) + 100 * a.c[x=org.*,y=1] / a.d@prose - 2",
            false,
        );
        // A pattern outside sum() could select several values.
        assert!(formula.unwrap_err().contains("outside sum()"));
        let formula = Formula::parse(
            "max(a.b[channel=*]) <= a.total = sum(a.*) + 100 * a.c[y=1] / a.d@prose - 2",
            false,
        )
        .unwrap();
        assert_eq!(formula.rest.len(), 2);
        let last = &formula.rest[1].1;
        assert_eq!(last.terms.len(), 3);
        assert!(last.terms[2].negative);
        assert_eq!(last.terms[1].rest.len(), 2);
        assert_eq!(formula.selectors().count(), 5);
        assert_eq!(formula.selectors().last().unwrap().source, Source::Prose);
    }

    #[test]
    fn conditions_name_the_agencies() {
        let formula = Formula::parse(
            "a[x=1] = 0 where body = department and level = city or county",
            true,
        )
        .unwrap();
        assert_eq!(formula.conditions.len(), 2);
        assert_eq!(formula.conditions[0].property, AgencyProperty::Body);
        assert_eq!(formula.conditions[1].values, ["city", "county"]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let wrong = |text: &str| Formula::parse(text, false).unwrap_err();
        assert!(wrong("a + b").contains("no `=`"));
        assert!(wrong("a = ").contains("it ends"));
        assert!(wrong("a = sum(b").contains("`)` was expected"));
        assert!(wrong("a == b").contains("`=` stands"));
        assert!(wrong("a = b $ c").contains("`$`"));
        assert!(wrong("a = b@nowhere").contains("nowhere"));
        assert!(wrong("a = b where size = county").contains("no property `size`"));
        assert!(wrong("a = b where level = big").contains("`big` is none of national"));
        assert!(wrong("a = b where level = city c").contains("behind a condition"));
    }

    #[test]
    fn a_pattern_matches_what_begins_with_it() {
        assert!(matches("requests.*", "requests.received"));
        assert!(!matches("requests.*", "requests"));
        assert!(matches("*", "anything"));
        assert!(!matches("org", "org.other"));
    }
}
