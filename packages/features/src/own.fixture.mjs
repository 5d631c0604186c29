// Features of one's own, as a worker imports them: the built package under its published name.
import { defineFeature, straightness } from '@diffusion/features';

/** How often the track crosses the x axis, per step. */
export const crossings = defineFeature({
  name: 'crossings',
  meaning: 'How often the track crosses the x axis, per step.',
  range: '[0, 1]',
  minPoints: 2,
  dims: [2, 3],
  compute({ axes: [, y], length }) {
    let count = 0;
    for (let i = 1; i < length; i++) if (Math.sign(y[i]) !== Math.sign(y[i - 1])) count++;
    return count / (length - 1);
  },
});

export default defineFeature({
  name: 'bend',
  meaning: 'What is missing to a straight line.',
  minPoints: 2,
  compute: (context) => 1 - straightness(context),
});

export const failing = defineFeature({
  name: 'failing',
  meaning: 'Fails on every track.',
  compute() {
    throw new Error('no such thing as failing');
  },
});

export const none = 1;
