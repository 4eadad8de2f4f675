//! Times relative to now, from one clock that ticks for the whole page.

use chrono::{DateTime, Utc};
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};
use std::time::Duration;

use crate::format;

/// The present time, second by second. It starts at the server's time on both sides, so that the page says the same
/// before and after the browser takes over, and it ticks on without trusting the visitor's clock.
#[derive(Clone, Copy)]
pub(crate) struct Clock(RwSignal<DateTime<Utc>>);

impl Clock {
    /// Starts a clock at the server's time and hands it to the components below.
    pub(crate) fn provide(server_time: DateTime<Utc>) -> Self {
        let clock = Self(RwSignal::new(server_time));
        provide_context(clock);
        Effect::new(move |_| {
            let started_ms = js_sys::Date::now();
            let tick = move || {
                let elapsed = Duration::from_millis((js_sys::Date::now() - started_ms).max(0.0) as u64);
                clock.0.set(server_time + elapsed);
            };
            if let Ok(handle) = set_interval_with_handle(tick, Duration::from_secs(1)) {
                on_cleanup(move || handle.clear());
            }
        });
        clock
    }

    /// The present time, followed.
    pub(crate) fn now(self) -> DateTime<Utc> {
        self.0.get()
    }
}

/// The page's clock.
pub(crate) fn use_clock() -> Clock {
    expect_context()
}

/// How long ago something was; the full time in a tooltip.
#[component]
pub(crate) fn Ago(at: DateTime<Utc>) -> impl IntoView {
    let clock = use_clock();
    view! {
        <time datetime=at.to_rfc3339() title=format::utc(at) class="figure whitespace-nowrap">
            {move || format::ago(at, clock.now())}
        </time>
    }
}

/// How long it is until something is; the full time in a tooltip.
#[component]
pub(crate) fn Until(at: DateTime<Utc>) -> impl IntoView {
    let clock = use_clock();
    view! {
        <time datetime=at.to_rfc3339() title=format::utc(at) class="figure whitespace-nowrap">
            {move || format::until(at, clock.now())}
        </time>
    }
}
