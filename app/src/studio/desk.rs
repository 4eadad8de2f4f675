//! What the studio's parts share: the text, what it turned out to be, and what is looked at.

use std::{rc::Rc, time::Duration};

use grid::WorldId;
use leptos::{
    leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle},
    prelude::*,
};
use send_wrapper::SendWrapper;
use worldgen::{Look, LookLayer, Proof, Scale, Severity};

use super::{
    crew::Crew,
    editor::Editor,
    worker_messages::{Explained, Reading, Report, Side, Sketch},
};
use crate::map::{
    camera::{Camera, Extent, Zoom},
    view::MapView,
};

/// From a level's coarsest pixel to a metre of 16 pixels.
pub(crate) const ZOOM: Zoom = Zoom { least: 1.0 / 64.0, most: 16.0 };
/// How long a typist's hands rest before the text is read. A slider waits for nothing.
const TYPING: Duration = Duration::from_millis(150);
/// How long a text stands before its tests run: they take a core for seconds.
const SETTLED: Duration = Duration::from_millis(900);
/// The mark in the browser's performance log at each change of the text.
const CHANGED: &str = "studio changed";

/// What the server has of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Saved {
    /// The draft's text, or the newest version's without a draft.
    pub(crate) text: String,
    /// The draft's revision; 0 without a draft.
    pub(crate) revision: u32,
    /// Who saved it, and when, in words.
    pub(crate) by: String,
}

/// A text on its way to the map.
#[derive(Clone, Debug, Default)]
struct Source {
    text: String,
    revision: u32,
}

/// Signals that the parts of the studio share. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) world: WorldId,
    seed: StoredValue<String>,
    pub(crate) view: MapView,
    /// The size of each side's map.
    pub(crate) extents: [RwSignal<Extent>; 2],
    pub(crate) look: RwSignal<Look>,
    pub(crate) has_grid: RwSignal<bool>,
    /// The text as it is written.
    pub(crate) text: RwSignal<String>,
    pub(crate) saved: RwSignal<Saved>,
    /// What the newest text turned out to be.
    pub(crate) reading: RwSignal<Option<Reading>>,
    /// What grows on each side: of the newest sound text.
    pub(crate) sketches: [RwSignal<Option<Sketch>>; 2],
    pub(crate) proofs: RwSignal<Option<Vec<Proof>>>,
    /// Whether the tests of the newest text have not run yet.
    pub(crate) is_proving: RwSignal<bool>,
    /// The place that is explained, in metres.
    pub(crate) chosen: RwSignal<Option<(i64, i64)>>,
    pub(crate) explained: RwSignal<Option<Explained>>,
    /// How many pixels on the screen are of each column of the look's scale.
    pub(crate) counts: RwSignal<Vec<u32>>,
    /// Visible tiles that are still drawn, on each side.
    pub(crate) growing: [RwSignal<u32>; 2],
    /// The version beside the draft.
    pub(crate) other: RwSignal<Option<u32>>,
    /// Why nothing can be drawn.
    pub(crate) trouble: RwSignal<Option<String>>,
    sources: StoredValue<[Source; 2]>,
    /// The revision that the workers have a world of, on each side.
    sound: StoredValue<[Option<u32>; 2]>,
    /// Counts looks, so that a picture of another is told apart.
    looks: StoredValue<u32>,
    crew: StoredValue<Option<SendWrapper<Rc<Crew>>>>,
    editor: StoredValue<Option<SendWrapper<Editor>>>,
    typing: StoredValue<Option<TimeoutHandle>>,
    settling: StoredValue<Option<TimeoutHandle>>,
}

