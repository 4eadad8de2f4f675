// Accounts for the tests, made over REST as staff would, and the codes of their second factors.
import { createHmac, randomUUID } from "node:crypto";

export const PASSWORD = "a lantern by the harbour";

/** The owner's bearer token. */
export async function ownerToken(request) {
  const { REALMKEEP_OWNER_EMAIL: email, REALMKEEP_OWNER_PASSWORD: password } = process.env;
  return token(request, email, password);
}

/** A bearer token of anybody's. */
export async function token(request, email, password = PASSWORD) {
  const reply = await request.post("/api/v1/auth/login", { data: { email, password } });
  if (!reply.ok()) throw new Error(`${email} can't sign in: ${reply.status()} ${await reply.text()}`);
  return (await reply.json()).access_token;
}

/** Makes an account with a name that no other has. */
export async function makeAccount(request, { role = "player", name = "Mira", prefix = "mira" } = {}) {
  const email = `${prefix}-${randomUUID().slice(0, 8)}@example.org`;
  const reply = await request.post("/api/v1/users", {
    headers: { authorization: `Bearer ${await ownerToken(request)}` },
    data: { email, password: PASSWORD, display_name: name, role, reason: "a browser test needs it" },
  });
  if (!reply.ok()) throw new Error(`no account: ${reply.status()} ${await reply.text()}`);
  return { ...(await reply.json()), password: PASSWORD };
}

/** What an authenticator shows now for a secret in base 32 (RFC 6238). */
export function totp(secret, now = Date.now()) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/[\s=]/g, "")].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const offset = hash.at(-1) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
