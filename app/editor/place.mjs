// Where in a recipe the cursor is: which keys lead there, whether a key or a value is being written, and what stands
// beside it. Flow style (`{step: fbm}`) is read off the syntax tree; in block style a half-written line breaks the tree,
// so there the indentation decides, and the tree is asked only about the lines above.
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";

/** Longest time to wait for the tree, in milliseconds. */
const PARSE_MS = 200;
/** The step of a path that goes into a list. */
export const ITEM = "[]";

const FLOW = new Set(["FlowMapping", "FlowSequence"]);
const MAPPING = new Set(["FlowMapping", "BlockMapping"]);

export function tree(state) {
  return ensureSyntaxTree(state, state.doc.length, PARSE_MS) ?? syntaxTree(state);
}

const textOf = (state, node) => state.sliceDoc(node.from, node.to).replace(/^["']|["']$/g, "");

/** The key of a pair, as text. */
function keyOf(state, pair) {
  const key = pair.getChild("Key");
  return key ? textOf(state, key) : "";
}

/** The value's node of a pair, if there is one. */
function valueOf(pair) {
  const last = pair.lastChild;
  return last && last.name !== "Key" && last.name !== ":" ? last : null;
}

/** The scalars of a mapping by key: what decides which other keys make sense. */
export function scalars(state, mapping) {
  const found = {};
  for (const pair of mapping?.getChildren("Pair") ?? []) {
    const value = valueOf(pair);
    const isScalar = value && (value.name === "Literal" || value.name === "QuotedLiteral");
    found[keyOf(state, pair)] = isScalar ? textOf(state, value) : null;
  }
  return found;
}

/** The keys that lead to a node, each with the scalars beside it, from the root. */
function pathTo(state, node) {
  const path = [];
  for (let at = node; at; at = at.parent) {
    if (at.name === "Pair") path.unshift({ key: keyOf(state, at), beside: scalars(state, at.parent) });
    if (at.name === "Item") path.unshift({ key: ITEM, beside: {} });
  }
  return path;
}

/** The flow collection that the position is in, if it is in one. */
function flowAround(state, root, pos) {
  for (let at = root.resolveInner(pos, -1); at; at = at.parent) {
    if (!FLOW.has(at.name) || at.from >= pos) continue;
    const isClosed = /[}\]]/.test(state.sliceDoc(at.to - 1, at.to));
    if (pos < at.to || !isClosed) return at;
  }
  return null;
}

/** What is written after the last comma of the collection itself. */
function segment(text) {
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    if ("{[".includes(text[i])) depth += 1;
    if ("}]".includes(text[i])) depth -= 1;
    if (text[i] === "," && depth === 0) start = i + 1;
  }
  return text.slice(start);
}

function inFlow(state, flow, pos) {
  const path = pathTo(state, flow);
  const written = segment(state.sliceDoc(flow.from + 1, pos));
  if (flow.name === "FlowSequence") {
    const word = written.match(/[^\s]*$/)[0];
    return { path: [...path, { key: ITEM, beside: {} }], mode: "value", from: pos - word.length, beside: {} };
  }
  const beside = scalars(state, flow);
  const colon = written.indexOf(":");
  if (colon < 0) {
    const word = written.match(/[\w.$-]*$/)[0];
    return { path, mode: "key", from: pos - word.length, beside };
  }
  const key = written.slice(0, colon).trim();
  const word = written.slice(colon + 1).match(/[^\s]*$/)[0];
  return { path: [...path, { key, beside }], mode: "value", from: pos - word.length, beside };
}

const LINE = /^((?:\s|-\s)*)([\w.-]+):(?:\s|$)/;

/** The column of a line's key, or of what is written where a key would be. */
function column(text) {
  return text.match(/^(?:\s|-\s)*/)[0].length;
}

function inBlock(state, root, pos) {
  const line = state.doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from);
  const value = before.match(/^((?:\s|-\s)*)([\w.-]+):\s+(\S*)$/);
  const key = before.match(/^((?:\s|-\s)*)([\w.-]*)$/);
  if (!value && !key) return null;
  const indent = (value ?? key)[1].length;
  const { path, mapping } = parents(state, root, line.number, indent, (value ?? key)[1].includes("-"));
  const beside = mapping ? scalars(state, mapping) : {};
  if (value) {
    return { path: [...path, { key: value[2], beside }], mode: "value", from: pos - value[3].length, beside };
  }
  return { path, mode: "key", from: pos - key[2].length, beside };
}

/** The keys above a line that it belongs to, and the mapping that it is or will be part of. */
function parents(state, root, number, indent, isItem) {
  let inItem = isItem;
  let mapping = null;
  for (let above = number - 1; above >= 1; above -= 1) {
    const line = state.doc.line(above);
    if (/^\s*(#|$)/.test(line.text)) continue;
    const at = column(line.text);
    const found = line.text.match(LINE);
    const dash = line.text.match(/^\s*-/);
    if (found && at === indent && !mapping) {
      mapping = nearest(root.resolveInner(line.from + at, 1), (node) => MAPPING.has(node.name));
      if (!inItem && dash) inItem = true;
    } else if (at === indent && dash) {
      inItem = true;
    }
    if (found && at < indent) {
      const pair = nearest(root.resolveInner(line.from + at, 1), (node) => node.name === "Pair");
      const path = pair ? pathTo(state, pair) : [];
      return { path: inItem ? [...path, { key: ITEM, beside: {} }] : path, mapping };
    }
  }
  return { path: [], mapping };
}

function nearest(node, wanted) {
  for (let at = node; at; at = at.parent) if (wanted(at)) return at;
  return null;
}

/** Where the cursor is, or nothing where neither key nor value is being written. */
export function placeAt(state, pos) {
  const root = tree(state);
  const around = root.resolveInner(pos, -1);
  if (around.name === "Comment") return null;
  const flow = flowAround(state, root, pos);
  return flow ? inFlow(state, flow, pos) : inBlock(state, root, pos);
}

/** The range of the value that the keys lead to, through mappings of either style. */
export function valueRange(state, keys) {
  let at = tree(state).topNode.getChild("Document")?.firstChild ?? null;
  for (const key of keys) {
    const pair = at && MAPPING.has(at.name) ? at.getChildren("Pair").find((one) => keyOf(state, one) === key) : null;
    at = pair ? valueOf(pair) : null;
    if (!at) return null;
  }
  return { from: at.from, to: at.to };
}

/** The names in a part of the recipe: the keys of a mapping, or the ids of a list. */
export function namesIn(state, part) {
  const range = valueRange(state, [part]);
  if (!range) return [];
  const root = tree(state);
  const node = nearest(root.resolveInner(range.from, 1), (one) => one.from === range.from && one.to === range.to);
  if (!node) return [];
  if (MAPPING.has(node.name)) return node.getChildren("Pair").map((pair) => keyOf(state, pair));
  const names = [];
  for (const item of node.getChildren("Item")) {
    const mapping = item.getChild("FlowMapping") ?? item.getChild("BlockMapping");
    const id = scalars(state, mapping).id;
    if (id) names.push(id);
  }
  return names;
}
