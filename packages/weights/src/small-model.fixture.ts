import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { measureDomain, type NetworkModel, networkByName, trackModel } from '@diffusion/models';
import { saveHubModel } from '@diffusion/models/node';
import { gajowczyk2021 } from '@diffusion/simulate';
import { listOf } from '../scripts/list-models.mjs';
import type { ShippedModel } from './pretrained-models.ts';

/** Tracks that the small model has seen the like of. */
export const tracks = gajowczyk2021({ count: 60, seed: 1 }).generate();

/** A network with the weights that it was drawn with: small, and of the kind that is shipped. */
export function smallModel(): NetworkModel {
  const options = { task: 'class', dim: 2, classes: 4, widths: [8, 12], units: 16, seed: 5 };
  return trackModel(networkByName('multiscale').build(options), {
    format: 'diffusion-model',
    version: 1,
    network: { name: 'multiscale', options },
    output: { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] },
    encoder: { kind: 'multiscale', dim: 2, length: null },
    domain: measureDomain(tracks),
    recipe: { about: 'Small.', data: { dataSets: [{ preset: 'gajowczyk2021' }] } },
    metrics: { accuracy: 0.25, mcc: null },
    versions: {},
  });
}

/** A package with that model in its folder `models`, as {@link listOf} lists it in `src/shipped.mjs`. */
export async function packageWith(
  folder: string,
  names: readonly string[],
): Promise<ShippedModel[]> {
  const model = smallModel();
  for (const name of names) {
    await saveHubModel(join(folder, 'models', name), model, { name, license: 'mit' });
  }
  model.dispose();
  await mkdir(join(folder, 'src'), { recursive: true });
  const list = join(folder, 'src/shipped.mjs');
  await writeFile(list, await listOf(pathToFileURL(join(folder, 'models/'))));
  return (await import(list)).shipped;
}
