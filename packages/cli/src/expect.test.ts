import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffusion, newFolder, removeFolder } from './command.fixture.ts';

let folder: string;

beforeAll(async () => {
  folder = await newFolder();
  await diffusion(
    'simulate --model brownian --D 0.5 --count 20 --length 30 --dim 2 --seed 1 --noise 0.4 --output walks.csv',
    folder,
  );
});
afterAll(() => removeFolder(folder));

describe('diffusion expect', () => {
  it('says in a table what to expect of the model that comes trained', async () => {
    const { code, out, err } = await diffusion(
      'expect walks.csv --count 100 --exposure 0 --output like.csv',
      folder,
    );
    expect({ code, err }).toEqual({
      code: 0,
      err: 'judged by motion-2d, which comes trained for 2D tracks (--model takes another)\n',
    });
    expect(out).toMatch(/^20 tracks, 0 % not judged; of the others \d+ % right \(/);
    expect(out).toMatch(/^brownian +\d+ %/m);
    expect(out).toMatch(/^ceiling: of immobile, brownian, directed and subdiffusive /m);
    expect(out).toMatch(/^check: /m);
    expect(out).toMatch(/^drift: not looked for: every track is of the frames 0, 1, 2, …: /m);
    const [head, ...rows] = (await readFile(join(folder, 'like.csv'), 'utf8'))
      .trimEnd()
      .split('\n');
    expect(head).toMatch(/^like,points,label,weight,D,alpha,sigma,judged,p_immobile,/);
    expect(rows.length).toBeGreaterThanOrEqual(100);
    expect(rows.every((row) => row.split(',')[1] === '30')).toBe(true);
  }, 300_000);

  it('has all of it in its JSON, and refuses a model of other classes', async () => {
    const { out } = await diffusion(
      'expect walks.csv --count 100 --model motion-2d --json',
      folder,
    );
    const { model, tracks, classes, check, drift, warnings, ceiling } = JSON.parse(out);
    expect(tracks).toBe(20);
    expect(model).toBe('motion-2d');
    expect(classes.map(({ name }: { name: string }) => name)).toContain('subdiffusive');
    expect(check.numbers).toHaveLength(3);
    expect(drift.directed.before).toBe(drift.directed.after);
    expect(ceiling.classes).toHaveLength(4);
    expect(warnings).toEqual([]);
    const other = await diffusion('expect walks.csv --model likelihood', folder);
    expect(other.code).toBe(2);
    expect(other.err).toMatch(/model has the class "fbm": expected those of the prior 'motion'/);
  }, 300_000);
});
