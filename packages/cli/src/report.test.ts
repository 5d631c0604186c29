import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffusion, expectOneLine, newFolder, removeFolder } from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const headingsOf = (html: string) =>
  [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading);

beforeAll(async () => {
  folder = await newFolder();
  await diffusion(
    'simulate --model brownian --count 30 --length 20 --dim 2 --seed 1 --q 3 --output walks.csv',
    folder,
  );
  await diffusion(
    'simulate --model directed --speed 1 --count 1 --length 60 --dim 2 --seed 1 --output one.csv',
    folder,
  );
});
afterAll(() => removeFolder(folder));

describe('diffusion report', () => {
  it('writes all that there is to say by the model that comes trained', async () => {
    const { code, out, err } = await diffusion('report walks.csv --exposure 0', folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^judged by motion-2d\n30 tracks, 30 judged, 0 not\n/);
    expect(out).toMatch(/wrote +report\.html\n$/);
    const html = await readFile(at('report.html'), 'utf8');
    expect(headingsOf(html)).toEqual([
      'The classes of motion',
      'Diffusion coefficient and exponent by class',
      'The tracks',
      'Mean squared displacement by class',
      'What to expect on tracks like these',
      'What could not be told, and what to do about it',
      'What was read from walks.csv',
      'The model and its training: motion-2d',
    ]);
    expect(html).toContain('corrected for what the model mistakes and refuses');
    expect(html).not.toMatch(/>[^<]*\b(NaN|undefined|Infinity)\b/);
    // The same once more, but for what is asked beside.
    await diffusion('report walks.csv --exposure 0 --by-folder --output again.html', folder);
    const again = await readFile(at('again.html'), 'utf8');
    const without = again.replace(/<section>\n<h2>The conditions<\/h2>.*?<\/section>\n/s, '');
    const plain = (text: string) => text.replace(/f\d+-/g, '');
    expect(plain(without)).toBe(plain(html));
    expect(again).toContain('too few files (1)');
  }, 300_000);

  it('leaves out what takes longest, and says how to have it', async () => {
    const { out } = await diffusion('report walks.csv --no-expect --json', folder);
    expect(JSON.parse(out)).toMatchObject({
      tracks: 30,
      model: 'motion-2d',
      output: 'report.html',
    });
    const html = await readFile(at('report.html'), 'utf8');
    expect(headingsOf(html)).not.toContain('What to expect on tracks like these');
    expect(html).toContain('leave <span class="option">--no-expect</span> out');
    expect(html).toContain('not corrected');
  }, 120_000);

  it('tells of one track as of one, by a rule with classes of its own, too', async () => {
    await diffusion('report one.csv --model max-test --output one.html', folder);
    const html = await readFile(at('one.html'), 'utf8');
    expect(headingsOf(html)[0]).toBe('The class of motion of track 0');
    expect(html).toContain('One track tells of itself');
    expect(html).toContain('What to expect'.toLowerCase());
    expect(html).toContain('It needs no training.');
  }, 120_000);

  it('refuses what it cannot report of', async () => {
    await writeFile(at('none.csv'), 'track,frame,x,y\n');
    for (const [args, words] of [
      ['report none.csv', /none\.csv/],
      ['report walks.csv --output walks.csv', /walks\.csv: expected a name in \.html/],
      ['report walks.csv --exposure 2', /exposure/],
      ['report walks.csv --by-folder --no-expect', /option '--no-expect' leaves out/],
      ['report walks.csv --by-folder --group cell', /cannot be used with option '--by-folder'/],
    ] as const) {
      expectOneLine(await diffusion(args, folder), words);
    }
  });
});
