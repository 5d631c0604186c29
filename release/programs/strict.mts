/** The packages that run without tfjs: their declarations name nothing of Node, nor of what is not installed with them. */
import * as evaluation from '@diffusion/eval';
import * as computed from '@diffusion/features';
import * as random from '@diffusion/random';
import {
  type DataSet,
  dataSet,
  defineModel,
  fbm,
  measure,
  number,
  simulate,
} from '@diffusion/simulate';
import { joinTracks, Tracks } from '@diffusion/tracks';
import * as workers from '@diffusion/workers';

const own = defineModel({
  name: 'own',
  parameters: { speed: number({ meaning: 'speed', unit: 'position/time', min: 0 }) },
  prepare: ({ speed }, { dim, dt }) => ({
    write(_random, out, points, substeps) {
      for (let at = 0; at < points * dim; at++)
        out[at] = (Math.floor(at / dim) * speed * dt) / substeps;
    },
  }),
});
const common = { count: 2, length: 9, dim: 2, seed: 1 } as const;
const tracks: Tracks = simulate({ ...common, model: own, speed: { min: 1, max: 2 } });
const set: DataSet = dataSet({
  ...common,
  classes: [{ model: own, parameters: { speed: 1 } }, { model: 'immobile' }],
});
fbm(random.keyedRandom(1), new Float64Array(8), 8, 1, { alpha: 0.5, step: 1 });
export const seen: Tracks = measure(joinTracks([tracks, set.generate()], { columns: 'fill' }), {
  missed: 0.1,
  seed: 1,
});
export const plain = new Tracks({ positions: [0, 1], offsets: [0, 2], dim: 1 });
export { computed, evaluation, workers };

// @ts-expect-error
simulate({ ...common, model: 'fbm', alhpa: 0.5 });
// @ts-expect-error
simulate({ ...common, model: own });
// @ts-expect-error
dataSet({ preset: 'gajowczyk2021', count: 1, seed: 1, task: 1 });
