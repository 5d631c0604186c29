import { classShares, judgedRows } from '@diffusion/eval';
import { outcomesOn } from '@diffusion/expect';
import { unknownFile, unknownShares } from '../expect/unknown-files.mjs';

/**
 * A file of which nothing is known, neither shares nor how the tracks of a class are, and the shares that `diffusion report` gives
 * of it: those by tracks like the file's own.
 */
export async function unknownSharesRow(model, i) {
  const tracks = unknownFile(1, i);
  const truth = unknownShares(1, i);
  const prediction = await model.predict(tracks);
  const outcomes = await outcomesOn(tracks, model, { seed: i + 1, prediction });
  const { perParticle } = classShares(judgedRows(tracks, prediction), outcomes);
  return {
    tracks: tracks.count,
    classes: perParticle.map(({ name, share, interval }) => ({
      ...{ name, truth: truth[name], share },
      ...{ low: interval[0], high: interval[1] },
    })),
  };
}

/** Files by their number of tracks. */
const SIZES = [
  ['30 to 99', 0, 100],
  ['100 to 299', 100, 300],
  ['300 to 1,000', 300, Number.POSITIVE_INFINITY],
];

/** Coverage, median width and mean error per class, of all files and by size. */
export function unknownSharesScores(rows) {
  const scoreOf = (cells) => {
    const widths = cells.map(({ low, high }) => high - low).sort((a, b) => a - b);
    const held = cells.filter(({ truth, low, high }) => low <= truth && truth <= high).length;
    const error = cells.reduce((sum, { share, truth }) => sum + share - truth, 0);
    return {
      coverage: held / cells.length,
      width: widths[widths.length >> 1],
      bias: error / cells.length,
    };
  };
  const names = rows[0].classes.map(({ name }) => name);
  const scores = (of) => ({
    files: of.length,
    classes: Object.fromEntries(
      names.map((name, k) => [name, scoreOf(of.map(({ classes }) => classes[k]))]),
    ),
    all: scoreOf(of.flatMap(({ classes }) => classes)),
  });
  const bySize = SIZES.flatMap(([name, from, to]) => {
    const of = rows.filter(({ tracks }) => tracks >= from && tracks < to);
    return of.length > 0 ? [[name, scores(of)]] : [];
  });
  return { ...Object.fromEntries(bySize), all: scores(rows) };
}
