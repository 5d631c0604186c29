import { Tracks } from '@diffusion/tracks';
import { computeColumns } from '../compute-columns.ts';
import { buffersOf, type Reply, type Request } from './message.ts';
import { nodeThreads } from './port.ts';
import { loadFeatures } from './sent-features.ts';

async function answer(request: Request): Promise<[Reply, ArrayBuffer[]]> {
  const { id, features, first } = request;
  try {
    const columns = computeColumns(new Tracks(request), await loadFeatures(features), first);
    return [{ id, columns }, buffersOf(columns)];
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
  scope.addEventListener('message', async ({ data }) => scope.postMessage(...(await answer(data))));
}
