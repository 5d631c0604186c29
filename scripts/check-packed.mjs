import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './run.mjs';

/**
 * Packs every package as it would be published, installs the archives into an empty project outside of the repository
 * and there imports and requires every entry point, type-checks programs, and compiles and runs examples/own. Exits with
 * 1 if one fails.
 */
const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));

/** Types that were lost in declarations are `any`: what is not there would be accepted. */
const program = `
import { DilatedConv1D, dilatedConv1D, fusedBatchNormalization, fusedLSTM } from '@diffusion/backends/layers';
import { input, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';

class Own extends DilatedConv1D {
  static override readonly className: string = 'Own';
}
const x = input({ shape: [null, 2] });
const y = new Own({ filters: 4, kernelSize: 3 }).apply(x) as SymbolicTensor;
const z = dilatedConv1D({ filters: 4, kernelSize: 3, padding: 'causal' }).apply(y) as SymbolicTensor;
const normal = fusedBatchNormalization({ momentum: 0.9 }).apply(z) as SymbolicTensor;
const lstm = fusedLSTM({ units: 3 });
export const name: string = lstm.name;
export const network = model({ inputs: x, outputs: lstm.apply(normal) as SymbolicTensor });
// @ts-expect-error
dilatedConv1D({ filters: 4 });
// @ts-expect-error
new Own({ filters: 4, kernelSize: 3 }).missing;
// @ts-expect-error
fusedBatchNormalization().missing;
// @ts-expect-error
lstm.missing;
`;
/** The packages that run without tfjs: their declarations name nothing of Node, nor of what is not installed with them. */
const strictProgram = `
import * as evaluation from '@diffusion/eval';
import * as computed from '@diffusion/features';
import * as random from '@diffusion/random';
import { dataSet, defineModel, fbm, measure, number, simulate, type DataSet } from '@diffusion/simulate';
import { joinTracks, Tracks } from '@diffusion/tracks';
import * as workers from '@diffusion/workers';

const own = defineModel({
  name: 'own',
  parameters: { speed: number({ meaning: 'speed', unit: 'position/time', min: 0 }) },
  prepare: ({ speed }, { dim, dt }) => ({
    write(_random, out, points, substeps) {
      for (let at = 0; at < points * dim; at++) out[at] = (Math.floor(at / dim) * speed * dt) / substeps;
    },
  }),
});
const common = { count: 2, length: 9, dim: 2, seed: 1 } as const;
const tracks: Tracks = simulate({ ...common, model: own, speed: { min: 1, max: 2 } });
const set: DataSet = dataSet({ ...common, classes: [{ model: own, parameters: { speed: 1 } }, { model: 'immobile' }] });
fbm(random.keyedRandom(1), new Float64Array(8), 8, 1, { alpha: 0.5, step: 1 });
export const seen: Tracks = measure(joinTracks([tracks, set.generate()], { columns: 'fill' }), { missed: 0.1, seed: 1 });
export const plain = new Tracks({ positions: [0, 1], offsets: [0, 2], dim: 1 });
export { computed, evaluation, workers };
// @ts-expect-error
simulate({ ...common, model: 'fbm', alhpa: 0.5 });
// @ts-expect-error
simulate({ ...common, model: own });
// @ts-expect-error
dataSet({ preset: 'gajowczyk2021', count: 1, seed: 1, task: 1 });
`;
const project = mkdtempSync(join(tmpdir(), 'packed-'));

function must(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (error || status !== 0) {
    process.stderr.write(
      `${command} ${args.join(' ')} failed in ${cwd}\n${stdout}${stderr}${error ?? ''}\n`,
    );
    process.exit(1);
  }
  return stdout;
}

try {
  for (const folder of folders)
    must('npx', ['-y', 'pnpm', 'pack', '--pack-destination', project], folder);
  const archives = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  must(
    'npm',
    ['install', '--no-audit', '--no-fund', ...archives.map((name) => `./${name}`)],
    project,
  );

  let failed = 0;
  const check = (title, args, prints = /^/) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: project,
      encoding: 'utf8',
    });
    if (status !== 0 || !prints.test(stdout)) {
      failed++;
      const wanted = status === 0 ? `, expected on stdout: ${prints}` : '';
      process.stderr.write(`${title}: ${stdout}${stderr}${wanted}\n`);
    } else process.stderr.write(`${title}: ok\n`);
  };
  for (const folder of folders) {
    const { name, exports: entries = {} } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    for (const entry of Object.keys(entries).filter((key) => !/\.(json|wasm|css)$|\*/.test(key))) {
      const specifier = name + entry.slice(1);
      if (entry.endsWith('worker')) {
        // It runs in a worker alone: elsewhere it says so, and that it is there is what can be checked.
        check(`resolve ${specifier}`, ['-e', `require.resolve('${specifier}')`]);
        continue;
      }
      const some = 'if (Object.keys(entry).length === 0) throw new Error("exports nothing")';
      check(`import ${specifier}`, [
        '--input-type=module',
        '-e',
        `import * as entry from '${specifier}'; ${some}`,
      ]);
      check(`require ${specifier}`, ['-e', `const entry = require('${specifier}'); ${some}`]);
    }
  }
  writeFileSync(join(project, 'program.mts'), program);
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  writeFileSync(join(project, 'strict-program.mts'), strictProgram);
  const strict = ['--strict', '--noEmit', '--target', 'es2022', '--types', ''];
  for (const [resolution, module] of [
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ]) {
    const how = ['--module', module, '--moduleResolution', resolution];
    check(`types with ${resolution}`, [
      compiler,
      ...strict,
      '--skipLibCheck',
      ...how,
      'program.mts',
    ]);
    // What the declarations of the packages name is checked, too.
    check(`types without tfjs, Node and skipLibCheck, with ${resolution}`, [
      compiler,
      ...strict,
      ...how,
      'strict-program.mts',
    ]);
  }
  // A user's project: the parts of one's own, compiled as they are and run on the packed packages.
  const parts = join(root, 'examples/own/src');
  mkdirSync(join(project, 'own'));
  for (const name of readdirSync(parts).filter((name) => !name.endsWith('.test.ts'))) {
    copyFileSync(join(parts, name), join(project, 'own', name));
  }
  writeFileSync(join(project, 'own/package.json'), '{ "private": true, "type": "module" }\n');
  check('compile examples/own', [
    compiler,
    '--strict',
    '--skipLibCheck',
    ...['--target', 'es2022', '--module', 'nodenext', '--rewriteRelativeImportExtensions'],
    ...['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node'],
    ...['--rootDir', 'own', '--outDir', 'own/dist', 'own/classifier.ts'],
  ]);
  // Chance is a third; what is right in four fifths of the cases has learnt.
  const learnt = '(100|[89]\\d)\\.\\d % of 600 tracks are right\\n';
  check(
    'run examples/own',
    ['own/dist/classifier.js'],
    new RegExp(`^network: ${learnt}forest: ${learnt}$`),
  );
  const loads = `import { useBackend } from '@diffusion/backends';
    import { loadPretrained, pretrainedModels } from '@diffusion/weights';
    await useBackend();
    for (const { name } of pretrainedModels) (await loadPretrained(name)).dispose();`;
  check('load what comes trained', ['--input-type=module', '-e', loads]);
  check('diffusion models', [
    join(project, 'node_modules/@diffusion/cli/dist/diffusion.js'),
    'models',
  ]);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(project, { recursive: true, force: true });
}
