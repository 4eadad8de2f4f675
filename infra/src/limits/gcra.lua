-- GCRA: a key holds one number, the time at which all its tokens are back, in microseconds of the server's clock.
-- KEYS[1] the key; ARGV: interval of one token, burst, tokens wanted, 1 if nothing is to be taken.
-- Answers {1 if the tokens are there, microseconds until all tokens are back}.
local interval, burst, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local back_in = math.max(tonumber(redis.call('GET', KEYS[1]) or now) - now, 0)
local after = back_in + wanted * interval
if after > burst * interval then
  return {0, back_in}
end
if ARGV[4] == '1' then
  return {1, back_in}
end
redis.call('SET', KEYS[1], string.format('%.0f', now + after), 'PX', math.ceil(after / 1000))
return {1, after}
