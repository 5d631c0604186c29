import { useBackend } from '@diffusion/backends';
import { networks } from '@diffusion/models';
import { describeWith } from '../../fixtures/needs.ts';
import { cases } from './cases.mjs';
import { compare } from './compare.mjs';
import { missing, runtimes, startRuntime } from './runtimes.mjs';

const here = runtimes.filter((name) => missing(name) === undefined);
const started: Awaited<ReturnType<typeof startRuntime>>[] = [];

beforeAll(async () => {
  await useBackend('wasm');
  for (const name of here) started.push(await startRuntime(name));
});

afterAll(() => Promise.all(started.map((runtime) => runtime.end())));

/** A network is made once for all runtimes. */
const done = new Map<string, Promise<{ differences: number[] }>>();
function differencesOf(each: (typeof cases)[number]): Promise<{ differences: number[] }> {
  const found = done.get(each.title) ?? compare(each, started, [1, 6]);
  done.set(each.title, found);
  return found;
}

it('tries every network of the registry', () => {
  const tried = cases.map(({ title }) => title.replace(/^lipnet-.*/, 'lipnet'));
  expect(networks.map(({ name }) => name).filter((name) => !tried.includes(name))).toEqual([]);
});

for (const name of runtimes) {
  describeWith({ name, missing: missing(name) })(`${name} answers as we do, to 1e-5`, () => {
    it.each(cases)('$title', async (each) => {
      const { differences } = await differencesOf(each);
      expect(differences[here.indexOf(name)]).toBeLessThan(1e-5);
    });
  });
}
