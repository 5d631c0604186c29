import fc from 'fast-check';
import { encodeTracks, framesOf, Tracks, TracksError, textColumn } from '../index.ts';
import { three } from '../operations.fixture.ts';
import { read } from '../read/read.fixture.ts';

async function encoded(tracks: Tracks, name: string, options?: object): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of encodeTracks(tracks, name, options)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

const text = async (tracks: Tracks, name: string, options?: object) =>
  new TextDecoder().decode(await encoded(tracks, name, options));

/** Any finite double, and the awkward ones more often. */
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 5e-324, -1.7976931348623157e308, 0.1, 1e21, 1e-7),
);
/** Text that is no number, so that a column of it stays text; control characters but line ends are what no table has. */
const word = fc
  .array(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 1 }), fc.constantFrom('"', ',', '\n', '\r')),
  )
  .map((letters) => `w${letters.filter((c) => c >= ' ' || c === '\n' || c === '\r').join('')}`);

interface Kind {
  dims: (1 | 2 | 3)[];
  equal?: boolean;
  frames: boolean;
  empty?: boolean;
}

/** Sets of tracks such as a format can hold; a z is never the same everywhere. */
function sets({ dims, equal = false, frames, empty = false }: Kind): fc.Arbitrary<Tracks> {
  const lengths = fc.array(fc.integer({ min: empty ? 0 : 1, max: 6 }), {
    minLength: empty ? 0 : 1,
    maxLength: 5,
  });
  return fc
    .record({
      lengths,
      dim: fc.constantFrom(...dims),
      framed: frames ? fc.boolean() : fc.constant(false),
    })
    .chain(({ lengths, dim, framed }) => {
      const sizes = equal ? lengths.map(() => lengths[0]) : lengths;
      const offsets = Uint32Array.from(
        [0, ...sizes].map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0)),
      );
      const points = offsets[sizes.length];
      const many = <T>(arbitrary: fc.Arbitrary<T>, length: number) =>
        fc.array(arbitrary, { minLength: length, maxLength: length });
      return fc
        .record({
          positions: many(number, points * dim),
          jumps: many(fc.integer({ min: 1, max: 50 }), points),
          dt: fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
          units: fc.constantFrom(['µm', 's'], ['', 'frame'], ['pixel', ''], ['nm', 'ms']),
          sigma: many(number, points),
          state: many(word, points),
          alpha: many(number, sizes.length),
          label: many(word, sizes.length),
        })
        .map(({ positions, jumps, dt, units, sigma, state, alpha, label }) => {
          const values = Float64Array.from(positions);
          if (dim === 3 && points > 1 && values[2] === values[5])
            values[5] = values[2] === 0 ? 1 : 0;
          let frame = -60;
          return new Tracks({
            positions: values,
            offsets,
            dim,
            ...(framed && { frames: Int32Array.from(jumps, (jump) => (frame += jump)) }),
            dt,
            positionUnit: units[0],
            timeUnit: units[1],
            pointColumns: { sigma: Float64Array.from(sigma), state: textColumn(state) },
            trackColumns: {
              track: Float64Array.from(sizes.keys()),
              alpha: Float64Array.from(alpha),
              label: textColumn(label),
            },
          });
        });
    });
}

/** Frames written out, as every reader may leave out those that count from 0. */
const spelled = (tracks: Tracks) => ({ ...tracks.data, frames: framesOf(tracks) });
const bare = { dt: 1, positionUnit: '', timeUnit: 'frame', pointColumns: {} };

