// The program of a page that a bundler makes: what `useBackend` answers is left on `window`.
import { useBackend } from '@diffusion/backends';

const parameters = new URLSearchParams(location.search);
const started = Date.now();
window.answer = useBackend('wasm', {
  ...(parameters.has('wasm') && { wasmPaths: parameters.get('wasm') }),
  patience: 20,
  warn: () => {},
}).then(
  ({ name, device }) => ({ name, device, isolated: crossOriginIsolated }),
  ({ name, message }) => ({ error: `${name}: ${message}`, ms: Date.now() - started }),
);
