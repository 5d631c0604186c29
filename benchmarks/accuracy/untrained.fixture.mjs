// Saves two small networks with the weights that they begin with, of the classes of motion and of both AnDi tasks in 2D.
//   node untrained.fixture.mjs FOLDER
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { encoder, networkByName, trackModel } from '@diffusion/models';
import { saveModel } from '@diffusion/models/node';
import { andi2020, motion } from '@diffusion/simulate';

await useBackend('wasm');
const one = { dim: 2, count: 1, seed: 1 };
const outputs = {
  motion: { kind: 'classes', classes: motion(one).classes },
  andi2: { kind: 'both', classes: andi2020({ ...one, task: 2 }).classes },
};
for (const [name, output] of Object.entries(outputs)) {
  const specification = { kind: 'multiscale', dim: 2, length: null };
  const options = {
    ...{ dim: 2, widths: [4, 4], units: 8, classes: output.classes.length },
    task: output.kind === 'both' ? 'both' : 'class',
  };
  const network = networkByName('multiscale').build(options);
  const endless = Number.MAX_SAFE_INTEGER;
  const model = trackModel(network, {
    format: 'diffusion-model',
    version: 1,
    network: { name: 'multiscale', options },
    output,
    encoder: encoder(specification).specification,
    domain: {
      ...{ dim: 2, minLength: 1, maxLength: endless, maxMissing: 1, minMotion: null },
      ranges: [{ from: 0, to: endless, low: {}, high: {} }],
    },
    recipe: {},
    metrics: {},
    versions: {},
  });
  await saveModel(join(process.argv[2], name), model);
}
