import { ReadError, type ReadOptions, readTracksFrom } from '../index.ts';
import { gzip, problem, read, rows, table, values } from './read.fixture.ts';

// A time that grew with the square of the size would be hours in each of these.

const HEADER = 'track,frame,x,y\n';
const POINT = '1,0,1,1\n';

const xml = (body: string) => `<Tracks frameInterval="1" spaceUnits="um">${body}</Tracks>`;
const particle = (attribute = '') =>
  `<particle><detection t="0" x="1" y="1" z="0"${attribute}/><detection t="1" x="1" y="2" z="0"/></particle>`;

function json(change: object): string {
  const document = { format: 'diffusion-tracks', version: 1, positions: [0, 1], offsets: [0, 2] };
  const rest = { dim: 1, dt: 1, positionUnit: '', timeUnit: 'frame' };
  return JSON.stringify({ ...document, ...rest, ...change });
}

async function* bytewise(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let i = 0; i < bytes.length; i++) yield bytes.subarray(i, i + 1);
}

/** The message that a text ends in, read whole and byte by byte. */
async function inPieces(text: string, name: string): Promise<string> {
  const error = await readTracksFrom(bytewise(text), name).catch((reason) => reason);
  expect(error).toBeInstanceOf(ReadError);
  expect(await problem(text, name)).toBe(error.message);
  return error.message;
}

describe('a table', () => {
  it('may begin with any number of blank lines, which count', async () => {
    const blank = '\n\r\n'.repeat(1e6);
    expect(rows(await table(blank + HEADER + POINT))).toEqual([[[0, 1, 1]]]);
    expect(await problem(`${blank}${HEADER}1,0,x,1\n`)).toContain('line 2000002, column x');
    const some = '\n \t\r\n'.repeat(1e4);
    expect(await inPieces(`${some}${HEADER}1,0,x,1\n`, 'a.csv')).toContain('line 20002, column x');
  });

  it.each<[string, string, string]>([
    ['one long field', `1,0,${'1'.repeat(8e6)},1\n`, 'line 2, column x: is "111'],
    ['one long quoted field', `1,0,"${'a\n'.repeat(4e6)}",1\n`, 'line 2, column x: is "a\\na'],
    ['many quotes in a field', `1,0,"${'""'.repeat(2e6)}",1\n`, 'line 2, column x: is "\\"\\"'],
    ['many quotes that open nothing', `1,0,a${'"'.repeat(4e6)},1\n`, 'line 2, column x: is "a\\"'],
    [
      'many quoted fields',
      `${'"1",'.repeat(1e6)}1\n`,
      'line 2: the row has 1000001 fields: expected 4',
    ],
    ['many fields', `${'1,'.repeat(1e6)}1\n`, 'line 2: the row has 1000001 fields: expected 4'],
    [
      'a quote that is not closed',
      `1,0,"${'a\n'.repeat(4e6)}`,
      'line 2: a quoted field is not closed',
    ],
    [
      'a closing quote that closes nothing',
      `1,0,"a" b${',"a" b'.repeat(1e6)}\n`,
      'line 2: a quoted field goes on after',
    ],
    ['a field that never ends', `1,0,${'1'.repeat(18e6)}`, 'line 2: a row goes on for 1'],
  ])('with %s is refused', async (_, row, message) => {
    const found = await problem(HEADER + row);
    expect(found).toContain(message);
    expect(found.length).toBeLessThan(200);
  });

  it('is read byte by byte', async () => {
    const text = `track;frame;x;note\r\n"a ""b""";0;1;"c\r\nd"\r\n\r\n7 ;0;2;"" \r\n7;1;3;e"f\r\n`;
    const { tracks } = await readTracksFrom(bytewise(text), 'a.csv', { keep: true });
    expect(values(tracks, 'track')).toEqual(['a "b"', '7']);
    expect(values(tracks, 'note')).toEqual(['c\r\nd', '', 'e"f']);
    expect(await inPieces(`${text}7;2;x;\r\n`, 'a.csv')).toContain('line 7, column x: is "x"');
    expect(await inPieces(`${HEADER}1,0,"${'1'.repeat(3e4)}",1\n2,`, 'a.csv')).toContain('line 2');
  });

  it('has a header of which errors quote little, and which is looked at once', async () => {
    const many = Array.from({ length: 1e5 }, (_, i) => `c${i}`).join();
    const found = await problem(`${many}\n1\n`);
    expect(found).toContain('there are "c0", "c1"');
    expect(found).toContain('"c19" and 99980 more');
    expect(await problem(`x,y\n1,2\n`, 'a.csv', { columns: { x: 'n'.repeat(1e6) } })).toHaveLength(
      `a.csv, line 1, column : there is no such column for x: there are "x", "y"`.length + 100,
    );
    expect((await table(`x,a${' '.repeat(4e5)}b,${'['.repeat(4e5)}\n1,1,1\n`)).count).toBe(1);
  });

  it('knows 1, 1.0 and " 1" as one track', async () => {
    const tracks = await table('track,frame,x\n1,0,5\n1.0,1,6\n 1 ,2,7\na,0,1\n2.00,0,1\n');
    expect(values(tracks, 'track')).toEqual(['1', 'a', '2']);
    expect(tracks.lengthOf(0)).toBe(3);
  });

  it.each(['0x10', '0b1', '1_000', 'Infinity', '1e400'])('has no number %s', async (text) => {
    expect(await problem(`${HEADER}1,0,${text},1\n`)).toContain('column x: is');
  });
});

