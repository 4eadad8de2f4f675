//! Tokens, cookies, refresh tokens, keys and mailed tokens that are not ours, but nearly: none lets anybody in, and none
//! brings anything down.

use api::{
    Permission, Role,
    api_key::CreateApiKeyRequest,
    auth::{LoginRequest, RefreshRequest},
    credential::VerifyEmailRequest,
    user::CreateUserRequest,
};
use domain::{Actor, Arrival, Error, accounts, api_keys, sessions, tokens, users};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::runtime::Runtime;

use crate::test_domain::{OWNER_EMAIL, PASSWORD, TestDomain, may};

const CASES: u32 = 256;

/// What was done to a good secret.
#[derive(Clone, Debug)]
enum Harm {
    Replaced(prop::sample::Index, char),
    Cut(prop::sample::Index),
    CutAtTheFront(prop::sample::Index),
    Inserted(prop::sample::Index, char),
    Swapped(prop::sample::Index, prop::sample::Index),
    Doubled,
    Padded(String),
    LetterCase,
    Invented(String),
}

fn harm() -> impl Strategy<Value = Harm> {
    // What secrets are written with, and what they are not.
    let letter = prop_oneof![4 => "[A-Za-z0-9_.=-]", 1 => any::<char>().prop_map(String::from)];
    let letter = letter.prop_map(|text| text.chars().next().unwrap_or('x'));
    prop_oneof![
        4 => (any::<prop::sample::Index>(), letter.clone()).prop_map(|(at, with)| Harm::Replaced(at, with)),
        2 => any::<prop::sample::Index>().prop_map(Harm::Cut),
        1 => any::<prop::sample::Index>().prop_map(Harm::CutAtTheFront),
        2 => (any::<prop::sample::Index>(), letter).prop_map(|(at, what)| Harm::Inserted(at, what)),
        1 => any::<(prop::sample::Index, prop::sample::Index)>().prop_map(|(a, b)| Harm::Swapped(a, b)),
        1 => Just(Harm::Doubled),
        1 => "[=. A-Za-z0-9]{1,8}".prop_map(Harm::Padded),
        1 => Just(Harm::LetterCase),
        2 => prop_oneof!["\\PC{0,200}", "[0-9a-f]{64}", "rk_[0-9a-f]{64}", "[A-Za-z0-9_-]{1,80}\\.[A-Za-z0-9_-]{1,80}\\.[A-Za-z0-9_-]{0,80}"]
            .prop_map(Harm::Invented),
    ]
}

impl Harm {
    fn done_to(&self, good: &str) -> String {
        let mut letters: Vec<char> = good.chars().collect();
        match self {
            Self::Replaced(at, with) => {
                let at = at.index(letters.len());
                letters[at] = *with;
            }
            Self::Cut(at) => letters.truncate(at.index(letters.len())),
            Self::CutAtTheFront(at) => {
                letters.drain(..=at.index(letters.len()));
            }
            Self::Inserted(at, what) => letters.insert(at.index(letters.len()), *what),
            Self::Swapped(a, b) => letters.swap(a.index(good.len()), b.index(good.len())),
            Self::Doubled => letters.extend(good.chars()),
            Self::Padded(with) => letters.extend(with.chars()),
            Self::LetterCase => {
                letters.iter_mut().for_each(|letter| {
                    *letter = if letter.is_ascii_lowercase() {
                        letter.to_ascii_uppercase()
                    } else {
                        letter.to_ascii_lowercase()
                    };
                });
            }
            Self::Invented(other) => letters = other.chars().collect(),
        }
        letters.into_iter().collect()
    }
}

/// Tries a door with many secrets that are nearly `good`, and then with that one.
fn knock(runtime: &Runtime, good: &str, door: impl AsyncFn(String) -> Result<(), Error>) {
    let mut runner = TestRunner::deterministic();
    for _ in 0..CASES {
        let harm = harm().new_tree(&mut runner).expect("a value").current();
        let forged = harm.done_to(good);
        if forged == good {
            continue;
        }
        let outcome = runtime.block_on(door(forged.clone()));
        let is_refusal =
            matches!(outcome, Err(Error::Unauthenticated | Error::Invalid(_) | Error::InvalidField { .. }));
        assert!(is_refusal, "{harm:?} made {forged:?} of {good:?}: {outcome:?}");
    }
    runtime.block_on(door(good.to_owned())).expect("the good one opens, after all that");
}

