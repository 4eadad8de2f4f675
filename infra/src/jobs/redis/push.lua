-- Puts jobs into the queue, each once for its key.
-- KEYS: 1 those that wait, 2 the last number, 3 the signal, 4 what keys that were seen begin with.
-- ARGV: 1 how long a key is remembered, in seconds; then triples of key, job as it lies in the queue, priority.
local pushed = 0
for i = 2, #ARGV, 3 do
  if redis.call('SET', KEYS[4] .. ARGV[i], 1, 'NX', 'EX', ARGV[1]) then
    local number = redis.call('INCR', KEYS[2])
    redis.call('ZADD', KEYS[1], number - ARGV[i + 2] * 1099511627776, ARGV[i + 1])
    pushed = pushed + 1
  end
end
if pushed > 0 and redis.call('LLEN', KEYS[3]) == 0 then
  redis.call('LPUSH', KEYS[3], 1)
end
return pushed
