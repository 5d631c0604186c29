import { type FeatureName, featureNamed } from '../catalogue.ts';
import { FeaturesError } from '../errors.ts';
import { type Feature, isFeature } from '../feature.ts';
import { type FeatureChoice, type FeatureSelection, selectFeatures } from '../features.ts';
import type { FeatureSetName } from '../sets.ts';

/** A feature of one's own as plain data, for workers, to which functions cannot go: the module that exports it. */
export interface FeatureReference {
  /** Whole address of the module: `new URL('./my-feature.js', import.meta.url)`. */
  readonly module: string | URL;
  /** Name of the export; `default` unless told. */
  readonly export?: string;
}

/** A feature as a worker is told of it. */
export type SentFeature = FeatureName | { readonly module: string; readonly export: string };

/** A selection with features of one's own by their modules. */
export interface SentSelection<
  Choice extends FeatureChoice | FeatureReference = FeatureChoice | FeatureReference,
  Set extends FeatureSetName = FeatureSetName,
> {
  /** Names from the catalogue and references to features of one's own, in the order of the columns. */
  readonly names?: readonly Choice[];
  /** A set of the literature. */
  readonly set?: Set;
}

/**
 * A selection as workers are told of it, and the names of its columns. Imports the modules of features of one's own,
 * so that what is wrong with them is said before a worker starts.
 *
 * Throws {@link FeaturesError} as `features` does, for a module that cannot be imported or does not export a feature,
 * and for a feature of one's own without its module.
 */
export async function sentFeatures({ names, set }: SentSelection): Promise<{
  readonly names: readonly string[];
  readonly sent: readonly SentFeature[];
}> {
  const references = new Map<Feature, SentFeature>();
  let choices: FeatureSelection['names'] = names as FeatureSelection['names'];
  if (Array.isArray(names)) {
    const found: FeatureChoice[] = [];
    for (const choice of names as readonly (FeatureChoice | FeatureReference)[]) {
      if (typeof choice !== 'object' || choice === null) {
        found.push(choice);
        continue;
      }
      const reference = { module: addressOf(choice.module), export: choice.export ?? 'default' };
      const feature = await importFeature(reference);
      references.set(feature, reference);
      found.push(feature);
    }
    choices = found;
  }
  const selected = selectFeatures({ names: choices, set });
  return {
    names: selected.map(({ about }) => about.name),
    sent: selected.map((feature) => {
      const { name } = feature.about;
      if (featureNamed(name) === feature) return name as FeatureName;
      const reference = references.get(feature);
      if (reference) return reference;
      throw new FeaturesError(
        `names has your own feature '${name}': a function cannot be sent to a worker; ` +
          "give { module: new URL('./its-module.js', import.meta.url), export: 'its name' }",
      );
    }),
  };
}

/** The features that a worker was told of. */
export function loadFeatures(sent: readonly SentFeature[]): Promise<readonly Feature[]> {
  return Promise.all(
    sent.map((each) =>
      typeof each === 'string' ? (featureNamed(each) as Feature) : importFeature(each),
    ),
  );
}

/** The whole address of a module: a path would be another module in a worker. */
function addressOf(module: unknown): string {
  const address = String(module);
  if (URL.canParse(address)) return address;
  throw new FeaturesError(
    `module is '${address}': expected a whole address, such as new URL('./my-feature.js', import.meta.url)`,
  );
}

async function importFeature({
  module,
  export: name,
}: Exclude<SentFeature, string>): Promise<Feature> {
  let exports: Readonly<Record<string, unknown>>;
  try {
    exports = await import(/* @vite-ignore */ /* webpackIgnore: true */ module);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new FeaturesError(`module '${module}' cannot be imported: ${reason}`);
  }
  const feature = Object.hasOwn(exports, name) ? exports[name] : undefined;
  if (isFeature(feature)) return feature;
  const expected =
    feature === undefined
      ? `one of what it exports, ${Object.keys(exports).join(', ') || 'nothing'}`
      : 'what defineFeature gives';
  throw new FeaturesError(`export '${name}' of module '${module}': expected ${expected}`);
}
