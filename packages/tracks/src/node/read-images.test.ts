import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TextColumn } from '../column.ts';
import { encodeMask, encodePng } from '../images/encode-png.ts';
import { bytesOf } from '../images/images.fixture.ts';
import { readImages, readPictures } from './read-images.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Files by their paths within the folder. */
async function files(all: Record<string, Uint8Array | string>): Promise<void> {
  for (const [name, content] of Object.entries(all)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

const size = { width: 3, height: 2 };
const png = (level: number) => encodePng({ ...size, pixels: new Float32Array(6).fill(level) });
const mask = (...marked: number[]) =>
  encodeMask({
    ...size,
    pixels: new Float32Array(6),
    mask: Uint8Array.from({ length: 6 }, (_, i) => (marked.includes(i) ? 1 : 0)),
  });
const whole = { view: 'surroundings', size: 4 } as const;

describe('readImages', () => {
  it('takes folders as classes, with masks of the same names, whatever else lies there', async () => {
    await files({
      'uni/b.png': png(0.2),
      'uni/a.tif': bytesOf('grey8.tif'),
      'uni/Thumbs.db': 'x',
      'multi/c.png': png(0.6),
      'masks/uni/b.png': mask(1),
      'masks/multi/c.png': mask(2),
      'readme.txt': 'x',
    });
    const found: [string, string | undefined, boolean][] = [];
    for await (const { name, label, mask } of readPictures(folder)) {
      found.push([name, label, mask !== undefined]);
    }
    expect(found).toEqual([
      ['multi/c.png', 'multi', true],
      ['uni/a.tif', 'uni', false],
      ['uni/b.png', 'uni', true],
    ]);
    const images = await readImages(folder, whole);
    expect(images.labels?.dictionary).toEqual(['multi', 'uni']);
    expect([...images].map(({ label }) => label)).toEqual(['multi', 'uni', 'uni']);
    expect([...(images.imageColumns.width as Float64Array)]).toEqual([3, 7, 3]);
    // The mask of one image, and of one class.
    const crop = { view: 'crop', size: 4 } as const;
    expect((await readImages(join(folder, 'uni/b.png'), crop)).masks).toHaveLength(16);
    expect((await readImages(join(folder, 'multi'), crop)).masks).toHaveLength(16);
    await expect(readImages(folder, { view: 'crop', size: 4 })).rejects.toThrow(
      "image uni/a.tif has no mask: expected one for the view 'crop'",
    );
  });

  it('takes a table, with masks and columns of any kind', async () => {
    await files({
      'x.png': png(0.1),
      'deep/y.png': png(0.9),
      'y-mask.png': mask(0, 1),
      'x-mask.png': mask(5),
      'labels.csv':
        'image,label,mask,radius,grid\ndeep/y.png,uni,y-mask.png,12.5,A1\nx.png,multi,x-mask.png,8,A2\n',
    });
    const images = await readImages(folder, { view: 'mask', size: 2 });
    expect([...images].map(({ label }) => label)).toEqual(['uni', 'multi']);
    expect(images.imageColumns.radius).toEqual(Float64Array.of(12.5, 8));
    expect(images.imageColumns.grid).toEqual({
      codes: Uint32Array.of(0, 1),
      dictionary: ['A1', 'A2'],
    });
    expect(Math.max(...images.at(1).pixels)).toBeCloseTo(0.1, 2);
  });

  it('finds masks beside a table that says nothing of them, and none where it does', async () => {
    const content = {
      'x.png': png(0.1),
      'deep/y.tif': png(0.9),
      'masks/x.png': mask(5),
      'masks/deep/y.png': mask(0, 1),
    };
    const masked = async (table: string) => {
      await files({ ...content, 'labels.csv': table });
      const found: [string, number | undefined][] = [];
      for await (const { name, mask: own } of readPictures(folder)) {
        found.push([name, own?.reduce((sum, value) => sum + value, 0)]);
      }
      return found;
    };
    expect(await masked('image,label\nx.png,a\ndeep/y.tif,b\n')).toEqual([
      ['x.png', 1],
      ['deep/y.tif', 2],
    ]);
    expect(await masked('image,label,mask\nx.png,a,\ndeep/y.tif,b,masks/x.png\n')).toEqual([
      ['x.png', undefined],
      ['deep/y.tif', 1],
    ]);
  });

  it('says which image has a mask that marks nothing, where it is needed', async () => {
    await files({ 'uni/a.png': png(1), 'masks/uni/a.png': mask() });
    for (const view of ['crop', 'mask'] as const) {
      await expect(readImages(folder, { view, size: 4 })).rejects.toThrow(
        `image uni/a.png has a mask that marks nothing: expected what is not black for the view '${view}'`,
      );
    }
    expect((await readImages(folder, whole)).count).toBe(1);
  });

  it('takes files, folders without labels and every page of a TIFF', async () => {
    await files({ 'a/x.png': png(0.1), 'a/s.tif': bytesOf('pages.tif'), 'b/x.png': png(0.5) });
    const names = async (paths: string[]) => {
      const { imageColumns, labels } = await readImages(paths, whole);
      expect(labels).toBeUndefined();
      return (imageColumns.image as TextColumn).dictionary;
    };
    expect(await names([join(folder, 'a')])).toEqual(['s.tif#1', 's.tif#2', 'x.png']);
    const [a, b] = [join(folder, 'a'), join(folder, 'b')];
    expect(await names([a, b])).toEqual([
      `${a}/s.tif#1`,
      `${a}/s.tif#2`,
      `${a}/x.png`,
      `${b}/x.png`,
    ]);
    expect(await names([join(a, 'x.png')])).toEqual(['x.png']);
  });

  it.each([
    ['no images', { 'a.txt': 'x' }, 'there are no images in this folder'],
    ['a class without its label', { 'a.png': png(1), 'uni/b.png': png(1) }, 'a.png: has no label'],
    [
      'a mask of another size',
      { 'uni/a.png': png(1), 'masks/uni/a.tif': bytesOf('grey8.tif') },
      'a.tif: has 7 × 5 pixels: expected 3 × 2 as in',
    ],
    ['a damaged file', { 'a.png': png(1).slice(0, 60) }, 'a.png: cannot be read as PNG'],
    ['no column', { 'labels.csv': 'file,label\na,b\n' }, 'line 1: there is no column image'],
    [
      'a file that is not there',
      { 'labels.csv': 'image,label\na.png,b\n' },
      'a.png: there is no such file or folder',
    ],
    [
      'a name twice',
      { 'a.png': png(1), 'labels.csv': 'image,label\na.png,b\na.png,c\n' },
      'labels.csv, line 3, column image: a.png is there already, on line 2',
    ],
  ])('says what is wrong: %s', async (_, content, message) => {
    await files(content);
    await expect(readImages(folder, whole)).rejects.toThrow(message);
  });

  it('stops when it is told to, and says how far it is', async () => {
    await files({ 'a.png': png(1), 'b.png': png(1) });
    const done: number[][] = [];
    await readImages(folder, whole, { onProgress: (...told) => done.push(told) });
    expect(done).toEqual([
      [1, 2],
      [2, 2],
    ]);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readImages(folder, whole, { signal })).rejects.toThrow('enough');
  });
});
