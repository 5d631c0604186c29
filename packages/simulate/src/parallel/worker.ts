import { dataSet } from '../data-set.ts';
import { loadModels } from '../motion/load-models.ts';
import type { DataSet } from '../sets/data-set.ts';
import { buffersOf, type Reply, type Request } from './message.ts';
import { nodeThreads } from './port.ts';

let made: { key: string; set: DataSet } | undefined;

async function answer({ id, specification, from, to }: Request): Promise<[Reply, ArrayBuffer[]]> {
  try {
    const key = JSON.stringify(specification);
    if (made?.key !== key) made = { key, set: dataSet(await loadModels(specification)) };
    const { data } = made.set.generate(from, to);
    return [{ id, data }, buffersOf(data)];
  } catch (error) {
    return [{ id, error: error instanceof Error ? error.message : String(error) }, []];
  }
}

/** The scope of a Web Worker, as far as it is used here. */
interface Scope {
  addEventListener(type: 'message', listener: (event: { data: Request }) => void): void;
  postMessage(message: Reply, transfer: ArrayBuffer[]): void;
}

const port = nodeThreads()?.parentPort;
if (port) {
  port.on('message', async (request: Request) => port.postMessage(...(await answer(request))));
} else {
  const scope = globalThis as unknown as Scope;
  scope.addEventListener('message', async ({ data }) => {
    scope.postMessage(...(await answer(data)));
  });
}
