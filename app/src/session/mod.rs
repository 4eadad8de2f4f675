//! Signing in and out, and who is signed in.

mod code_step;
pub(crate) mod end_impersonation;
mod entrance;
mod forget_password;
pub(crate) mod forgot_page;
pub(crate) mod page;
pub(crate) mod read_viewer;
pub(crate) mod reset_page;
mod reset_password;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
mod verify_email;
pub(crate) mod verify_page;
pub(crate) mod viewer;

/// What the address of a page says once its form, sent without script, was taken.
pub(crate) const DONE: &str = "done";

#[cfg(feature = "ssr")]
pub(crate) mod cookie;

#[cfg(feature = "ssr")]
pub use cookie::{LOOK_COOKIE, SESSION_COOKIE};

/// The path to go to after signing in: `next` if it leads to a page of this dashboard, else the overview. Anything that
/// a browser could read as another host's address is refused.
#[cfg(feature = "ssr")]
fn local_path(next: Option<&str>) -> &str {
    let is_local = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && path.len() <= 512
            && path.chars().all(|c| c.is_ascii_alphanumeric() || "/-_.?=&%:*+,~".contains(c))
    };
    next.filter(is_local).unwrap_or("/")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::local_path;

    #[test]
    fn signing_in_never_leads_to_another_host() {
        for next in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "",
            "/a\r\nb",
        ] {
            assert_eq!(local_path(Some(next)), "/", "{next:?}");
        }
        assert_eq!(local_path(None), "/");
        assert_eq!(local_path(Some("/world?x=1&z=-2.5")), "/world?x=1&z=-2.5");
    }
}
