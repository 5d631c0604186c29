// Over Redis: one side puts tasks into the queue, the other does them

export { type RedisOptions, runOverRedis } from './run-over-redis.ts';
export { type ServeRedisOptions, serveRedis } from './serve-redis.ts';