impl Desk {
    pub(crate) fn new(world: WorldId, seed: String, camera: Camera, saved: Saved) -> Self {
        let view = MapView::new(camera, ZOOM, true);
        Self {
            world,
            seed: StoredValue::new(seed),
            view,
            extents: [view.extent, RwSignal::new(Extent::default())],
            look: RwSignal::new(Look { hillshade: true, water: true, ..Look::default() }),
            has_grid: RwSignal::new(false),
            text: RwSignal::new(saved.text.clone()),
            saved: RwSignal::new(saved),
            reading: RwSignal::new(None),
            sketches: [RwSignal::new(None), RwSignal::new(None)],
            proofs: RwSignal::new(None),
            is_proving: RwSignal::new(true),
            chosen: RwSignal::new(None),
            explained: RwSignal::new(None),
            counts: RwSignal::new(Vec::new()),
            growing: [RwSignal::new(0), RwSignal::new(0)],
            other: RwSignal::new(None),
            trouble: RwSignal::new(None),
            sources: StoredValue::new([Source::default(), Source::default()]),
            sound: StoredValue::new([None, None]),
            looks: StoredValue::new(0),
            crew: StoredValue::new(None),
            editor: StoredValue::new(None),
            typing: StoredValue::new(None),
            settling: StoredValue::new(None),
        }
    }

    /// Gives it workers, and the first text to read.
    pub(crate) fn employ(self, crew: Crew) {
        self.crew.set_value(Some(SendWrapper::new(Rc::new(crew))));
        self.read(Side::Draft, &self.text.get_untracked());
    }

    /// Gives it the editor.
    pub(crate) fn seat(self, editor: Editor) {
        self.editor.set_value(Some(SendWrapper::new(editor)));
    }

    /// Lets workers and editor go.
    pub(crate) fn leave(self) {
        // The whole page may be going.
        let _ = self.crew.try_set_value(None);
        let _ = self.editor.try_set_value(None);
    }

    pub(crate) fn crew(self) -> Option<Rc<Crew>> {
        self.crew.try_with_value(|crew| crew.as_deref().cloned()).flatten()
    }

    /// Does something to the editor, once it is there.
    pub(crate) fn edit<T>(self, act: impl FnOnce(&Editor) -> T) -> Option<T> {
        self.editor.try_with_value(|editor| editor.as_ref().map(|editor| act(editor))).flatten()
    }

    /// The text was changed: by hand, or by the page itself, which doesn't pause between two letters.
    pub(crate) fn write(self, text: String, by_page: bool) {
        if self.text.is_disposed() {
            return;
        }
        if let Some(clock) = window().performance() {
            // A browser that keeps no marks measures nothing.
            let _ = clock.mark(CHANGED);
        }
        if let Some(waiting) = self.typing.get_value() {
            waiting.clear();
        }
        if by_page {
            self.read(Side::Draft, &text);
        } else {
            let read = move || {
                if let Some(text) = self.text.try_get_untracked() {
                    self.read(Side::Draft, &text);
                }
            };
            self.typing.set_value(set_timeout_with_handle(read, TYPING).ok());
        }
        self.text.set(text);
    }

    /// Replaces the text, in the editor if it is there.
    pub(crate) fn replace(self, text: &str) {
        if self.edit(|editor| editor.set_text(text)).is_none() {
            self.write(text.to_owned(), true);
        }
    }

    /// Has the workers read a side's text.
    pub(crate) fn read(self, side: Side, text: &str) {
        let Some(crew) = self.crew() else { return };
        let mut revision = 0;
        self.sources.update_value(|sources| {
            let source = &mut sources[side.index()];
            source.revision += 1;
            text.clone_into(&mut source.text);
            revision = source.revision;
        });
        self.seed.with_value(|seed| crew.read(side, revision, seed, text));
        if side == Side::Draft {
            self.prove_soon();
        }
    }

    /// Has the text's own tests run when it has stood for a while.
    fn prove_soon(self) {
        if let Some(waiting) = self.settling.get_value() {
            waiting.clear();
        }
        self.is_proving.set(true);
        let prove = move || {
            let Some(crew) = self.crew() else { return };
            let source = self.sources.with_value(|sources| sources[0].clone());
            self.seed.with_value(|seed| crew.prove(source.revision, seed, &source.text));
        };
        self.settling.set_value(set_timeout_with_handle(prove, SETTLED).ok());
    }

