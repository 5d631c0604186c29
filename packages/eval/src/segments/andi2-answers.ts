import { ReadError } from '@diffusion/tracks';
import { quote } from '@diffusion/tracks/messages';
import { readNumber } from '@diffusion/tracks/parsing';
import { EvaluationError } from '../errors.ts';
import type { ScoredSegment } from '../metrics/segmentation-metrics.ts';

/** The segments of one track, as a file of the second AnDi challenge has them. */
export interface TrackSegments {
  /** Number of the track in its field of view: `traj_idx`. */
  readonly track: number;
  readonly segments: readonly ScoredSegment[];
}

/** The challenge's states by their codes. */
const STATES = ['immobile', 'confined', 'free', 'directed'];

/**
 * Reads the segments of one field of view, true ones (`traj_labs_fov_0.txt`) or answers (`fov_0.txt`): a line per track,
 * `track, K, α, state, change, K, α, state, …, number of points`.
 *
 * Throws ReadError, with the line, for what is no such line.
 *
 * @example
 * parseAndi2Answers('0,1.2,0.9,2,50,0.1,0.5,1,200', 'fov_0.txt')[0].segments.length // 2
 */
export function parseAndi2Answers(text: string, source: string): TrackSegments[] {
  const found: TrackSegments[] = [];
  const seen = new Set<number>();
  text.split('\n').forEach((row, i) => {
    if (row.trim() === '') return;
    const fail = (message: string) => new ReadError(message, { source, line: i + 1 });
    const cells = row.trim().split(',');
    const [track, ...values] = cells.map((cell) =>
      /^\s*[-+]?nan\s*$/i.test(cell) ? Number.NaN : readNumber(cell.trim()),
    );
    const bad = cells.findIndex(
      (cell, k) => Number.isNaN([track, ...values][k]) && !/nan/i.test(cell),
    );
    if (bad >= 0) throw fail(`cell ${bad + 1} is ${quote(cells[bad])}: expected a number`);
    if (!Number.isInteger(track))
      throw fail(`the track is ${quote(cells[0])}: expected an integer`);
    if (seen.has(track)) throw fail(`track ${track} is there twice: expected a line per track`);
    seen.add(track);
    if (values.length === 0 || values.length % 4 !== 0) {
      throw fail(
        `has ${cells.length} numbers: expected the track, then K, α, state and end of each segment`,
      );
    }
    const segments: ScoredSegment[] = [];
    for (let k = 0; k < values.length; k += 4) {
      const [diffusion, alpha, code, end] = values.slice(k, k + 4);
      const before = segments.at(-1)?.to ?? 0;
      const to = Math.trunc(end);
      if (!(to > before)) throw fail(`a segment ends at ${end}: expected more than ${before}`);
      // The program that scores takes a code that is none for the first.
      segments.push({ to, alpha, diffusion, state: STATES[code] ?? STATES[0] });
    }
    found.push({ track, segments });
  });
  return found;
}

/**
 * The lines of a field of view as the challenge's own program reads them; what {@link parseAndi2Answers} reads.
 *
 * Throws {@link EvaluationError} for a track without segments and for a state that is none of the challenge's.
 *
 * @example
 * [...andi2AnswerRows([{ track: 0, segments: [{ to: 200, alpha: 1, diffusion: 0.5, state: 'free' }] }])] // ['0,0.5,1,2,200\n']
 */
export function* andi2AnswerRows(tracks: readonly TrackSegments[]): Generator<string> {
  for (const { track, segments } of tracks) {
    if (segments.length === 0) {
      throw new EvaluationError(`track ${track} has no segment: expected at least one`);
    }
    const cells = segments.flatMap(({ to, alpha, diffusion, state }) => {
      const code = STATES.indexOf(state);
      if (code < 0) {
        throw new EvaluationError(`state is ${quote(state)}: expected one of ${STATES.join(', ')}`);
      }
      return [short(diffusion), short(alpha), code, to];
    });
    yield `${[track, ...cells].join(',')}\n`;
  }
}

/** Seven digits, and `nan` as Python has it. */
const short = (value: number): number | string =>
  Number.isNaN(value) ? 'nan' : Number(value.toPrecision(7));
