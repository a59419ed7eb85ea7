//! Where the time of an extraction goes: every stage of every document, beside floors of the same run.
//!
//! `nianbao-speed FOLDER [ROUNDS]` takes the CPU time of one thread. Of several rounds over the same
//! documents each document's fastest counts, stage by stage: what else the machine does adds time and
//! never takes any away. `nianbao-speed --marks FOLDER` is for `bench/speed/instructions`.

mod counting;
mod files;

use std::cell::Cell;
use std::error::Error;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;

use nianbao::{Observer, Settings, Stage};
use rustix::time::{ClockId, clock_gettime};

use crate::files::File;

/// The floors, in the order of the table; the last one is the unit of the ratios for HTML.
const FLOORS: [&str; 3] = ["memcpy", "decode", "scraper parse"];
const STAGES: usize = Stage::ALL.len();

/// Nanoseconds of CPU time that this thread has used.
fn now() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    u64::try_from(time.tv_sec * 1_000_000_000 + time.tv_nsec).unwrap_or_default()
}

fn timed<T>(call: impl FnOnce() -> T) -> u64 {
    let begun = now();
    // The result is dropped inside: a tree costs its end as well.
    drop(black_box(call()));
    now() - begun
}

/// Nanoseconds of one document.
#[derive(Clone)]
struct Times {
    floors: [u64; FLOORS.len()],
    stages: [u64; STAGES],
    json: u64,
    /// All of it: stages, JSON and the end of everything.
    total: u64,
}

impl Times {
    const NONE: Self = Self {
        floors: [u64::MAX; FLOORS.len()],
        stages: [u64::MAX; STAGES],
        json: u64::MAX,
        total: u64::MAX,
    };

    fn keep_fastest(&mut self, other: &Self) {
        let own = self.floors.iter_mut().chain(&mut self.stages);
        for (own, other) in own.zip(other.floors.iter().chain(&other.stages)) {
            *own = (*own).min(*other);
        }
        self.json = self.json.min(other.json);
        self.total = self.total.min(other.total);
    }
}

/// Measures the stages of one document.
#[derive(Default)]
struct Watch {
    begun: Cell<u64>,
    stages: [Cell<u64>; STAGES],
}

impl Observer for Watch {
    fn begins(&self, _: Stage) {
        self.begun.set(now());
    }

    fn ended(&self, stage: Stage) {
        let took = now() - self.begun.get();
        let position = Stage::ALL.iter().position(|known| *known == stage);
        if let Some(cell) = position.and_then(|position| self.stages.get(position)) {
            cell.set(took);
        }
    }
}

fn measure(file: &File, settings: &Settings) -> Times {
    let mut times = Times {
        floors: [0; FLOORS.len()],
        stages: [0; STAGES],
        json: 0,
        total: 0,
    };
    let [memcpy, decoded, parsed] = &mut times.floors;
    *memcpy = timed(|| file.bytes.clone());
    if file.is_html() {
        *decoded = timed(|| file.decoded());
        let text = file.decoded();
        *parsed = timed(|| scraper::Html::parse_document(&text));
    }
    let watch = Watch::default();
    let begun = now();
    if let Ok(records) = nianbao::extract_observed(&file.bytes, &file.input, settings, &watch) {
        let writing = now();
        for record in &records {
            drop(black_box(serde_json::to_vec(record)));
        }
        times.json = now() - writing;
    }
    times.total = now() - begun;
    for (time, cell) in times.stages.iter_mut().zip(&watch.stages) {
        *time = cell.get();
    }
    times
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: nianbao-speed [--marks] FOLDER [ROUNDS]";
    let mut folder = arguments.next().ok_or(usage)?;
    if folder == "--marks" {
        folder = arguments.next().ok_or(usage)?;
        return counting::count(&files::under(Path::new(&folder))?);
    }
    let rounds: usize = arguments.next().map_or(Ok(5), |text| text.parse())?;
    let files = files::under(Path::new(&folder))?;
    let settings = Settings::default();
    let begun = now();
    let first = files.first().ok_or("no files")?;
    let cold = measure(first, &settings);
    let cold_all = now() - begun;
    let mut best = vec![Times::NONE; files.len()];
    for _ in 0..rounds.max(1) {
        for (file, best) in files.iter().zip(&mut best) {
            best.keep_fastest(&measure(file, &settings));
        }
    }
    let sum = |value: &dyn Fn(&Times) -> u64| best.iter().map(value).sum::<u64>() as f64;
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    let parse = sum(&|times| times.floors.last().copied().unwrap_or_default());
    let mut rows: Vec<(&str, f64)> = FLOORS
        .iter()
        .enumerate()
        .map(|(index, name)| {
            (
                *name,
                sum(&|times| times.floors.get(index).copied().unwrap_or_default()),
            )
        })
        .collect();
    for (index, stage) in Stage::ALL.iter().enumerate() {
        let time = sum(&|times| times.stages.get(index).copied().unwrap_or_default());
        rows.push((stage.name(), time));
    }
    rows.push(("JSON", sum(&|times| times.json)));
    rows.push(("whole", sum(&|times| times.total)));
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} files, {:.1} MB, fastest of {rounds} rounds, one thread",
        files.len(),
        bytes as f64 / 1e6
    )?;
    writeln!(
        out,
        "first document {:.1} ms (of it loading: {:.1} ms)\n",
        cold.total as f64 / 1e6,
        cold_all.saturating_sub(best.first().map_or(0, |times| times.total)) as f64 / 1e6
    )?;
    writeln!(
        out,
        "| step | µs a document | documents/s | MB/s | × parse |\n|---|--:|--:|--:|--:|"
    )?;
    for (name, time) in rows.into_iter().filter(|(_, time)| *time > 0.0) {
        let seconds = time / 1e9;
        let ratio = if parse > 0.0 {
            format!("{:.3}", time / parse)
        } else {
            "–".to_owned()
        };
        writeln!(
            out,
            "| {name} | {:.1} | {:.0} | {:.1} | {ratio} |",
            time / 1e3 / files.len() as f64,
            files.len() as f64 / seconds,
            bytes as f64 / 1e6 / seconds
        )?;
    }
    Ok(())
}
