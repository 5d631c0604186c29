import type { ReportedFeature } from '@diffusion/eval';
import {
  type DeletionCurves,
  deletionCurves,
  type ExplainMethod,
  explainTracks,
  forestSentences,
  type LrpRule,
  lawOf,
  mapAgreement,
  modelRows,
  occlusion,
  permutationImportance,
  type Relevance,
  ruleSentence,
  type Target,
  type TrackLaw,
  withShuffledWeights,
} from '@diffusion/eval/explain';
import type { SingleModel, TrackModel } from '@diffusion/models';
import { selectTracks, type Tracks } from '@diffusion/tracks';
import { estimateTracks } from '../estimate-tracks.ts';
import { InputError } from '../input-error.ts';
import { withBar } from '../with-bar.ts';

/** Methods of `diffusion explain`, and what they are called in a report. */
export const METHODS = {
  lrp: 'layer-wise relevance propagation',
  'integrated-gradients': 'integrated gradients from zeros',
  'gradient-input': 'gradient × input',
  'smooth-gradient': 'SmoothGrad × input',
  occlusion:
    'occlusion: what the answer loses where a stretch is drawn anew by the track’s own law',
} as const;

export type Method = keyof typeof METHODS;

/** What is asked of an explanation. */
export interface Asked {
  readonly method?: Method;
  readonly target?: Target;
  /** Of layer-wise relevance propagation. */
  readonly rule: LrpRule;
  /** Of a network that answers for every point. */
  readonly at?: number;
  readonly seed: number;
  readonly exposure?: number;
  readonly sigma?: number;
}

const isNetwork = (model: TrackModel): boolean =>
  model.kind === 'ensemble'
    ? model.models.every((each) => each.kind !== 'classical')
    : model.kind !== 'classical';

/** The method that is asked for, or the best that there is for the model: networks have derivatives, all others are asked again. */
export function methodFor(model: TrackModel, asked: Method | undefined): Method {
  if (asked === undefined) return isNetwork(model) ? 'lrp' : 'occlusion';
  if (asked === 'occlusion' || isNetwork(model)) return asked;
  throw new InputError(`option '--method' is ${asked}, which is for networks: expected occlusion`);
}

/** Relevance of the points of tracks, with a progress bar; Ctrl-C ends it. */
export async function explainModel(
  model: TrackModel,
  tracks: Tracks,
  method: Method,
  asked: Asked,
): Promise<Relevance> {
  const { target, at, seed, rule } = asked;
  const told = target !== undefined && { target };
  if (method === 'occlusion') {
    const laws = await lawsOf(tracks, asked);
    return withBar('explaining', tracks.count, (onProgress) =>
      occlusion(tracks, model, { laws, seed, ...told, onProgress }),
    );
  }
  return withBar('explaining', tracks.count, (onProgress) =>
    explainTracks(tracks, model, {
      method: method as ExplainMethod,
      ...told,
      ...(at !== undefined && { at }),
      ...(method === 'lrp' && { rule }),
      ...(method === 'smooth-gradient' && { seed }),
      onProgress,
    }),
  );
}

/** The law of each track by its own estimate. */
async function lawsOf(
  tracks: Tracks,
  { exposure = 0, sigma }: Asked,
): Promise<(TrackLaw | undefined)[]> {
  const estimates = await estimateTracks(tracks, {
    exposure,
    ...(sigma !== undefined && { sigma }),
  });
  return estimates.map(lawOf);
}

/** Whether an explanation is to be believed. */
export interface Checked {
  readonly curves?: DeletionCurves;
  readonly shuffled?: { readonly correlation: number; readonly overlap: number };
  readonly repeated?: {
    readonly correlation: number;
    readonly overlap: number;
    readonly models: number;
  };
}

/** So many of a list at most, evenly spread over it. */
function evenly(list: readonly number[], most: number): number[] {
  const step = Math.max(1, list.length / most);
  const length = Math.min(most, list.length);
  return Array.from({ length }, (_, k) => list[Math.floor(k * step)]);
}

