//! A loopback HTTP server that answers by script, for every test that fetches.
//!
//! Use it with `#[path = "support/server.rs"] mod server;`.
#![allow(dead_code, unreachable_pub, reason = "each test includes this file and uses the part it needs")]

use std::{
    collections::BTreeMap,
    fmt::Write,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Request {
    /// The path with its query.
    pub path: String,
    /// The headers, their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// How many requests for the path came before.
    pub before: usize,
}

/// What is sent after the head.
#[derive(Clone, Debug)]
enum Step {
    Send(Vec<u8>),
    Wait(Duration),
    /// The same bytes over and over until the client has enough.
    Endless(Vec<u8>),
    /// The connection is reset.
    Reset,
}

/// An answer under construction.
#[must_use]
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    late: Duration,
    length: Option<usize>,
    steps: Vec<Step>,
}

impl Reply {
    /// Makes an answer with a status and no body.
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), late: Duration::ZERO, length: None, steps: Vec::new() }
    }

    /// Makes a good answer with a body.
    pub fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::status(200).body(body)
    }

    /// Makes a redirect.
    pub fn redirect(status: u16, to: &str) -> Self {
        Self::status(status).header("Location", to)
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a part of the body.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.steps.push(Step::Send(body.into()));
        self
    }

    /// Waits before the head is sent.
    pub fn late(mut self, wait: Duration) -> Self {
        self.late = wait;
        self
    }

    /// Waits at this place of the body.
    pub fn wait(mut self, wait: Duration) -> Self {
        self.steps.push(Step::Wait(wait));
        self
    }

    /// Sends these bytes for ever.
    pub fn endless(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.steps.push(Step::Endless(bytes.into()));
        self
    }

    /// Resets the connection at this place.
    pub fn reset(mut self) -> Self {
        self.steps.push(Step::Reset);
        self
    }

    /// Says a length, true or not; without it the end of the connection ends the body.
    pub fn length(mut self, length: usize) -> Self {
        self.length = Some(length);
        self
    }

    async fn send(self, stream: &mut TcpStream) -> std::io::Result<()> {
        tokio::time::sleep(self.late).await;
        let mut head = format!("HTTP/1.1 {} Scripted\r\nConnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        if let Some(length) = self.length {
            let _ = write!(head, "Content-Length: {length}\r\n");
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes()).await?;
        for step in self.steps {
            match step {
                Step::Send(bytes) => stream.write_all(&bytes).await?,
                Step::Wait(wait) => tokio::time::sleep(wait).await,
                Step::Endless(bytes) => loop {
                    stream.write_all(&bytes).await?;
                },
                Step::Reset => return stream.set_zero_linger(),
            }
        }
        stream.shutdown().await
    }
}

/// How many requests are answered now, and how many were at the most.
#[derive(Debug, Default)]
struct AtOnce {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// What came in. The requests are kept only up to a bound, so that a long test does not measure the memory of its
/// server.
#[derive(Debug, Default)]
struct Heard {
    requests: Vec<Request>,
    by_path: BTreeMap<String, usize>,
}

impl Heard {
    const MOST: usize = 500;

    fn hear(&mut self, path: String, headers: BTreeMap<String, String>) -> Request {
        let count = self.by_path.entry(path.clone()).or_default();
        let request = Request { path, headers, before: *count };
        *count += 1;
        if self.requests.len() < Self::MOST {
            self.requests.push(request.clone());
        }
        request
    }
}

/// A server on loopback; it ends with its value.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    heard: Arc<Mutex<Heard>>,
    at_once: Arc<AtOnce>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Starts a server that answers each request with what `script` says.
    pub async fn start(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let heard = Arc::new(Mutex::new(Heard::default()));
        let at_once = Arc::new(AtOnce::default());
        let (kept, counted, script) = (Arc::clone(&heard), Arc::clone(&at_once), Arc::new(script));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&kept), Arc::clone(&counted), Arc::clone(&script)));
            }
        });
        Self { address, heard, at_once, task }
    }

    /// Starts a server that answers every request with the same.
    pub async fn always(reply: Reply) -> Self {
        Self::start(move |_| reply.clone()).await
    }

    /// Returns the address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Returns the port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Returns the greatest number of requests that were answered at the same time.
    pub fn most_at_once(&self) -> usize {
        self.at_once.most.load(Ordering::SeqCst)
    }

    /// Returns the first requests that came in, all where they are few.
    pub fn requests(&self) -> Vec<Request> {
        self.heard.lock().expect("no test panics while it holds the lock").requests.clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    heard: Arc<Mutex<Heard>>,
    at_once: Arc<AtOnce>,
    script: Arc<impl Fn(&Request) -> Reply + Send + Sync + 'static>,
) {
    let Some((path, headers)) = read_head(&mut stream).await else { return };
    let request = heard.lock().expect("no test panics while it holds the lock").hear(path, headers);
    let now = at_once.now.fetch_add(1, Ordering::SeqCst) + 1;
    at_once.most.fetch_max(now, Ordering::SeqCst);
    // A client that hangs up early is what many tests are about.
    let _ = script(&request).send(&mut stream).await;
    at_once.now.fetch_sub(1, Ordering::SeqCst);
}

async fn read_head(stream: &mut TcpStream) -> Option<(String, BTreeMap<String, String>)> {
    let mut lines = BufReader::new(stream).lines();
    let path = lines.next_line().await.ok()??.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    while let Some(line) = lines.next_line().await.ok()?.filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':')?;
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Some((path, headers))
}
