import { modelSection as drawn, type ReportedThresholds, type Section } from '@diffusion/eval';
import type { ModelCard, TrackModel } from '@diffusion/models';

const cardOf = (model: TrackModel): ModelCard =>
  model.kind === 'ensemble' ? model.models[0].card : model.card;

const classesOf = ({ output }: ModelCard): readonly string[] =>
  output.kind === 'exponent' ? [] : output.classes;

/**
 * What a model has seen and what it answers, in a line.
 *
 * @example
 * seenLine(model) // '2D, 5 to 1000 points; immobile, confined, brownian, directed, α'
 */
export function seenLine(model: TrackModel): string {
  const card = cardOf(model);
  const { dim, minLength, maxLength } = card.domain;
  const answers = [...classesOf(card), ...(card.output.kind === 'classes' ? [] : ['α'])];
  return `${dim}D, ${minLength} to ${maxLength} points; ${answers.join(', ')}`;
}

/**
 * What a model is called: as it was asked for or, where it was not, by the recipe that it was trained by.
 *
 * @example
 * nameOf(model, undefined) // 'motion-2d'
 */
export function nameOf(model: TrackModel, asked: string | undefined): string {
  const { network, recipe } = cardOf(model);
  return asked ?? (typeof recipe.name === 'string' ? recipe.name : network.name);
}

/**
 * What is known of a model: the part of a report that stands in the place of a training.
 *
 * @example
 * sections.push(modelSection('motion-2d', model));
 */
export function modelSection(name: string, model: TrackModel): Section {
  const card = cardOf(model);
  const { domain, network, recipe, metrics, calibration } = card;
  const { dim, minLength, maxLength, maxMissing } = domain;
  const { about } = recipe;
  const trained = Object.keys(recipe).length > 0;
  const longest =
    maxLength >= Number.MAX_SAFE_INTEGER ? 'and more' : `to ${maxLength.toLocaleString('en')}`;
  return drawn({
    name,
    about: [
      ...(typeof about === 'string' ? [about.replaceAll('`', '')] : []),
      trained
        ? 'It was trained on simulated tracks: what it says of yours holds as far as they are like those. Tracks outside of what it has seen are not judged.'
        : 'It needs no training.',
    ],
    facts: [
      [trained ? 'network' : 'method', network.name],
      ['classes', classesOf(card).join(', ')],
      ['judges', `${dim}D tracks of ${minLength} ${longest} points`],
      ['frames missing, at most', `${Math.round(100 * maxMissing)} %`],
      ...(typeof recipe.epochs === 'number' ? [['epochs', String(recipe.epochs)] as const] : []),
      ...(typeof recipe.seed === 'number' ? [['seed', String(recipe.seed)] as const] : []),
      ...(calibration
        ? [
            [
              'probabilities calibrated to',
              `${calibration.tracks.toLocaleString('en')} simulated tracks`,
            ] as const,
          ]
        : []),
      ...(calibration?.sets
        ? [
            [
              'sets hold the class of',
              `${100 * calibration.sets.coverage} % of such tracks`,
            ] as const,
          ]
        : []),
    ],
    metrics: Object.fromEntries(
      Object.entries(metrics).filter((entry): entry is [string, number] =>
        Number.isFinite(entry[1]),
      ),
    ),
    ...(calibration?.sets && { thresholds: thresholdsOf(classesOf(card), calibration.sets.bins) }),
  });
}

type Bins = NonNullable<NonNullable<ModelCard['calibration']>['sets']>['bins'];

/** Classes that have one threshold in every bin share a column. */
function thresholdsOf(classes: readonly string[], bins: Bins): ReportedThresholds {
  const columns: { classes: string[]; noise: boolean; thresholds: number[] }[] = [];
  for (const kind of ['motion', 'noise'] as const) {
    classes.forEach((name, k) => {
      const thresholds = bins.map((bin) => bin[kind][k]);
      const same = columns.find((column) => String(column.thresholds) === String(thresholds));
      if (!same) columns.push({ classes: [name], noise: kind === 'noise', thresholds });
      else if (!same.classes.includes(name)) same.classes.push(name);
    });
  }
  return {
    columns,
    bins: bins.map(({ from, to }, b) => ({
      from,
      to,
      thresholds: columns.map(({ thresholds }) => thresholds[b]),
    })),
  };
}
