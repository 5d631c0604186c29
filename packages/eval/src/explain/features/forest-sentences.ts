import type { ClassicalModel } from '@diffusion/models';
import type { ForestJSON } from '@diffusion/models/classical';
import type { Tracks } from '@diffusion/tracks';
import { modelRows } from './model-rows.ts';
import { treePaths } from './tree-paths.ts';

/** Features that a sentence names. */
const NAMED = 3;

/**
 * Why a forest says of tracks what it says, a sentence per track: the features whose splits on the paths through its trees added
 * most to the class ({@link treePaths}), and between which thresholds the track lies; undefined for a model that is no
 * forest.
 *
 * @param inside places of the tracks, which are judged.
 * @param codes class per track of the set.
 *
 * @example
 * const [why] = forestSentences(model, tracks, [0], codes) ?? [];
 * // 'CD 0.93, before any feature 0.31: +0.21 by alpha at most 0.61; +0.17 by msdRatio above 0.2; …'
 */
export function forestSentences(
  model: ClassicalModel,
  tracks: Tracks,
  inside: readonly number[],
  codes: ArrayLike<number>,
): string[] | undefined {
  const json = model.classifier.toJSON();
  if (json.kind !== 'forest' || inside.length === 0) return undefined;
  const { names, rows } = modelRows(model, tracks, inside)!;
  const { output } = model.card;
  const classes = output.kind === 'exponent' ? [] : output.classes;
  const own = inside.map((i) => codes[i]);
  return treePaths(json as ForestJSON, rows, own).map(({ start, probability, features }, r) => {
    const said = features.slice(0, NAMED).map(({ column, contribution, above, notAbove }) => {
      const sign = contribution < 0 ? '−' : '+';
      return `${sign}${Math.abs(contribution).toFixed(2)} by ${names[column]} ${between(above, notAbove)}`;
    });
    return `${classes[own[r]]} ${probability.toFixed(2)}, before any feature ${start.toFixed(2)}: ${said.join('; ')}.`;
  });
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

function between(above: number, notAbove: number): string {
  if (above === Number.NEGATIVE_INFINITY) return `at most ${short(notAbove)}`;
  if (notAbove === Number.POSITIVE_INFINITY) return `above ${short(above)}`;
  return `between ${short(above)} and ${short(notAbove)}`;
}