fn house() -> (Runtime, TestDomain) {
    let runtime = Runtime::new().expect("a runtime");
    let test = runtime.block_on(TestDomain::new());
    (runtime, test)
}

#[test]
fn no_access_token_but_ours_lets_anybody_in() {
    let (runtime, test) = house();
    let good = runtime.block_on(test.login(OWNER_EMAIL, PASSWORD)).expect("signs in").access_token;
    knock(&runtime, &good, async |forged| {
        let forged = SecretString::from(forged);
        tokens::authenticate(&test.domain, &forged, Arrival::within()).await.map(drop)
    });
}

#[test]
fn no_cookie_but_ours_lets_anybody_in() {
    let (runtime, test) = house();
    let request = LoginRequest { email: OWNER_EMAIL.into(), password: PASSWORD.into(), code: None };
    let opened = runtime.block_on(sessions::open(&test.domain, &test.visitor(), request)).expect("opens");
    knock(&runtime, opened.token.expose_secret(), async |forged| {
        let forged = SecretString::from(forged);
        sessions::authenticate(&test.domain, &forged, Arrival::within()).await.map(drop)
    });
}

#[test]
fn no_key_but_ours_lets_anybody_in() {
    let (runtime, test) = house();
    let key = runtime.block_on(async {
        let owner = test.owner().await;
        let service = CreateUserRequest {
            email: "bridge@example.org".into(),
            password: PASSWORD.into(),
            display_name: "Bridge".into(),
            role: Role::Service,
            reason: "a test".into(),
        };
        let account_id = users::create(&test.domain, &may(&owner), service).await.expect("is made").id;
        let request = CreateApiKeyRequest {
            account_id,
            name: "Statistics".into(),
            scopes: vec![Permission::ViewWorlds],
            expires_at: None,
            reason: "a test".into(),
        };
        api_keys::create(&test.domain, &may(&owner), request).await.expect("is made").token
    });
    knock(&runtime, &key, async |forged| {
        let forged = SecretString::from(forged);
        api_keys::authenticate(&test.domain, &forged, Arrival::within()).await.map(drop)
    });
}

#[test]
fn no_refresh_token_but_ours_buys_anything() {
    let (runtime, test) = house();
    let good = runtime.block_on(test.login(OWNER_EMAIL, PASSWORD)).expect("signs in").refresh_token;
    knock(&runtime, &good, async |forged| {
        let request = RefreshRequest { refresh_token: forged };
        accounts::refresh(&test.domain, &test.visitor(), request).await.map(drop)
    });
}

#[test]
fn no_mailed_token_but_ours_verifies_anything() {
    let (runtime, test) = house();
    runtime.block_on(test.worker());
    let mira = runtime.block_on(test.player("Mira"));
    let good = runtime.block_on(test.letters.token("mira@example.org", "Verify your address"));
    let mut runner = TestRunner::deterministic();
    for case in 0..CASES {
        let forged = harm().new_tree(&mut runner).expect("a value").current().done_to(&good);
        if forged != good {
            // Each from an address of its own: one address may ask a few times a minute.
            let address = Some(std::net::Ipv4Addr::from(0xC612_0000 + case).into());
            let somebody = Actor::visitor(Arrival { address, ..Arrival::within() });
            let request = VerifyEmailRequest { token: forged.clone() };
            let outcome = runtime.block_on(accounts::verify_email(&test.domain, &somebody, request));
            let is_refusal = matches!(outcome, Err(Error::Invalid(_) | Error::InvalidField { .. }));
            assert!(is_refusal, "{forged:?} of {good:?}: {outcome:?}");
        }
    }
    let me = runtime.block_on(accounts::me(&test.domain, &mira)).expect("tells");
    assert!(!me.email_verified);
}
