//! The notice that goes with the content.

/// What everything that shows the content carries, word for word, as the licence of the source asks.
pub const ATTRIBUTION: &str = "This work includes material taken from the System Reference Document 5.1 (“SRD 5.1”) \
     by Wizards of the Coast LLC and available at \
     https://dnd.wizards.com/resources/systems-reference-document. \
     The SRD 5.1 is licensed under the Creative Commons \
     Attribution 4.0 International License available at https://creativecommons.org/licenses/by/4.0/legalcode.";
