//! nianbao for Python: `nianbao._nianbao`, over which the package `nianbao` lays what is Python alone.
//!
//! What goes in: paths or bytes. What comes out: dictionaries as records are written, and Arrow arrays through the C
//! data interface. Work is done without the interpreter's lock, of formats that can take a process down in a worker
//! process. What it may not know: how a report is read, what stands in a table.

mod batches;
mod documents;
mod engine;
mod nested;
mod rows;
mod settings;
mod source;
mod window;
mod worker;

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use codebook::Codebook;
use export::Copies;
use isolation::Limits;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use batches::{Batch, Batches, Shape};
use documents::{Answer, Documents, Feed, answer};
use engine::{Engine, Isolation};
use nested::Nested;
use rows::Rows;
use settings::Shaping;
use source::Source;
use worker::Greeting;

/// How documents are read, with the codebook ready and workers at hand.
#[pyclass(frozen, module = "nianbao._nianbao")]
struct Reader {
    engine: Arc<Engine>,
}

/// Limits of a worker process, with the command's names and units.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct WorkerLimits {
    /// `auto`, `always` or `never`.
    isolation: String,
    /// Seconds.
    timeout: u64,
    /// Seconds.
    cpu_time: u64,
    /// MiB.
    memory: u64,
    worker_documents: u32,
    /// The program of a worker and its first arguments.
    worker: Vec<OsString>,
}

impl WorkerLimits {
    fn limits(&self) -> PyResult<Limits> {
        let memory = self.memory.saturating_mul(1 << 20);
        let least = isolation::LEAST_MEMORY;
        if memory < least {
            let message = format!(
                "memory cannot be {} (MiB, at least {})",
                self.memory,
                least >> 20
            );
            return Err(PyValueError::new_err(message));
        }
        for (name, value) in [
            ("timeout", self.timeout),
            ("cpu_time", self.cpu_time),
            ("worker_documents", self.worker_documents.into()),
        ] {
            if value == 0 {
                return Err(PyValueError::new_err(format!("{name} cannot be 0")));
            }
        }
        Ok(Limits {
            timeout: Duration::from_secs(self.timeout),
            cpu_time: Duration::from_secs(self.cpu_time),
            memory,
            documents: self.worker_documents,
        })
    }

    fn isolation(&self) -> PyResult<Isolation> {
        match self.isolation.as_str() {
            "auto" => Ok(Isolation::Auto),
            "always" => Ok(Isolation::Always),
            "never" => Ok(Isolation::Never),
            other => Err(PyValueError::new_err(format!(
                "isolation cannot be {other:?} (auto, always, never)"
            ))),
        }
    }
}

#[pymethods]
impl Reader {
    /// `profile` are the files of a profile, names and texts; `None` for the built-in codebook.
    #[new]
    #[pyo3(signature = (shaping, limits, profile=None))]
    fn new(
        py: Python<'_>,
        shaping: Shaping,
        limits: WorkerLimits,
        profile: Option<Vec<(String, String)>>,
    ) -> PyResult<Self> {
        shaping.check()?;
        let mut settings = shaping.settings();
        if let Some(files) = &profile {
            let files = files.clone();
            let codebook = py.detach(|| Codebook::from_files(files.into_iter()));
            settings
                .set_codebook(codebook.map_err(|error| PyValueError::new_err(error.to_string()))?);
        }
        let greeting = Greeting { shaping, profile };
        let (isolation, bounds) = (limits.isolation()?, limits.limits()?);
        let engine = Engine::new(settings, &greeting, isolation, bounds, limits.worker);
        Ok(Self {
            engine: Arc::new(engine),
        })
    }

    /// One document: its name, and its records as dictionaries or why there are none.
    #[pyo3(signature = (source, name=None))]
    fn one<'py>(
        &self,
        py: Python<'py>,
        source: Source,
        name: Option<String>,
    ) -> PyResult<Answer<'py>> {
        let engine = Arc::clone(&self.engine);
        let done = window::apart(py, move || engine.read(&source, name))?;
        answer(py, done)
    }

    /// Many: an iterator of the same.
    #[pyo3(signature = (sources, jobs, progress=None))]
    fn many(
        &self,
        sources: &Bound<'_, PyAny>,
        jobs: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Documents> {
        let feed = Feed::new(Arc::clone(&self.engine), sources, jobs, progress)?;
        Ok(Documents { feed })
    }

    /// The rows of a table, in batches of `most` bytes. Documents that cannot be read are told by `failed`; where
    /// `strict`, the first one ends the reading.
    #[pyo3(signature = (sources, jobs, table, most, strict, progress=None))]
    fn table(
        &self,
        sources: &Bound<'_, PyAny>,
        jobs: usize,
        table: &str,
        most: usize,
        strict: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Batches> {
        let feed = Feed::new(Arc::clone(&self.engine), sources, jobs, progress)?;
        let shape = Shape::Flat(self.rows(table)?, Copies::default());
        Ok(Batches::new(feed, shape, most, strict))
    }

    /// One row a record or error, tables nested in it, in batches of `most` bytes.
    #[pyo3(signature = (sources, jobs, tables, with_record, most))]
    fn nested(
        &self,
        sources: &Bound<'_, PyAny>,
        jobs: usize,
        tables: Vec<String>,
        with_record: bool,
        most: usize,
    ) -> PyResult<Batches> {
        let feed = Feed::new(Arc::clone(&self.engine), sources, jobs, None)?;
        let tables: PyResult<Vec<Rows>> = tables.iter().map(|name| self.rows(name)).collect();
        let shape = Shape::Nested(Box::new(Nested::new(tables?, with_record)));
        Ok(Batches::new(feed, shape, most, false))
    }
}

impl Reader {
    fn rows(&self, table: &str) -> PyResult<Rows> {
        Rows::of(table, self.engine.settings.codebook()).map_err(|rows::NoTable { known }| {
            PyValueError::new_err(format!("there is no table {table:?}; there are {known}"))
        })
    }
}

/// A table, what one row is, and its columns: name, kind and what a value means.
type Described = (String, String, Vec<(String, &'static str, String)>);

/// The tables that records fill.
#[pyfunction]
fn tables() -> Vec<Described> {
    let tables = export::record_tables(Codebook::builtin()).into_iter();
    let tables = tables.map(|table| {
        let columns = table.columns.into_iter();
        let columns = columns.map(|column| (column.name, column.kind.word(), column.about));
        (table.name, table.about, columns.collect())
    });
    tables.collect()
}

/// The module.
#[pymodule]
fn _nianbao(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<Reader>()?;
    module.add_class::<Documents>()?;
    module.add_class::<Batches>()?;
    module.add_class::<Batch>()?;
    module.add_function(wrap_pyfunction!(tables, module)?)?;
    module.add_function(wrap_pyfunction!(worker::serve, module)?)?;
    Ok(())
}
