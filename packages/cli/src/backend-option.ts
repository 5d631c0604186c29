import { Option } from 'commander';

/** The option that says what computes. WebAssembly is there everywhere and gives the same numbers everywhere. */
export function backendOption(): Option {
  return new Option('--backend <name>', 'what computes: auto takes the fastest there is')
    .choices(['auto', 'wasm', 'webgpu', 'node-gpu', 'node', 'cpu'])
    .default('wasm');
}
