//! Where a report says that one can ask.

use codebook::Pattern;
use model::{Contact, Span};

use super::Sources;
use super::patterns::{self, PATTERNS};
use crate::formulas::head;
use crate::line::Line;

/// Lines that a contact block can take.
const MOST_LINES: usize = 8;
/// Characters of a line that are looked at.
const LONGEST: usize = 2_000;

/// The contact of a report: the first line that says an address, a number to call or to write to, and
/// the lines right behind it that go on.
pub(crate) fn contact(sources: &Sources<'_>) -> Option<Contact> {
    let body: Vec<&Line<'_>> = sources
        .lines
        .iter()
        .filter(|line| line.in_body && !line.is_table && !line.text.is_empty())
        .collect();
    let start = body.iter().position(|line| begins(line.text))?;
    let mut contact = Contact::default();
    for line in body.get(start..)?.iter().take(MOST_LINES) {
        let text = head(line.text, LONGEST);
        if !add(&mut contact, text, sources) {
            break;
        }
        contact.spans.push(Span {
            block: line.block,
            start: 0,
            end: line.text.len(),
        });
    }
    (!contact.spans.is_empty()).then_some(contact)
}

/// The address to ask at, without the rest.
pub(super) fn address(sources: &Sources<'_>) -> Option<String> {
    let mut texts = sources.texts();
    texts.find_map(|text| first(&PATTERNS.contact.address, head(text, LONGEST)))
}

/// Whether a line tells how to reach somebody: an address, or a number or mailbox behind its label.
fn begins(text: &str) -> bool {
    // All patterns need one of these words: most lines are done here.
    let may = ["址", "电话", "联系", "邮", "@", "传真"];
    if !may.iter().any(|word| text.contains(word)) {
        return false;
    }
    let text = head(text, LONGEST);
    let patterns::Contact {
        address,
        postcode,
        phone,
        email,
        ..
    } = &PATTERNS.contact;
    [address, postcode, phone]
        .into_iter()
        .any(|patterns| first(patterns, text).is_some())
        || (first(email, text).is_some() && text.contains(['箱', '件', ':']))
}

/// Adds what a line says; false where it says nothing.
fn add(contact: &mut Contact, text: &str, sources: &Sources<'_>) -> bool {
    let before = contact.clone();
    let set = |slot: &mut Option<String>, patterns: &[Pattern]| {
        if slot.is_none() {
            *slot = first(patterns, text);
        }
    };
    set(&mut contact.address, &PATTERNS.contact.address);
    set(&mut contact.postcode, &PATTERNS.contact.postcode);
    set(&mut contact.fax, &PATTERNS.contact.fax);
    set(&mut contact.email, &PATTERNS.contact.email);
    set(&mut contact.site, &PATTERNS.contact.site);
    if contact.phones.is_empty()
        && let Some(numbers) = first(&PATTERNS.contact.phone, text)
    {
        let numbers = numbers.split(['、', ',', '/', ';']).map(str::trim);
        contact.phones = numbers.map(str::to_owned).collect();
    }
    if contact.office.is_none() {
        let lexicon = &sources.codebook.agencies;
        let found = PATTERNS
            .contact
            .office
            .iter()
            .flat_map(|pattern| pattern.captures_iter(text));
        let mut names = found.filter_map(|found| Some(found.get(1)?.as_str().to_owned()));
        contact.office = names.find(|name| lexicon.is_name(name));
    }
    // An office alone is a sentence about anything.
    let mut rest = contact.clone();
    rest.office.clone_from(&before.office);
    if rest == before {
        *contact = before;
        return false;
    }
    true
}

fn first(patterns: &[Pattern], text: &str) -> Option<String> {
    let mut found = patterns
        .iter()
        .filter_map(|pattern| pattern.captures(text)?.get(1));
    let found = found.next()?.as_str().trim();
    (!found.is_empty()).then(|| found.to_owned())
}
