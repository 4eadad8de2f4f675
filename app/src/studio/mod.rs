//! The studio: a world's recipe as text, as sliders and as a map that follows each change.
//!
//! The text stands in CodeMirror ([`editor`]); whatever changes it, by hand or by slider, ends in [`Desk::write`]. Workers
//! ([`worker`], ordered by [`crew`]) read the text with the same code as the server, tell its faults, and draw what
//! [`painter`] asks for: coarse before fine, the middle before the edge, and nothing that is out of date. Saving, publishing
//! and going back are use cases of the server; a published version takes effect when the server next starts.

mod bar;
mod check_recipe;
mod crew;
mod desk;
mod discard_draft;
mod editor;
mod explain_panel;
mod fault_panel;
mod history_dialog;
mod legend;
mod look_bar;
mod map_pane;
pub(crate) mod page;
mod painter;
mod parameters;
mod publish_dialog;
mod publish_recipe;
mod read_draft;
mod read_version;
mod read_versions;
mod roll_back_recipe;
mod save_draft;
mod shares_panel;
mod tiles;
pub mod worker;
mod worker_messages;

use desk::Desk;
