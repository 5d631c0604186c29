import type { Track } from '@diffusion/tracks';
import { EvaluationError } from '../errors.ts';
import { withUnit } from './axis.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { drawnPoints } from './drawn-points.ts';
import { extent } from './extent.ts';
import { FIRST_POINT_MARK } from './first-point-mark.ts';
import { classColor } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** A segment as it is drawn: what `@diffusion/features` and networks give. */
export interface DrawnSegment {
  readonly from: number;
  /** The point after its last one. */
  readonly to: number;
  readonly state: string;
  readonly alpha: number;
  /** K of ⟨Δx²⟩ = 2 K tᵅ per coordinate, in units² per frameᵅ. */
  readonly diffusion: number;
}

/** What {@link segmentsPlot} draws. */
export interface SegmentsPlotOptions {
  readonly track: Track;
  readonly segments: readonly DrawnSegment[];
  /** True segments, dashed behind the others. */
  readonly truth?: readonly DrawnSegment[];
  readonly positionUnit: string;
  /** Width and height of the path in pixels, 220 when absent. */
  readonly size?: number;
  /** A title over the path. */
  readonly title?: string;
  /** For a telephone: the path over α and K in place of beside them. */
  readonly narrow?: boolean;
}

const OPTIONS: PlotOptionNames<SegmentsPlotOptions> = {
  track: true,
  segments: true,
  truth: false,
  positionUnit: true,
  size: false,
  title: false,
  narrow: false,
};

/** States in the order of their colours; others follow. */
const STATES = ['immobile', 'confined', 'free', 'directed'];
/** K of a particle at rest has no place on a logarithm: it is drawn at so much of the least other one, and at 0 where there is no other. */
const AT_REST = 0.3;

/**
 * A track and what was found in it: its path in the colours of its states, and beside it α and K against the frame, where each
 * segment is a level. Lines break at gaps; a circle marks the first point, dots the points where the motion changes. A 3D track is seen along z; of a 1D track the place
 * is drawn against the frame. K of a segment at rest is drawn below all others, and at 0 where nothing moves.
 *
 * Throws {@link EvaluationError} when there is no segment, or the segments do not follow each other over the whole track.
 *
 * @example
 * segmentsPlot({ track, segments: segmentByChanges({ sigma: 0.02 })(track), positionUnit: 'µm' })
 */
export function segmentsPlot(options: SegmentsPlotOptions): PlotSpec {
  checkPlotOptions('segmentsPlot', options, OPTIONS);
  const { track, segments, truth, positionUnit, size = 220, title, narrow = false } = options;
  check('segments', segments, track.length);
  if (truth) check('truth', truth, track.length);
  const height = (size - 44) / 2;
  const wide = narrow ? size : Math.round(1.6 * size);
  const named = STATES.filter((name) =>
    [...segments, ...(truth ?? [])].some((s) => s.state === name),
  );
  const others = [...new Set(segments.map(({ state }) => state))].filter(
    (s) => !STATES.includes(s),
  );
  const domain = [...named, ...others];
  const color = {
    field: 'state',
    type: 'nominal',
    title: null,
    scale: { domain, range: domain.map((name) => colorOf(name, others)) },
  };
  const levels = levelsOf(track, segments, truth ?? []);
  return plotSpec(
    `A track of ${track.length} points in ${segments.length} segments: its path, α and K against the frame`,
    {
      [narrow ? 'vconcat' : 'hconcat']: [
        pathPanel(track, segments, { size, title, color, positionUnit }),
        {
          vconcat: [
            levelPanel(levels, {
              field: 'alpha',
              title: 'α',
              width: wide,
              height,
              color,
              bottom: false,
            }),
            levelPanel(levels, {
              field: 'diffusion',
              title: withUnit('K', positionUnit && `${positionUnit}²/frame^α`),
              width: wide,
              height,
              color,
              bottom: true,
            }),
          ],
          spacing: 10,
        },
      ],
    },
  );
}

const colorOf = (name: string, others: readonly string[]): string =>
  classColor(STATES.includes(name) ? STATES.indexOf(name) : STATES.length + others.indexOf(name));

function check(name: string, segments: readonly DrawnSegment[], length: number): void {
  if (segments.length === 0) {
    throw new EvaluationError(`${name} is empty: expected at least one segment`);
  }
  [...segments, undefined].forEach((segment, i) => {
    const end = i === 0 ? 0 : segments[i - 1].to;
    const begin = segment ? segment.from : length;
    if (begin === end && (!segment || segment.to > segment.from)) return;
    throw new EvaluationError(
      segment
        ? `${name}[${i}] is from ${segment.from} to ${segment.to}: expected a segment that begins at ${end}`
        : `${name} end at ${end}: expected the number of points, ${length}`,
    );
  });
}

