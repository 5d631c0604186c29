import { type FeatureName, features } from '@diffusion/features';
import type { ClassicalModel, NetworkModel } from '@diffusion/models';
import { type ClassicalJSON, classicalFromJSON } from '@diffusion/models/classical';
import { networkAnswers, placeOfExponent, widthOf } from '@diffusion/models/inference';
import type { Tracks } from '@diffusion/tracks';
import { EvaluationError } from '../../errors.ts';
import type { RowJudge } from './permutation-importance.ts';

/** Rows of features of tracks, their names, and what a model says of such rows. */
export interface ModelRows {
  readonly names: readonly string[];
  readonly rows: readonly ArrayLike<number>[];
  readonly judge: RowJudge;
}

/**
 * The features that a model sees of tracks, and the model as one that judges rows of them: of a forest, gradient boosting, a support
 * vector machine or a logistic regression what it is fitted to; of a network the features beside the track, which stays as
 * it is. Undefined where it sees none.
 *
 * Throws {@link EvaluationError} for a network that knows exponents only or answers for every point, and `FeaturesError` for a
 * classifier that was fitted to features of one's own.
 *
 * @param inside places of the tracks that are judged.
 *
 * @example
 * const seen = modelRows(model, tracks, [0, 1, 2]);
 */
export function modelRows(
  model: ClassicalModel | NetworkModel,
  tracks: Tracks,
  inside: readonly number[],
): ModelRows | undefined {
  return model.kind === 'classical'
    ? rowsOfClassifier(model, tracks, inside)
    : rowsOfNetwork(model, tracks, inside);
}

function rowsOfClassifier(
  { classifier, card }: ClassicalModel,
  tracks: Tracks,
  inside: readonly number[],
): ModelRows | undefined {
  const json = classifier.toJSON();
  if (!isOfRows(json)) return undefined;
  const names = card.classifier.features as readonly FeatureName[];
  const columns: Readonly<Record<string, Float64Array>> = features(tracks, { names });
  const classical = classicalFromJSON(json);
  return {
    names,
    rows: inside.map((i) =>
      Float64Array.from(names, (name) => {
        const value = columns[name][i];
        return Number.isFinite(value) ? value : Number.NaN;
      }),
    ),
    judge: {
      classes: classical.classes,
      probabilities: (rows) => classical.predict(rows).probabilities,
    },
  };
}

const isOfRows = (json: { readonly kind: string }): json is ClassicalJSON =>
  ['forest', 'boosting', 'svm', 'logistic'].includes(json.kind);

function rowsOfNetwork(
  { network, encoder, card }: NetworkModel,
  tracks: Tracks,
  inside: readonly number[],
): ModelRows | undefined {
  const { output } = card;
  const width = encoder.features;
  if (width === 0) return undefined;
  if (output.kind === 'exponent' || output.kind === 'points') {
    throw new EvaluationError(
      `the model answers ${output.kind === 'points' ? 'for every point' : 'exponents only'}: expected one of classes`,
    );
  }
  const rows = inside.map((i) => encoder.encode(tracks, [i]).features);
  const names = Array.from(
    { length: width },
    (_, k) => encoder.featureNames?.[k] ?? `feature ${k + 1}`,
  );
  const placeOf = new Map(inside.map((i, r) => [i, r]));
  const stride = widthOf(output);
  const classes = placeOfExponent(output);
  return {
    names,
    rows,
    judge: {
      classes,
      async probabilities(given) {
        // The same network, and an encoder that writes the features that are given.
        const encode: typeof encoder.encode = (some, indices) => {
          const encoded = encoder.encode(some, indices);
          const beside = Float32Array.from(encoded.features);
          for (let r = 0; r < encoded.count; r++) {
            beside.set(Float32Array.from(given[placeOf.get(indices![r])!]), r * width);
          }
          return { ...encoded, features: beside };
        };
        const answers = await networkAnswers(network, { ...encoder, encode }, tracks, inside);
        return inside.flatMap((i) => [...answers.subarray(i * stride, i * stride + classes)]);
      },
    },
  };
}
