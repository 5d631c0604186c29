import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { itWith } from '../../fixtures/needs.ts';

const peers = process.env.DIFFUSION_EXPLAIN ?? join(homedir(), '.cache/diffusion-bench/explain');
const missing = existsSync(join(peers, 'bin/python'))
  ? undefined
  : `nothing at ${peers} (benchmarks/explain/setup.sh)`;

itWith({ name: 'captum and zennit', missing })(
  'maps are those of captum and zennit, to 1e-4 of their largest number',
  () => {
    const script = fileURLToPath(new URL('parity.mjs', import.meta.url));
    const { NODE_OPTIONS: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [script, '--json', '--peers', peers],
      { encoding: 'utf8', env, maxBuffer: 1e9 },
    );
    expect(`${status} ${stderr.slice(-500)}`).toMatch(/^0 /);
    const { worst, differences } = JSON.parse(stdout) as {
      worst: number;
      differences: { name: string }[];
    };
    expect(worst).toBeLessThan(1e-4);
    expect(new Set(differences.map(({ name }) => name)).size).toBeGreaterThan(60);
  },
  600_000,
);
