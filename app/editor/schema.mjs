// What a recipe's JSON Schema allows at a place.
import { ITEM } from "./place.mjs";

/** Deepest chain of references that is followed. */
const DEPTH_MAX = 24;

/** A schema with its references and parts put together: what it says about keys, items and values. */
function whole(root, schema, depth = 0) {
  if (!schema || typeof schema !== "object" || depth > DEPTH_MAX) return { properties: {}, variants: [], values: [] };
  const found = {
    properties: { ...schema.properties },
    required: schema.required ?? [],
    items: Array.isArray(schema.items) ? schema.items[0] : schema.items,
    any: typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined,
    values: schema.enum ?? (schema.const === undefined ? [] : [schema.const]),
    about: schema.description ?? "",
    variants: [],
  };
  if (schema.type === "boolean") found.values = [true, false];
  const parts = [...(schema.allOf ?? [])];
  if (schema.$ref) parts.push(resolve(root, schema.$ref));
  for (const part of parts) join(found, whole(root, part, depth + 1));
  const choices = (schema.oneOf ?? schema.anyOf ?? []).filter((choice) => choice.type !== "null");
  for (const choice of choices) {
    const one = whole(root, choice, depth + 1);
    found.values = [...found.values, ...one.values];
    if (Object.keys(one.properties).length > 0 || one.items || one.any) found.variants.push(one);
    else found.variants.push(...one.variants);
    if (!found.about && choices.length === 1) found.about = one.about;
  }
  return found;
}

function join(found, part) {
  found.properties = { ...part.properties, ...found.properties };
  found.required = [...(found.required ?? []), ...(part.required ?? [])];
  found.items ??= part.items;
  found.any ??= part.any;
  found.values = [...found.values, ...part.values];
  found.variants.push(...part.variants);
  found.about ||= part.about;
}

function resolve(root, reference) {
  return reference
    .replace(/^#\//, "")
    .split("/")
    .reduce((at, key) => at?.[key.replace(/~1/g, "/").replace(/~0/g, "~")], root);
}

/** The variant that the keys beside speak for: the one whose constants they have. Without any, what all have in common. */
function narrowed(root, found, beside) {
  if (found.variants.length === 0) return found;
  const constants = (variant) =>
    Object.entries(variant.properties)
      .map(([key, schema]) => [key, whole(root, schema).values])
      .filter(([, values]) => values.length === 1);
  const fits = (variant) => constants(variant).some(([key, [value]]) => beside[key] === String(value));
  const chosen = found.variants.find(fits);
  if (chosen) return { ...chosen, about: found.about };
  if (found.variants.length === 1) return narrowed(root, found.variants[0], beside);
  const tagged = found.variants.filter((variant) => constants(variant).length > 0);
  if (tagged.length === 0) return found.variants.find((variant) => Object.keys(variant.properties).length > 0) ?? found;
  const [key] = constants(tagged[0])[0];
  const values = tagged.flatMap((variant) => constants(variant).filter(([name]) => name === key).map(([, [value]]) => value));
  return { ...found, properties: { [key]: { enum: values, description: found.about } }, required: [key] };
}

/** What may stand at the place that a path leads to; `beside` are the scalars of the innermost mapping. */
export function allowedAt(root, path, beside) {
  let at = whole(root, root);
  for (const step of path) {
    at = narrowed(root, at, step.beside);
    const next = step.key === ITEM ? at.items : (at.properties[step.key] ?? at.any);
    if (!next) return null;
    at = whole(root, next);
  }
  return narrowed(root, at, beside);
}

/** What a key is for, in a sentence. */
export function aboutKey(root, schema) {
  return whole(root, schema).about.split("\n")[0];
}
