import fc from 'fast-check';
import { ReadError, Tracks } from '../index.ts';
import { encodeTracks } from '../write/encode-tracks.ts';
import { read } from './read.fixture.ts';
import { CHAIN, session } from './session.fixture.ts';

const tracks = new Tracks({
  positions: Float64Array.of(1.25, -2.5, 3.75, 40.5, 5.125, 6.25, 7, 88),
  offsets: Uint32Array.of(0, 2, 4),
  dim: 2,
  dt: 0.5,
  timeUnit: 's',
  positionUnit: 'µm',
});

async function bytesOf(name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of encodeTracks(tracks, name)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** Small files of the kinds that are read and not written. */
const OTHERS: [name: string, content: string][] = [
  ['session.xml', session(CHAIN)],
  [
    'spots.csv',
    'TRACK_ID,POSITION_X,POSITION_Y,POSITION_T,FRAME\nTrack ID,X,Y,T,Frame\nTrack ID,X,Y,T,Frame\n' +
      ',(micron),(micron),(sec),\n0,1.5,2,0.0,0\n0,3,4,0.5,1\n,5,6,0.0,0\n',
  ],
  ['excel.csv', '\uFEFF"track";"frame";"x [µm]";"note"\r\n"a ""1""";0;1,25;"b\r\nc"\r\n'],
  ['times.csv', 'track,t,x\n1,0.5,1\n1,0.75,2\n'],
  ['rows.csv', 'a_x,a_y\n1,2\n\n3,4\n'],
];

/** How many of the files cut off at each byte can still be read; fails on any end but tracks or a ReadError. */
async function readable(bytes: Uint8Array, name: string): Promise<number[]> {
  const lengths: number[] = [];
  for (let length = 0; length < bytes.length; length++) {
    const end = await read(bytes.slice(0, length), name).then(
      (result) => result.tracks,
      (error) => error,
    );
    if (end instanceof Tracks) lengths.push(length);
    else if (!(end instanceof ReadError)) throw new Error(`${length} bytes: ${end.stack}`);
  }
  return lengths;
}

describe('a file cut off at any byte', () => {
  it.each(['a.npy', 'a.csv.gz', 'a.json.gz', 'a.npy.gz', 'a.xml.gz', 'a.txt.gz'])(
    'is a ReadError: %s',
    async (name) => {
      expect(await readable(await bytesOf(name), name)).toEqual([]);
    },
  );

  it.each(['a.json', 'a.xml'])(
    'is a ReadError unless only the last line end is missing: %s',
    async (name) => {
      const bytes = await bytesOf(name);
      expect(await readable(bytes, name)).toEqual([bytes.length - 1]);
    },
  );

  it.each(OTHERS)('is tracks or a ReadError: %s', async (name, content) => {
    const bytes = new TextEncoder().encode(content);
    const lengths = await readable(bytes, name);
    // A session is whole or an error; of a table, the format tells only where a row lacks columns.
    if (name === 'session.xml') expect(lengths).toEqual([bytes.length - 1]);
    expect((await read(bytes, name)).tracks.count).toBeGreaterThan(0);
  });

  it('is a shorter table where the cut is in or after the last number of a row: .csv cannot tell', async () => {
    const bytes = await bytesOf('a.csv');
    const text = new TextDecoder();
    for (const length of await readable(bytes, 'a.csv')) {
      const last = text.decode(bytes.slice(0, length)).split('\n').at(-1)!;
      // After a line end, or in a last row with all of its fields: whole numbers, but the last may have lost digits.
      expect(last).toMatch(/^(\d,\d,-?[\d.]+,-?[\d.]+)?$/);
    }
    expect((await readable(bytes, 'a.csv')).length).toBeGreaterThan(0);
  });

  it('is a shorter row where a multiple of the coordinates is left: AnDi text cannot tell', async () => {
    const bytes = await bytesOf('a.txt');
    const text = new TextDecoder();
    for (const length of await readable(bytes, 'a.txt')) {
      const last = text.decode(bytes.slice(0, length)).split('\n').at(-1)!;
      const fields = last.replace(/;$/, '').split(';');
      expect(last === '' || (fields.length > 1 && fields.length % 2 === 1)).toBe(true);
    }
  });
});

describe('a file with bytes changed', () => {
  it.each([
    'a.csv',
    'a.json',
    'a.xml',
    'a.txt',
    'a.npy',
    'a.csv.gz',
    ...OTHERS.map(([name]) => name),
  ])('is tracks or a ReadError: %s', async (name) => {
    const other = OTHERS.find(([known]) => known === name);
    const bytes = other ? new TextEncoder().encode(other[1]) : await bytesOf(name);
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('",;\n\r\t <>0.-{}[]\0')));
    const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), byte), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const changed = bytes.slice();
        for (const [at, value] of list) changed[at] = value;
        const end = await read(changed, name, { keep: true }).then(
          ({ tracks }) => tracks,
          (error) => error,
        );
        if (!(end instanceof Tracks) && !(end instanceof ReadError)) throw end;
        if (end instanceof Tracks) expect(end.positions.every(Number.isFinite)).toBe(true);
        else expect(end.message).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 300 },
    );
  });
});
