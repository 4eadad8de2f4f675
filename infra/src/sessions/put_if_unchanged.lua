-- Changes sessions of one account if one of them is as the caller saw it.
-- KEYS[1] the account's hash; ARGV: the session's id, its row as it was read, "" for none; the moment in seconds at which
-- the hash may be forgotten; then pairs of id and new row. Answers 1 if it was changed.
local seen = ARGV[2]
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= seen then
  return 0
end
for i = 4, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
local forget_at = math.max(tonumber(ARGV[3]), redis.call('EXPIRETIME', KEYS[1]))
redis.call('EXPIREAT', KEYS[1], forget_at)
return 1
