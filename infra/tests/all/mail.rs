//! Letters, handed to a mail server over a real socket.

use std::{path::PathBuf, sync::Arc};

use infra::{
    mail::{Encryption, Letter, Login, Mailer as _, SendError, SmtpMailer, SmtpServer},
    node::Node as _,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig, crypto,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
};
use tokio_util::task::AbortOnDropHandle;

use crate::mail_server::{Bag, Opening, converse, serve};

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/all/https").join(name)
}

fn settings(port: u16, encryption: Encryption) -> SmtpServer {
    SmtpServer {
        host: "localhost".to_owned(),
        port,
        encryption,
        authorities: Some(file("authority.pem")),
        login: None,
        sender: "Realmkeep <no-reply@realmkeep.test>".parse().expect("is a sender"),
    }
}

fn signed_in(port: u16, encryption: Encryption, password: &str) -> SmtpServer {
    let login = Login { user: "realmkeep".to_owned(), password: password.to_owned().into() };
    SmtpServer { login: Some(login), ..settings(port, encryption) }
}

fn mailer(settings: SmtpServer) -> SmtpMailer {
    SmtpMailer::new(settings).expect("is made")
}

fn letter(to: &str) -> Letter {
    let text = format!("Open\n\nhttps://play.example.org/verify-email?token={}\n\nonce.", "0f".repeat(32));
    Letter { to: to.to_owned(), subject: "Verify your address".to_owned(), text }
}

/// A server with TLS, which talks so before and after it.
async fn serve_tls(implicit: bool, bag: &Bag) -> (u16, AbortOnDropHandle<()>) {
    let certificate = CertificateDer::from_pem_file(file("server.pem")).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(file("server.key")).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the usual ones")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("they belong together");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("localhost:0").await.expect("a port");
    let port = listener.local_addr().expect("has one").port();
    let bag = bag.clone();
    let talk = async move |socket: TcpStream| {
        let (socket, opening) = if implicit {
            (socket, Opening::Plain)
        } else {
            (converse(socket, Opening::OffersTls, &bag).await?, Opening::Upgraded)
        };
        converse(acceptor.accept(socket).await.ok()?, opening, &bag).await
    };
    let server = tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            talk(socket).await;
        }
    });
    (port, AbortOnDropHandle::new(server))
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let bag = Bag::default();
    let (port, _server) = serve("localhost:0", &bag).await;
    mailer(settings(port, Encryption::Off)).send(&letter("mira@example.org")).await.expect("is taken");
    let [taken] = &bag.letters()[..] else { panic!("not one: {bag:?}") };
    assert_eq!((taken.to.as_str(), taken.signed_in), ("mira@example.org", false));
    for line in [
        "From: Realmkeep <no-reply@realmkeep.test>",
        "To: mira@example.org",
        "Subject: Verify your address",
        "Auto-Submitted: auto-generated",
        &format!("https://play.example.org/verify-email?token={}", "0f".repeat(32)),
    ] {
        assert!(taken.text.lines().any(|written| written == line), "no {line:?} in\n{}", taken.text);
    }
}

#[tokio::test]
async fn a_password_goes_over_tls_from_the_first_byte_or_after_starttls() {
    for (implicit, encryption) in
        [(true, Encryption::Implicit), (false, Encryption::Required), (false, Encryption::Opportunistic)]
    {
        let bag = Bag::default();
        let (port, _server) = serve_tls(implicit, &bag).await;
        let mailer = mailer(signed_in(port, encryption, "tuesday gravel"));
        mailer.probe().await.expect("is well");
        mailer.send(&letter("mira@example.org")).await.expect("is taken");
        assert!(bag.letters().iter().all(|taken| taken.signed_in), "{bag:?}");
        assert_eq!(bag.letters().len(), 1, "{encryption:?}");
    }
}

#[tokio::test]
async fn a_server_that_can_no_tls_gets_no_letter_where_it_is_required() {
    let bag = Bag::default();
    let (port, _server) = serve("localhost:0", &bag).await;
    let refused =
        mailer(signed_in(port, Encryption::Required, "tuesday gravel")).send(&letter("a@b.example")).await;
    assert!(matches!(refused, Err(SendError::Away(_))), "{refused:?}");
    mailer(settings(port, Encryption::Opportunistic)).send(&letter("a@b.example")).await.expect("is taken");
    assert_eq!(bag.letters().len(), 1);
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_gets_no_letter() {
    let bag = Bag::default();
    let (port, _server) = serve_tls(false, &bag).await;
    let strangers = SmtpServer { authorities: None, ..settings(port, Encryption::Required) };
    let refused = mailer(strangers).send(&letter("mira@example.org")).await;
    assert!(matches!(refused, Err(SendError::Away(_))), "{refused:?}");
    assert!(bag.letters().is_empty());
}

#[tokio::test]
async fn what_is_wrong_with_a_recipient_is_told_apart_from_what_is_wrong_with_the_server() {
    let bag = Bag::default();
    let (port, server) = serve("localhost:0", &bag).await;
    let mailer_of = |password| mailer(signed_in(port, Encryption::Off, password));
    let good = mailer_of("tuesday gravel");
    let refused = good.send(&letter("nobody@example.org")).await;
    assert!(
        matches!(&refused, Err(SendError::Refused(said)) if said.contains("nobody of that name")),
        "{refused:?}"
    );
    let put_off = good.send(&letter("later@example.org")).await;
    assert!(matches!(&put_off, Err(SendError::PutOff(said)) if said.contains("come back")), "{put_off:?}");
    for outcome in [refused, put_off] {
        assert!(!format!("{outcome:?}").contains("@example.org"), "tells the address: {outcome:?}");
    }
    let unfit = good.send(&letter("not an address")).await;
    assert!(matches!(unfit, Err(SendError::Refused(_))), "{unfit:?}");
    let stranger = mailer_of("hunter2").send(&letter("mira@example.org")).await;
    assert!(matches!(stranger, Err(SendError::Away(_))), "the letter is not to blame: {stranger:?}");
    drop(server);
    let nobody = good.send(&letter("mira@example.org")).await;
    assert!(matches!(nobody, Err(SendError::Away(_))), "{nobody:?}");
    assert!(bag.letters().is_empty());
}
