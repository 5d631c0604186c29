import { MissingFilesError } from './missing-files.ts';

/** The bytes with which every WebAssembly module begins. */
const MAGIC = [0, 97, 115, 109];

/** The binaries of tfjs' wasm backend: a browser takes the first whose features it has. */
const BINARIES = ['-threaded-simd', '-simd', ''].map((kind) => `tfjs-backend-wasm${kind}.wasm`);

/** For the end of an error: what has to be served, where it comes from, and how `useBackend` is told of it. */
export const WHAT_A_PAGE_NEEDS = `a page has ${BINARIES.join(', ')} of node_modules/@tensorflow/tfjs-backend-wasm/dist and says where: useBackend('wasm', { wasmPaths: '/wasm/' })`;

/**
 * Asks for a binary of the wasm backend and looks at its first bytes, before tfjs does: tfjs takes no other place after one
 * that failed, and says what was wrong on the console alone.
 *
 * @returns an error that names the URL and the answer, or undefined when the binary is there.
 */
export async function missingBinary(
  url: string,
  fetch = globalThis.fetch,
): Promise<MissingFilesError | undefined> {
  const fails = (answer: string) =>
    new MissingFilesError(
      `${url} answered ${answer}: expected a .wasm file of @tensorflow/tfjs-backend-wasm; ${WHAT_A_PAGE_NEEDS}`,
    );
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    return fails(`nothing (${error instanceof Error ? error.message : String(error)})`);
  }
  if (!response.ok) return fails(`${response.status} ${response.statusText}`.trim());
  const first = await firstBytes(response, MAGIC.length);
  if (MAGIC.every((byte, i) => first[i] === byte)) return undefined;
  return fails(response.headers.get('content-type') ?? 'something else');
}

/** The first bytes of a body, and no more of it than the pieces that they came in. */
async function firstBytes(response: Response, count: number): Promise<number[]> {
  const bytes: number[] = [];
  const reader = response.body?.getReader();
  while (reader && bytes.length < count) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes.push(...value.subarray(0, count));
  }
  await reader?.cancel();
  return bytes;
}