/** Begin and end of the level of every segment, in frames. */
function levelsOf(track: Track, segments: readonly DrawnSegment[], truth: readonly DrawnSegment[]) {
  const frame = (point: number) =>
    track.frames ? (track.frames[point] ?? track.frames[track.length - 1] + 1) : point;
  const moving = [...segments, ...truth].map(({ diffusion }) => diffusion).filter((k) => k > 0);
  const least = moving.length > 0 ? Math.min(...moving) * AT_REST : 0;
  const rows = (list: readonly DrawnSegment[], kind: string) =>
    list.map(({ from, to, state, alpha, diffusion }) => ({
      kind,
      state,
      begin: frame(from),
      end: frame(to),
      alpha,
      diffusion: diffusion > 0 ? diffusion : least,
    }));
  return [...rows(truth, 'true'), ...rows(segments, 'found')];
}

interface LevelPanel {
  readonly field: 'alpha' | 'diffusion';
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly color: object;
  readonly bottom: boolean;
}

function levelPanel(
  levels: ReturnType<typeof levelsOf>,
  { field, title, width, height, color, bottom }: LevelPanel,
) {
  const values = levels.filter((level) => Number.isFinite(level[field]));
  const rests = field === 'diffusion' && values.every(({ diffusion }) => diffusion === 0);
  const all = extent(levels.flatMap(({ begin, end }) => [begin, end]));
  const encoding = {
    x: {
      field: 'begin',
      type: 'quantitative',
      scale: { domain: [all.from, all.to], nice: false },
      axis: { title: bottom ? 'frame' : null, grid: false, format: '.6~g' },
    },
    x2: { field: 'end' },
    y: {
      field,
      type: 'quantitative',
      scale: field === 'alpha' ? { domain: [0, 2] } : rests ? { domain: [0, 1] } : { type: 'log' },
      axis: {
        title,
        tickCount: 3,
        ...(field === 'diffusion' && { format: '.2~g' }),
        ...(rests && { values: [0] }),
      },
    },
  };
  const changes = levels.filter(({ kind, begin }) => kind === 'found' && begin > all.from);
  return {
    width,
    height,
    layer: [
      {
        data: { values: changes },
        mark: { type: 'rule', color: 'currentColor', opacity: 0.3, strokeWidth: 1 },
        encoding: { x: encoding.x },
      },
      {
        data: { values: values.filter(({ kind }) => kind === 'true') },
        mark: {
          type: 'rule',
          color: 'currentColor',
          strokeDash: [4, 3],
          strokeWidth: 1.5,
          opacity: 0.7,
        },
        encoding,
      },
      {
        data: { values: values.filter(({ kind }) => kind === 'found') },
        mark: { type: 'rule', strokeWidth: 3 },
        encoding: { ...encoding, color },
      },
    ],
  };
}

interface PathPanel {
  readonly size: number;
  readonly title: string | undefined;
  readonly color: object;
  readonly positionUnit: string;
}

function pathPanel(
  track: Track,
  segments: readonly DrawnSegment[],
  { size, title, color, positionUnit }: PathPanel,
) {
  const { positions, dim, frames } = track;
  const runs = drawnPoints(track, 1);
  const at = (point: number) =>
    dim > 1
      ? { x: positions[point * dim] - positions[0], y: positions[point * dim + 1] - positions[1] }
      : { x: frames ? frames[point] : point, y: positions[point] - positions[0] };
  // A segment is drawn up to the point that its last step leads to.
  const values = segments.flatMap(({ from, to, state }, k) =>
    runs
      .slice(from, Math.min(to + 1, track.length))
      .map(({ run }, i) => ({ ...at(from + i), i: from + i, state, line: `${k} ${run}` })),
  );
  const changes = segments.slice(1).map(({ from }) => at(from));
  const [xs, ys] = [extent(values.map(({ x }) => x)), extent(values.map(({ y }) => y))];
  const half = 0.54 * Math.max(xs.to - xs.from, ys.to - ys.from) || 0.5;
  const scale = ({ from, to }: { from: number; to: number }) =>
    dim > 1
      ? { domain: [(from + to) / 2 - half, (from + to) / 2 + half], nice: false, zero: false }
      : { zero: false };
  const axis = { tickCount: 3, format: '.3~g', grid: false };
  const encoding = {
    x: {
      field: 'x',
      type: 'quantitative',
      scale: scale(xs),
      axis: { ...axis, title: dim > 1 ? withUnit('x − x₀', positionUnit) : 'frame' },
    },
    y: {
      field: 'y',
      type: 'quantitative',
      scale: scale(ys),
      axis: { ...axis, title: withUnit(dim > 1 ? 'y − y₀' : 'x − x₀', positionUnit) },
    },
  };
  return {
    width: size,
    height: size,
    ...(title !== undefined && { title }),
    data: { values },
    layer: [
      {
        mark: { type: 'line', strokeWidth: 1.4, strokeJoin: 'round', aria: false },
        encoding: {
          ...encoding,
          color,
          detail: { field: 'line', type: 'nominal' },
          order: { field: 'i', type: 'quantitative' },
        },
      },
      {
        data: { values: changes },
        mark: {
          type: 'point',
          color: 'currentColor',
          size: 22,
          filled: true,
          opacity: 1,
          aria: false,
        },
        encoding,
      },
      {
        transform: [{ filter: 'datum.i === 0' }],
        mark: FIRST_POINT_MARK,
        encoding,
      },
    ],
  };
}
