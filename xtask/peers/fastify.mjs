// The read in Fastify 5, as its users write it: with schemas for what comes in and goes out.
import rateLimit from '@fastify/rate-limit'
import Fastify from 'fastify'
import { announce, problem, standingOf, worldOf } from './realm.mjs'

const app = Fastify({ logger: false })
app.decorateRequest('standing', null)
app.addHook('onRequest', async request => {
  request.standing = standingOf(request.headers.authorization)
})
await app.register(rateLimit, {
  max: 100_000_000, timeWindow: 60_000, hook: 'preHandler',
  keyGenerator: request => request.standing?.account ?? 'nobody',
})

const text = { type: 'string' }
const world = {
  type: 'object',
  properties: { id: text, name: text, seed: text, recipe_id: text, fingerprint: text, created_at: text },
}
app.get('/api/v1/worlds/:id', {
  schema: {
    params: { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } },
    response: { 200: world },
  },
}, async (request, reply) => {
  if (!request.standing) return reply.code(401).send(problem(401, 'unauthenticated', 'Sign in first'))
  if (!request.standing.permissions.has('view_worlds')) return reply.code(403).send(problem(403, 'forbidden', 'Not allowed'))
  const found = worldOf(request.params.id)
  return found ?? reply.code(404).send(problem(404, 'not_found', 'Not found'))
})

await app.listen({ port: 0, host: '127.0.0.1' })
announce(app.server.address().port)
