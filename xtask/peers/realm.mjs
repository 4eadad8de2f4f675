// What both peers share: a world in memory, the sign-ins in memory, and tokens that are signed with EdDSA.
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createSigner, createVerifier } from 'fast-jwt'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const pem = { privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }), publicKey: publicKey.export({ type: 'spki', format: 'pem' }) }

const account = randomUUID()
const family = randomUUID()
export const worldId = randomUUID()

const worlds = new Map([[worldId, {
  id: worldId,
  name: 'Demo',
  seed: '20260101',
  recipe_id: 'temperate',
  fingerprint: '0'.repeat(64),
  created_at: new Date().toISOString(),
}]])
const standings = new Map([[family, { account, permissions: new Set(['view_worlds']) }]])

export const token = createSigner({
  key: pem.privateKey, algorithm: 'EdDSA', kid: 'bench', iss: 'realmkeep', aud: 'realmkeep-api', sub: account,
  expiresIn: 3_600_000, notBefore: 0,
})({ sid: family })

// Verified tokens are kept, as Realmkeep keeps them.
const verify = createVerifier({
  key: pem.publicKey, algorithms: ['EdDSA'], allowedIss: 'realmkeep', allowedAud: 'realmkeep-api', cache: true,
  requiredClaims: ['exp', 'nbf', 'aud', 'iss', 'sub'],
})

/** The standing of whoever sent the header, or nothing. */
export function standingOf(authorization) {
  if (!authorization?.startsWith('Bearer ')) return undefined
  try {
    const claims = verify(authorization.slice(7))
    const standing = standings.get(claims.sid)
    return standing?.account === claims.sub ? standing : undefined
  } catch {
    return undefined
  }
}

export const worldOf = id => worlds.get(id)

export const problem = (status, type, detail) => ({ type, title: detail, status, detail })

/** Tells the benchmark where to ask, and how. */
export function announce(port) {
  console.log(JSON.stringify({ port, path: `/api/v1/worlds/${worldId}`, token }))
}
