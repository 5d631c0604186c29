import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffusion, newFolder, removeFolder } from './command.fixture.ts';

const specification = {
  classes: [
    { label: 'slow', model: 'brownian' },
    { model: 'directed', parameters: { speed: 2 } },
  ],
  dim: 2,
  length: 12,
};

it('a folder that `dataset` wrote is learnt from, whatever is hidden in it', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'spec.json'), JSON.stringify(specification));
  const made = 'dataset --spec spec.json --count 40 --seed 1 --output data';
  expect(await diffusion(made, folder)).toEqual({ code: 0, out: '', err: '' });
  await writeFile(join(folder, 'data/._tracks.csv'), 'what another system leaves beside files');
  const trained = 'train --model logistic --data data --features straightness --output model';
  expect(await diffusion(trained, folder)).toMatchObject({ code: 0, err: '' });
  await removeFolder(folder);
});
