import type { Tracks } from '@diffusion/tracks';
import { UNJUDGED } from '../metrics/confusion-matrix.ts';
import { withUnit } from '../plots/axis.ts';
import { trackMapPlot } from '../plots/track-map-plot.ts';
import { tracksPlot } from '../plots/tracks-plot.ts';
import { classTitle } from './class-names.ts';
import { evenly } from './evenly.ts';
import { counted, digits, whole } from './format.ts';
import type { Figure, Panels, Piece, Section } from './html-report.ts';
import { bestClasses, type JudgedTracks, undecidedTracks } from './judged-tracks.ts';
import { fileNames, trackNames } from './track-names.ts';

/** What {@link fieldSection} draws. */
export interface FieldReport extends JudgedTracks {
  readonly source: string;
}

const MAP_TRACKS = 2000;

/** Single tracks that are drawn, and most of one class. */
const PANELS = 20;
const PER_CLASS = 5;
/** Panels side by side on a desk. */
const PER_ROW = 5;

/**
 * The tracks where they lie, with their ids, and some of each class by themselves on axes of the same length. Colours are those of the
 * most probable class; a track of which several classes are possible is thin and pale. Undefined where there is nothing to draw.
 *
 * @example
 * const section = fieldSection({ source: 'cell 3.csv', tracks, classes, predicted, probabilities, sets });
 */
export function fieldSection(report: FieldReport): Section | undefined {
  const { tracks } = report;
  if (tracks.pointCount === 0) return undefined;
  const best = bestClasses(report);
  const undecided = undecidedTracks(report);
  const names = trackNames(tracks);
  const pieces: Piece[] = [];
  if (tracks.dim > 1) pieces.push(mapFigure(report, best, undecided, names));
  if (tracks.count > 1 || tracks.dim === 1) {
    const singles = singleTracks(report, best, undecided, names);
    if (singles) pieces.push(singles);
  }
  if (pieces.length === 0) return undefined;
  return { heading: tracks.count === 1 ? 'The track' : 'The tracks', pieces };
}

function mapFigure(
  { source, tracks, classes }: FieldReport,
  best: Int32Array,
  undecided: Uint8Array,
  ids: readonly string[],
): Figure {
  const all = Array.from({ length: tracks.count }, (_, i) => i);
  const judged = evenly(
    all.filter((i) => best[i] !== UNJUDGED),
    MAP_TRACKS,
  );
  const others = evenly(
    all.filter((i) => best[i] === UNJUDGED),
    MAP_TRACKS - judged.length,
  );
  const drawn = judged.length + others.length;
  const part =
    drawn < tracks.count
      ? ` ${whole(drawn)} of ${counted(tracks.count, 'track')}, those with a class first.`
      : '';
  const pale = undecided.some((one) => one === 1)
    ? ' Thin and pale: several classes are possible, and the colour is that of the most probable.'
    : '';
  // Of many tracks that are not judged, the ids would hide the others.
  const told = ids.map((id, i) => (tracks.count > 200 && best[i] === UNJUDGED ? '' : id));
  const files = fileNames(tracks);
  const several = new Set(files).size;
  const over =
    several > 1 ? ` The tracks of ${counted(several, 'file')} are drawn over one another.` : '';
  const map = {
    tracks,
    codes: best,
    classes: classes.map(classTitle),
    rows: [...judged, ...others],
    faint: undecided,
    ...(tracks.count > 1 && { ids: told }),
    withoutClass: 'not judged',
  };
  return {
    wide: true,
    spec: trackMapPlot({ ...map, size: tracks.count > 1 ? 600 : 420 }),
    narrow: trackMapPlot({ ...map, size: 290, maxPoints: 6000 }),
    alt:
      tracks.count > 1
        ? `Map of the tracks of ${source}, coloured by class`
        : `Map of the track of ${source}`,
    caption:
      tracks.count > 1
        ? `Tracks where they lie, coloured by class.${over}${pale}${part} The numbers are the ids of the tracks, where there is room.`
        : `The track where it lies${best[0] === UNJUDGED ? '' : `, in the colour of ${undecided[0] ? 'its most probable' : 'its'} class`}.`,
  };
}

