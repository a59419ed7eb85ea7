//! Files that tests are made of.

/// An `indicators.toml` of one indicator.
pub(crate) const INDICATORS: &str = r#"
[[indicator]]
id = "visits"
name = "Visits"
label = "访问量"
definition = "Visits."
unit = "次"
value_type = "count"
first_year = 2010
last_year = 2012
source = "K"
"#;
