import type { FeatureChoice } from '@diffusion/features';
import { isTextColumn, type Tracks } from '@diffusion/tracks';
import { checkTracks, nearestName, shown } from '@diffusion/tracks/messages';
import { measureDomain } from '../domain/domain.ts';
import type { JsonObject } from '../json.ts';
import { featureNameOf } from '../own-features.ts';
import type { ClassicalModel } from '../predict/model.ts';
import { type BoostingOptions, boostingInPieces } from './boosting/boosting.ts';
import { ClassicalError, type ClassicalOptions, type Rows } from './classical.ts';
import type { ClassicalJSON } from './classical-json.ts';
import { classicalModel } from './classical-model.ts';
import { classifierFromJSON } from './classifier.ts';
import { featureRowsInPieces } from './feature-rows.ts';
import { type ForestOptions, forestInPieces } from './forest.ts';
import { atOnce, inTurns, type Pieces } from './in-turns.ts';
import { type LogisticOptions, logisticInPieces } from './logistic.ts';
import { type SvmOptions, svmInPieces } from './svm.ts';

type Kind =
  | ({ readonly kind: 'forest' } & ForestOptions)
  | ({ readonly kind: 'boosting' } & BoostingOptions)
  | ({ readonly kind: 'svm' } & SvmOptions)
  | ({ readonly kind: 'logistic' } & LogisticOptions);

/** What {@link fitClassical} is told, beside the options of the kind. */
export type FitClassicalOptions = Kind extends infer Each
  ? Each extends Kind
    ? Omit<Each, 'classes'> & {
        /** Labelled tracks: the column `label`. */
        readonly tracks: Tracks;
        /**
         * Names of the catalogue of `@diffusion/features` and features of one's own; free of units where tracks of other
         * units shall be judged.
         */
        readonly features: readonly FeatureChoice[];
        /** The classes, in order; those of the labels, in the order of their dictionary, when absent. */
        readonly classes?: readonly string[];
        /**
         * What is learnt from in place of the rows of the tracks, such as rows of classes that are balanced; NaN is a feature
         * that is undefined. The domain stays that of the tracks.
         */
        readonly resample?: (
          rows: readonly ArrayLike<number>[],
          codes: Int32Array,
        ) => { readonly rows: readonly ArrayLike<number>[]; readonly codes: Int32Array };
        /** What the tracks are, for the card. */
        readonly data?: JsonObject;
        readonly versions?: Readonly<Record<string, string>>;
      }
    : never
  : never;

/**
 * Fits a random forest, gradient boosting, a support vector machine or a logistic regression to features of labelled
 * tracks: a model with the same `predict` as a network, the same reasons where it does not judge, saved and loaded the
 * same way. The card names features of one's own; loading asks for them: `loadModel(folder, { features: [own] })`.
 *
 * Throws {@link ClassicalError} for labels that are missing or no class, and for options out of their range.
 *
 * @example
 * const model = fitClassical({ kind: 'forest', tracks, features: ['alpha', 'straightness', 'vacf1'], seed: 1 });
 * (await model.predict(others)).labels;
 */
export function fitClassical(options: FitClassicalOptions): ClassicalModel {
  return atOnce(modelInPieces(options));
}

/**
 * What {@link fitClassical} gives, fitted with turns of the event loop in between: a page stays alive, and a signal ends
 * the work within a tree, a step of an optimisation or some tracks' features.
 *
 * Rejects as {@link fitClassical} throws, and with the reason of the signal once it is aborted.
 *
 * @example
 * const stop = new AbortController();
 * const model = await fitClassicalAsync({ kind: 'boosting', tracks, features: ['alpha', 'vacf1'] }, stop.signal);
 */
export function fitClassicalAsync(
  options: FitClassicalOptions,
  signal?: AbortSignal,
): Promise<ClassicalModel> {
  return inTurns(modelInPieces(options), signal);
}

const FITS = {
  forest: forestInPieces,
  boosting: boostingInPieces,
  svm: svmInPieces,
  logistic: logisticInPieces,
};

function* modelInPieces(options: FitClassicalOptions): Pieces<ClassicalModel> {
  if (typeof options !== 'object' || options === null) {
    throw new ClassicalError(
      `options is ${shown(options)}: expected an object with kind, tracks and features`,
    );
  }
  const {
    kind,
    tracks,
    features,
    classes: given,
    resample = (rows, codes) => ({ rows, codes }),
    data = {},
    versions = {},
    ...rest
  } = options;
  checkTracks(tracks, ClassicalError);
  const fit = Object.hasOwn(FITS, kind ?? '') ? FITS[kind] : undefined;
  if (!fit) {
    const kinds = Object.keys(FITS);
    const nearest = typeof kind === 'string' && nearestName(kind, kinds);
    const hint = nearest ? `; did you mean ${nearest}?` : '';
    throw new ClassicalError(
      `kind is ${shown(kind)}: expected forest, boosting, svm or logistic${hint}`,
    );
  }
  if (!Array.isArray(features)) {
    throw new ClassicalError(
      `features is ${shown(features)}: expected a list of features, as ['alpha', 'straightness']`,
    );
  }
  const label = tracks.trackColumns.label;
  if (!label || !isTextColumn(label)) {
    throw new ClassicalError('tracks have no column label to learn from');
  }
  if (features.length === 0) throw new ClassicalError('features is empty: expected a name or more');
  const classes = given ?? label.dictionary;
  const place = label.dictionary.map((name) => classes.indexOf(name));
  const codes = Int32Array.from(label.codes, (code) => {
    if (place[code] < 0) {
      throw new ClassicalError(
        `label '${label.dictionary[code]}': expected one of ${classes.join(', ')}`,
      );
    }
    return place[code];
  });
  if (classes.length < 2) {
    throw new ClassicalError(`there is one class, ${classes[0]}: expected at least two`);
  }
  const how: ClassicalOptions = { ...rest, classes: classes.length };
  const ofTracks: Rows = yield* featureRowsInPieces(tracks, features);
  const learnt = resample(ofTracks, codes);
  const json = (yield* fit(learnt.rows, learnt.codes, how)).toJSON() as ClassicalJSON;
  return classicalModel(classifierFromJSON(json, features), {
    format: 'diffusion-model',
    version: 1,
    network: { name: kind, options: rest },
    classifier: { features: features.map(featureNameOf) },
    output: { kind: 'classes', classes },
    domain: measureDomain(tracks, classes),
    recipe: { data, tracks: tracks.count },
    metrics: {},
    versions,
  });
}
