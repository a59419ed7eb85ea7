//! How many operators a page comes to, forms painted in forms, counted before any is run: the engine stops at none of
//! its own, and ten forms that each paint the next ten times are 10^10.

use std::collections::HashMap;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

use crate::Limits;

/// What of a page is run.
pub(super) struct Runnable<'p> {
    /// Its content as far as it is run.
    pub(super) content: &'p [u8],
    /// Whether what annotations paint is run too.
    pub(super) annotations: bool,
    /// Why the rest is not.
    pub(super) cut: Option<Bound>,
}

/// What ended a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Operators,
    FormDepth,
}

/// Bytes of the shortest operator, with what parts it from the next.
const SHORTEST: usize = 2;

/// What of a page may be run.
pub(super) fn runnable<'p>(page: &'p Page<'_>, limits: &Limits) -> Runnable<'p> {
    let content = page.page_stream().unwrap_or_default();
    let resources = page.resources();
    let painted = appearances(page);
    let mut runnable = Runnable {
        content,
        annotations: true,
        cut: None,
    };
    let few = content.len() / SHORTEST <= limits.operators;
    if few && painted.is_empty() && !has_forms(resources) {
        return runnable;
    }
    let mut costs = Costs::new(limits);
    let mut left = limits.operators;
    let (mut kept, mut operators) = (0, TypedIter::new(content));
    while let Some(operator) = operators.next() {
        match costs.operator(&operator, resources, None) {
            Ok((cost, _)) if cost <= left => left -= cost,
            Ok(_) => runnable.cut = Some(Bound::Operators),
            Err(bound) => runnable.cut = Some(bound),
        }
        if runnable.cut.is_some() {
            runnable.content = first(content, kept);
            runnable.annotations = false;
            return runnable;
        }
        kept += 1;
    }
    for form in painted {
        match costs.form(&form, resources, None) {
            Ok((cost, _)) if cost <= left => left -= cost,
            cost => {
                runnable.annotations = false;
                runnable.cut = Some(cost.err().unwrap_or(Bound::Operators));
                break;
            }
        }
    }
    runnable
}

/// Content up to so many operators, or a few less where it is long: where an operator ends, only reading tells.
fn first(content: &[u8], operators: usize) -> &[u8] {
    let prefix = |length: usize| content.get(..length).unwrap_or_default();
    let (mut enough, mut many) = (0, content.len());
    while many - enough > (content.len() >> 8).max(1) {
        let middle = enough + (many - enough) / 2;
        if count(prefix(middle), operators + 1) <= operators {
            enough = middle;
        } else {
            many = middle;
        }
    }
    prefix(enough)
}

/// The operators of content, up to a bound.
fn count(content: &[u8], bound: usize) -> usize {
    let mut operators = TypedIter::new(content);
    let mut count = 0;
    while count < bound && operators.next().is_some() {
        count += 1;
    }
    count
}

fn is_form(object: &Dict<'_>) -> bool {
    let subtype = object.get::<Name<'_>>("Subtype");
    subtype.is_some_and(|subtype| subtype.as_ref() == b"Form")
}

fn has_forms(resources: &Resources<'_>) -> bool {
    let names = resources.x_objects.keys();
    names
        .filter_map(|name| resources.get_x_object(&name))
        .any(|object| is_form(object.dict()))
}

/// The forms by which annotations are painted, in any of their states.
fn appearances<'a>(page: &Page<'a>) -> Vec<Stream<'a>> {
    let annotations = page.raw().get::<Array<'a>>("Annots").into_iter();
    let appearances = annotations
        .flat_map(|annotations| annotations.iter::<Dict<'a>>())
        .filter_map(|annotation| annotation.get::<Dict<'a>>("AP")?.get::<Object<'a>>("N"));
    let mut found = Vec::new();
    for appearance in appearances {
        match appearance {
            Object::Stream(form) => found.push(form),
            Object::Dict(states) => {
                let names = states.keys().collect::<Vec<_>>();
                found.extend(
                    names
                        .iter()
                        .filter_map(|name| states.get::<Stream<'a>>(name)),
                );
            }
            _ => {}
        }
    }
    found
}

/// A form, and the form whose resources it takes where it has none of its own (none: the page).
type Key = (ObjectIdentifier, Option<ObjectIdentifier>);

/// What forms of a page come to, each found once.
struct Costs<'l> {
    limits: &'l Limits,
    known: HashMap<Key, (usize, usize)>,
    /// The forms that are being looked at, outermost first.
    open: Vec<ObjectIdentifier>,
}

