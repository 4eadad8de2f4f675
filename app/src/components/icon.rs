//! Icons, drawn inline in one stroke so that they take the colour of the text beside them.

use leptos::prelude::*;

/// An icon of the set, on a grid of 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    Alert,
    Book,
    Brush,
    Check,
    ChevronDown,
    Close,
    Copy,
    Dice,
    Download,
    Entities,
    Events,
    Eye,
    Gauge,
    Health,
    Jobs,
    Key,
    Locate,
    Log,
    Minus,
    Moon,
    More,
    Nodes,
    Overview,
    Pause,
    Pipelines,
    Play,
    Plus,
    Shield,
    SignOut,
    Sun,
    Swords,
    System,
    Tower,
    Users,
    World,
}

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::Alert => {
                "M12 8.5v4.5M12 16.5v.01M10.3 4 2.6 17.4A2 2 0 0 0 4.3 20.4h15.4a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0Z"
            }
            Self::Book => {
                "M5 5.5A2.5 2.5 0 0 1 7.5 3H19v15H7.5A2.5 2.5 0 0 0 5 20.5v-15ZM5 20.5A2.5 2.5 0 0 0 7.5 21H19v-3"
            }
            Self::Brush => {
                "M19.5 4.5c-4 1.5-7.5 4.6-9.8 8.6l1.9 1.9c4-2.3 6.7-6 7.9-10.5ZM9.2 13.6c-2.2-.3-3.7 1-3.9 3-.1 1.3-.7 2.3-1.8 3 3.6.9 7 .2 7.6-3.1"
            }
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::ChevronDown => "m6 9.5 6 6 6-6",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Copy => {
                "M9 9h9.5A1.5 1.5 0 0 1 20 10.5V19a1.5 1.5 0 0 1-1.5 1.5H10A1.5 1.5 0 0 1 8.5 19V9.5M15.5 9V5A1.5 1.5 0 0 0 14 3.5H5A1.5 1.5 0 0 0 3.5 5v9A1.5 1.5 0 0 0 5 15.5h3.5"
            }
            Self::Dice => {
                "M12 2.8 4.2 7.2v9.6L12 21.2l7.8-4.4V7.2L12 2.8ZM12 7.5 7 15.5h10l-5-8ZM12 2.8v4.7M4.2 16.8 7 15.5M19.8 16.8 17 15.5"
            }
            Self::Download => "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
            Self::Entities => {
                "M12 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM5 20c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5"
            }
            Self::Events => "M4 6.5h4M4 12h4M4 17.5h4M11.5 4v16M15 8.5h5.5M15 15.5h5.5",
            Self::Eye => {
                "M2.5 12C4.6 8 8 5.5 12 5.5s7.4 2.5 9.5 6.5c-2.1 4-5.5 6.5-9.5 6.5S4.6 16 2.5 12ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z"
            }
            Self::Gauge => "M4.2 18a9 9 0 1 1 15.6 0M12 13l4-4.5M12 13v.01",
            Self::Health => "M3 12.5h4l2.5-7 4.5 13 2.5-6H21",
            Self::Jobs => "M8.5 6h12M8.5 12h12M8.5 18h12M4 6v.01M4 12v.01M4 18v.01",
            Self::Locate => {
                "M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3"
            }
            Self::Key => {
                "M8 9.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM11.2 10.8 19.5 2.5M16 6l3 3M13.5 8.5l2 2"
            }
            Self::Log => {
                "M6 3.5h9l4 4V20a.5.5 0 0 1-.5.5H6a.5.5 0 0 1-.5-.5V4a.5.5 0 0 1 .5-.5ZM15 3.5v4h4M9 12h6M9 16h6"
            }
            Self::Minus => "M5 12h14",
            Self::Moon => "M20 14.5A8.5 8.5 0 1 1 9.5 4a6.8 6.8 0 0 0 10.5 10.5Z",
            Self::More => "M5.5 12v.01M12 12v.01M18.5 12v.01",
            Self::Nodes => "M4.5 4.5h15v6h-15zM4.5 13.5h15v6h-15zM8 7.5v.01M8 16.5v.01M12 10.5v3",
            Self::Overview => "M4 4h6.5v8H4zM13.5 4H20v4.5h-6.5zM13.5 12H20v8h-6.5zM4 15.5h6.5V20H4z",
            Self::Pause => "M8.5 5.5v13M15.5 5.5v13",
            Self::Pipelines => "M3.5 9h4v6h-4zM16.5 4h4v6h-4zM16.5 14h4v6h-4zM7.5 12h4.5M16.5 7H12v10h4.5",
            Self::Play => "M7.5 5v14l11-7z",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Shield => {
                "M12 3 5 5.8v5.7c0 4.4 2.9 7.6 7 9.5 4.1-1.9 7-5.1 7-9.5V5.8zM9 11.8l2.2 2.2 4-4.4"
            }
            Self::SignOut => {
                "M14 4.5H6A1.5 1.5 0 0 0 4.5 6v12A1.5 1.5 0 0 0 6 19.5h8M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5"
            }
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"
            }
            Self::Swords => "M4 4h3l10.5 10.5M20 4h-3L6.5 14.5M14 18l4-4M10 18l-4-4M16 16l4 4M8 16l-4 4",
            Self::System => {
                "M4.5 5h15A1.5 1.5 0 0 1 21 6.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15.5v-9A1.5 1.5 0 0 1 4.5 5ZM9 20.5h6M12 17v3.5"
            }
            Self::Tower => {
                "M6 20.5V8.5M18 20.5V8.5M4 20.5h16M5 8.5V4h3v2h2.5V4h3v2H16V4h3v4.5zM10 20.5V17a2 2 0 0 1 4 0v3.5"
            }
            Self::Users => {
                "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM2.5 19.5c.5-3.4 3-5.2 6.5-5.2s6 1.8 6.5 5.2M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.6c2.3.6 3.7 2.3 4 4.9"
            }
            Self::World => "m3 6.5 6-2.5 6 2.5 6-2.5v13.5l-6 2.5-6-2.5-6 2.5zM9 4v13.5M15 6.5V20",
        }
    }
}

/// An icon. It is decoration: what it means stands in text or in a label beside it.
#[component]
pub(crate) fn Icon(glyph: Glyph, #[prop(default = "size-4")] class: &'static str) -> impl IntoView {
    view! {
        <svg
            class=format!("shrink-0 {class}")
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="1.75"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=glyph.path() />
        </svg>
    }
}
