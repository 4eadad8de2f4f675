//! One key that tokens are signed with: an Ed25519 pair in a PEM file.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use ed25519_dalek::{
    SigningKey as Ed25519Key,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, spki::der::pem::LineEnding},
};
use jsonwebtoken::{DecodingKey, EncodingKey};

/// An Ed25519 key pair.
pub(super) struct SigningKey {
    /// What tokens name it by.
    pub(super) id: String,
    pub(super) encoding: EncodingKey,
    pub(super) decoding: DecodingKey,
    pub(super) public: [u8; 32],
}

/// A key that cannot be read or made.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file or its folder cannot be used.
    #[error("key file {}: {cause}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The file holds something else. It was not touched.
    #[error("key file {}: not {expected}", file.display())]
    Malformed {
        /// The file.
        file: PathBuf,
        /// What it should hold.
        expected: &'static str,
    },
    /// Others than the owner may read the file.
    #[error("key file {}: other users may read it; restrict it to its owner (chmod 600)", file.display())]
    Exposed {
        /// The file.
        file: PathBuf,
    },
}

impl SigningKey {
    /// Reads the key in `file`, if there is such a file.
    pub(super) fn read(file: &Path) -> Result<Option<Self>, KeyError> {
        let Some(pem) = read_secret(file)? else { return Ok(None) };
        let malformed =
            || KeyError::Malformed { file: file.to_owned(), expected: "an Ed25519 private key in PEM form" };
        let key = Ed25519Key::from_pkcs8_pem(&pem).map_err(|_| malformed())?;
        Self::from_key(&key).map(Some).ok_or_else(malformed)
    }

    /// Makes a key in `file`, which must not exist yet.
    pub(super) fn make(file: &Path) -> Result<(), KeyError> {
        let failed = |cause| KeyError::File { file: file.to_owned(), cause };
        let key = Ed25519Key::from_bytes(&rand::random());
        let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|error| failed(io::Error::other(error)))?;
        write_new(file, pem.as_bytes())
    }

    fn from_key(key: &Ed25519Key) -> Option<Self> {
        let private = key.to_pkcs8_der().ok()?;
        let public = key.verifying_key().to_bytes();
        Some(Self {
            id: blake3::hash(&public).to_hex()[..16].to_owned(),
            encoding: EncodingKey::from_ed_der(private.as_bytes()),
            decoding: DecodingKey::from_ed_der(&public),
            public,
        })
    }
}

/// The text of a file that only its owner may read, if there is such a file.
pub(super) fn read_secret(file: &Path) -> Result<Option<String>, KeyError> {
    match fs::read_to_string(file) {
        Ok(text) => {
            check_exposure(file)?;
            Ok(Some(text))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(KeyError::File { file: file.to_owned(), cause }),
    }
}

/// Writes a file that only its owner may read, beside its place first: a crash leaves a whole key or none.
pub(super) fn write_new(file: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    let written = || {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let draft = file.with_extension("new");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut written = options.open(&draft)?;
        written.write_all(bytes)?;
        written.sync_all()?;
        fs::rename(&draft, file)
    };
    written().map_err(|cause| KeyError::File { file: file.to_owned(), cause })
}

#[cfg(unix)]
fn check_exposure(file: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::metadata(file).map_err(|cause| KeyError::File { file: file.to_owned(), cause })?;
    if metadata.permissions().mode() & 0o077 == 0 {
        Ok(())
    } else {
        Err(KeyError::Exposed { file: file.to_owned() })
    }
}

#[cfg(not(unix))]
fn check_exposure(_file: &Path) -> Result<(), KeyError> {
    Ok(())
}
