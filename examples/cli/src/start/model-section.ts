import type { Section } from '@diffusion/eval';
import type { ModelCard, TrackModel } from '@diffusion/models';

const cardOf = (model: TrackModel): ModelCard =>
  model.kind === 'ensemble' ? model.models[0].card : model.card;

const classesOf = ({ output }: ModelCard): readonly string[] =>
  output.kind === 'exponent' ? [] : output.classes;

/** What a model has seen and what it answers, in a line. */
export function seenLine(model: TrackModel): string {
  const card = cardOf(model);
  const { dim, minLength, maxLength } = card.domain;
  const answers = [...classesOf(card), ...(card.output.kind === 'classes' ? [] : ['α'])];
  return `${dim}D, ${minLength} to ${maxLength} points; ${answers.join(', ')}`;
}

/** What is known of a model that came trained: the part of a report that stands in the place of a training. */
export function modelSection(name: string, model: TrackModel): Section {
  const card = cardOf(model);
  const { domain, network, recipe, metrics, calibration } = card;
  const { about } = recipe;
  const measured = Object.entries(metrics).filter((entry): entry is [string, number] =>
    Number.isFinite(entry[1]),
  );
  return {
    heading: `Judged by ${name}`,
    text: [
      ...(typeof about === 'string' ? [about] : []),
      'It came trained, on simulated tracks: what it says of yours holds as far as they are like those. Tracks unlike them are not judged.',
    ],
    pieces: [
      {
        columns: ['model', ''],
        rows: [
          ['network', network.name],
          ['classes', classesOf(card).join(', ')],
          [
            'tracks that it has seen',
            `${domain.dim}D, ${domain.minLength} to ${domain.maxLength} points`,
          ],
          ['frames missing in them, at most', `${Math.round(100 * domain.maxMissing)} %`],
          ...(calibration?.sets
            ? [['sets hold the class of', `${100 * calibration.sets.coverage} % of such tracks`]]
            : []),
        ],
      },
      ...(measured.length === 0
        ? []
        : [
            {
              caption: 'Measured on simulated tracks that its training has not seen',
              columns: ['figure', 'value'],
              rows: measured.map(([key, value]) => [key, Number(value.toPrecision(4))]),
            },
          ]),
    ],
  };
}
