import { decompressZstd } from 'hyparquet-compressors';
import { Tracks, textColumn } from '../index.ts';
import { encodeTracks } from '../write/encode-tracks.ts';
import { type FlatFields, flatBuffer } from '../write/flat-buffer.ts';
import { arrowColumns } from './arrow-file.ts';
import { FlatTable } from './flat-table.ts';
import { formatFile } from './formats.fixture.ts';
import { unpackLz4Frame } from './lz4-frame.ts';
import { problem, read, values } from './read.fixture.ts';

const OWN = ['table.arrow', 'table-lz4.feather', 'table-zstd.feather', 'table.arrows'];

const none = (): never => {
  throw new Error('nothing is packed');
};

describe('an Arrow table', () => {
  it.each([...OWN, 'table-polars.arrow'])(
    'that pyarrow or polars wrote is read with its columns: %s',
    async (name) => {
      const { tracks, report } = await read(formatFile(name), name, {
        keep: true,
        perTrack: ['label'],
        errors: true,
      });
      expect(report.format).toBe('arrow');
      expect(tracks).toMatchObject({ count: 3, pointCount: 60, dim: 2, dt: 1, timeUnit: 'frame' });
      expect(values(tracks, 'track')).toEqual([3, 1, 2]);
      expect(values(tracks, 'label')).toEqual(['a', 'b', 'c']);
      expect([...tracks.positions.subarray(0, 6)]).toEqual([0, 0, 0.25, 0.125, 0.5, 0.5]);
      expect(tracks.positions[119]).toBe(59 ** 2 / 8);
      // 0, 1, 2, … of every track.
      expect(tracks.frames).toBeUndefined();
      expect(values(tracks, 'maybe').slice(0, 9)).toEqual([NaN, 1, 2, 3, 4, 5, 6, NaN, 8]);
      expect(values(tracks, 'seen').slice(0, 9)).toEqual([NaN, 0, 1, 0, 1, 0, 1, NaN, 1]);
      expect(values(tracks, 'half').slice(0, 4)).toEqual([0, 0.25, 0.5, 0.75]);
      expect(values(tracks, 'half')[59]).toBe(14.75);
      expect(values(tracks, 'note')[6]).toBe('a note that is long, 6');
      expect(values(tracks, 'note')[5]).toBe('');
      // An integer that no number holds is a text.
      expect(values(tracks, 'id')[59]).toBe(String(2n ** 60n + 59n));
      expect(values(tracks, 'x_err')[59]).toBe(Math.fround(0.02));
      // Lists and structs are left out.
      expect(Object.keys(tracks.pointColumns)).not.toContain('pair');
      expect(Object.keys(tracks.pointColumns)).not.toContain('point');
    },
  );

  it('says where it is wrong', async () => {
    expect(await problem(formatFile('table.arrow'), 'a.arrow', { columns: { x: 'maybe' } })).toBe(
      'a.arrow, row 1, column maybe: is missing: expected a number',
    );
    expect(await problem('FEA1xxxxFEA1', 'a.feather')).toContain("of Feather's version 1");
    expect(await problem('ARROW1', 'a.arrow')).toBe(
      'a.arrow: the Arrow data end early: expected ARROW1 at their end',
    );
    expect(await problem('x,y\n1,2\n', 'a.arrow')).toBe(
      'a.arrow: the file does not begin as Arrow data does: expected ARROW1',
    );
    expect(await problem(formatFile('table.arrow'), 'a.csv')).toBe(
      'a.csv: the file is Arrow data: expected .csv',
    );
    expect(await problem(formatFile('table-zstd.feather'), 'a.arrow', { maxUnpacked: 500 })).toBe(
      'a.arrow: the file unpacks to 659 bytes: expected at most 500; where it is right, give maxUnpacked',
    );
  });

  it('is made of no more than it may, whatever it says', () => {
    const bytes = new Uint8Array(formatFile('table.arrow'));
    const from = bytes.length - 10 - new DataView(bytes.buffer).getUint32(bytes.length - 10, true);
    // Each number of its table of contents in turn is the largest that there is.
    for (let at = from; at + 4 <= bytes.length - 10; at += 4) {
      for (const large of [0x7fffffff, 0xffffffff]) {
        const other = bytes.slice();
        new DataView(other.buffer).setUint32(at, large, true);
        let end: unknown;
        try {
          end = arrowColumns(other, 1e5, 'a', none);
        } catch (error) {
          end = error;
        }
        expect(end).toBeDefined();
      }
    }
  });
});