describe('AnDi’s text', () => {
  it('may have a track of any length, in pieces of any size', async () => {
    const { tracks } = await read(`1${';1.5'.repeat(2e6)};\n`, 'task1.txt');
    expect(tracks.pointCount).toBe(2e6);
    const small = '2;1;2;3;4;\r\n\n2.0;5;6';
    const pieces = await readTracksFrom(bytewise(small), 'task1.txt', { format: 'andi' });
    expect(rows(pieces.tracks)).toEqual([
      [
        [0, 1, 3],
        [1, 2, 4],
      ],
      [[0, 5, 6]],
    ]);
  });

  it('has no number that never ends', async () => {
    expect(await problem(`1;1;${'1'.repeat(18e6)}`, 'task1.txt')).toMatch(
      /^task1\.txt, line 1, column 3: a number goes on for 1\d{7} characters/,
    );
    expect(await problem('1;1;;2\n', 'task1.txt')).toContain('column 3: is empty');
  });
});

describe('TrackMate’s XML', () => {
  it.each([
    ['a long attribute', particle(` a="${'x'.repeat(4e6)}"`)],
    ['many attributes', particle(Array.from({ length: 5e4 }, (_, i) => ` a${i}="1"`).join(''))],
    ['a long comment', `<!--${'x '.repeat(2e6)}-->${particle()}`],
    ['many empty particles', particle() + '<particle/>'.repeat(1e5)],
  ])('may have %s', async (_, body) => {
    expect((await read(xml(body), 'a.xml')).tracks.pointCount).toBe(2);
  });

  it.each([
    ['attribute', particle(` a="${'x'.repeat(18e6)}"`)],
    ['comment', `<!--${'x'.repeat(18e6)}`],
    ['text', 'x'.repeat(18e6)],
  ])('has no %s that never ends', async (_, body) => {
    expect(await problem(xml(body), 'a.xml')).toMatch(
      /^a\.xml, line 1: a tag, a comment or a text goes on for 1\d{7} characters/,
    );
  });

  it('is not nested without end', async () => {
    expect(await problem(xml('<a>'.repeat(1e5)), 'a.xml')).toBe(
      'a.xml, line 1: the elements are nested more than 1000 deep: expected a session',
    );
  });
});

describe('JSON', () => {
  const deep = `${'['.repeat(2e5)}${']'.repeat(2e5)}`;
  const object = `${'{"a":'.repeat(2e5)}1${'}'.repeat(2e5)}`;

  it.each(['format', 'version', 'positions', 'dim', 'dt', 'pointColumns', 'other'])(
    'is not nested without end in %s',
    async (key) => {
      for (const value of [deep, object]) {
        const text = json({ [key]: 'HERE' }).replace('"HERE"', value);
        expect(await problem(text, 'a.json')).toContain('nested more than 100 deep');
      }
    },
  );

  it('may hold brackets in its texts', async () => {
    const { tracks } = await read(json({ positionUnit: '[{\\"'.repeat(1e5) }), 'a.json');
    expect(tracks.positionUnit.length).toBe(4e5);
  });

  it('is quoted in short', async () => {
    const found = await problem(json({ positionUnit: { a: [[['x'.repeat(1e6)]]] } }), 'a.json');
    expect(found).toBe('a.json, column positionUnit: is an object: expected a string');
  });
});

