//! What can be done about several accounts at once: for each the same use case as for one, with the same reason.

use api::{AccountId, Problem, ProblemKind, Role, user::UserView};

use super::{
    change_role::change_role, disable_user::disable_user, enable_user::enable_user,
    end_user_sessions::end_user_sessions,
};
use crate::Failure;

/// Something to do about accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Deed {
    #[default]
    Disable,
    Enable,
    EndSignIns,
    GiveRole,
}

impl Deed {
    pub(super) const fn verb(self) -> &'static str {
        match self {
            Self::Disable => "Disable",
            Self::Enable => "Enable",
            Self::EndSignIns => "End sign-ins",
            Self::GiveRole => "Change role",
        }
    }

    /// What will happen, and what will not.
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Disable => {
                "They are signed out everywhere and out of the game, and can’t sign in until they are enabled again. Nothing of theirs is lost."
            }
            Self::Enable => "They can sign in again. A ban stays where there is one.",
            Self::EndSignIns => {
                "They are signed out everywhere and out of the game, and can sign in again at once."
            }
            Self::GiveRole => "What they may do changes at once, also where they are signed in.",
        }
    }

    /// Does it about one account. The account as it is then, if it can have changed.
    pub(super) async fn carry_out(
        self,
        user: AccountId,
        role: Option<Role>,
        reason: String,
    ) -> Result<Option<UserView>, Failure> {
        match self {
            Self::Disable => disable_user(user, reason).await.map(Some),
            Self::Enable => enable_user(user, reason).await.map(Some),
            Self::EndSignIns => end_user_sessions(user, reason).await.map(|()| None),
            Self::GiveRole => {
                let missing = || Failure(Problem::new(ProblemKind::InvalidRequest, "Choose a role."));
                change_role(user, role.ok_or_else(missing)?, reason).await.map(Some)
            }
        }
    }
}

/// What came of it: how many were done, and who was refused and why.
pub(super) fn sum_up(done: usize, refused: &[(String, Failure)]) -> Result<String, Failure> {
    let accounts =
        |count: usize| if count == 1 { "1 account".to_owned() } else { format!("{count} accounts") };
    if refused.is_empty() {
        return Ok(format!("Done for {}", accounts(done)));
    }
    let why: Vec<String> = refused.iter().map(|(name, failure)| format!("{name}: {failure}")).collect();
    let detail = format!("Done for {}. Not for {}", accounts(done), why.join("; "));
    Err(Failure(Problem::new(ProblemKind::Conflict, detail)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_refused_is_named_with_the_reason() {
        assert_eq!(sum_up(1, &[]).expect("all done"), "Done for 1 account");
        let refusal = Failure(Problem::new(ProblemKind::Conflict, "this is the last owner who can sign in"));
        let told = sum_up(2, &[("Mira".to_owned(), refusal)]).expect_err("one refused").to_string();
        assert_eq!(told, "Done for 2 accounts. Not for Mira: this is the last owner who can sign in");
    }
}
