// The recipe editor of the studio, bundled into one file that the page loads when it is opened. The page's half is
// `app/src/studio/editor.rs`: it mounts one editor and hears of each change.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { recipeCompletion } from "./completion.mjs";
import { valueRange } from "./place.mjs";
import { theme } from "./theme.mjs";

/** Marks what the page changed itself: a slider, a version that was opened. */
const byPage = Annotation.define();

/** Fetches the schema once; until it is there, and where it can't be had, there is no completion. */
function schemaAt(url) {
  let asked = null;
  return () => (asked ??= fetch(url).then((answer) => (answer.ok ? answer.json() : null), () => null));
}

/** A fault's place in the text: the word that begins there. */
function diagnostic(state, { severity, line, column, message, fix }) {
  const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
  const word = state.sliceDoc(from, at.to).match(/^[^\s,:{}[\]]+/)?.[0].length ?? 0;
  const to = Math.min(from + Math.max(word, 1), at.to);
  const apply = (view, start, end) => view.dispatch({ changes: { from: start, to: end, insert: fix } });
  const actions = fix ? [{ name: `Use ${fix}`, apply }] : [];
  return { from: Math.min(from, to), to, severity, message, actions };
}

class RecipeEditor {
  constructor(parent, { text, nonce, label, schema, changed }) {
    const state = EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        history(),
        foldGutter(),
        indentUnit.of("  "),
        EditorState.tabSize.of(2),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [recipeCompletion(schemaAt(schema))] }),
        highlightActiveLine(),
        highlightSelectionMatches(),
        lintGutter(),
        yaml(),
        theme,
        // Tab indents; Escape and then Tab leaves the editor.
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...completionKeymap,
          ...lintKeymap,
          indentWithTab,
        ]),
        EditorView.contentAttributes.of({ "aria-label": label, "aria-multiline": "true" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          const isPage = update.transactions.some((one) => one.annotation(byPage));
          changed(update.state.doc.toString(), isPage);
        }),
      ],
    });
    this.view = new EditorView({ state, parent });
    // While the text may only be read, the keyboard scrolls it all the same.
    this.view.scrollDOM.tabIndex = 0;
  }

  text() {
    return this.view.state.doc.toString();
  }

  /** Replaces everything, as one step that can be undone. */
  setText(text) {
    const { doc } = this.view.state;
    if (doc.toString() === text) return;
    this.view.dispatch({ changes: { from: 0, to: doc.length, insert: text }, annotations: byPage.of(true) });
  }

  /** Writes a value under its keys, joined by dots; says whether there is such a value. */
  setValue(keys, text) {
    const range = valueRange(this.view.state, keys.split("."));
    if (!range) return false;
    if (this.view.state.sliceDoc(range.from, range.to) !== text) {
      this.view.dispatch({ changes: { ...range, insert: text }, annotations: byPage.of(true), userEvent: "input" });
    }
    return true;
  }

  /** Shows faults, given as JSON. */
  setFaults(json) {
    const { state } = this.view;
    const found = JSON.parse(json).map((fault) => diagnostic(state, fault));
    this.view.dispatch(setDiagnostics(state, found));
  }

  /** Brings a line into view and puts the cursor there. */
  goTo(number) {
    const { doc } = this.view.state;
    const line = doc.line(Math.min(Math.max(number, 1), doc.lines));
    this.view.dispatch({
      selection: { anchor: line.from, head: line.to },
      effects: EditorView.scrollIntoView(line.from, { y: "center" }),
    });
    this.view.focus();
  }

  destroy() {
    this.view.destroy();
  }
}

globalThis.realmkeepEditor = { mount: (parent, options) => new RecipeEditor(parent, options) };
