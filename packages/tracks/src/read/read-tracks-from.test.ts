import { readTracksFrom, TracksError } from '../index.ts';
import { gzip, problem, read, rows, table } from './read.fixture.ts';

const CSV = 'track,frame,x,y\n1,0,1,2\n1,1,3,4\n2,0,5,6\n2,4,7,8\n';
const ANDI = '2.0;0;1;0;1\n';

describe('readTracksFrom', () => {
  it('recognises a format by its content where the name says none', async () => {
    const xml = '<Tracks><particle><detection t="0" x="1" y="2" z="0"/></particle></Tracks>';
    for (const [text, format] of [
      [CSV, 'csv'],
      [ANDI, 'andi'],
      [xml, 'trackmate'],
    ]) {
      expect((await read(text, 'data')).report.format).toBe(format);
      expect((await read(gzip(text), 'data.gz')).report.format).toBe(format);
    }
    expect((await read(CSV, 'spots.txt')).report.format).toBe('csv');
    const columns = { track: '1', frame: '2', x: '3' };
    expect((await read('1;0;5\n1;1;6\n', 'spots.txt', { columns })).report.format).toBe('csv');
    expect(await problem('1.0;nan\n', 'task1.txt')).toBe(
      'task1.txt, line 1, column 2: is "nan": expected a number',
    );
  });

  it('takes the label files of AnDi for no tracks, unless told so', async () => {
    expect(await problem('1.0;0.5\n', 'data/ref1.txt')).toContain('the name says labels');
    expect((await read('1.0;0.5\n', 'ref1.txt', { format: 'andi' })).tracks.count).toBe(1);
  });

  it('undoes gzip, also of several members, and of any size', async () => {
    const half = CSV.length >> 1;
    const two = Buffer.concat([gzip(CSV.slice(0, half)), gzip(CSV.slice(half))]);
    expect((await read(two, 'a.csv.gz')).tracks.data).toEqual((await table(CSV)).data);
    const long = `frame,x\n${Array.from({ length: 200_000 }, (_, i) => `${i},${i / 8}`).join('\n')}`;
    expect((await read(gzip(long), 'a.csv.gz')).tracks.pointCount).toBe(200_000);
  });

  it.each([
    ['', 'a.csv', 'a.csv: the file is empty'],
    [gzip(''), 'a.csv.gz', 'a.csv.gz: the file is empty'],
    [gzip(CSV).subarray(0, 30), 'a.csv.gz', 'a.csv.gz: the gzip data ends early or is damaged'],
    [CSV, 'a.csv.gz', 'a.csv.gz: the file is not gzip data: expected that from its name'],
    [gzip(CSV), 'a.csv', 'a.csv: the file is gzip data: expected its name to end in .gz'],
    [CSV, 'a.xml', 'a.xml: the file is not XML: expected that from its name'],
    ['<Tracks/>', 'a.csv', 'a.csv: the file is XML: expected a table from its name'],
    ['{}', 'a.txt', 'a.txt: the file is JSON: expected a table from its name'],
    [CSV, 'a.npy', 'a.npy: the file does not begin as npy data does: expected \\x93NUMPY'],
    [
      Uint8Array.of(0x93, ...Buffer.from('NUMPY')),
      'a.csv',
      'a.csv: the file is npy data: expected .csv',
    ],
    ['%PDF-1.7\n%âãÏÓ\n', 'a.pdf', 'a.pdf: the file is a PDF document: expected tracks'],
    ['%!PS-Adobe', 'a.txt', 'a.txt: the file is a PostScript document: expected tracks'],
    [
      gzip(Uint8Array.of(1, 2, 3, 4)),
      'a.csv.gz',
      'a.csv.gz: the file holds binary data: expected text',
    ],
  ])('says in one line what is wrong (%#)', async (content, name, message) => {
    expect(await problem(content, name)).toBe(message);
  });

  it('lets go of a source that it does not read to the end', async () => {
    let open = 0;
    async function* source() {
      open++;
      try {
        for (;;) yield new TextEncoder().encode('track,frame,x\n1,0,a\n');
      } finally {
        open--;
      }
    }
    await expect(readTracksFrom(source(), 'a.csv')).rejects.toThrow('is "a"');
    expect(open).toBe(0);
    async function* binary() {
      open++;
      try {
        for (;;) yield new Uint8Array(4096);
      } finally {
        open--;
      }
    }
    await expect(readTracksFrom(binary(), 'a.csv')).rejects.toThrow('binary data');
    await expect(readTracksFrom(binary(), 'a.csv.gz')).rejects.toThrow('is not gzip data');
    expect(open).toBe(0);
    async function* zipped() {
      open++;
      try {
        for (;;) yield gzip('track,frame,x\n1,0,a\n');
      } finally {
        open--;
      }
    }
    await expect(readTracksFrom(zipped(), 'a.csv.gz')).rejects.toThrow('is "a"');
    expect(open).toBe(0);
  });

  it('passes on what the source throws, gzipped or not', async () => {
    for (const name of ['a.csv', 'a.csv.gz']) {
      async function* source() {
        yield name.endsWith('gz') ? gzip(CSV).subarray(0, 20) : new TextEncoder().encode(CSV);
        throw new RangeError('the disk is gone');
      }
      await expect(readTracksFrom(source(), name)).rejects.toThrow(
        new RangeError('the disk is gone'),
      );
    }
  });

  it('says that gzip data are damaged where the damage shows before the source has ended', async () => {
    const text = Array.from({ length: 5000 }, (_, i) => `1,${i},${i * 1.7},${i * 0.3}\n`);
    const bytes = Uint8Array.from(gzip(`track,frame,x,y\n${text.join('')}`));
    bytes.fill(0x78, 500, 506);
    async function* source() {
      yield bytes;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await expect(readTracksFrom(source(), 'a.csv.gz')).rejects.toThrow(
      'a.csv.gz: the gzip data ends early or is damaged',
    );
  });

  it('reads a stream of the web', async () => {
    const { body } = new Response(CSV);
    expect(rows((await readTracksFrom(body!, 'a.csv')).tracks)).toHaveLength(2);
  });

  it('puts what one says before what the file says', async () => {
    const text = CSV.replace('frame,x,y', 'frame [2 s],x [px],y [px]');
    expect((await table(text)).data).toMatchObject({ dt: 2, positionUnit: 'pixel' });
    const metric = await table(text, { dt: 0.01, pixelSize: 0.16 });
    expect(metric.data).toMatchObject({ dt: 0.01, timeUnit: 's', positionUnit: 'µm' });
    expect([...metric.positions.subarray(0, 2)]).toEqual([0.16, 0.32]);
    const nm = await table(text, { pixelSize: 160, positionUnit: 'nm' });
    expect(nm.positionUnit).toBe('nm');
    expect((await table(text, { positionUnit: 'micron' })).data).toMatchObject({
      positionUnit: 'µm',
    });
    expect((await table(text, { positionUnit: 'micron' })).positions[0]).toBe(1);
    const andi = await read(ANDI, 'a.txt', { dt: 0.5 });
    expect(andi.tracks.data).toMatchObject({ dt: 0.5, timeUnit: 's' });
    expect(await problem(text.replaceAll('px', 'um'), 'a.csv', { pixelSize: 0.16 })).toBe(
      'a.csv: positions are in µm, and pixelSize is for pixels: leave it out, or say that the unit is pixel',
    );
    const really = { pixelSize: 0.16, positionUnit: 'pixel' };
    expect((await table(text.replaceAll('px', 'um'), really)).positionUnit).toBe('µm');
  });

  it('selects frames, cuts gaps and leaves out short tracks, in this order', async () => {
    const lengths = async (options: object) =>
      rows(await table(CSV, options)).map((track) => track.map(([frame]) => frame));
    expect(await lengths({ frames: { from: 1 } })).toEqual([[1], [4]]);
    expect(await lengths({ splitGaps: 2 })).toEqual([[0, 1], [0], [4]]);
    expect(await lengths({ splitGaps: 3 })).toEqual([
      [0, 1],
      [0, 4],
    ]);
    expect(await lengths({ splitGaps: 2, minLength: 2 })).toEqual([[0, 1]]);
    expect(await lengths({ frames: { to: 0 }, minLength: 2 })).toEqual([]);
    expect((await read(CSV, 'a.csv', { minLength: 3 })).report).toMatchObject({
      tracks: 0,
      points: 0,
    });
  });

  it.each([
    [{ dt: 0 }, 'dt is 0: expected a positive number'],
    [{ pixelSize: NaN }, 'pixelSize is NaN: expected a positive number'],
    [{ minLength: 1.5 }, 'minLength is 1.5: expected an integer from 0'],
    [{ splitGaps: -1 }, 'splitGaps is -1: expected an integer from 0'],
    [{ duplicates: 'last' as 'first' }, "duplicates is 'last': expected error, first or mean"],
    [
      { format: 'tiff' as 'csv' },
      "format is 'tiff': expected one of csv, trackmate, andi, json, npy, icy, mosaic, mat, parquet, arrow, geff",
    ],
    [
      { columns: { w: 'x' } as object },
      'columns.w is unknown: expected track, frame, x, y, z or t',
    ],
  ])('names an option that is none: %j', async (options, message) => {
    await expect(read(CSV, 'a.csv', options)).rejects.toThrow(new TracksError(message));
  });
});
