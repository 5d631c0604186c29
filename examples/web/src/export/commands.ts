import type { GivenFile } from '../engine/engine-types.ts';
import { filesRead } from '../files/files-read.ts';
import type { Loaded } from '../page/state.ts';

/** What else is to be repeated. */
export interface Repeated {
  /** The model of one's own, where one judged. */
  readonly model?: string;
  /** Whether it was trained here, so that its recipe lies beside. */
  readonly trained?: boolean;
}

/** Shell commands that do what was done here, in their order. Those that simulate name files that are saved beside them. */
export function commandsFor(
  { source, conditions, reports }: Loaded,
  { model, trained }: Repeated = {},
): string[] {
  const lines: string[] = [];
  const reading: string[] = [];
  let files: string;
  if (source.kind === 'simulated') {
    const { model: motion, count, length, dim, parameters, snr, seed } = source.wanted;
    files = 'tracks.csv';
    if (motion !== 'mixed') {
      lines.push(
        [
          'diffusion simulate',
          `--model ${motion}`,
          `--count ${count}`,
          `--length ${length.min}:${length.max}`,
          `--dim ${dim}`,
          ...Object.entries(parameters).map(([name, value]) => `--${kebab(name)} ${value}`),
          ...(snr !== undefined ? [`--snr ${snr}`] : []),
          `--seed ${seed}`,
          `--output ${files}`,
        ].join(' '),
      );
    } else {
      lines.push('diffusion dataset --spec specification.json --output simulated');
      files = 'simulated/tracks.csv';
    }
  } else {
    const read = filesRead(source.files, reports);
    const moved = conditions.length > 1 && read.some((one) => !isOfFolder(one));
    if (moved) lines.push('# the files of each condition in a folder of its name');
    files = read
      .map(({ path, condition }) => quoted(moved ? `${condition}/${path.split('/').at(-1)}` : path))
      .join(' ');
    const { dt, pixelSize, positionUnit, minLength, splitGaps } = source.reading;
    if (dt !== undefined) reading.push(`--dt ${dt}`);
    if (pixelSize !== undefined) reading.push(`--pixel-size ${pixelSize}`);
    if (positionUnit !== undefined) reading.push(`--position-unit ${quoted(positionUnit)}`);
    if (minLength !== undefined) reading.push(`--min-length ${minLength}`);
    if (splitGaps !== undefined) reading.push(`--split-gaps ${splitGaps}`);
  }
  const by = model === undefined ? [] : ['--model model'];
  if (trained) lines.push('diffusion train --recipe recipe.json --output model');
  const byFolder = conditions.length > 1 ? ['--by-folder'] : [];
  const command = (name: string, ...more: string[]) =>
    ['diffusion', name, files, ...reading, ...more].join(' ');
  lines.push(
    command('report', ...by, ...byFolder, '--output report.html'),
    command('predict', ...by, '--output predictions.csv'),
    // As many tracks like these as the report simulates, of the same seed.
    command('shares', ...by, ...byFolder, '--simulated 2000', '--output shares.csv'),
    command('estimate', '--output estimates.csv'),
    command('segment', '--output segments.csv --report segments.html'),
  );
  return lines;
}

/** What a set of all classes is simulated by. */
export function specificationOf({ source }: Loaded): object | undefined {
  if (source.kind !== 'simulated' || source.wanted.model !== 'mixed') return undefined;
  const { count, length, dim, seed } = source.wanted;
  return { preset: 'motion', count, seed, dim, length };
}

/** Whether the condition of a file is the name of its folder. */
const isOfFolder = ({ path, condition }: GivenFile): boolean =>
  path.split('/').at(-2) === condition;

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter, at) => (at === 0 ? letter : `-${letter.toLowerCase()}`));

/** As a shell takes it. */
const quoted = (text: string): string =>
  /^[\w./:+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
