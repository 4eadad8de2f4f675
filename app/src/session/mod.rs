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
/// a browser could read as another host's address is refused; what merely may not stand in an address is encoded.
#[cfg(feature = "ssr")]
fn local_path(next: Option<&str>) -> String {
    const LONGEST: usize = 2_048;
    let is_local = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && path.len() <= LONGEST
            && !path.contains(|c: char| c == '\\' || c.is_control())
    };
    let stands = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.?=&%:*+,~!$'();@[]|".contains(&byte);
    let encoded = |byte: u8| if stands(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    next.filter(is_local).unwrap_or("/").bytes().map(encoded).collect()
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

    #[test]
    fn a_wanted_address_is_kept_as_it_was_and_what_may_not_stand_in_one_is_encoded() {
        let wanted = "/roller?roll=1d20%20%2B%205%20[Strength]&against=15";
        assert_eq!(local_path(Some(wanted)), wanted);
        assert_eq!(
            local_path(Some("/users?search=Zoë of \"Wald\"")),
            "/users?search=Zo%C3%AB%20of%20%22Wald%22"
        );
    }
}
