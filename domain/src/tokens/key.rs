//! The key that access tokens are signed with, in a file of the data folder.

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

const FILE_NAME: &str = "access-token.pem";
/// Tells blake3 what the derived key is for.
const SUCCESSION_CONTEXT: &str = "realmkeep 2026 refresh token succession";

/// An Ed25519 key pair, and what is derived from it.
pub struct SigningKey {
    pub(super) id: String,
    pub(super) encoding: EncodingKey,
    pub(super) decoding: DecodingKey,
    /// Computes the successors of refresh tokens.
    pub(super) succession: [u8; 32],
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
    /// The file holds no Ed25519 key. It was not touched.
    #[error("key file {}: not an Ed25519 private key in PEM form", file.display())]
    Malformed {
        /// The file.
        file: PathBuf,
    },
    /// Others than the owner may read the file.
    #[error("key file {}: other users may read it; restrict it to its owner (chmod 600)", file.display())]
    Exposed {
        /// The file.
        file: PathBuf,
    },
}

impl SigningKey {
    /// Reads the key in `folder`; makes folder and key on the first start.
    ///
    /// # Errors
    /// The file cannot be read or written, is open to others, or holds something else. It is never overwritten.
    pub fn in_folder(folder: &Path) -> Result<Self, KeyError> {
        let file = folder.join(FILE_NAME);
        let failed = |cause| KeyError::File { file: file.clone(), cause };
        match fs::read_to_string(&file) {
            Ok(pem) => {
                check_exposure(&file)?;
                let key = Ed25519Key::from_pkcs8_pem(&pem)
                    .map_err(|_| KeyError::Malformed { file: file.clone() })?;
                Self::from_key(&key).ok_or(KeyError::Malformed { file })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = Ed25519Key::from_bytes(&rand::random());
                fs::create_dir_all(folder).map_err(failed)?;
                let pem =
                    key.to_pkcs8_pem(LineEnding::LF).map_err(|error| failed(io::Error::other(error)))?;
                write_new(&file, pem.as_bytes()).map_err(failed)?;
                Self::from_key(&key).ok_or(KeyError::Malformed { file })
            }
            Err(error) => Err(failed(error)),
        }
    }

    fn from_key(key: &Ed25519Key) -> Option<Self> {
        let private = key.to_pkcs8_der().ok()?;
        let public = key.verifying_key().to_bytes();
        Some(Self {
            id: blake3::hash(&public).to_hex()[..16].to_owned(),
            encoding: EncodingKey::from_ed_der(private.as_bytes()),
            decoding: DecodingKey::from_ed_der(&public),
            succession: blake3::derive_key(SUCCESSION_CONTEXT, key.as_bytes()),
        })
    }
}

/// Writes a file that only its owner may read, beside its place first: a crash leaves a whole key or none.
fn write_new(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = file.with_extension("pem.new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(&draft)?;
    written.write_all(bytes)?;
    written.sync_all()?;
    fs::rename(&draft, file)
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
