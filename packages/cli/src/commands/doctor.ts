import { availableParallelism, cpus, totalmem } from 'node:os';
import { useBackend } from '@diffusion/backends';
import { Command } from 'commander';
import { type ExaminedCompute, examineBackends } from '../doctor/examine-backends.ts';
import {
  type ExaminedModel,
  type ExaminedPackage,
  examineModels,
  examinePackages,
} from '../doctor/examine-packages.ts';
import { facts, printJson, printLines, table } from '../print.ts';
import { versions } from '../versions.ts';

/** What `diffusion doctor` finds. */
interface Findings extends ExaminedCompute {
  readonly versions: Readonly<Record<string, string>>;
  readonly node: string;
  readonly platform: string;
  readonly processor: string;
  readonly threads: number;
  readonly memory: number;
  readonly models: readonly ExaminedModel[];
  readonly packages: readonly ExaminedPackage[];
  /** What keeps the command from working as it should; nothing, where all is well. */
  readonly problems: readonly string[];
  /** What would make it faster. */
  readonly advice: readonly string[];
}

/** `diffusion doctor`: what computes here, and whether it is right. */
export function doctor(): Command {
  return new Command('doctor')
    .description('say what computes here, whether it computes right, and what there is to load')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ json }: { json?: boolean }) => {
      const found = await examine();
      if (json) printJson(found);
      else printLines(linesOf(found));
      // What was found is on stdout; a script sees by the code that it is not well.
      if (found.problems.length > 0) process.exitCode = 3;
    });
}

async function examine(): Promise<Findings> {
  const compute = await examineBackends();
  await useBackend('cpu').catch(() => {});
  const models = await examineModels();
  const { platform, arch } = process;
  return {
    versions: versions(),
    node: process.version,
    platform: `${platform} ${arch}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    threads: availableParallelism(),
    memory: totalmem(),
    ...compute,
    models,
    packages: examinePackages(),
    problems: problemsOf(compute, models),
    advice: adviceOf(compute),
  };
}

function problemsOf({ backends, workers }: ExaminedCompute, models: readonly ExaminedModel[]) {
  const wasm = backends.find(({ name }) => name === 'wasm');
  return [
    ...(wasm?.works
      ? []
      : [`wasm, which every command takes unless told, does not work: ${wasm?.why}`]),
    // One that starts and is wrong is worse than one that is not there.
    ...backends
      .filter(({ name, works, device }) => name !== 'wasm' && !works && device !== undefined)
      .map(({ name, why }) => `${name} starts and does not work: ${why}`),
    ...(workers.works
      ? []
      : [
          `workers do not work: ${workers.why ?? 'their answers differ'}; --workers 0 does without them`,
        ]),
    ...models.filter(({ whole }) => !whole).map(({ why }) => `${why}`),
  ];
}

function adviceOf({ simd }: ExaminedCompute): string[] {
  const old = Number.parseInt(process.versions.node, 10) < 24;
  if (simd.bits === 0) return ['the engine has no SIMD: another Node is many times faster'];
  return process.arch === 'x64' && old
    ? ['Node 24 works on vectors of 256 bits where the processor has AVX2: half the time']
    : [];
}

function linesOf(found: Findings): string[] {
  const { versions: of, node, platform, processor, threads, memory, auto, simd, workers } = found;
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const fused = simd.fusedMultiplyAdd ? ', multiply and add in one' : '';
  const why = simd.why === undefined ? '' : ` (${simd.why})`;
  return [
    ...facts([
      ...Object.entries(of),
      ['Node', `${node} on ${platform}`],
      ['processor', processor],
      ['threads', String(threads)],
      ['memory', `${(memory / 2 ** 30).toFixed(1)} GiB`],
      ['vectors of wasm', simd.bits === 0 ? 'none' : `${simd.bits} bits${fused}${why}`],
      ['workers', workers.works ? 'give the bits of one thread' : `wrong: ${workers.why ?? ''}`],
      ['--backend auto', `takes ${auto.name}: ${auto.reason}`],
    ]),
    '',
    ...table([['backend', '', 'off by', 'ms', 'on'], ...found.backends.map(backendRow)]),
    '',
    ...table([
      ['trained model', 'size', 'files'],
      ...found.models.map(({ name, bytes, whole, why: damaged }) => [
        ...[`  ${name}`, megabytes(bytes)],
        whole ? 'whole' : (damaged ?? 'damaged'),
      ]),
    ]),
    '',
    ...table([
      ['optional package', 'version', 'for'],
      ...found.packages.map(({ name, version, for: use }) => [`  ${name}`, version ?? '–', use]),
    ]),
    '',
    ...found.advice.map((text) => `advice: ${text}`),
    ...(found.problems.length === 0
      ? ['all is well']
      : found.problems.map((text) => `problem: ${text}`)),
  ];
}

const backendRow = ({
  name,
  works,
  device,
  why,
  difference,
  milliseconds,
}: ExaminedCompute['backends'][number]): string[] => [
  `  ${name}`,
  works ? 'right' : device === undefined ? 'none' : 'wrong',
  difference === undefined ? '–' : difference === 0 ? '0' : difference.toExponential(0),
  milliseconds === undefined ? '–' : String(milliseconds),
  (works ? device : why) ?? '',
];