/** Tracks by which it is checked: of more, so many evenly spread ones. */
const CHECKED = 60;

/** Deletion and insertion, the same network with its weights shuffled, and the members of an ensemble by themselves. */
export async function checkExplanation(
  model: TrackModel,
  tracks: Tracks,
  relevance: Relevance,
  method: Method,
  top: number,
  asked: Asked,
): Promise<Checked> {
  const explained = [...relevance.reasons.keys()].filter((i) => !relevance.reasons[i]);
  if (explained.length === 0) return {};
  const rows = evenly(explained, CHECKED);
  const some = selectTracks(tracks, rows);
  const points = Float32Array.from(
    rows.flatMap((row) => [
      ...relevance.points.subarray(tracks.offsets[row], tracks.offsets[row + 1]),
    ]),
  );
  const target = Int32Array.from(rows, (row) => relevance.target[row]);
  const again = (each: TrackModel) => explainModel(each, some, method, { ...asked, target });
  const found: { -readonly [Key in keyof Checked]: Checked[Key] } = {};
  if (asked.at === undefined) {
    const laws = await lawsOf(some, asked);
    if (laws.some((law) => law !== undefined)) {
      found.curves = await withBar('checking', 100, (onProgress) =>
        deletionCurves(
          some,
          model,
          { points, target },
          {
            laws,
            seed: asked.seed,
            onProgress: (share) => onProgress(Math.round(100 * share)),
          },
        ),
      );
    }
  }
  if (model.kind === 'network') {
    const other = await withShuffledWeights(model.network, () => again(model), {
      seed: asked.seed,
    });
    found.shuffled = mapAgreement(some, [points, other.points], { top });
  }
  if (model.kind === 'ensemble' && model.models.length > 1) {
    const maps: Float32Array[] = [];
    for (const each of model.models) maps.push((await again(each)).points);
    found.repeated = { ...mapAgreement(some, maps, { top }), models: maps.length };
  }
  return found;
}

/** Tracks between which features are exchanged, at most. */
const EXCHANGED = 500;

/** What each feature does that a model sees; none where it sees none, or knows exponents only. */
export async function featuresOf(
  model: TrackModel,
  tracks: Tracks,
  { reasons, target }: Relevance,
  seed: number,
): Promise<ReportedFeature[]> {
  const single = singleOf(model);
  if (!single || single.kind === 'bank') return [];
  const { kind } = single.card.output;
  if (kind === 'exponent' || kind === 'points') return [];
  const inside = [...reasons.keys()].filter((i) => !reasons[i] && target[i] >= 0);
  const some = evenly(inside, EXCHANGED);
  const seen = some.length < 2 ? undefined : modelRows(single, tracks, some);
  if (!seen) return [];
  const codes = some.map((i) => target[i]);
  const found = await withBar('exchanging features', seen.names.length, (onProgress) =>
    permutationImportance(seen.judge, seen.rows, codes, { seed, onProgress }),
  );
  return found.map(({ column, loss, deviation, changed }) => ({
    name: seen.names[column],
    loss,
    deviation,
    changed,
  }));
}

/** Why a rule or a forest says what it says, a sentence per track; undefined for the others. */
export function sentencesOf(
  model: TrackModel,
  tracks: Tracks,
  { reasons, target }: Relevance,
): (string | undefined)[] | undefined {
  if (model.kind !== 'classical') return undefined;
  const inside = [...reasons.keys()].filter((i) => !reasons[i] && target[i] >= 0);
  const sentences = new Array<string | undefined>(tracks.count).fill(undefined);
  const forest = forestSentences(model, tracks, inside, target);
  for (const [r, i] of inside.entries()) {
    sentences[i] = forest ? forest[r] : ruleSentence(model, tracks.at(i));
  }
  return sentences.some((each) => each !== undefined) ? sentences : undefined;
}

const singleOf = (model: TrackModel): SingleModel | undefined =>
  model.kind === 'ensemble' ? undefined : model;
