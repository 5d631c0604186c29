import { serveRedis } from '@diffusion/sweep/redis';

/** A worker: the address of Redis, the command, and how long it waits for one on another machine. */
const [url, command] = process.argv.slice(2);
const { signal } = new AbortController();
await serveRedis({ url, program: [process.execPath, command], workers: 1, signal, drain: false });