describe('npy', () => {
  const npy = (header: string, ...data: number[]) => {
    const text = new TextEncoder().encode(header);
    const bytes = Uint8Array.of(
      0x93,
      0x4e,
      0x55,
      0x4d,
      0x50,
      0x59,
      2,
      0,
      0,
      0,
      0,
      0,
      ...text,
      ...data,
    );
    new DataView(bytes.buffer).setUint32(8, text.length, true);
    return bytes;
  };

  it('has a short header', async () => {
    expect(await problem(npy("'descr':[".repeat(5000)), 'a.npy')).toContain(
      'the npy header has 45000 bytes: expected at most 10000',
    );
  });

  it.each([
    '(4294967296, 1)',
    '(100000000, 100000000, 3)',
    '(1e9, 1)',
    '(99999999999999999999, 2)',
  ])('has no shape %s', async (shape) => {
    const header = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`;
    expect(await problem(npy(header), 'a.npy')).toContain('a.npy, column header: the');
  });
});

describe('gzip', () => {
  const bomb = (text: string, times: number) => gzip(text.repeat(times));

  it.each<[string, () => Uint8Array, string]>([
    ['a table', () => gzip(HEADER + POINT.repeat(3e6)), 'a.csv.gz'],
    ['blank lines', () => bomb('\n', 2e7), 'a.csv.gz'],
    ['an attribute', () => gzip(xml(particle(` a="${'x'.repeat(2e7)}`))), 'a.xml.gz'],
    ['AnDi’s lines', () => gzip(`1;${'1;'.repeat(1e7)}`), 'task1.txt.gz'],
    ['JSON', () => gzip(`{"a":"${'x'.repeat(2e7)}"}`), 'a.json.gz'],
  ])('unpacks %s to no more than a multiple of its size', async (_, make, name) => {
    const bytes = make();
    expect(await problem(bytes, name)).toMatch(
      /: the gzip data unpack to more than 16777216 bytes: expected at most 64 times the size of the file; where it is right, give maxUnpacked$|goes on for 1\d{7} characters/,
    );
  });

  it('pulls no more of a bomb than it unpacks', async () => {
    const member = bomb('\n', 1e6);
    let pulled = 0;
    async function* endless() {
      for (;;) {
        pulled += member.length;
        yield member;
      }
    }
    await expect(readTracksFrom(endless(), 'a.csv.gz')).rejects.toThrow('unpack to more than');
    expect(pulled).toBeLessThan(1e6);
  });

  it('unpacks as much as the caller says', async () => {
    const bytes = gzip(HEADER + POINT.repeat(3e6));
    const options: ReadOptions = { duplicates: 'first', maxUnpacked: 1e8 };
    expect((await read(bytes, 'a.csv.gz', options)).report.duplicates).toBe(3e6 - 1);
    expect(await problem(bytes, 'a.csv.gz', { ...options, maxUnpacked: 1e6 })).toContain(
      'unpack to more than 1000000 bytes: expected at most that',
    );
  });

  it('is read where it has many members', async () => {
    const members = [
      gzip('track,frame,x\n'),
      ...Array.from({ length: 5000 }, (_, i) => gzip(`1,${i},1\n`)),
    ];
    const { tracks } = await read(new Uint8Array(Buffer.concat(members)), 'a.csv.gz');
    expect(tracks.pointCount).toBe(5000);
  });
});

describe('a NUL', () => {
  const far = 'x'.repeat(5e5);
  it.each([
    ['a.csv', `${HEADER}${POINT.repeat(1e5)}\0`],
    ['a.xml', xml(`<!--${far}\0-->${particle()}`)],
    ['a.json', json({ positionUnit: 'HERE' }).replace('HERE', `${far}\0`)],
    ['task1.txt', `1;1;2\n${'1;1;2\n'.repeat(1e5)}1;\0`],
  ])('is refused anywhere in %s', async (name, text) => {
    expect(await problem(text, name)).toMatch(
      /holds binary data after its first \d+ bytes \(a NUL\)/,
    );
  });
});
