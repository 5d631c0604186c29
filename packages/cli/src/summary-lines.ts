import type { FileReport, summarizeTracks } from '@diffusion/tracks';
import { counted, facts } from './print.ts';

/** What was read, for a person. */
export function summaryLines(
  summary: ReturnType<typeof summarizeTracks>,
  files: readonly FileReport[],
): string[] {
  const { tracks, points, dim, lengths, gaps, missing, dt, units } = summary;
  const total = (count: (file: FileReport) => number) =>
    files.reduce((sum, file) => sum + count(file), 0);
  const further = [
    ['cuts at branches', total((file) => file.cuts)],
    ['hidden tracks', total((file) => file.hiddenTracks)],
    ['supposed points left out', total((file) => file.supposed)],
    ['spots in no track', total((file) => file.spotsOutsideTracks)],
    ['merged points', total((file) => file.duplicates)],
  ] as const;
  const positions = units.position === '' ? 'not stated' : units.position;
  const lines = facts([
    ['tracks', String(tracks)],
    ['points', String(points)],
    ['dimension', `${dim}D`],
    ['length', `${lengths.min} to ${lengths.max} points, median ${lengths.median}`],
    ['gaps', gaps === 0 ? '0' : `${gaps}, ${counted(missing, 'frame')} missing`],
    [
      'interval',
      units.time === 'frame'
        ? 'not stated'
        : `${Number(dt.toPrecision(6))} ${units.time || '(unit not stated)'}`,
    ],
    ['positions in', positions],
    ...further
      .filter(([, count]) => count > 0)
      .map(([name, count]) => [name, String(count)] as const),
  ]);
  return files.length > 1
    ? [...lines, ...files.map(({ file, tracks: n }) => `  ${file}: ${counted(n, 'track')}`)]
    : lines;
}
