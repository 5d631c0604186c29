import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { bankModel, encoder, multiscale, ownModel, wadnet } from '@diffusion/models';
import { fitClassical } from '@diffusion/models/classical';
import { loadModel, saveModel } from '@diffusion/models/node';
import { writeOnnx, writeOnnxBank } from '@diffusion/models/onnx';
import { gajowczyk2021 } from '@diffusion/simulate';
import {
  diffusion,
  expectOneLine,
  filesIn,
  jsonOf,
  newFolder,
  removeFolder,
} from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await newFolder();
  await useBackend('cpu');
  const output = { kind: 'both', classes: ['ND', 'DM'] } as const;
  await saveModel(
    at('model'),
    ownModel({
      network: multiscale({ widths: [4, 6], units: 8, classes: 2 }),
      encoder: encoder({ kind: 'multiscale', dim: 1, length: null }),
      output,
    }),
  );
  const seen = encoder({ kind: 'standardized', dim: 1, length: null });
  const networks = [10, 20].map((length) => {
    const options = { task: 1, depth: 3, filters: 4, units: 4 } as const;
    const network = wadnet(options);
    const { card } = ownModel({ network, encoder: seen, output: { kind: 'exponent' } });
    return { length, model: { network, card: { ...card, network: { name: 'wadnet', options } } } };
  });
  await saveModel(at('bank'), bankModel(networks));
  const tracks = gajowczyk2021({ count: 40, seed: 1 }).generate();
  await saveModel(
    at('forest'),
    fitClassical({ kind: 'forest', trees: 2, tracks, features: ['alpha'] }),
  );
});
afterAll(() => removeFolder(folder));

describe('export --format onnx', () => {
  it('writes a network as a file', async () => {
    const done = await diffusion('export --model model --format onnx --output m.onnx', folder);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toMatch(/^wrote +m\.onnx\n$/);
    const model = await loadModel(at('model'));
    if (model.kind !== 'network') throw new Error(model.kind);
    expect((await readFile(at('m.onnx'))).equals(writeOnnx(model))).toBe(true);
  });

  it('writes a bank as a folder, a file for each length', async () => {
    const done = await diffusion('export --model bank --format onnx --output b --json', folder);
    expect(jsonOf(done)).toEqual({ written: ['b/10.onnx', 'b/20.onnx'] });
    expect(await filesIn(at('b'))).toEqual(['10.onnx', '20.onnx']);
    const model = await loadModel(at('bank'));
    if (model.kind !== 'bank') throw new Error(model.kind);
    const bytes = writeOnnxBank(model).get(20)!;
    expect((await readFile(at('b/20.onnx'))).equals(bytes)).toBe(true);
  });

  it.each([
    ['model', 'm', 'm: expected a name in .onnx'],
    ['model', 'm.pb', 'm.pb: expected a name in .onnx'],
    ['model', 'no/m.onnx', 'no/m.onnx: there is no folder no'],
    ['bank', 'b.onnx', 'b.onnx: expected the name of a folder'],
    ['forest', 'm.onnx', 'forest: is a classical model: expected a network'],
    ['model', 'm.onnx --half', "option '--half' is for safetensors"],
  ])('refuses --model %s --output %s', async (model, output, message) => {
    const done = await diffusion(
      `export --model ${model} --format onnx --output ${output}`,
      folder,
    );
    expectOneLine(done, message);
  });
});
