// The read in Express 5, as its users write it.
import express from 'express'
import { rateLimit } from 'express-rate-limit'
import { z } from 'zod'
import { announce, problem, standingOf, worldOf } from './realm.mjs'

const app = express()
app.disable('x-powered-by')
const Parameters = z.object({ id: z.uuid() })

app.use((request, response, next) => {
  request.standing = standingOf(request.headers.authorization)
  next()
})
app.use(rateLimit({
  windowMs: 60_000, limit: 100_000_000, standardHeaders: 'draft-8', legacyHeaders: false,
  keyGenerator: request => request.standing?.account ?? 'nobody',
}))
app.get('/api/v1/worlds/:id', (request, response) => {
  if (!request.standing) return response.status(401).json(problem(401, 'unauthenticated', 'Sign in first'))
  if (!request.standing.permissions.has('view_worlds')) return response.status(403).json(problem(403, 'forbidden', 'Not allowed'))
  const parameters = Parameters.safeParse(request.params)
  if (!parameters.success) return response.status(422).json(problem(422, 'invalid_request', 'id: expected a UUID'))
  const world = worldOf(parameters.data.id)
  if (!world) return response.status(404).json(problem(404, 'not_found', 'Not found'))
  response.json(world)
})

const server = app.listen(0, '127.0.0.1', () => announce(server.address().port))
