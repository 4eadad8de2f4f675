-- Holds jobs for longer; those that were lost meanwhile stay lost.
-- KEYS: 1 those that are held. ARGV: 1 for how long from now, in ms; then the jobs.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
for i = 2, #ARGV do
  redis.call('ZADD', KEYS[1], 'XX', now + ARGV[1], ARGV[i])
end
return 1
