//! The networked driver: an SMTP server that carries letters on.
//!
//! Each letter has a connection of its own. Letters are few, and a connection that was kept is one that the server may have
//! dropped meanwhile.

use std::{fmt, path::PathBuf, time::Duration};

use async_trait::async_trait;
use lettre::{
    Address, Message,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::ClientId,
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::timeout;
use uuid::Uuid;

use super::{Letter, Mailer, SendError, Sender};
use crate::node::{Node, NodeError};

/// How long it may take to get through to the server.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// How long a whole letter may take.
const LETTER_LIMIT: Duration = Duration::from_secs(30);
/// How long the goodbye may take, after the letter was taken.
const GOODBYE_LIMIT: Duration = Duration::from_secs(2);
/// As much as is told of what the server said, in characters.
const REASON_CHARS_MAX: usize = 300;

/// How the way to the server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte, as servers want it on port 465.
    Implicit,
    /// TLS by STARTTLS; a server that does not offer it gets no letter.
    Required,
    /// TLS by STARTTLS if the server offers it.
    Opportunistic,
    /// None.
    Off,
}

/// How the server knows us.
#[derive(Clone, Debug)]
pub struct Login {
    /// The user.
    pub user: String,
    /// Its password.
    pub password: SecretString,
}

/// Which server carries letters, and how it is spoken to.
#[derive(Clone, Debug)]
pub struct SmtpServer {
    /// Its name, which its certificate has to bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is kept from others.
    pub encryption: Encryption,
    /// A file with authorities to trust beside those that everybody trusts, in PEM: for a server of one's own.
    pub authorities: Option<PathBuf>,
    /// How it knows us, if it asks.
    pub login: Option<Login>,
    /// Whom letters come from.
    pub sender: Sender,
}

/// Hands letters to an SMTP server.
pub struct SmtpMailer {
    server: SmtpServer,
    tls: TlsParameters,
}

impl SmtpMailer {
    /// Gets ready to speak to that server. Nobody is asked yet.
    ///
    /// # Errors
    /// The file of authorities can't be read or holds none, or the host can't be the name on a certificate.
    pub fn new(server: SmtpServer) -> Result<Self, NodeError> {
        let mut tls =
            TlsParameters::builder(server.host.clone()).certificate_store(CertificateStore::WebpkiRoots);
        if let Some(file) = &server.authorities {
            let unusable = |reason: String| NodeError::Failed { place: file.display().to_string(), reason };
            let text = std::fs::read(file).map_err(|error| unusable(error.to_string()))?;
            let found = Certificate::from_pem(&text).map_err(|error| unusable(error.to_string()))?;
            tls = tls.add_root_certificate(found);
        }
        let tls = tls.build_rustls().map_err(|error| NodeError::InvalidAddress {
            address: server.host.clone(),
            reason: error.to_string(),
        })?;
        Ok(Self { server, tls })
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let server = &self.server;
        let hello = ClientId::Domain(server.sender.0.email.domain().to_owned());
        let tls = (server.encryption == Encryption::Implicit).then(|| self.tls.clone());
        let place = (server.host.as_str(), server.port);
        let connecting = AsyncSmtpConnection::connect_tokio1(place, Some(CONNECT_LIMIT), &hello, tls, None);
        let mut connection = Box::pin(connecting).await?;
        let is_to_be_upgraded = match server.encryption {
            Encryption::Required => true,
            Encryption::Opportunistic => connection.can_starttls(),
            Encryption::Implicit | Encryption::Off => false,
        };
        if is_to_be_upgraded {
            connection.starttls(self.tls.clone(), &hello).await?;
        }
        if let Some(login) = &server.login {
            let password = login.password.expose_secret().to_owned();
            let credentials = Credentials::new(login.user.clone(), password);
            connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await?;
        }
        Ok(connection)
    }

    /// The connection that the letter went over, once the server has taken it.
    async fn hand_over(&self, to: Address, message: &[u8]) -> Result<AsyncSmtpConnection, SendError> {
        let away = |error: Error| SendError::Away(self.away(&error));
        let mut connection = self.connect().await.map_err(away)?;
        let sender = self.server.sender.0.email.clone();
        connection.command(Mail::new(Some(sender), Vec::new())).await.map_err(away)?;
        let judged = |error: Error| self.judge(&error, &to);
        connection.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(judged)?;
        connection.command(Data).await.map_err(judged)?;
        connection.message(message).await.map_err(judged)?;
        Ok(connection)
    }

    fn write(&self, letter: &Letter, to: Address) -> Result<Vec<u8>, lettre::error::Error> {
        let sender = &self.server.sender.0;
        let id = format!("<{}@{}>", Uuid::now_v7(), sender.email.domain());
        let message = Message::builder()
            .message_id(Some(id))
            .from(sender.clone())
            .to(Mailbox::new(None, to))
            .subject(&letter.subject)
            // Keeps notes of absence from being sent back.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())?;
        Ok(message.formatted())
    }

    fn away(&self, error: &Error) -> NodeError {
        NodeError::Unreachable { place: self.place(), reason: shortened(&error.to_string()) }
    }

    /// What the server says of a recipient or of a letter concerns that one alone.
    fn judge(&self, error: &Error, to: &Address) -> SendError {
        let reason = || shortened(&error.to_string().replace(to.as_ref() as &str, "the recipient"));
        if error.is_permanent() {
            SendError::Refused(reason())
        } else if error.is_transient() {
            SendError::PutOff(reason())
        } else {
            SendError::Away(self.away(error))
        }
    }
}

fn shortened(reason: &str) -> String {
    reason.chars().take(REASON_CHARS_MAX).collect()
}

impl fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpMailer").field("server", &self.server).finish_non_exhaustive()
    }
}

#[async_trait]
impl Node for SmtpMailer {
    fn driver(&self) -> &'static str {
        "smtp"
    }

    fn place(&self) -> String {
        format!("smtp://{}:{}", self.server.host, self.server.port)
    }

    async fn probe(&self) -> Result<(), NodeError> {
        let mut connection = self.connect().await.map_err(|error| self.away(&error))?;
        // It is well, whether or not the goodbye is heard.
        let _ = timeout(GOODBYE_LIMIT, connection.quit()).await;
        Ok(())
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, letter: &Letter) -> Result<(), SendError> {
        let unfit = |reason: String| SendError::Refused(reason);
        let to: Address = letter.to.parse().map_err(|_| unfit("the address is none".to_owned()))?;
        if !letter.to.is_ascii() {
            return Err(unfit("addresses beyond ASCII are not supported".to_owned()));
        }
        let message = self.write(letter, to.clone()).map_err(|error| unfit(error.to_string()))?;
        let handed_over = timeout(LETTER_LIMIT, Box::pin(self.hand_over(to, &message))).await;
        let mut connection = handed_over.map_err(|_| NodeError::TimedOut {
            place: self.place(),
            limit_ms: u64::try_from(LETTER_LIMIT.as_millis()).unwrap_or(u64::MAX),
        })??;
        // The letter was taken, whether or not the goodbye is heard.
        let _ = timeout(GOODBYE_LIMIT, connection.quit()).await;
        Ok(())
    }
}
