import { Tracks } from '@diffusion/tracks';
import { computeColumns } from '../compute-columns.ts';
import { selectFeatures } from '../features.ts';
import { buffersOf, type Reply, type Request } from './message.ts';
import { nodeThreads } from './port.ts';

function answer(request: Request): [Reply, ArrayBuffer[]] {
  const { id, names, first } = request;
  try {
    const columns = computeColumns(new Tracks(request), selectFeatures({ names }), first);
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
if (port) port.on('message', (request: Request) => port.postMessage(...answer(request)));
else {
  const scope = globalThis as unknown as Scope;
  scope.addEventListener('message', ({ data }) => scope.postMessage(...answer(data)));
}
