import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffusion, newFolder, removeFolder } from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);

const shape = [
  '--set widths=8,12',
  '--change data.batches=2',
  '--change data.pointsPerBatch=400',
  '--change data.tracksPerBatch={"min":4,"max":16}',
  '--change data.validation=8',
  '--change data.test=8',
].join(' ');

beforeAll(async () => {
  folder = await newFolder();
  const { code, err } = await diffusion(
    `train --recipe segments-andi2 --epochs 1 --batch-size 16 --shards 1 ${shape} --output model`,
    folder,
  );
  if (code !== 0) throw new Error(err);
  await diffusion(
    'simulate --model brownian --D 0.5 --count 5 --length 10:60 --dim 2 --seed 1 --output walks.csv',
    folder,
  );
}, 60_000);
afterAll(() => removeFolder(folder));

describe('diffusion segment', () => {
  it('writes rows that cover every track, and the reason of one that is too short', async () => {
    const { code, out, err } = await diffusion(
      'segment walks.csv --model model --threshold 0.01 --output segments.csv',
      folder,
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^5 tracks, \d+ segments, \d+ changes, by model\n/);
    const [head, ...rows] = (await readFile(at('segments.csv'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(head.join()).toBe(
      'track,from,to,state,D,D_low,D_high,alpha,alpha_low,alpha_high,p,reason',
    );
    const points = new Map<string, number>();
    for (const line of (await readFile(at('walks.csv'), 'utf8')).trimEnd().split('\n').slice(1)) {
      const [track] = line.split(',');
      points.set(track, (points.get(track) ?? 0) + 1);
    }
    for (const [track, count] of points) {
      const own = rows.filter(([id]) => id === track);
      if (count < 20) {
        expect(own).toHaveLength(1);
        expect(own[0].at(-1)).toMatch(/^too short/);
        continue;
      }
      expect(own[0][1]).toBe('0');
      expect(Number(own.at(-1)![2])).toBe(count - 1);
      for (let s = 1; s < own.length; s++)
        expect(Number(own[s][1])).toBe(Number(own[s - 1][2]) + 1);
      for (const [, , , state, D, low, high] of own) {
        if (state === 'immobile') continue;
        expect(Number(low)).toBeLessThanOrEqual(Number(D));
        expect(Number(D)).toBeLessThanOrEqual(Number(high));
      }
    }
  });

  it('has rows and the states of the experiment in its JSON', async () => {
    const { out } = await diffusion('segment walks.csv --model model --json', folder);
    const { tracks, segments, states, rows } = JSON.parse(out);
    expect(tracks).toBe(5);
    expect(rows.filter(({ state }: { state: string }) => state !== '')).toHaveLength(segments);
    expect(states.length).toBeGreaterThan(0);
    const alone = await diffusion('segment walks.csv --model model --no-shrink --json', folder);
    expect(JSON.parse(alone.out).states).toEqual([]);
  });

  it('leaves what the network does not judge to a classical method, and says so', async () => {
    await diffusion(
      'simulate --model brownian --D 0.5 --count 3 --length 40 --dim 3 --seed 1 --output solid.csv',
      folder,
    );
    const alone = await diffusion('segment solid.csv --model model --json', folder);
    expect(JSON.parse(alone.out)).toMatchObject({
      segments: 0,
      notJudged: { 'other dimension': 3 },
    });
    const { out, err } = await diffusion(
      'segment solid.csv --model model --method changes --sigma 0.1 --json',
      folder,
    );
    expect(err).toBe('');
    const { rows, segments, notJudged, byMethod } = JSON.parse(out);
    expect({ notJudged, byMethod }).toEqual({ notJudged: {}, byMethod: { 'other dimension': 3 } });
    expect(segments).toBeGreaterThanOrEqual(3);
    expect(rows[0]).toMatchObject({
      from: 0,
      state: 'free',
      reason: '3D track: the model has seen 2D tracks; by --method changes',
    });
  });

  it('is not for a model that judges tracks as a whole, which is not asked for points', async () => {
    const other = await diffusion('segment walks.csv --model motion-2d', folder);
    expect(other.code).toBe(2);
    expect(other.err).toMatch('expected a network that answers for every point');
    const predicted = await diffusion('predict walks.csv --model model --output p.csv', folder);
    expect(predicted.code).toBe(2);
    expect(predicted.err).toMatch('answers for every point of a track');
  });
});

describe('diffusion segment without a choice', () => {
  it('takes the network for tracks in any unit of their dimension, and penalised changes for what is too short', async () => {
    await diffusion(
      'simulate --model brownian --D 0.5 --count 6 --length 10:40 --dim 1 --seed 2 --output line.csv',
      folder,
    );
    const { out, err } = await diffusion('segment line.csv --json', folder);
    expect(err).toBe('');
    const { by, tracks, rows, notJudged, byMethod } = JSON.parse(out);
    expect({ by, tracks, notJudged }).toEqual({ by: 'segments-1d', tracks: 6, notJudged: {} });
    const short = rows.filter(({ reason }: { reason: string }) => reason !== '');
    expect(byMethod['too short']).toBe(
      new Set(short.map(({ track }: { track: number }) => track)).size,
    );
    expect(short[0].reason).toMatch(/^too short: \d+ points.*; by --method changes$/);
  });

  it('asks for σ where nothing tells it, of whatever method is named', async () => {
    await diffusion(
      'simulate --model brownian --D 0.5 --count 2 --length 6 --dim 2 --seed 3 --output few.csv',
      folder,
    );
    const said =
      "diffusion: no track that moves has ten points, so that nothing tells the localisation error: expected option '--sigma <σ>'\n";
    for (const options of ['--method hmm', '--model segments-2d --method changes']) {
      const { code, err } = await diffusion(`segment few.csv ${options}`, folder);
      expect([code, err]).toEqual([2, said]);
    }
    const { code, out } = await diffusion('segment few.csv', folder);
    expect(code).toBe(0);
    expect(out).toContain('not judged: 2 too short');
  });

  it('says the same of the same tracks in another unit, but for D', async () => {
    await diffusion(
      'simulate --model brownian --D 0.5 --count 2 --length 60 --dim 2 --seed 3 --sigma 0.3 --output one.csv',
      folder,
    );
    const [head, ...lines] = (await readFile(at('one.csv'), 'utf8')).trimEnd().split('\n');
    const scaled = lines.map((line) => {
      const cells = line.split(',');
      return [...cells.slice(0, 2), ...cells.slice(2).map((x) => 1000 * Number(x))].join(',');
    });
    await writeFile(at('other.csv'), `${[head, ...scaled].join('\n')}\n`);
    const [one, other] = await Promise.all(
      ['one.csv', 'other.csv'].map(async (file) => {
        const { out } = await diffusion(`segment ${file} --no-shrink --json`, folder);
        expect(JSON.parse(out).by).toBe('segments-2d');
        return JSON.parse(out).rows as { from: number; state: string; alpha: number; D: number }[];
      }),
    );
    expect(other.length).toBe(one.length);
    for (const [i, row] of one.entries()) {
      expect(other[i]).toMatchObject({ from: row.from, state: row.state });
      expect(other[i].alpha).toBeCloseTo(row.alpha, 2);
      expect(other[i].D / row.D / 1e6).toBeCloseTo(1, 2);
    }
  });
});
