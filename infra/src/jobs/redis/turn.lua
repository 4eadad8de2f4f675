-- A worker's turn: settles what has ended, puts back what is due or was held by a worker that died, and takes more.
-- KEYS: 1 those that wait, 2 the last number, 3 the signal, 4 those that are held, 5 those that wait for their time.
-- ARGV: 1 how long what is taken is held, in ms; 2 how many to take; 3 how many have ended; then those; then pairs of one
-- that is to be offered again and the pause before it, in ms.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local ended = tonumber(ARGV[3])
for i = 4, 3 + ended do
  redis.call('ZREM', KEYS[4], ARGV[i])
end
for i = 4 + ended, #ARGV, 2 do
  -- Whoever held it too long has lost it to another worker.
  if redis.call('ZREM', KEYS[4], ARGV[i]) == 1 then
    redis.call('ZADD', KEYS[5], now + ARGV[i + 1], ARGV[i])
  end
end
for _, from in ipairs({KEYS[5], KEYS[4]}) do
  for _, job in ipairs(redis.call('ZRANGEBYSCORE', from, '-inf', now, 'LIMIT', 0, 1000)) do
    redis.call('ZREM', from, job)
    local priority = tonumber(string.match(job, '^%d+'))
    redis.call('ZADD', KEYS[1], redis.call('INCR', KEYS[2]) - priority * 1099511627776, job)
  end
end
local taken = {}
if tonumber(ARGV[2]) > 0 then
  local popped = redis.call('ZPOPMIN', KEYS[1], ARGV[2])
  for i = 1, #popped, 2 do
    redis.call('ZADD', KEYS[4], now + ARGV[1], popped[i])
    taken[#taken + 1] = popped[i]
  end
end
-- The signal wakes one worker only.
if redis.call('ZCARD', KEYS[1]) > 0 and redis.call('LLEN', KEYS[3]) == 0 then
  redis.call('LPUSH', KEYS[3], 1)
end
return taken
