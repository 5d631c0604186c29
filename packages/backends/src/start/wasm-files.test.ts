import { missingBinary } from './wasm-files.ts';

const answering = (response: Response) => (async () => response) as typeof fetch;
const url = 'http://127.0.0.1/wasm/tfjs-backend-wasm.wasm';

it.each([
  ['404 Not Found', new Response('', { status: 404, statusText: 'Not Found' })],
  ['text/html', new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
])('names the URL and the answer %s', async (answer, response) => {
  expect((await missingBinary(url, answering(response)))?.message).toBe(
    `${url} answered ${answer}: expected a .wasm file of @tensorflow/tfjs-backend-wasm; a page has tfjs-backend-wasm-threaded-simd.wasm, tfjs-backend-wasm-simd.wasm, tfjs-backend-wasm.wasm of node_modules/@tensorflow/tfjs-backend-wasm/dist and says where: useBackend('wasm', { wasmPaths: '/wasm/' })`,
  );
});

it('names the URL where nothing answers', async () => {
  const fetch = async () => {
    throw new TypeError('Failed to fetch');
  };
  expect((await missingBinary(url, fetch))?.message).toContain(
    `${url} answered nothing (Failed to fetch)`,
  );
});

it('finds nothing wrong with a binary', async () => {
  const response = new Response(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  expect(await missingBinary(url, answering(response))).toBeUndefined();
});
