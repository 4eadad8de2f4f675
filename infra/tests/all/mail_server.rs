//! A mail server that takes letters over a real socket. Whom it is written to says how it behaves: `nobody@` is refused,
//! `later@` is put off.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::TcpListener,
};
use tokio_util::task::AbortOnDropHandle;

/// `realmkeep` with the password `tuesday gravel`, as AUTH PLAIN writes it.
const GOOD_LOGIN: &str = "AHJlYWxta2VlcAB0dWVzZGF5IGdyYXZlbA==";

/// A letter that was taken.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) to: String,
    /// Whether the sender had signed in.
    pub(crate) signed_in: bool,
    /// Head and body, without the encoding of the way.
    pub(crate) text: String,
}

/// The letters that were taken. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bag(Arc<Mutex<Vec<Taken>>>);

impl Bag {
    pub(crate) fn letters(&self) -> Vec<Taken> {
        self.0.lock().expect("is whole").clone()
    }
}

/// How a conversation begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// With a greeting, and STARTTLS on offer.
    OffersTls,
    /// With a greeting.
    Plain,
    /// After STARTTLS, without another greeting.
    Upgraded,
}

/// Serves without TLS until it is dropped.
pub(crate) async fn serve(address: &str, bag: &Bag) -> (u16, AbortOnDropHandle<()>) {
    let listener = TcpListener::bind(address).await.expect("a port");
    let port = listener.local_addr().expect("has one").port();
    let bag = bag.clone();
    let server = tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            converse(socket, Opening::Plain, &bag).await;
        }
    });
    (port, AbortOnDropHandle::new(server))
}

/// Speaks SMTP until the end, or until STARTTLS: then the stream is given back.
pub(crate) async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    opening: Opening,
    bag: &Bag,
) -> Option<S> {
    let mut stream = BufReader::new(stream);
    if opening != Opening::Upgraded {
        stream.write_all(b"220 mail.test\r\n").await.ok()?;
    }
    let (mut signed_in, mut to) = (false, String::new());
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let (verb, rest) = line.trim_end().split_once([' ', ':']).unwrap_or((line.trim_end(), ""));
        let reply = match verb {
            "EHLO" if opening == Opening::OffersTls => "250-mail.test\r\n250 STARTTLS".to_owned(),
            "EHLO" => "250-mail.test\r\n250 AUTH PLAIN LOGIN".to_owned(),
            "AUTH" if rest.ends_with(GOOD_LOGIN) => {
                signed_in = true;
                "235 welcome".to_owned()
            }
            "AUTH" => "535 5.7.8 wrong user or password".to_owned(),
            "RCPT" => {
                to = rest.trim_start_matches("TO:<").trim_end_matches('>').to_owned();
                judge(&to)
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                let text = read_letter(&mut stream).await?;
                bag.0.lock().expect("is whole").push(Taken { to: to.clone(), signed_in, text });
                "250 taken".to_owned()
            }
            "STARTTLS" | "QUIT" => "220 as you wish".to_owned(),
            _ => "250 fine".to_owned(),
        };
        stream.write_all(format!("{reply}\r\n").as_bytes()).await.ok()?;
        match verb {
            "STARTTLS" => return Some(stream.into_inner()),
            "QUIT" => return None,
            _ => {}
        }
    }
}

fn judge(to: &str) -> String {
    match to.split('@').next() {
        Some("nobody") => format!("550 5.1.1 <{to}>: nobody of that name lives here"),
        Some("later") => format!("451 4.7.1 <{to}>: come back later"),
        _ => "250 fine".to_owned(),
    }
}

async fn read_letter<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut text = String::new();
    while !text.ends_with("\r\n.\r\n") {
        if stream.read_line(&mut text).await.ok()? == 0 {
            return None;
        }
    }
    Some(text.replace("=\r\n", "").replace("=3D", "="))
}