/** What is told of a message, 1 a schema, 2 a dictionary and 3 rows, and what it holds, as a stream has it. */
function message(kind: number, header: FlatFields, body = new Uint8Array(0)): Uint8Array {
  const fields = [
    { int: 4, bits: 16 },
    { int: kind, bits: 8 },
    header,
    { int: body.length, bits: 64 },
  ] as const;
  const told = flatBuffer({ fields });
  return Buffer.concat([new Uint8Array(Int32Array.of(-1, told.length).buffer), told, body]);
}

const schema = (columns: readonly FlatFields[]): FlatFields => ({ fields: [undefined, columns] });

/** A column of a type, with children or codes. */
const column = (name: string, type: number, codes?: FlatFields, children: FlatFields[] = []) =>
  ({
    fields: [name, undefined, { int: type, bits: 8 }, { fields: [] }, codes, children],
  }) as const;

const batch = (rows: number, nodes: number[], buffers: number[]): FlatFields => ({
  fields: [
    { int: rows, bits: 64 },
    { structs: nodes, perItem: 2 },
    { structs: buffers, perItem: 2 },
  ],
});

const UTF8 = 5;
const BINARY = 4;
const STRUCT = 13;

describe('an Arrow table whose parts point at the same bytes', () => {
  const columnsOf = (...pieces: Uint8Array[]) =>
    arrowColumns(new Uint8Array(Buffer.concat(pieces)), 1e9, 'a', none);

  it('ends soon where all of its columns have one name', () => {
    const count = 1000;
    const told = flatBuffer(
      schema([
        column('n'.repeat(4 * count), UTF8),
        ...Array.from({ length: count }, () => column('', UTF8)),
      ]),
    );
    const view = new DataView(told.buffer);
    const root = view.getUint32(0, true);
    // The second field of the table, and the vector that it points at.
    const field = root + view.getUint16(root - view.getInt32(root, true) + 6, true);
    const vector = field + view.getUint32(field, true) + 4;
    const first = vector + view.getUint32(vector, true);
    for (let i = 0; i < count; i++) view.setUint32(vector + 4 * i, first - vector - 4 * i, true);
    const read = () =>
      FlatTable.root(told)
        .tables(1)
        .map((table) => table.text(0));
    expect(read).toThrow('parts that share their bytes');
  });

  it('ends soon where texts of many columns are the same bytes', () => {
    const body = new Uint8Array(1008).fill(97, 8);
    body.set(new Uint8Array(Int32Array.of(0, 1000).buffer));
    const texts = (count: number) => {
      const names = Array.from({ length: count }, (_, i) => `c${i}`);
      const nodes = names.flatMap(() => [1, 0]);
      const buffers = names.flatMap(() => [0, 0, 0, 8, 8, 1000]);
      const told = message(1, schema(names.map((name) => column(name, UTF8))));
      return columnsOf(told, message(3, batch(1, nodes, buffers), body));
    };
    expect(texts(1).pieces.get('c0')).toEqual([['a'.repeat(1000)]]);
    expect(() => texts(100)).toThrow('parts that share their bytes');
  });

  it('ends soon where rows say nothing of columns that are left out', () => {
    const told = message(1, schema([column('s', STRUCT, undefined, [column('t', UTF8)])]));
    expect(columnsOf(told, message(3, batch(2, [2, 0, 2, 0], []))).rows).toBe(2);
    expect(() => columnsOf(told, message(3, batch(0, [0, 0], [])))).toThrow('too few columns');
  });

  it('ends soon where its table of contents has a batch many times', () => {
    const start = Buffer.concat([Buffer.from('ARROW1\0\0'), message(3, batch(7, [], []))]);
    const file = (times: number) => {
      const contents = flatBuffer({
        fields: [
          { int: 4, bits: 16 },
          schema([]),
          undefined,
          { structs: new Array(times).fill([8, 0, 0]).flat(), perItem: 3 },
        ],
      });
      const size = new Uint8Array(Int32Array.of(contents.length).buffer);
      return columnsOf(start, contents, size, Buffer.from('ARROW1'));
    };
    expect(file(1).rows).toBe(7);
    expect(() => file(1000)).toThrow('parts that share their bytes');
  });
});