describe('what is written reads back', () => {
  it.each(['a.csv', 'a.csv.gz'])('with columns and units, as bits: %s', async (name) => {
    const kind = { dims: [1, 2, 3] as (1 | 2 | 3)[], frames: true };
    await fc.assert(
      fc.asyncProperty(sets(kind), async (tracks) => {
        // One point has one z, which is a z that never changes.
        fc.pre(tracks.dim < 3 || tracks.pointCount > 1);
        const bytes = await encoded(tracks, name, { columns: true, units: true });
        expect(spelled((await read(bytes, name, { keep: true })).tracks)).toEqual(spelled(tracks));
      }),
      { numRuns: 60 },
    );
  });

  it.each(['a.parquet', 'a.arrow', 'a.geff.zip'])(
    'with columns and units, as bits: %s',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(sets({ dims: [1, 2, 3], frames: true }), async (tracks) => {
          fc.pre(tracks.dim < 3 || tracks.pointCount > 1);
          const bytes = await encoded(tracks, name, { columns: true });
          expect(spelled((await read(bytes, name, { keep: true })).tracks)).toEqual(
            spelled(tracks),
          );
          const bare = (await read(await encoded(tracks, name), name)).tracks;
          const { track } = tracks.trackColumns;
          expect(spelled(bare)).toEqual({
            ...spelled(tracks),
            pointColumns: {},
            trackColumns: { track },
          });
        }),
        { numRuns: 30 },
      );
    },
  );

  it.each(['a.parquet', 'a.arrow', 'a.geff.zip'])('with ids of any kind: %s', async (name) => {
    for (const track of [textColumn(['b', 'a 1', 'ü']), Float64Array.of(7.5, -1, 1e12)]) {
      const named = new Tracks({ ...three.data, trackColumns: { track } });
      const { trackColumns } = (await read(await encoded(named, name), name)).tracks;
      expect(trackColumns).toEqual({ track });
    }
  });

  it.each(['a.json', 'a.json.gz'])('with all there is, as bits: %s', async (name) => {
    const kind = { dims: [1, 2, 3] as (1 | 2 | 3)[], frames: true, empty: true };
    const column = fc.array(fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0)), {
      minLength: 1,
      maxLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(
        sets(kind),
        fc.string({ unit: 'binary' }),
        column,
        async (tracks, key, [value]) => {
          const odd = new Tracks({
            ...tracks.data,
            pointColumns: {
              ...tracks.pointColumns,
              [`${key} `]: new Float64Array(tracks.pointCount).fill(value),
              float: new Float32Array(tracks.pointCount).fill(value),
              bytes: new Uint8Array(tracks.pointCount).fill(200),
            },
          });
          const read1 = (await read(await encoded(odd, name), name)).tracks;
          expect(read1.data).toEqual(odd.data);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(['a.npy', 'a.npy.gz'])('positions of tracks of one length, as bits: %s', async (name) => {
    const kind = { dims: [1, 2, 3] as (1 | 2 | 3)[], equal: true, frames: false };
    await fc.assert(
      fc.asyncProperty(sets(kind), async (tracks) => {
        const { track } = tracks.trackColumns;
        const back = (await read(await encoded(tracks, name), name)).tracks;
        expect(back.data).toEqual({ ...tracks.data, ...bare, trackColumns: { track } });
      }),
      { numRuns: 60 },
    );
  });

  it.each(['a.txt', 'a.txt.gz'])('positions, as bits: %s', async (name) => {
    const kind = { dims: [1, 2, 3] as (1 | 2 | 3)[], frames: false };
    await fc.assert(
      fc.asyncProperty(sets(kind), async (tracks) => {
        const { track } = tracks.trackColumns;
        const back = (await read(await encoded(tracks, name), name)).tracks;
        expect(back.data).toEqual({ ...tracks.data, ...bare, trackColumns: { track } });
      }),
      { numRuns: 60 },
    );
  });

  it.each(['a.xml', 'a.xml.gz'])(
    'positions, frames and units in 2D and 3D, as bits: %s',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(sets({ dims: [2, 3], frames: true }), async (tracks) => {
          fc.pre(tracks.dim < 3 || tracks.pointCount > 1);
          const { track } = tracks.trackColumns;
          const back = (await read(await encoded(tracks, name), name)).tracks;
          const expected = { ...spelled(tracks), pointColumns: {}, trackColumns: { track } };
          expect(spelled(back)).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    },
  );
});

describe('encodeTracks', () => {
  it('writes a plain table, with units, ids and columns where there are any', async () => {
    const plain = new Tracks({
      positions: Float64Array.of(0, 1, 2, 3),
      offsets: Uint32Array.of(0, 1, 2),
      dim: 2,
      trackColumns: { track: textColumn(['b', 'a']) },
    });
    expect(await text(plain, 'a.csv')).toBe('track,frame,x,y\nb,0,0,1\na,0,2,3\n');
    const columns = ['state', 'label'];
    expect((await text(three, 'a.csv', { columns, units: true })).split('\n').slice(0, 3)).toEqual([
      'track,frame [0.03 s],x [µm],y [µm],state,track:label',
      '0,0,0,0.5,a,ND',
      '0,1,1,1.5,a,ND',
    ]);
    expect((await text(three, 'a.csv')).split('\n')[0]).toBe('track,frame,x,y');
  });

  it('numbers the tracks where two have one id, so that they stay two', async () => {
    const twice = new Tracks({ ...three.data, trackColumns: { track: Float64Array.of(7, 7, 8) } });
    expect((await read(await encoded(twice, 'a.csv'), 'a.csv')).tracks.count).toBe(3);
  });

  it('writes TrackMate’s simple export and AnDi’s rows', async () => {
    const one = new Tracks({
      positions: Float64Array.of(0, 1.5, 2, 3),
      offsets: Uint32Array.of(0, 2),
      dim: 2,
      dt: 0.5,
      timeUnit: '"s"',
    });
    expect(await text(one, 'a.txt')).toBe('2.0;0;2;1.5;3\n');
    expect(await text(one, 'a.xml')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<Tracks nTracks="1" spaceUnits="" frameInterval="0.5" timeUnits="&#34;s&#34;" from="@diffusion/tracks">\n' +
        '  <particle nSpots="2">\n' +
        '    <detection t="0" x="0" y="1.5" z="0.0" />\n' +
        '    <detection t="1" x="2" y="3" z="0.0" />\n' +
        '  </particle>\n' +
        '</Tracks>\n',
    );
  });

  it('writes npy whose data begin at a multiple of 64 bytes, as NumPy wants', async () => {
    const one = new Tracks({
      positions: Float64Array.of(1),
      offsets: Uint32Array.of(0, 1),
      dim: 1,
    });
    const bytes = await encoded(one, 'a.npy');
    expect(bytes.length % 64).toBe(8);
    expect(new TextDecoder('latin1').decode(bytes.slice(10, 70))).toBe(
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1),",
    );
    expect(bytes[bytes.length - 9]).toBe(10);
  });

  const set = (change: object) =>
    new Tracks({ ...three.data, pointColumns: {}, trackColumns: {}, ...change });
  it.each([
    [
      three,
      'a.tif',
      {},
      'a.tif: expected a name in .csv, .json, .npy, .txt or .xml, or these with .gz; or .parquet, .arrow, .feather, .geff or .geff.zip',
    ],
    [three, 'a.npy', {}, 'track 1 has a gap after frame 5: npy holds no frames'],
    [three, 'a.txt', {}, 'track 1 has a gap after frame 5: AnDi text holds no frames'],
    [
      set({ frames: undefined }),
      'a.npy',
      {},
      'track 1 has 4 points: npy expects tracks of one length, 3 as track 0',
    ],
    [
      set({ offsets: Uint32Array.of(0, 0, 8) }),
      'a.csv',
      {},
      'track 0 has no points: .csv cannot hold that',
    ],
    [
      set({ offsets: Uint32Array.of(0), positions: new Float64Array(0), frames: undefined }),
      'a.xml',
      {},
      'there are no tracks',
    ],
    [
      set({ positions: new Float64Array(16).fill(NaN, 7, 8) }),
      'a.json',
      {},
      'point 0 of track 1 is at NaN: expected a finite number',
    ],
    [
      three,
      'a.csv',
      { columns: ['lable'] },
      'there is no column lable: expected one of sigma, state, alpha, label',
    ],
    [
      set({ pointColumns: { x: new Float64Array(8) } }),
      'a.csv',
      { columns: true },
      'two columns are called x: expected one',
    ],
    [
      set({ positionUnit: 'a]' }),
      'a.csv',
      { units: true },
      "the unit is 'a]': expected one without brackets",
    ],
  ])('says what a format cannot hold (%#)', async (tracks, name, options, message) => {
    await expect(encoded(tracks, name, options)).rejects.toThrow(message);
    await expect(encoded(tracks, name, options)).rejects.toBeInstanceOf(TracksError);
  });
});