    /// The revision that pictures of a side can be ordered of.
    pub(crate) fn sound_revision(self, side: Side) -> Option<u32> {
        self.sound.with_value(|sound| sound[side.index()])
    }

    /// What pictures of a side are of: a text, and a look at it.
    pub(crate) fn edition(self, side: Side) -> u32 {
        let revision = self.sound_revision(side).unwrap_or_default();
        revision.wrapping_mul(1 << 12).wrapping_add(self.looks.get_value())
    }

    /// Looks at something else, or otherwise.
    pub(crate) fn look_at(self, change: impl FnOnce(&mut Look)) {
        self.looks.update_value(|looks| *looks += 1);
        self.look.update(change);
        self.counts.set(Vec::new());
    }

    /// Explains a place.
    pub(crate) fn explain(self, x: i64, z: i64) {
        self.chosen.set(Some((x, z)));
        self.ask_again();
    }

    fn ask_again(self) {
        let place = self.chosen.get_untracked();
        if let (Some(crew), Some(revision), Some(place)) =
            (self.crew(), self.sound_revision(Side::Draft), place)
        {
            crew.explain(Side::Draft, revision, place);
        }
    }

    /// Takes what a worker says that is no picture.
    pub(crate) fn hear(self, report: Report) {
        match report {
            Report::Read { side, revision, reading } => self.take_reading(side, revision, reading),
            Report::Explained { explained, .. } => {
                if self.chosen.get_untracked() == Some((explained.x, explained.z)) {
                    self.explained.set(Some(*explained));
                }
            }
            Report::Proved { revision, proofs } => {
                if self.sources.with_value(|sources| sources[0].revision == revision) {
                    self.proofs.set(Some(proofs));
                    self.is_proving.set(false);
                }
            }
            Report::Drawn { .. } | Report::Overtaken { .. } => {}
        }
    }

    fn take_reading(self, side: Side, revision: u32, reading: Reading) {
        let is_newest = self.sources.with_value(|sources| sources[side.index()].revision == revision);
        if let Some(sketch) = &reading.sketch {
            self.sound.update_value(|sound| sound[side.index()] = Some(revision));
            let is_gone = self.look.with_untracked(|look| scale_of(sketch, &look.layer).is_none());
            if side == Side::Draft && is_gone {
                self.look_at(|look| look.layer = LookLayer::Land);
            }
            if self.sketches[side.index()].with_untracked(|known| known.as_ref() != Some(sketch)) {
                self.sketches[side.index()].set(Some(sketch.clone()));
            }
        }
        if side == Side::Draft && is_newest {
            self.edit(|editor| editor.set_faults(&reading.faults));
            if reading.sketch.is_none() {
                self.is_proving.set(false);
                self.proofs.set(None);
            }
            if self.reading.with_untracked(|known| known.as_ref() != Some(&reading)) {
                self.reading.set(Some(reading));
            }
            self.ask_again();
        }
    }

    /// How many errors and warnings the text has.
    pub(crate) fn fault_counts(self) -> (usize, usize) {
        self.reading.with(|reading| {
            let faults = reading.as_ref().map(|reading| reading.faults.as_slice()).unwrap_or_default();
            let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
            (errors, faults.len() - errors)
        })
    }

    /// Whether something was written that the server has not.
    pub(crate) fn is_unsaved(self) -> bool {
        self.text.with(|text| self.saved.with(|saved| saved.text != *text))
    }

    /// What the present look's colours stand for.
    pub(crate) fn scale(self) -> Option<Scale> {
        let layer = self.look.with(|look| look.layer.clone());
        self.sketches[0].with(|sketch| scale_of(sketch.as_ref()?, &layer))
    }
}

fn scale_of(sketch: &Sketch, layer: &LookLayer) -> Option<Scale> {
    sketch.scales.iter().find(|(of, _)| of == layer).map(|(_, scale)| scale.clone())
}