describe('codes of a dictionary that holds no texts or numbers', () => {
  it('are left out, as its values would be', () => {
    const codes = {
      fields: [{ int: 3, bits: 64 }, { fields: [{ int: 8, bits: 32 }] }],
    } as const;
    const bytes = Buffer.concat([
      message(1, schema([column('k', BINARY, codes), column('word', UTF8)])),
      message(
        2,
        { fields: [{ int: 3, bits: 64 }, batch(1, [1, 0], [0, 0, 0, 8, 8, 1])] },
        Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 98, 0, 0, 0, 0, 0, 0, 0),
      ),
      message(
        3,
        batch(1, [1, 0, 1, 0], [0, 0, 16, 1, 0, 0, 0, 8, 8, 1]),
        Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 97, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      ),
    ]);
    const { pieces } = arrowColumns(new Uint8Array(bytes), 1e6, 'a', none);
    expect([...pieces]).toEqual([['word', [['a']]]]);
  });
});

describe('an Arrow table that is packed by zstd', () => {
  it('is refused where a buffer says that it is of another size', () => {
    const bytes = new Uint8Array(formatFile('table-zstd.feather'));
    const view = new DataView(bytes.buffer);
    const read = () => arrowColumns(bytes, 1e6, 'a', decompressZstd).rows;
    let refused = 0;
    for (let at = 8; at + 12 <= bytes.length; at += 8) {
      // A size, and behind it the beginning of a frame; what a column has that is left out is not unpacked.
      if (view.getUint32(at + 8, true) !== 0xfd2fb528) continue;
      const size = view.getUint32(at, true);
      view.setUint32(at, size + 1, true);
      let end: unknown;
      try {
        end = read();
      } catch (error) {
        end = (error as Error).message;
      }
      expect(end === 60 || end === `zstd data of ${size} bytes, not ${size + 1}`).toBe(true);
      if (end !== 60) refused++;
      view.setUint32(at, size, true);
    }
    expect(refused).toBeGreaterThan(20);
    expect(read()).toBe(60);
  });
});

describe('an Arrow file that is written', () => {
  it('is a stream behind its first eight bytes, too', async () => {
    const tracks = new Tracks({
      positions: [0, 0, 1, 0.5, 2, 2, 5, 5, 6, 6],
      offsets: [0, 3, 5],
      dim: 2,
      dt: 0.03,
      timeUnit: 's',
      positionUnit: 'µm',
      pointColumns: {
        word: textColumn(['a', 'β', 'a', '', 'c']),
        small: Int16Array.of(-1, 2, 3, 4, 300),
      },
      trackColumns: { label: textColumn(['p', 'q']) },
    });
    const pieces: Uint8Array[] = [];
    for await (const piece of encodeTracks(tracks, 'a.feather', { columns: true })) {
      pieces.push(piece);
    }
    const file = new Uint8Array(Buffer.concat(pieces));
    const whole = (await read(file, 'a.feather', { keep: true })).tracks;
    const stream = (await read(file.slice(8), 'a.arrows', { keep: true })).tracks;
    expect(stream.data).toEqual(whole.data);
    expect(values(whole, 'word')).toEqual(['a', 'β', 'a', '', 'c']);
    expect(values(whole, 'small')).toEqual([-1, 2, 3, 4, 300]);
    expect(values(whole, 'label')).toEqual(['p', 'q']);
  });
});

describe('an LZ4 frame', () => {
  const text = 'tracks of diffusion ';
  /** By liblz4 1.9.4: frame.compress((text * 300).encode(), content_checksum=True, block_checksum=True) of python-lz4. */
  const bytes = new Uint8Array(
    Buffer.from(
      'BCJNGHxAcBcAAAAAAADgNgAAAP8FdHJhY2tzIG9mIGRpZmZ1c2lvbiAUAP//////////////////////////////W1BzaW9uIAP3MBkAAAAA/VA0qA==',
      'base64',
    ),
  );

  it('is undone where matches overlap', () => {
    const whole = text.repeat(300);
    expect(Buffer.from(unpackLz4Frame(bytes, whole.length)).toString()).toBe(whole);
  });

  it('of another size, or cut off, is refused', () => {
    const size = text.length * 300;
    expect(() => unpackLz4Frame(bytes, size - 1)).toThrow(RangeError);
    expect(() => unpackLz4Frame(bytes, size + 1)).toThrow(`LZ4 data of ${size} bytes`);
    // What stands behind the mark of the end is a checksum.
    for (let length = 0; length < bytes.length - 8; length++) {
      expect(() => unpackLz4Frame(bytes.subarray(0, length), size)).toThrow(RangeError);
    }
  });
});
