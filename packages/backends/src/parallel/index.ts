export { meanInOrder } from './mean-in-order.ts';
export { serveTeam } from './serve-team.ts';
export { startTeam, type Team, type TeamOptions } from './team.ts';
export type { AnyWorker } from './worker-port.ts';
