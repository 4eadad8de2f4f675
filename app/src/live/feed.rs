//! The live feed of a page: state, figures, history and entities as signals, over one socket for all of them.

use std::time::Duration;

use api::{
    combat::{AreaView, FlashView},
    entity::EntityView,
    observe::{Figures, ObserveMessage, ObserveRequest},
};
use grid::RegionId;
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};
use send_wrapper::SendWrapper;

use super::{
    history::History,
    link::{DEAD_AFTER_MS, LinkState, STALE_AFTER_MS, retry_after_ms},
    socket::Socket,
};
use crate::session::read_viewer::read_viewer;

/// Where the server offers its live view.
const PATH: &str = "/ws/observe";

/// Failed tries in a row after which the page asks whether the session is over.
const ASK_AFTER_FAILURES: u32 = 2;

/// The entities of the live region at one tick.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EntitySnapshot {
    pub(crate) region_id: RegionId,
    pub(crate) entities: Vec<EntityView>,
    pub(crate) areas: Vec<AreaView>,
    /// What happened in fights since the snapshot before.
    pub(crate) flashes: Vec<FlashView>,
    /// When it arrived, by the page's clock.
    pub(crate) at_ms: f64,
}

/// What a page follows. Copied freely; the link itself lives as long as the frame that provides it.
#[derive(Clone, Copy)]
pub(crate) struct LiveFeed {
    state: RwSignal<LinkState>,
    paused: RwSignal<bool>,
    figures: RwSignal<Option<Figures>>,
    history: RwSignal<History>,
    entities: RwSignal<Option<EntitySnapshot>>,
    watches: RwSignal<bool>,
    last_message_ms: StoredValue<f64>,
    failures: StoredValue<u32>,
    socket: StoredValue<Option<SendWrapper<Socket>>>,
}

impl LiveFeed {
    /// Makes the feed known to the components below, and opens the link in the browser if `observes`.
    pub(crate) fn provide(observes: bool) -> Self {
        let feed = Self {
            state: RwSignal::new(LinkState::Connecting),
            paused: RwSignal::new(false),
            figures: RwSignal::new(None),
            history: RwSignal::new(History::default()),
            entities: RwSignal::new(None),
            watches: RwSignal::new(false),
            last_message_ms: StoredValue::new(0.0),
            failures: StoredValue::new(0),
            socket: StoredValue::new(None),
        };
        provide_context(feed);
        if observes {
            Effect::new(move |_| feed.start());
        }
        feed
    }

    /// How the link stands.
    pub(crate) fn state(self) -> LinkState {
        if self.paused.get() { LinkState::Paused } else { self.state.get() }
    }

    /// Holds the picture still, or lets it run again. The socket stays open.
    pub(crate) fn set_paused(self, paused: bool) {
        self.paused.set(paused);
    }

    /// The newest figures.
    pub(crate) fn figures(self) -> Signal<Option<Figures>> {
        self.figures.into()
    }

    /// One figure over the last minutes.
    pub(crate) fn series(self, of: fn(&Figures) -> f64) -> Signal<Vec<f64>> {
        Signal::derive(move || self.history.with(|history| history.series(of)))
    }

    /// The newest entities, while watched.
    pub(crate) fn entities(self) -> Signal<Option<EntitySnapshot>> {
        self.entities.into()
    }

    /// Asks for the entities as long as the calling component lives.
    pub(crate) fn watch_entities(self) {
        self.set_watching(true);
        on_cleanup(move || self.set_watching(false));
    }

    fn set_watching(self, watch: bool) {
        if self.watches.try_set(watch).is_none() {
            self.send_watching(watch);
        }
    }

    fn send_watching(self, watch: bool) {
        let _ = self.socket.try_with_value(|socket| {
            if let (Some(socket), Ok(text)) =
                (socket, serde_json::to_string(&ObserveRequest::WatchEntities { watch }))
            {
                socket.send(&text);
            }
        });
    }

    fn start(self) {
        self.connect();
        if let Ok(handle) = set_interval_with_handle(move || self.look_after(), Duration::from_secs(1)) {
            on_cleanup(move || handle.clear());
        }
        on_cleanup(move || {
            let _ = self.socket.try_set_value(None);
        });
    }

    fn connect(self) {
        self.last_message_ms.set_value(js_sys::Date::now());
        let socket = Socket::open(
            PATH,
            move || {
                if self.watches.get_untracked() {
                    self.send_watching(true);
                }
            },
            move |text| self.receive(&text),
            move || self.closed(),
        );
        match socket {
            Some(socket) => self.socket.set_value(Some(SendWrapper::new(socket))),
            None => self.closed(),
        }
    }

    fn receive(self, text: &str) {
        // A message of a newer server that this page doesn't know is no reason to stop.
        let Ok(message) = serde_json::from_str::<ObserveMessage>(text) else { return };
        self.last_message_ms.set_value(js_sys::Date::now());
        self.failures.set_value(0);
        if self.state.get_untracked() != LinkState::Live {
            self.state.set(LinkState::Live);
        }
        if self.paused.get_untracked() {
            return;
        }
        match message {
            ObserveMessage::Figures(figures) => {
                self.history.update(|history| history.push(figures.clone()));
                self.figures.set(Some(figures));
            }
            ObserveMessage::Entities { region_id, entities, areas, flashes, .. } => {
                let at_ms = js_sys::Date::now();
                self.entities.set(Some(EntitySnapshot { region_id, entities, areas, flashes, at_ms }));
            }
        }
    }

    fn closed(self) {
        // The frame may be gone: then there is nothing left to reconnect for.
        if self.state.try_set(LinkState::Lost).is_some() {
            return;
        }
        let failures = self.failures.get_value();
        self.failures.set_value(failures.saturating_add(1));
        if failures == ASK_AFTER_FAILURES {
            leave_if_signed_out();
        }
        let wait = Duration::from_millis(retry_after_ms(failures, js_sys::Math::random()).into());
        set_timeout(
            move || {
                if self.state.try_get_untracked().is_some() {
                    self.connect();
                }
            },
            wait,
        );
    }

    /// Tells a link that only looks alive from a live one.
    fn look_after(self) {
        let Some(last) = self.last_message_ms.try_get_value() else { return };
        let silent_ms = js_sys::Date::now() - last;
        if self.state.get_untracked() == LinkState::Live && silent_ms > STALE_AFTER_MS {
            self.state.set(LinkState::Stale);
        }
        let has_socket = self.socket.with_value(Option::is_some);
        if has_socket && self.state.get_untracked() != LinkState::Lost && silent_ms > DEAD_AFTER_MS {
            self.socket.set_value(None);
            self.closed();
        }
    }
}

/// A refused socket doesn't tell why. If it is because the session ended, the server sends a fresh page to sign in.
fn leave_if_signed_out() {
    leptos::task::spawn_local(async {
        if matches!(read_viewer().await, Ok(None)) {
            // A refusal to reload leaves the page as it is, which says that the link is lost.
            let _ = window().location().reload();
        }
    });
}

/// The feed of the page's frame.
pub(crate) fn use_feed() -> LiveFeed {
    expect_context()
}
