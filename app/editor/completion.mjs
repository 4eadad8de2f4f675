// What can be written where the cursor is: keys and values of the schema, and the names that the recipe itself gives.
import { namesIn, placeAt, ITEM } from "./place.mjs";
import { aboutKey, allowedAt } from "./schema.mjs";

/** Keys whose value names something of the recipe, and the part that it is in. */
const NAMES = {
  biomes: "biomes",
  material: "materials",
  house: "features",
  density: "layers",
  danger: "layers",
  layer: "layers",
  of: "layers",
  height: "layers",
  temperature: "layers",
  humidity: "layers",
  a: "layers",
  b: "layers",
  by: "layers",
  from: "layers",
  to: "layers",
  x: "layers",
  z: "layers",
};

/** The key that a value belongs to: of an item, the list's. */
function keyOfValue(path) {
  const keys = path.map((step) => step.key).filter((key) => key !== ITEM);
  return keys.at(-1) ?? "";
}

function namesFor(state, path) {
  const part = NAMES[keyOfValue(path)];
  const top = path[0]?.key;
  // Within biomes, features and tests, `height` and the like are numbers; layers are named in layers, terrain and climate.
  const isNumber = part === "layers" && ["biomes", "features", "settlements", "spawns", "tests", "params"].includes(top);
  const mayBe = !isNumber || ["density"].includes(keyOfValue(path));
  return part && mayBe ? namesIn(state, part).map((label) => ({ label, type: "variable", detail: part.slice(0, -1) })) : [];
}

function values(state, schema, place) {
  const allowed = allowedAt(schema, place.path, place.beside);
  const fixed = (allowed?.values ?? []).map((value) => ({ label: String(value), type: "enum" }));
  const params = namesIn(state, "params").map((name) => ({ label: `$${name}`, type: "constant", detail: "parameter", boost: -1 }));
  const isParameter = place.path[0]?.key === "params";
  return [...fixed, ...namesFor(state, place.path), ...(isParameter || fixed.length > 0 ? [] : params)];
}

function keys(schema, place) {
  const allowed = allowedAt(schema, place.path, place.beside);
  return Object.entries(allowed?.properties ?? {})
    .filter(([key]) => !(key in place.beside))
    .map(([key, of]) => ({
      label: key,
      type: "property",
      apply: `${key}: `,
      info: aboutKey(schema, of) || undefined,
      detail: allowed.required?.includes(key) ? "needed" : undefined,
      boost: allowed.required?.includes(key) ? 1 : 0,
    }));
}

/** Completion from `schema`, which may come later: it is asked for each time. */
export function recipeCompletion(schema) {
  return async (context) => {
    const known = await schema();
    const place = known && placeAt(context.state, context.pos);
    if (!place) return null;
    if (!context.explicit && place.from === context.pos) return null;
    const options = place.mode === "key" ? keys(known, place) : values(context.state, known, place);
    return options.length > 0 ? { from: place.from, options, validFor: /^[\w.$-]*$/ } : null;
  };
}
