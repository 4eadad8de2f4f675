//! A side's map: its canvas, and the hands on it.

use js_sys::Uint8ClampedArray;
use leptos::{html, prelude::*};
use web_sys::HtmlCanvasElement;

use super::{
    Desk,
    crew::Crew,
    painter::Painter,
    worker_messages::{Report, Side},
};
use crate::map::{
    hands::{Choice, Hands},
    pointer::Gesture,
    stage::{self, NO_CANVAS, painter_of},
};

type StageHandle = stage::StageHandle<Painter>;

/// The stages of both sides, for reports that come in.
#[derive(Clone, Copy)]
pub(crate) struct Stages([StageHandle; 2]);

impl Stages {
    pub(crate) fn new() -> Self {
        Self([StoredValue::new(None), StoredValue::new(None)])
    }

    fn hear(self, desk: Desk, report: Report, pixels: Option<Uint8ClampedArray>) {
        match (report, pixels) {
            (Report::Drawn { side, edition, tile, counts }, Some(pixels)) => {
                if let Some(painter) = painter_of(self.0[side.index()]) {
                    painter.borrow_mut().receive(tile, edition, &pixels, counts);
                }
            }
            (report, _) => {
                desk.hear(report);
                // What was read can be drawn: a frame's wait would be the visitor's.
                for side in Side::BOTH {
                    if let Some(painter) = painter_of(self.0[side.index()]) {
                        painter.borrow_mut().order();
                    }
                }
            }
        }
    }

    /// Starts the workers, which report to these stages.
    pub(crate) fn employ(self, desk: Desk) {
        let hear = move |report, pixels| self.hear(desk, report, pixels);
        let broken = move |reason| {
            let _ = desk.trouble.try_set(Some(reason));
        };
        desk.employ(Crew::start(hear, broken));
    }

    /// Forgets the pictures of a side.
    pub(crate) fn forget(self, side: Side) {
        if let Some(painter) = painter_of(self.0[side.index()]) {
            painter.borrow_mut().forget();
        }
    }
}

/// A side's map.
#[component]
pub(crate) fn MapPane(desk: Desk, stages: Stages, side: Side) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let stage = stages.0[side.index()];
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            raise(desk, stage, side, canvas);
        }
    });
    on_cleanup(move || {
        let _ = stage.try_set_value(None);
    });
    let choose = Callback::new(move |choice| choose(desk, side, choice));
    // Each side has a size of its own, and both have one camera.
    let view = crate::map::view::MapView { extent: desk.extents[side.index()], ..desk.view };
    let hands = Hands { view, canvas, gesture: StoredValue::new(Gesture::default()), choose };
    let label = match side {
        Side::Draft => "Map of the draft",
        Side::Other => "Map of the version beside it",
    };
    view! {
        <canvas
            node_ref=canvas
            class="absolute inset-0 size-full cursor-crosshair touch-none -outline-offset-2"
            tabindex="0"
            role="application"
            aria-label=label
            aria-describedby="studio-keys"
            data-growing=move || desk.growing[side.index()].get().to_string()
            on:pointerdown=move |event| hands.press(&event)
            on:pointermove=move |event| hands.shift(&event)
            on:pointerup=move |event| hands.release(&event)
            on:pointercancel=move |event| hands.cancel(&event)
            on:pointerleave=move |event| hands.leave(&event)
            on:wheel=move |event| hands.wheel(&event)
            on:keydown=move |event| hands.key(&event)
        ></canvas>
    }
}

fn raise(desk: Desk, stage: StageHandle, side: Side, canvas: HtmlCanvasElement) {
    let painter = move |canvas, context| Painter::new(desk, side, canvas, context);
    if !stage::raise(stage, desk.extents[side.index()], canvas, painter) {
        desk.trouble.set(Some(NO_CANVAS.to_owned()));
    }
}

/// Explains the square metre that was chosen.
fn choose(desk: Desk, side: Side, choice: Choice) {
    let camera = desk.view.camera.get_untracked();
    let (x, z) = match choice {
        Choice::Middle => (camera.x, camera.z),
        Choice::At(left, top) => camera.to_world(desk.extents[side.index()].get_untracked(), left, top),
    };
    desk.explain(x.floor() as i64, z.floor() as i64);
}
