//! The worker's side: one document after the other until the supervisor goes.

use std::cell::RefCell;
use std::io::{self, BufWriter};
use std::panic::resume_unwind;

use nianbao::{ExtractError, Input, Observer, Stage};

use crate::Limits;
use crate::confinement::{self, Pipes};
use crate::frame::{self, Kind};

/// Stack of the thread that extracts: the same on every system, whatever its settings.
const STACK: usize = 16 << 20;

/// A worker process in its confinement.
pub struct Session {
    pipes: Pipes,
    limits: Limits,
}

impl Session {
    /// Confines this process for the rest of its life: limits of memory and processor time, no file
    /// written, stdin and stdout taken for the supervisor. To be called before anything is read.
    ///
    /// # Errors
    /// Where the system refuses a limit.
    pub fn open(limits: Limits) -> io::Result<Self> {
        confinement::confine(&limits)?;
        let pipes = confinement::pipes()?;
        Ok(Self { pipes, limits })
    }

    /// What the supervisor gave to [`crate::Pool::new`] for its workers, where that is not empty.
    ///
    /// # Errors
    /// Where the supervisor says something else or has gone.
    pub fn greeting(&mut self) -> io::Result<Vec<u8>> {
        match frame::read(&mut self.pipes.requests, u64::MAX)? {
            Some(frame) if frame.kind == Kind::Greeting => Ok(frame.payload),
            _ => Err(io::Error::from(io::ErrorKind::InvalidData)),
        }
    }

    /// Calls `extract` for every document until the supervisor goes. What it gives is what
    /// [`crate::Pool::extract`] answers.
    ///
    /// # Errors
    /// Where the supervisor cannot be heard or answered.
    pub fn serve(
        self,
        extract: impl FnMut(&[u8], &Input, &dyn Observer) -> Result<Vec<u8>, ExtractError> + Send,
    ) -> io::Result<()> {
        std::thread::scope(|scope| {
            std::thread::Builder::new()
                .name("document".into())
                .stack_size(STACK)
                .spawn_scoped(scope, || self.run(extract))?
                .join()
                .unwrap_or_else(|payload| resume_unwind(payload))
        })
    }

    fn run(
        self,
        mut extract: impl FnMut(&[u8], &Input, &dyn Observer) -> Result<Vec<u8>, ExtractError>,
    ) -> io::Result<()> {
        let Pipes {
            mut requests,
            answers,
        } = self.pipes;
        let answers = Answers(RefCell::new(BufWriter::new(answers)));
        answers.write(Kind::Ready, &[])?;
        while let Some(frame) = frame::read(&mut requests, u64::MAX)? {
            let input = frame::input_from_bytes(&frame.payload);
            let bytes = frame::read(&mut requests, u64::MAX)?;
            let (Some(input), Some(bytes)) = (input, bytes) else {
                return Err(io::Error::from(io::ErrorKind::InvalidData));
            };
            confinement::renew(&self.limits)?;
            match extract(&bytes.payload, &input, &answers) {
                Ok(payload) => answers.write(Kind::Done, &payload)?,
                Err(error) => answers.write(Kind::Failed, &frame::error_to_bytes(&error))?,
            }
        }
        Ok(())
    }
}

/// Tells the supervisor what comes next.
struct Answers<W: io::Write>(RefCell<W>);

impl<W: io::Write> Answers<W> {
    fn write(&self, kind: Kind, payload: &[u8]) -> io::Result<()> {
        frame::write(&mut *self.0.borrow_mut(), kind, payload)
    }
}

impl<W: io::Write> Observer for Answers<W> {
    fn begins(&self, stage: Stage) {
        // Where the supervisor has gone, the answer fails too.
        let _ = self.write(Kind::Stage, stage.name().as_bytes());
    }

    fn ended(&self, _: Stage) {}
}