impl<'l> Costs<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            known: HashMap::new(),
            open: Vec::new(),
        }
    }

    /// What an operator comes to: one, and the form that it paints, and how deep forms go in it.
    fn operator(
        &mut self,
        operator: &TypedInstruction<'_, '_>,
        resources: &Resources<'_>,
        owner: Option<ObjectIdentifier>,
    ) -> Result<(usize, usize), Bound> {
        let TypedInstruction::XObject(painted) = operator else {
            return Ok((1, 0));
        };
        match resources.get_x_object(painted.0) {
            Some(form) if is_form(form.dict()) => {
                let (cost, depth) = self.form(&form, resources, owner)?;
                Ok((cost.saturating_add(1), depth))
            }
            _ => Ok((1, 0)),
        }
    }

    /// The operators of a form and how deep the forms in it go; a form in itself goes deeper than any bound.
    fn form(
        &mut self,
        form: &Stream<'_>,
        inherited: &Resources<'_>,
        owner: Option<ObjectIdentifier>,
    ) -> Result<(usize, usize), Bound> {
        let own = form.dict().get::<Dict<'_>>("Resources");
        let id = form.obj_id();
        let owner = if own.is_some() { Some(id) } else { owner };
        if let Some(known) = self.known.get(&(id, owner)) {
            let (_, depth) = known;
            return if self.open.len() + depth > self.limits.form_depth {
                Err(Bound::FormDepth)
            } else {
                Ok(*known)
            };
        }
        if self.open.contains(&id) || self.open.len() >= self.limits.form_depth {
            return Err(Bound::FormDepth);
        }
        let Ok(content) = form.decoded_data() else {
            return Ok((0, 0));
        };
        let own = own.map(Resources::new);
        let resources = own.as_ref().unwrap_or(inherited);
        self.open.push(id);
        let found = self.content(&content, resources, owner);
        self.open.pop();
        let found = found?;
        self.known.insert((id, owner), found);
        Ok(found)
    }

    fn content(
        &mut self,
        content: &[u8],
        resources: &Resources<'_>,
        owner: Option<ObjectIdentifier>,
    ) -> Result<(usize, usize), Bound> {
        let (mut all, mut deepest) = (0_usize, 0);
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            let (cost, depth) = self.operator(&operator, resources, owner)?;
            all = all.saturating_add(cost);
            deepest = deepest.max(depth);
            if all > self.limits.operators {
                return Err(Bound::Operators);
            }
        }
        Ok((all, deepest + 1))
    }
}

#[cfg(test)]
mod tests {
    use hayro_interpret::hayro_syntax::Pdf;

    use super::*;

    /// A page of this content, and forms of theirs, each of which knows all by its number.
    fn page(content: &str, forms: &[&str]) -> Pdf {
        let names: String = (0..forms.len())
            .map(|n| format!("/F{n} {} 0 R ", n + 5))
            .collect();
        let mut file = format!(
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
             2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
             3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << {names}>> >> >>\n\
             endobj\n4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n",
            content.len()
        );
        for (form, number) in forms.iter().zip(5..) {
            file += &format!(
                "{number} 0 obj\n<< /Subtype /Form /BBox [0 0 9 9] /Length {} >>\nstream\n{form}\n\
                 endstream\nendobj\n",
                form.len()
            );
        }
        Pdf::new((file + "trailer\n<< /Root 1 0 R >>\n").into_bytes()).unwrap()
    }

    fn run(pdf: &Pdf, operators: usize, form_depth: usize) -> (String, Option<Bound>) {
        let limits = Limits {
            operators,
            form_depth,
            ..Limits::default()
        };
        let runnable = runnable(&pdf.pages()[0], &limits);
        (
            String::from_utf8_lossy(runnable.content).trim().to_owned(),
            runnable.cut,
        )
    }

    #[test]
    fn content_is_cut_where_it_has_its_operators() {
        let pdf = page("q 1 0 0 1 0 0 cm Q BT ET", &[]);
        assert_eq!(run(&pdf, 5, 9), ("q 1 0 0 1 0 0 cm Q BT ET".into(), None));
        assert_eq!(
            run(&pdf, 3, 9),
            ("q 1 0 0 1 0 0 cm Q".into(), Some(Bound::Operators))
        );
    }

    #[test]
    fn a_form_counts_each_time_that_it_is_painted() {
        let pdf = page("q /F0 Do Q", &["/F1 Do /F1 Do", "q Q"]);
        // 3 of the page, 2 of the first form, twice 2 of the second.
        assert_eq!(run(&pdf, 9, 9).1, None);
        assert_eq!(run(&pdf, 8, 9), ("q /F0 Do".into(), Some(Bound::Operators)));
        assert_eq!(run(&pdf, 7, 9).1, Some(Bound::Operators));
        let ten = "/F1 Do ".repeat(10);
        let pdf = page(
            "/F0 Do",
            &[&ten, &ten.replace('1', "2"), &ten.replace('1', "3"), "q"],
        );
        assert_eq!(run(&pdf, 1_112, 9).1, Some(Bound::Operators));
    }

    #[test]
    fn a_form_in_itself_ends_the_page() {
        let pdf = page("q Q /F0 Do BT ET", &["/F1 Do", "/F0 Do"]);
        let (content, cut) = run(&pdf, 1_000, 50);
        assert_eq!(cut, Some(Bound::FormDepth));
        assert!(
            content.starts_with("q Q") && !content.contains("Do"),
            "{content}"
        );
        let pdf = page("/F0 Do", &["/F1 Do", "/F2 Do", "q"]);
        assert_eq!(run(&pdf, 1_000, 3).1, None);
        assert_eq!(run(&pdf, 1_000, 2).1, Some(Bound::FormDepth));
        // Known from a lower place, and too deep from a higher one.
        let pdf = page("/F2 Do /F0 Do", &["/F1 Do", "/F2 Do", "/F3 Do", "q"]);
        assert_eq!(run(&pdf, 1_000, 3).1, Some(Bound::FormDepth));
    }
}
