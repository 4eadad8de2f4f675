//! Light, dark, or as the system has it: chosen by the visitor, kept in a cookie, known before the first byte.

use leptos::prelude::*;

use crate::components::icon::{Glyph, Icon};

/// The cookie that keeps the choice. It holds nothing private and is read by the page's script, too.
const COOKIE: &str = "realmkeep_theme";

/// What the visitor wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// Whatever the operating system says.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// The value of the document's `data-theme`; none for the system's choice.
    pub(crate) const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The theme in a `Cookie` header's text.
    fn of_cookies(cookies: &str) -> Self {
        let value = cookies.split(';').find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='));
        match value {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// The theme that the present visitor chose: from the request on the server, from the document in the browser.
    /// Both read the same cookie, so both render the same.
    pub(crate) fn of_request() -> Self {
        #[cfg(feature = "ssr")]
        {
            use_context::<http::request::Parts>()
                .and_then(|parts| {
                    let cookies = parts.headers.get_all(http::header::COOKIE);
                    let mut texts = cookies.iter().filter_map(|header| header.to_str().ok());
                    texts.find(|text| text.contains(COOKIE)).map(Self::of_cookies)
                })
                .unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            js_sys::Reflect::get(&document(), &"cookie".into())
                .ok()
                .and_then(|cookies| cookies.as_string())
                .map_or_else(Self::default, |cookies| Self::of_cookies(&cookies))
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::System => "as the system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::System => Glyph::System,
            Self::Light => Glyph::Sun,
            Self::Dark => Glyph::Moon,
        }
    }

    /// Shows the theme now, and keeps it for a year.
    fn apply(self) {
        if let Some(root) = document().document_element() {
            // Attributes of a present element can always be set.
            let _ = match self.attribute() {
                Some(value) => root.set_attribute("data-theme", value),
                None => root.remove_attribute("data-theme"),
            };
        }
        let (value, age) = self.attribute().map_or(("", 0), |value| (value, 31_536_000));
        let cookie = format!("{COOKIE}={value}; Path=/; Max-Age={age}; SameSite=Lax");
        let _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
    }
}

/// Goes round the three themes.
#[component]
pub(crate) fn ThemeToggle() -> impl IntoView {
    let theme = RwSignal::new(Theme::of_request());
    let label = move || {
        let theme = theme.get();
        format!("Theme: {}. Change to {}", theme.name(), theme.next().name())
    };
    view! {
        <button
            type="button"
            class="grid size-9 shrink-0 place-items-center rounded-control text-ink-muted hover:bg-hover hover:text-ink"
            aria-label=label
            title=label
            on:click=move |_| {
                theme.update(|theme| *theme = theme.next());
                theme.get_untracked().apply();
            }
        >
            {move || view! { <Icon glyph=theme.get().glyph() class="size-4.5" /> }}
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_is_found_among_other_cookies() {
        assert_eq!(Theme::of_cookies("a=b; realmkeep_theme=dark; c=d"), Theme::Dark);
        assert_eq!(Theme::of_cookies("realmkeep_theme=light"), Theme::Light);
    }

    #[test]
    fn a_cookie_that_says_anything_else_means_the_system() {
        for cookies in [
            "",
            "realmkeep_theme=",
            "realmkeep_theme=\"><script>",
            "realmkeep_themes=dark",
            "xrealmkeep_theme=dark",
        ] {
            assert_eq!(Theme::of_cookies(cookies), Theme::System, "{cookies}");
        }
    }
}
