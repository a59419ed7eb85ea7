//! What a worker process does to itself before it reads anything from outside.

use std::io::{self, Read, Write};

use crate::Limits;

/// The pipes to the supervising process.
pub(crate) struct Pipes {
    pub(crate) requests: Box<dyn Read + Send>,
    pub(crate) answers: Box<dyn Write + Send>,
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::os::fd::AsFd;

    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};

    use super::{Limits, Pipes, io};

    /// Sets the limits that hold as long as the process lives.
    pub(crate) fn confine(limits: &Limits) -> io::Result<()> {
        for (resource, most) in [
            (Resource::As, limits.memory),
            // A dead worker leaves no image of its memory, and a worker writes no file.
            (Resource::Core, 0),
            (Resource::Fsize, 0),
        ] {
            let most = getrlimit(resource)
                .maximum
                .map_or(most, |hard| hard.min(most));
            let limit = Rlimit {
                current: Some(most),
                maximum: Some(most),
            };
            match setrlimit(resource, limit) {
                // Not every system limits every resource.
                Err(rustix::io::Errno::INVAL) => {}
                result => result?,
            }
        }
        Ok(())
    }

    /// Gives the next document its processor time.
    pub(crate) fn renew(limits: &Limits) -> io::Result<()> {
        let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
        let used = u64::try_from(used).unwrap_or_default();
        // The system counts whole seconds: the one under way is a gift.
        let most = used + 1 + limits.cpu_time.as_secs();
        let hard = getrlimit(Resource::Cpu).maximum;
        let limit = Rlimit {
            current: Some(hard.map_or(most, |hard| hard.min(most))),
            maximum: hard,
        };
        Ok(setrlimit(Resource::Cpu, limit)?)
    }

    /// Takes stdin and stdout for frames. What a library prints goes to stderr.
    pub(crate) fn pipes() -> io::Result<Pipes> {
        let requests = io::stdin().as_fd().try_clone_to_owned()?;
        let answers = io::stdout().as_fd().try_clone_to_owned()?;
        rustix::stdio::dup2_stdout(io::stderr())?;
        rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
        Ok(Pipes {
            requests: Box::new(File::from(requests)),
            answers: Box::new(File::from(answers)),
        })
    }
}

/// Systems without these calls: the supervisor's wall-clock limit and the process border remain.
#[cfg(not(unix))]
mod system {
    use super::{Limits, Pipes, io};

    pub(crate) fn confine(_: &Limits) -> io::Result<()> {
        Ok(())
    }

    pub(crate) fn renew(_: &Limits) -> io::Result<()> {
        Ok(())
    }

    pub(crate) fn pipes() -> io::Result<Pipes> {
        Ok(Pipes {
            requests: Box::new(io::stdin()),
            answers: Box::new(io::stdout()),
        })
    }
}

pub(crate) use system::{confine, pipes, renew};
