import { factViews, showAs, type Views } from '@diffusion/tracks/display';
import type { ModelCard } from './card.ts';
import type { Ensemble, SingleModel } from './predict/model.ts';

/** A model that shows what its card says, and not a million weights; so does the card. */
export function showModel<Model extends SingleModel>(model: Model): Model {
  showAs(model.card, cardViews);
  return showAs(model, ({ card }) => cardViews(card));
}

/** Several models that show what they are. */
export const showEnsemble = (ensemble: Ensemble): Ensemble =>
  showAs(ensemble, ({ models: [first, ...others] }) => {
    const { text, html } = cardViews(first.card);
    const title = `ensemble of ${others.length + 1} models, the first of them:`;
    return { text: `${title}\n${text}`, html: `<p>${title}</p>${html}` };
  });

function cardViews({ network, output, domain, calibration, metrics }: ModelCard): Views {
  const measured = Object.entries(metrics)
    .map(([name, value]) => `${name} ${value === null ? '–' : Number(value.toPrecision(3))}`)
    .join(', ');
  return factViews(`model of the motion of ${domain.dim}D tracks`, {
    network: network.name,
    answers: ANSWERS[output.kind],
    ...(output.kind !== 'exponent' && { classes: output.classes.join(', ') }),
    lengths: `${domain.minLength} to ${domain.maxLength} points`,
    calibrated: calibration ? `to ${calibration.tracks} tracks` : 'no',
    ...(measured !== '' && { measured }),
  });
}

const ANSWERS = {
  classes: 'the class',
  exponent: 'α',
  both: 'the class and α',
  points: 'class, α and D of every point',
} as const;
