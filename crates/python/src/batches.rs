//! Documents to batches of Arrow, as they are asked for; handed over by the PyCapsule interface: no copy, no JSON, no
//! `pyarrow` needed here.

use std::collections::VecDeque;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, to_ffi};
use arrow_array::{Array, RecordBatch, StructArray};
use arrow_schema::{ArrowError, DataType, Schema};
use export::Copies;
use nianbao::Record;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::documents::Feed;
use crate::nested::Nested;
use crate::rows::Rows;

/// What a batch is made of.
pub(crate) enum Shape {
    /// The rows of a table. Records whose id an earlier one has are told apart, as by the export.
    Flat(Rows, Copies),
    /// One row a record or error.
    Nested(Box<Nested>),
}

/// Path, stage, code and message of what could not be read.
type Failure = (String, String, String, String);

/// Batches of the rows of documents. Iterating reads on.
#[pyclass(module = "nianbao._nianbao")]
pub(crate) struct Batches {
    feed: Feed,
    shape: Shape,
    /// Bytes of a batch: it is full when it has them.
    most: usize,
    /// Records of the document at hand.
    pending: VecDeque<Record>,
    path: String,
    /// Documents without rows, where the shape has none for them.
    failed: Vec<Failure>,
    /// Whether the first of them ends the reading.
    strict: bool,
    ended: bool,
}

impl Batches {
    pub(crate) fn new(feed: Feed, shape: Shape, most: usize, strict: bool) -> Self {
        Self {
            feed,
            shape,
            most,
            pending: VecDeque::new(),
            path: String::new(),
            failed: Vec::new(),
            strict,
            ended: false,
        }
    }

    /// Adds the records at hand until the batch is full.
    fn add_pending(&mut self) -> Result<(), ArrowError> {
        let codebook = self.feed.engine.settings.codebook();
        while self.shape.bytes() < self.most
            && let Some(record) = self.pending.pop_front()
        {
            match &mut self.shape {
                Shape::Nested(nested) => nested.add(&self.path, &record, codebook)?,
                Shape::Flat(rows, copies) => {
                    let own = copies.own_id(&record.id);
                    export::each_row(&record, own.as_deref(), codebook, &mut |name, values| {
                        if name == rows.name {
                            rows.add(values)
                        } else {
                            Ok(())
                        }
                    })?;
                }
            }
        }
        Ok(())
    }
}

impl Shape {
    fn bytes(&self) -> usize {
        match self {
            Self::Flat(rows, _) => rows.bytes,
            Self::Nested(nested) => nested.bytes(),
        }
    }

    fn count(&self) -> usize {
        match self {
            Self::Flat(rows, _) => rows.count,
            Self::Nested(nested) => nested.count(),
        }
    }

    fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        match self {
            Self::Flat(rows, _) => {
                let schema = Schema::new(rows.fields.clone());
                RecordBatch::try_new(Arc::new(schema), rows.take())
            }
            Self::Nested(nested) => nested.take(),
        }
    }
}

#[pymethods]
impl Batches {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Batch>> {
        while !self.ended {
            py.detach(|| self.add_pending())
                .map_err(|error| wrong(&error))?;
            if self.shape.bytes() >= self.most {
                break;
            }
            let Some(done) = self.feed.next(py)? else {
                self.ended = true;
                break;
            };
            match (done.result, &mut self.shape) {
                (Ok(records), _) => {
                    self.path = done.name;
                    self.pending = records.into();
                }
                (Err(failed), Shape::Nested(nested)) => nested.fail(&done.name, &failed),
                (Err(failed), Shape::Flat(..)) => {
                    let failed = (done.name, failed.stage, failed.code, failed.message);
                    self.failed.push(failed);
                    if self.strict {
                        self.ended = true;
                        return Ok(None);
                    }
                }
            }
        }
        if self.shape.count() == 0 {
            return Ok(None);
        }
        self.rest().map(Some)
    }

    /// The rows that wait for their batch; before the beginning and after the end none, with the schema of all.
    fn rest(&mut self) -> PyResult<Batch> {
        let batch = self.shape.take().map_err(|error| wrong(&error))?;
        Ok(Batch { batch })
    }

    /// Path, stage, code and message of the documents that could not be read since this was asked last.
    fn failed(&mut self) -> Vec<Failure> {
        std::mem::take(&mut self.failed)
    }
}

/// Rows for any library that speaks Arrow's C data interface: `pyarrow.record_batch(batch)`, `polars.DataFrame(batch)`.
#[pyclass(frozen, module = "nianbao._nianbao")]
pub(crate) struct Batch {
    batch: RecordBatch,
}

#[pymethods]
impl Batch {
    /// How many rows there are.
    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    /// The schema, by the Arrow PyCapsule interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let fields = self.batch.schema().fields().clone();
        let schema = FFI_ArrowSchema::try_from(&DataType::Struct(fields));
        let schema = schema.map_err(|error| wrong(&error))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// Schema and array, by the Arrow PyCapsule interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        // A request is a wish: consumers cast what they are given.
        drop(requested_schema);
        let array = StructArray::from(self.batch.clone());
        let (array, schema): (FFI_ArrowArray, FFI_ArrowSchema) =
            to_ffi(&array.into_data()).map_err(|error| wrong(&error))?;
        Ok((
            PyCapsule::new_with_value(py, schema, c"arrow_schema")?,
            PyCapsule::new_with_value(py, array, c"arrow_array")?,
        ))
    }
}

fn wrong(error: &ArrowError) -> PyErr {
    PyRuntimeError::new_err(format!("{error}; please report it"))
}
