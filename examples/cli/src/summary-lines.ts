import type { FileReport, summarizeTracks } from '@diffusion/tracks';
import { table } from './print.ts';

/** What was read, for a person. */
export function summaryLines(
  summary: ReturnType<typeof summarizeTracks>,
  files: readonly FileReport[],
): string[] {
  const { tracks, points, dim, lengths, gaps, dt, units } = summary;
  const cuts = files.reduce((sum, file) => sum + file.cuts, 0);
  const positions = units.position === '' ? 'not stated' : units.position;
  const lines = table([
    ['tracks', String(tracks)],
    ['points', String(points)],
    ['dimension', `${dim}D`],
    ['length', `${lengths.min} to ${lengths.max} points, median ${lengths.median}`],
    ['gaps', String(gaps)],
    [
      'interval',
      units.time === 'frame' ? 'not stated' : `${Number(dt.toPrecision(6))} ${units.time}`,
    ],
    ['positions in', positions],
    ...(cuts > 0 ? [['cuts at branches', String(cuts)]] : []),
  ]).map((line) => line.replace(/^(\S+(?: \S+)*)\s+/, (_, name: string) => `${name.padEnd(18)}`));
  return files.length > 1
    ? [...lines, ...files.map(({ file, tracks: n }) => `  ${file}: ${n} tracks`)]
    : lines;
}
