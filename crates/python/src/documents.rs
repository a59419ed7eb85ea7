//! Documents to records as dictionaries, one or many.

use std::sync::Arc;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyList, PyTuple};
use serde_json::Value;

use crate::engine::{Done, Engine};
use crate::source::Source;
use crate::window::Window;

/// Documents that come from an iterator of Python's, extracted ahead of who asks for them.
pub(crate) struct Feed {
    pub(crate) engine: Arc<Engine>,
    sources: Option<Py<PyIterator>>,
    window: Window<Done>,
    progress: Option<Py<PyAny>>,
    done: u64,
}

impl Feed {
    /// `progress` is called with the number of documents done.
    pub(crate) fn new(
        engine: Arc<Engine>,
        sources: &Bound<'_, PyAny>,
        jobs: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        Ok(Self {
            engine,
            sources: Some(sources.try_iter()?.unbind()),
            window: Window::new(jobs)?,
            progress,
            done: 0,
        })
    }

    /// The next document, in the order of the sources.
    pub(crate) fn next(&mut self, py: Python<'_>) -> PyResult<Option<Done>> {
        while self.window.has_room()
            && let Some(sources) = &self.sources
        {
            let Some(item) = sources.bind(py).clone().next() else {
                self.sources = None;
                break;
            };
            let (source, name) = source_and_name(&item?)?;
            let engine = Arc::clone(&self.engine);
            self.window.submit(move || engine.read(&source, name));
        }
        let done = self.window.next(py)?;
        if done.is_some() {
            self.done += 1;
            if let Some(progress) = &self.progress {
                progress.call1(py, (self.done,))?;
            }
        }
        Ok(done)
    }
}

/// A source, or a pair of a source and its name.
fn source_and_name(item: &Bound<'_, PyAny>) -> PyResult<(Source, Option<String>)> {
    if item.is_instance_of::<PyTuple>() {
        item.extract()
    } else {
        Ok((item.extract()?, None))
    }
}

/// A document's name, and its records or why there are none: stage, code and message.
pub(crate) type Answer<'py> = (
    String,
    Option<Vec<Bound<'py, PyAny>>>,
    Option<(String, String, String)>,
);

/// The same as objects of Python.
pub(crate) fn answer(py: Python<'_>, done: Done) -> PyResult<Answer<'_>> {
    match done.result {
        Ok(records) => {
            let values = py.detach(|| {
                let values = records.iter().map(serde_json::to_value);
                values.collect::<Result<Vec<_>, _>>()
            });
            let values = values.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
            let records = values.iter().map(|value| object(py, value));
            Ok((done.name, Some(records.collect::<PyResult<_>>()?), None))
        }
        Err(failed) => {
            let failed = (failed.stage, failed.code, failed.message);
            Ok((done.name, None, Some(failed)))
        }
    }
}

/// What `json.loads` would make of it.
fn object<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Value::Null => Ok(py.None().into_bound(py)),
        Value::Bool(value) => value.into_bound_py_any(py),
        Value::Number(value) => match (value.as_i64(), value.as_u64()) {
            (Some(whole), _) => whole.into_bound_py_any(py),
            (None, Some(whole)) => whole.into_bound_py_any(py),
            (None, None) => value.as_f64().into_bound_py_any(py),
        },
        Value::String(text) => text.into_bound_py_any(py),
        Value::Array(values) => {
            let list = PyList::empty(py);
            for value in values {
                list.append(object(py, value)?)?;
            }
            Ok(list.into_any())
        }
        Value::Object(fields) => {
            let dict = PyDict::new(py);
            for (name, value) in fields {
                dict.set_item(name, object(py, value)?)?;
            }
            Ok(dict.into_any())
        }
    }
}

/// Many documents. Iterating reads on.
#[pyclass(module = "nianbao._nianbao")]
pub(crate) struct Documents {
    pub(crate) feed: Feed,
}

#[pymethods]
impl Documents {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Answer<'py>>> {
        let done = self.feed.next(py)?;
        done.map(|done| answer(py, done)).transpose()
    }
}
