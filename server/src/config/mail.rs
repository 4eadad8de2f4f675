//! Letters to people.

use std::{path::PathBuf, sync::Arc};

use garde::Validate;
use infra::{
    mail::{self, LogMailer, SharedMailer, SmtpMailer, SmtpServer},
    node::SecretRef,
};
use serde::{Deserialize, Deserializer};

/// Who carries letters about addresses and passwords.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MailSettings {
    /// `log` writes letters into the log, for a laptop; `smtp` hands them to a mail server.
    #[garde(skip)]
    pub(crate) driver: MailDriver,
    /// Name of the mail server, which its certificate has to bear.
    #[garde(custom(is_given_for(self.driver)))]
    pub(crate) host: String,
    /// Its port: 587 as a rule, 465 for `tls = "implicit"`.
    #[garde(range(min = 1))]
    pub(crate) port: u16,
    /// How the way there is kept from others: `required` and `opportunistic` by STARTTLS, `implicit` from the first byte.
    #[garde(skip)]
    pub(crate) tls: MailTls,
    /// A file with authorities to trust beside those that everybody trusts, in PEM: for a mail server of your own.
    #[garde(skip)]
    pub(crate) ca_file: Option<PathBuf>,
    /// Who we are to the mail server. Empty: nobody in particular.
    #[garde(custom(is_kept_secret(self)))]
    pub(crate) user: String,
    /// Where its password is: `{ env = "NAME" }` or `{ file = "/run/secrets/name" }`. Not looked for without a user.
    #[serde(deserialize_with = "reference")]
    #[garde(custom(is_there_for(&self.user)))]
    pub(crate) password: Option<SecretRef>,
    /// Whom letters come from, such as `Realmkeep <no-reply@example.org>`.
    #[garde(custom(is_a_sender_for(self.driver)))]
    pub(crate) from: String,
}

/// Who carries letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MailDriver {
    /// The log.
    #[default]
    Log,
    /// A mail server.
    Smtp,
}

/// How the way to the mail server is kept from others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MailTls {
    /// TLS from the first byte.
    Implicit,
    /// STARTTLS, or no letter.
    #[default]
    Required,
    /// STARTTLS if the server offers it.
    Opportunistic,
    /// Nothing keeps it.
    Off,
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            driver: MailDriver::default(),
            host: String::new(),
            port: 587,
            tls: MailTls::default(),
            ca_file: None,
            user: String::new(),
            password: None,
            from: String::new(),
        }
    }
}

impl MailSettings {
    /// The mailer that the settings name. Nobody is asked yet.
    ///
    /// # Errors
    /// The file of authorities or the password can't be read.
    pub(crate) fn open(&self) -> anyhow::Result<SharedMailer> {
        if self.driver == MailDriver::Log {
            return Ok(Arc::new(LogMailer));
        }
        let password = self.password.as_ref().filter(|_| !self.user.is_empty());
        let password = password.map(SecretRef::resolve).transpose()?;
        let server = SmtpServer {
            host: self.host.clone(),
            port: self.port,
            encryption: match self.tls {
                MailTls::Implicit => mail::Encryption::Implicit,
                MailTls::Required => mail::Encryption::Required,
                MailTls::Opportunistic => mail::Encryption::Opportunistic,
                MailTls::Off => mail::Encryption::Off,
            },
            authorities: self.ca_file.clone(),
            login: password.map(|password| mail::Login { user: self.user.clone(), password }),
            sender: self.from.parse()?,
        };
        Ok(Arc::new(SmtpMailer::new(server)?))
    }

    fn is_on_this_machine(&self) -> bool {
        let address = self.host.parse::<std::net::IpAddr>();
        self.host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    }
}

/// Reads a reference to a secret. A refusal must not repeat what stands there: it may be the secret itself.
fn reference<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretRef>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected where the secret is: { env = \"NAME\" } or { file = \"/path\" }")]
    enum Given {
        Reference(SecretRef),
    }
    Given::deserialize(deserializer).map(|Given::Reference(secret)| Some(secret))
}

fn is_given_for(driver: MailDriver) -> impl FnOnce(&str, &()) -> garde::Result {
    move |host, ()| {
        if driver == MailDriver::Smtp && host.is_empty() {
            return Err(garde::Error::new(
                "expected the name of a mail server, since mail.driver is \"smtp\"",
            ));
        }
        Ok(())
    }
}

fn is_a_sender_for(driver: MailDriver) -> impl FnOnce(&str, &()) -> garde::Result {
    move |from, ()| {
        if driver == MailDriver::Log && from.is_empty() {
            return Ok(());
        }
        from.parse::<mail::Sender>().map(drop).map_err(garde::Error::new)
    }
}

fn is_kept_secret(settings: &MailSettings) -> impl FnOnce(&str, &()) -> garde::Result {
    move |user, ()| {
        let is_kept = matches!(settings.tls, MailTls::Implicit | MailTls::Required);
        if user.is_empty() || is_kept || settings.is_on_this_machine() {
            return Ok(());
        }
        let problem = "a password goes to another machine only with mail.tls = \"required\" or \"implicit\"";
        Err(garde::Error::new(problem))
    }
}

fn is_there_for(user: &str) -> impl FnOnce(&Option<SecretRef>, &()) -> garde::Result {
    move |password, ()| match password {
        _ if user.is_empty() => Ok(()),
        None => Err(garde::Error::new("expected where the password of mail.user is")),
        Some(secret) => secret.resolve().map(drop).map_err(garde::Error::new),
    }
}
