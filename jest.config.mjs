import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Which tests: those of every change, or `system`, which start browsers, bundlers and other engines
 * (`*.system.test.ts`; scripts/test.mjs says which).
 */
const system = process.env.DIFFUSION_TESTS === 'system';

/** One Jest run over every package: sources of the package under test, built files of the packages it imports. */
const project = (rootDir) => ({
  displayName: rootDir,
  rootDir: `<rootDir>/${rootDir}`,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/**/*.${system ? 'system.' : ''}test.ts`],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    ...(system ? [] : ['\\.system\\.test\\.ts$']),
  ],
  modulePathIgnorePatterns: ['/dist/'],
  setupFiles: [fileURLToPath(new URL('scripts/property-seed.mjs', import.meta.url))],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
});

const rooms = [
  'packages/random',
  'packages/workers',
  'packages/tracks',
  'packages/simulate',
  'packages/features',
  'packages/backends',
  'packages/models',
  'packages/train',
  'packages/weights',
  'packages/eval',
  'packages/expect',
  'packages/sweep',
  'packages/cli',
  'examples/own',
  'examples/web',
  'docs',
  'benchmarks',
  'release',
];

export default {
  projects: rooms.filter((room) => existsSync(new URL(room, import.meta.url))).map(project),
  testTimeout: 60_000,
  // Jest leaves one core free, which on two cores is half of them.
  maxWorkers: '100%',
};
