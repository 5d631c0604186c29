// @ts-expect-error scripts, without types
import { casesOf, fuzz } from '../fuzz/fuzz.mjs';

/** `pnpm test:long` tries all of them, each in a process of its own. */
const few: [family: 'input' | 'arguments', i: number][] = casesOf('few');

it('a changed file or a wrong argument ends in one line and leaves nothing', async () => {
  const { cases, codes, problems } = await fuzz({ cases: few });
  expect(problems).toEqual([]);
  expect(cases).toBe(few.length);
  // Neither is everything refused, nor everything taken.
  expect(codes[0]).toBeGreaterThan(few.length / 10);
  expect(codes[2]).toBeGreaterThan(few.length / 2);
}, 600_000);

it('so it is in processes of their own', async () => {
  const some = few.filter((_, k) => k % 12 === 0);
  const { cases, problems } = await fuzz({ cases: some, processes: true });
  expect(problems).toEqual([]);
  expect(cases).toBe(some.length);
}, 600_000);
