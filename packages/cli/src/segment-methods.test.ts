import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { andi2AnswerRows } from '@diffusion/eval';
import { andi2, segmentsOf } from '@diffusion/simulate';
import { diffusion, newFolder, removeFolder } from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const STATES = ['immobile', 'confined', 'free', 'directed'];

/** Two experiments of two fields in the challenge's layout. */
beforeAll(async () => {
  folder = await newFolder();
  for (const [e, model] of (['immobile-traps', 'multi-state'] as const).entries()) {
    const set = andi2({ model, count: 2, seed: 3, experiment: { particles: 12, frames: 100 } });
    await mkdir(at(`task/track_2/exp_${e}`), { recursive: true });
    for (const field of [0, 1]) {
      const tracks = set.generate(field, field + 1);
      const rows = ['traj_idx,frame,x,y'];
      const truth = [...tracks].map(({ positions, frames, length, index }) => {
        for (let t = 0; t < length; t++) {
          rows.push([index, frames![t], positions[2 * t], positions[2 * t + 1]].join(','));
        }
        const segments = segmentsOf(tracks, index).map(({ end, alpha, D, state }) => ({
          to: end,
          alpha,
          diffusion: D,
          state: STATES[state],
        }));
        return { track: index, segments };
      });
      const path = (name: string) => at(`task/track_2/exp_${e}/${name}`);
      await writeFile(path(`trajs_fov_${field}.csv`), `${rows.join('\n')}\n`);
      await writeFile(path(`traj_labs_fov_${field}.txt`), [...andi2AnswerRows(truth)].join(''));
    }
  }
}, 60_000);
afterAll(() => removeFolder(folder));

describe('diffusion segment --method', () => {
  it.each(['changes', 'hmm'])(
    '%s writes rows that cover every track, which evaluate scores',
    async (method) => {
      const { code, out, err } = await diffusion(
        `segment task/track_2/exp_0/trajs_fov_0.csv --method ${method} --sigma 0.12 --output ${method}.csv --report ${method}.html --json`,
        folder,
      );
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const said = JSON.parse(out);
      expect(said.sigma).toBe(0.12);
      expect(said.states.length > 0).toBe(method === 'hmm');
      const [head, ...rows] = (await readFile(at(`${method}.csv`), 'utf8')).trimEnd().split('\n');
      expect(head).toBe('track,from,to,state,D,D_low,D_high,alpha,alpha_low,alpha_high,p,reason');
      expect(rows).toHaveLength(said.segments);
      expect(await readFile(at(`${method}.html`), 'utf8')).toMatch(/<svg[\s\S]*K \(/);
      const scored = await diffusion(
        `evaluate --predictions ${method}.csv --reference task/track_2/exp_0/traj_labs_fov_0.txt --json`,
        folder,
      );
      expect(scored.err).toBe('');
      const { jaccard, f1State, tracks, missing, frames } = JSON.parse(scored.out);
      expect([tracks, missing]).toEqual([said.tracks, 0]);
      // A particle in a trap stands still: no method that works misses most of it.
      expect(jaccard).toBeGreaterThan(0.6);
      expect(f1State).toBeGreaterThan(0.7);
      expect(frames.stateAccuracy).toBeGreaterThan(0.7);
    },
  );

  it('takes one localisation error for the file where none is given', async () => {
    const { out } = await diffusion(
      'segment task/track_2/exp_0/trajs_fov_0.csv --method changes --json',
      folder,
    );
    const { sigma, rows } = JSON.parse(out);
    // The steps are ten times as long: they tell no more than that it is small.
    expect(sigma).toBeGreaterThan(0.02);
    expect(sigma).toBeLessThan(0.25);
    expect(rows[0].state).toMatch(/free|immobile/);
  });

  it('says of a track of three points that it is too short', async () => {
    const rows = ['track,frame,x,y', ...[0, 1, 2].map((t) => `7,${t},${t},0`)];
    for (let t = 0; t < 12; t++) rows.push(`8,${t},${Math.sin(9 * t)},${Math.cos(7 * t)}`);
    await writeFile(at('short.csv'), `${rows.join('\n')}\n`);
    const { out } = await diffusion(
      'segment short.csv --method changes --sigma 0.1 --json',
      folder,
    );
    const said = JSON.parse(out);
    expect(said.notJudged).toEqual({ 'too short': 1 });
    expect(said.rows[0]).toMatchObject({ track: 7, state: '', D: '' });
  });

  it('answers a folder of the challenge, which evaluate scores', async () => {
    const { code, out, err } = await diffusion(
      'segment task --method hmm --sigma 0.12 --submission answers',
      folder,
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^2 experiments, 4 fields of view, \d+ tracks: answers\n$/);
    expect((await readdir(at('answers/track_2/exp_1'))).sort()).toEqual([
      'ensemble_labels.txt',
      'fov_0.txt',
      'fov_1.txt',
    ]);
    expect(await readFile(at('answers/track_2/exp_1/ensemble_labels.txt'), 'utf8')).toMatch(
      /^model: unknown; num_state: \d+ \n([\d.e-]+(;[\d.e-]+)*\n){5}$/,
    );
    const scored = await diffusion(
      'evaluate --predictions answers --reference task --json',
      folder,
    );
    const { experiments, missing, jaccard } = JSON.parse(scored.out);
    expect(experiments.map(({ experiment }: { experiment: number }) => experiment)).toEqual([0, 1]);
    expect(missing).toBe(0);
    expect(jaccard).toBeGreaterThan(0.4);
    // A field that was left out counts as silence.
    await cp(at('answers'), at('less'), { recursive: true });
    await removeFolder(at('less/track_2/exp_1/fov_1.txt'));
    const less = await diffusion('evaluate --predictions less --reference task', folder);
    expect(less.out).toMatch(/^experiment +tracks +JSC/);
    const silent = await diffusion('evaluate --predictions less --reference task --json', folder);
    expect(JSON.parse(silent.out).missing).toBeGreaterThan(0);
  });

  it.each([
    ['segment x.csv --method hmm --threshold 0.3', "option '--threshold' is for --model"],
    ['segment x.csv --method hmm --no-shrink', "option '--no-shrink' is for --model"],
    ['segment x.csv --method pelt', 'Allowed choices are changes, hmm'],
    [
      'segment task/track_2/exp_0/trajs_fov_0.csv --method hmm --submission y',
      "'--submission' takes one folder",
    ],
    [
      'segment task --method hmm --submission y --output z.csv',
      "'--submission' stands in place of --output",
    ],
    ['evaluate --predictions task --reference task', 'expected a submission'],
  ])('refuses %s', async (line, message) => {
    const { code, err } = await diffusion(line, folder);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
