import { showLife } from './sign-of-life.ts';
import { type Order, tell } from './worker-port.ts';

interface Port {
  postMessage(message: unknown): void;
  on?(event: 'message', listener: (message: unknown) => void): void;
}

/** The leading thread as a worker sees it, in a page or in Node. */
function leader(): Port {
  const node = globalThis.process?.versions?.node && globalThis.process.getBuiltinModule;
  if (!node) return globalThis as unknown as Port;
  const { parentPort } = node('node:worker_threads');
  if (!parentPort) throw new Error('serveTeam: expected to be called in a worker');
  return parentPort;
}

/**
 * In a worker's module: does the tasks of the team that it belongs to.
 *
 * @param prepare called once with what `startTeam` was given as `setup` and the arrays of its `shared`; returns what does a
 *   task. An error in either ends the team with that error.
 * @example
 * serveTeam(async (setup, { parameters, gradients }) => {
 *   await useBackend('wasm');
 *   return async (task) => 0;
 * });
 */
export function serveTeam<Setup, Task, Result>(
  prepare: (
    setup: Setup,
    shared: Record<string, Float32Array>,
  ) => Promise<(task: Task) => Result | Promise<Result>>,
): void {
  const port = leader();
  let work: ((task: Task) => Result | Promise<Result>) | undefined;
  const receive = async (message: Order) => {
    try {
      if (message.kind === 'setup') {
        const { setup, memory } = message.value as {
          setup: Setup;
          memory: Record<string, Float32Array>;
        };
        if (!port.on) tell(port, { kind: 'alive', lock: await showLife() });
        work = await prepare(setup, memory);
        tell(port, { kind: 'done', value: undefined });
      } else if (message.kind === 'task' && work) {
        tell(port, { kind: 'done', value: await work(message.value as Task) });
      }
    } catch (error) {
      const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
      tell(port, { kind: 'failed', why });
    }
  };
  if (port.on) port.on('message', (message) => receive(message as Order));
  else globalThis.addEventListener('message', ({ data }) => receive(data as Order));
}
