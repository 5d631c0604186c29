import { diffusion, expectOneLine, filesIn, newFolder, removeFolder } from './command.fixture.ts';

let folder: string;

beforeAll(async () => {
  folder = await newFolder();
});
afterAll(() => removeFolder(folder));

it('a training that diverges names the checkpoint that has its last good weights', async () => {
  const small =
    'train --model xresnet --set depth=1 --set filters=8 --preset gajowczyk2021 --count 16 --batch-size 16 --augmentation none --change data.validation=0 --change data.test=8';
  // A step of this size leaves finite weights, whose answers are no numbers.
  const ended = await diffusion(
    `${small} --epochs 3 --learning-rate 1e30 --change schedule.name=constant --output wild --json`,
    folder,
  );
  expectOneLine(
    ended,
    'loss is NaN in epoch 2, batch 1: expected a finite number (a lower learning rate may help); no model is made, the weights after epoch 1 are in wild/checkpoint.bin',
  );
  expect(await filesIn(`${folder}/wild`)).toContain('checkpoint.bin');
});
