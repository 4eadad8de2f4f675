-- Forgets all jobs that are not done, and that they were ever put here.
-- KEYS: 1 those that wait, 2 those that are held, 3 those that wait for their time, 4 what keys that were seen begin with.
local forgotten = 0
for i = 1, 3 do
  for _, job in ipairs(redis.call('ZRANGE', KEYS[i], 0, -1)) do
    redis.call('DEL', KEYS[4] .. string.match(job, ':(.*)$'))
    forgotten = forgotten + 1
  end
  redis.call('DEL', KEYS[i])
end
return forgotten
