import { readFileSync } from 'node:fs';
import { motion } from './motion.ts';
import { motionPrior } from './motion-prior.ts';

type Fields = Record<string, unknown>;

const common = { dim: 2, count: 3, seed: 1 } as const;

/** The prior with the field at a path changed. */
function changed(path: readonly (string | number)[], value: unknown): object {
  const prior = JSON.parse(JSON.stringify(motionPrior));
  let at = prior;
  for (const key of path.slice(0, -1)) at = at[key];
  const last = path.at(-1) as string;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return prior;
}

describe('the prior', () => {
  it('is the file of the package', () => {
    const file = new URL('../../priors/motion.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(motionPrior);
  });

  it('is what the tables of the page say', async () => {
    const tables = await import('../../scripts/prior-tables.mjs');
    const page = readFileSync(new URL('../../../../docs/data-sets.md', import.meta.url), 'utf8');
    const [seen, laws] = tables.priorTables(motionPrior);
    expect(seen.split('\n')).toHaveLength(14);
    expect(laws.split('\n')).toHaveLength(2 + motionPrior.laws.length);
    for (const table of [seen, laws]) expect(page).toContain(`-->\n${table}\n<!-- end -->`);
  });

  it.each<[readonly (string | number)[], unknown, string]>([
    [['name'], '', 'prior.name is "": expected a text that is not empty'],
    [['version'], 0.5, 'prior.version is 0.5: expected an integer'],
    [['about'], 3, 'prior.about is 3: expected a text'],
    [['lenght'], 3, 'prior.lenght is 3: expected a known name; the nearest is length'],
    [['q'], undefined, 'prior.q is undefined: expected an object with law, min, max'],
    [['q'], [], 'prior.q is []: expected at least one part'],
    [['q', 0, 'max'], 0.05, 'prior.q[0].max is 0.05: expected at least the min, 0.1'],
    [['q', 0, 'min'], 0, 'prior.q[0].min is 0: expected a number > 0'],
    [['q', 0, 'law'], 'normal', 'prior.q[0].law is "normal": expected one of uniform, log-uniform'],
    [['q', 0, 'share'], -1, 'prior.q[0].share is -1: expected a number ≥ 0'],
    [['q', 0, 'at'], 3, 'prior.q[0].law is "log-uniform": expected no more than share and at'],
    [
      ['exposure', 2, 'at'],
      'infinity',
      'prior.exposure[2].at is "infinity": expected a number from 0 to 1',
    ],
    [['length', 'min'], 5.5, 'prior.length.min is 5.5: expected an integer'],
    [['length', 'min'], 3, 'prior.length.min is 3: expected a number from 4 to'],
    [['gaps', 1, 'max'], 0.95, 'prior.gaps[1].max is 0.95: expected a number from 0 to 0.9'],
    [['variation'], [{ share: 0, at: 0 }], 'prior.variation[0].share is 0: expected a part'],
    [['axes', 'z'], 2, 'prior.axes.z is 2: expected an object with law, min, max'],
    [
      ['drift', 1, 'min'],
      0,
      'prior.drift[1].min is 0: expected a number > 0 for the law log-uniform',
    ],
    [['laws'], [], 'prior.laws is []: expected a list of at least one law'],
    [['laws', 0], null, 'prior.laws[0] is null: expected an object'],
    [
      ['laws', 1, 'model'],
      'confind',
      'prior.laws[1].model is "confind": expected a known name; the nearest is confined',
    ],
    [['laws', 1, 'model'], undefined, 'prior.laws[1].model is undefined: expected one of immobile'],
    [
      ['laws', 1, 'name'],
      'immobile',
      'prior.laws[1].name is "immobile": expected a name of its own',
    ],
    [['laws', 1, 'label'], ' ', 'prior.laws[1].label is " ": expected a text'],
    [['laws', 1, 'share'], '1', 'prior.laws[1].share is "1": expected a number ≥ 0'],
    [['laws', 1, 'leastRadius'], -1, 'prior.laws[1].leastRadius is -1: expected a number ≥ 0'],
    [['laws', 2, 'R'], 3, 'prior.laws[2].R is 3: expected a known name'],
    [['laws', 3, 'R', 'min'], 0, 'prior.laws[3].R.min is 0: expected a number > 0'],
    [['laws', 4, 'alpha'], undefined, 'prior.laws[4].alpha is undefined: expected an object'],
    [['laws', 4, 'alpha', 'max'], 2, 'prior.laws[4].alpha.max is 2: expected a number > 0 and < 2'],
    [
      ['laws', 6, 'alpha', 'min'],
      0.01,
      'prior.laws[6].alpha.min is 0.01: expected a number from 0.02 to 1',
    ],
  ])('refuses what is wrong at %j', (path, value, message) => {
    expect(() => motion({ ...common, prior: changed(path, value) as never })).toThrow(message);
  });

  it('may be another of the same form', () => {
    const one = { law: 'uniform', min: 1, max: 1 } as const;
    const prior = {
      ...motionPrior,
      length: { law: 'uniform', min: 12, max: 12 },
      q: one,
      scale: one,
      laws: [{ name: 'free', model: 'brownian', label: 'free', share: 2 }],
    } as const;
    const set = motion({ ...common, prior });
    const tracks = set.generate();
    expect(set.classes).toEqual(['free']);
    expect(set.lengths).toEqual({ min: 12, max: 12 });
    const sigma = (tracks.trackColumns as unknown as Fields).sigma as Float64Array;
    expect([...sigma].map((value) => value.toFixed(12))).toEqual(Array(3).fill('0.707106781187'));
  });
});