function singleTracks(
  { tracks, classes }: FieldReport,
  best: Int32Array,
  undecided: Uint8Array,
  names: readonly string[],
): Panels | undefined {
  const groups = classes
    .map((name, k) => {
      const own = Array.from({ length: tracks.count }, (_, i) => i).filter(
        (i) => best[i] === k && tracks.lengthOf(i) > 1,
      );
      const certain = own.filter((i) => undecided[i] === 0);
      return { name, certain, others: own.filter((i) => undecided[i] === 1) };
    })
    .filter(({ certain, others }) => certain.length + others.length > 0);
  if (groups.length === 0) return undefined;
  const shown = shared(groups.map(({ certain, others }) => certain.length + others.length)).flatMap(
    (most, g) => {
      const { name, certain, others } = groups[g];
      const first = evenly(certain, most);
      return [...first, ...evenly(others, most - first.length)].map((row) => ({ name, row }));
    },
  );
  const sizes = shown.map(({ row }) => extentOf(tracks, row));
  const largest = Math.max(...sizes);
  const flat = tracks.dim === 1 || largest === 0;
  const files = fileNames(tracks);
  const panels = shown.map(({ name, row }, j): Figure => {
    const factor = flat ? 1 : enlargement(largest, sizes[j]);
    const caption = [
      `${undecided[row] ? 'perhaps ' : ''}${name}`,
      `track ${shortened(names[row])}, ${counted(tracks.lengthOf(row), 'point')}`,
      ...(files[row] === undefined ? [] : [endOf(files[row])]),
      ...(factor > 1 ? [`${factor} × enlarged`] : []),
    ].join('\n');
    return {
      spec: tracksPlot({
        tracks,
        rows: [row],
        codes: best,
        columns: 1,
        size: 130,
        axisTitles: false,
        ...(!flat && { side: (1.1 * largest) / factor }),
      }),
      alt: `Track ${names[row]}, ${name}`,
      caption,
    };
  });
  const scale = flat
    ? `Single tracks from their first point (circle)${tracks.dim === 1 ? `: ${withUnit('x − x₀', tracks.positionUnit)} against ${withUnit('time', tracks.timeUnit)}` : ''}.`
    : `Single tracks from their first point (circle), in ${tracks.positionUnit || 'units of the file'}. The sides of all panels are ${digits(1.1 * largest)} long, but where it says that they are enlarged.`;
  return {
    panels,
    caption: `${scale}${undecided.some((one) => one === 1) ? ' ‘Perhaps’: several classes are possible, and this is the most probable.' : ''}`,
  };
}

/** How many tracks of each class are drawn, of so many that there are: in turn, up to whole rows of panels. */
function shared(there: readonly number[]): number[] {
  const given = there.map(() => 0);
  const total = there.reduce((sum, count) => sum + Math.min(count, PER_CLASS), 0);
  let left = Math.min(PANELS, total < PER_ROW ? total : total - (total % PER_ROW));
  for (let turn = 0; turn < PER_CLASS; turn++) {
    there.forEach((count, g) => {
      if (left === 0 || given[g] >= count) return;
      given[g]++;
      left--;
    });
  }
  return given;
}

/** Longer side of the box about a track. */
function extentOf(tracks: Tracks, row: number): number {
  const { positions, dim, length } = tracks.at(row);
  let most = 0;
  for (let axis = 0; axis < Math.min(dim, 2); axis++) {
    let [low, high] = [Infinity, -Infinity];
    for (let p = 0; p < length; p++) {
      const x = positions[p * dim + axis];
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
    most = Math.max(most, high - low);
  }
  return most;
}

/** By how much tracks of this size are enlarged so that they fill a sixth of a panel at least: 1, 5, 10, 50, 100, … */
function enlargement(largest: number, size: number): number {
  if (size === 0 || largest / size < 6) return 1;
  let best = 1;
  for (let ten = 1; ten <= 1e9; ten *= 10) {
    for (const factor of [ten, 5 * ten]) if (factor * size <= largest) best = factor;
  }
  return best;
}

/** The end of the name of a file, by which those of one folder differ. */
const endOf = (name: string): string => (name.length > 20 ? `…${name.slice(-19)}` : name);

const shortened = (name: string): string => (name.length > 12 ? `${name.slice(0, 11)}…` : name);
