//! A server of our own, on this machine alone, that says byte for byte what a test wants.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request as the server saw it.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) target: String,
    pub(crate) headers: BTreeMap<String, String>,
    /// How often this target was asked for before.
    pub(crate) before: usize,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// What a server does for a request: it writes, and says whether the connection stays.
pub(crate) type Behaviour = dyn Fn(&Request, &mut TcpStream) -> std::io::Result<bool> + Send + Sync;

/// A server that runs until it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    stop: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(
        behaviour: impl Fn(&Request, &mut TcpStream) -> std::io::Result<bool> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, stop) = (
            Arc::new(Mutex::new(Vec::new())),
            Arc::new(AtomicBool::new(false)),
        );
        let behaviour: Arc<Behaviour> = Arc::new(behaviour);
        let thread = {
            let (seen, stop) = (Arc::clone(&seen), Arc::clone(&stop));
            std::thread::spawn(move || {
                for stream in listener.incoming() {
                    if stop.load(Ordering::SeqCst) {
                        return;
                    }
                    let (seen, behaviour) = (Arc::clone(&seen), Arc::clone(&behaviour));
                    if let Ok(stream) = stream {
                        std::thread::spawn(move || serve(stream, &seen, &*behaviour));
                    }
                }
            })
        };
        Self {
            address,
            seen,
            stop,
            thread: Some(thread),
        }
    }

    pub(crate) fn url(&self, target: &str) -> String {
        format!("http://{}{target}", self.address)
    }

    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// The requests since it was last asked, robots.txt apart.
    pub(crate) fn seen(&self) -> Vec<Request> {
        let mut seen = self.seen.lock().unwrap();
        let all = std::mem::take(&mut *seen);
        all.into_iter()
            .filter(|request| request.target != "/robots.txt")
            .collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        self.thread.take().map(std::thread::JoinHandle::join);
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Request>>, behaviour: &Behaviour) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let Ok(copy) = stream.try_clone() else { return };
    let mut reader = BufReader::new(copy);
    while let Some(mut request) = read(&mut reader) {
        {
            let mut seen = seen.lock().unwrap();
            request.before = seen
                .iter()
                .filter(|other| other.target == request.target)
                .count();
            seen.push(request.clone());
        }
        if !behaviour(&request, &mut stream).unwrap_or(false) {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    reader
        .read_line(&mut line)
        .ok()
        .filter(|count| *count > 0)?;
    let target = line.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Some(Request {
        target,
        headers,
        before: 0,
    })
}

/// An answer of a status with header lines and a body of the right length.
pub(crate) fn answer(
    stream: &mut TcpStream,
    status: u16,
    headers: &[&str],
    body: &[u8],
) -> std::io::Result<bool> {
    let mut head = format!(
        "HTTP/1.1 {status} Said\r\nContent-Length: {}\r\n",
        body.len()
    );
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    stream.write_all(&[head.as_bytes(), body].concat())?;
    Ok(true)
}
