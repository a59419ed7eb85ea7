//! Documents that are read together: two passes before the extraction, and the pages of split reports
//! put together on the way to it.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::PathBuf;

use nianbao::{Input, Names, Role, Together};

use super::shard::Part;
use crate::config::Config;
use crate::exit::Failure;
use crate::input::{self, Bytes, Item, Place, printed};
use crate::interrupt::Interrupt;

/// Looks at all inputs of a run, those of other shards too: what the documents say of each other must not
/// depend on how the work is divided.
pub(super) fn look(
    places: &[Place],
    config: &Config,
    interrupt: &Interrupt,
) -> Result<Together, Failure> {
    let settings = &config.extraction;
    if !(settings.site_evidence || settings.join_pages) {
        return Ok(Together::default());
    }
    let visit = |take: &mut dyn FnMut(Item) -> ControlFlow<()>| {
        let bytes = settings.limits.bytes;
        // Who stops it knows.
        let _ = input::visit(places, &config.archives, bytes, &mut |item| {
            if interrupt.signal().is_some() {
                return ControlFlow::Break(());
            }
            take(item)
        });
    };
    let mut names = Names::default();
    visit(&mut |item| {
        if !matches!(item.bytes, Bytes::None(_)) {
            names.add(&item.input, settings);
        }
        ControlFlow::Continue(())
    });
    names.settle();
    if !names.want_anything() {
        return Ok(Together::default());
    }
    let mut looks = Vec::new();
    let produce = |submit: &mut dyn FnMut(Item) -> ControlFlow<()>| {
        visit(&mut |item| {
            if names.wanted(&item.input).any() {
                submit(item)
            } else {
                ControlFlow::Continue(())
            }
        });
    };
    let work = |item: Item| {
        let bytes = item.bytes.load(settings.limits.bytes).ok()?;
        let wanted = names.wanted(&item.input);
        Some(nianbao::look(&bytes, &item.input, wanted, settings))
    };
    nianbao::in_order(config.jobs, produce, work, |look| {
        looks.extend(look);
        ControlFlow::Continue(())
    })
    .map_err(|error| Failure::fatal(format!("cannot start threads: {error}")))?;
    Ok(Together::gather(looks))
}

/// On the way from the inputs to the extraction: gives each document what the others say of it, and puts
/// the pages of a split report together.
///
/// Pages that are files are submitted where the first of them stands. Those of archives, which are read as
/// streams, are held until the last of them has come.
pub(super) struct Submitter<'a> {
    together: &'a Together,
    part: Option<&'a mut Part>,
    /// Files that are pages of split reports.
    files: HashMap<String, PathBuf>,
    /// Pages that wait for others, by the path of the first.
    held: BTreeMap<String, Vec<(Input, Bytes)>>,
    submit: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
}

impl<'a> Submitter<'a> {
    pub(super) fn new(
        places: &[Place],
        together: &'a Together,
        part: Option<&'a mut Part>,
        submit: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> Self {
        let files = places
            .iter()
            .filter(|place| place.error.is_none() && place.fetched.is_none());
        let files = files.map(|place| (printed(&place.path), place.path.clone()));
        Self {
            together,
            part,
            files: files
                .filter(|(name, _)| together.role(name) != Role::Alone)
                .collect(),
            held: BTreeMap::new(),
            submit,
        }
    }

    /// Takes an input.
    pub(super) fn submit(&mut self, mut item: Item) -> ControlFlow<()> {
        self.together.prepare(&mut item.input);
        if let Some(part) = &mut self.part {
            part.sees(&item.input.path);
        }
        let part = self.part.as_deref();
        let takes = |path: &str| part.is_none_or(|part| part.takes(path));
        let (pages, is_first) = match self.together.role(&item.input.path) {
            Role::Alone if takes(&item.input.path) => return (self.submit)(item),
            Role::Alone => return ControlFlow::Continue(()),
            Role::First(pages) => (pages, true),
            Role::Later(pages) => (pages, false),
        };
        // A report is in the shard of its first page, whole.
        let Some(first) = pages.first().filter(|first| takes(first)) else {
            return ControlFlow::Continue(());
        };
        let files: Option<Vec<&PathBuf>> = pages.iter().map(|page| self.files.get(page)).collect();
        if let Some(files) = files {
            if !is_first {
                return ControlFlow::Continue(());
            }
            let later = pages.iter().zip(files).skip(1);
            item.continued = later
                .map(|(name, path)| {
                    let mut input = Input::named(name);
                    self.together.prepare(&mut input);
                    (input, Bytes::File(path.clone()))
                })
                .collect();
            return (self.submit)(item);
        }
        let held = self.held.entry(first.clone()).or_default();
        held.push((item.input, item.bytes));
        if held.len() < pages.len() {
            return ControlFlow::Continue(());
        }
        let mut held = self.held.remove(first).unwrap_or_default();
        held.sort_by_key(|(input, _)| pages.iter().position(|page| *page == input.path));
        let mut held = held.into_iter();
        let Some((input, bytes)) = held.next() else {
            return ControlFlow::Continue(());
        };
        (self.submit)(Item {
            input,
            bytes,
            continued: held.collect(),
            file: item.file,
            position: item.position,
        })
    }

    /// All inputs have come: pages that wait in vain (an archive has changed) are documents of their own.
    pub(super) fn finish(self) {
        for (input, bytes) in self.held.into_values().flatten() {
            if (self.submit)(Item::new(input, bytes)).is_break() {
                return;
            }
        }
    }
}
