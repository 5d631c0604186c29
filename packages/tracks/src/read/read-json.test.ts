import { problem, read } from './read.fixture.ts';

const DOCUMENT = {
  format: 'diffusion-tracks',
  version: 1,
  dim: 1,
  dt: 0.5,
  positionUnit: 'µm',
  timeUnit: 's',
  offsets: [0, 2],
  frames: [3, 5],
  positions: [1, 2.5],
  pointColumns: { state: { type: 'Int8Array', values: [0, -1] } },
  trackColumns: { label: { type: 'text', dictionary: ['ND', 'CD'], codes: [1] } },
};

describe('JSON', () => {
  it('is the data model as it is', async () => {
    const { tracks } = await read(JSON.stringify(DOCUMENT), 'a.json');
    expect(tracks.data).toEqual({
      ...DOCUMENT,
      format: undefined,
      version: undefined,
      offsets: Uint32Array.of(0, 2),
      frames: Int32Array.of(3, 5),
      positions: Float64Array.of(1, 2.5),
      pointColumns: { state: Int8Array.of(0, -1) },
      trackColumns: { label: { dictionary: ['ND', 'CD'], codes: Uint32Array.of(1) } },
    });
  });

  it.each([
    [{ positions: [1, null] }, 'column positions: [1] is null: expected a number'],
    [{ positions: [1] }, 'positions has 1 numbers: expected 2 points × 1 dimensions = 2'],
    [{ positions: 'abc' }, 'column positions: is "abc": expected an array'],
    [{ offsets: [0, -2] }, 'column offsets: [1] is -2: expected a number that fits Uint32Array'],
    [{ frames: [5, 5] }, 'column frames: [1] is 5 after 5: expected more, within a track'],
    [
      { frames: [5, 2 ** 31] },
      'column frames: [1] is 2147483648: expected a number that fits Int32Array',
    ],
    [{ dt: '1' }, 'column dt: is "1": expected a number'],
    [{ dt: -1 }, 'dt is -1: expected a positive number'],
    [{ dim: 4 }, 'dim is 4: expected 1, 2 or 3'],
    [{ version: 2 }, '"version" is 2: expected 1'],
    [
      { format: 'other' },
      'the JSON is no document of tracks: expected "format": "diffusion-tracks"',
    ],
    [{ pointColumns: [] }, 'column pointColumns: is an array: expected an object of columns'],
    [
      { pointColumns: { a: { type: 'Array', values: [] } } },
      'column pointColumns.a: has type "Array": expected text or Float64Array',
    ],
    [
      { pointColumns: { a: { type: 'Int8Array', values: [0, 500] } } },
      '[1] is 500: expected a number that fits Int8Array',
    ],
    [
      { trackColumns: { a: { type: 'text', dictionary: ['b'], codes: [1] } } },
      'codes[0] is 1: expected less than 1',
    ],
    [
      { trackColumns: { a: { type: 'text', dictionary: [7], codes: [0] } } },
      'dictionary[0] is 7: expected a string',
    ],
    [{ positionUnit: 5 }, 'column positionUnit: is 5: expected a string'],
  ])('says in one line what is wrong with %j', async (change, message) => {
    expect(await problem(JSON.stringify({ ...DOCUMENT, ...change }), 'a.json')).toContain(message);
  });

  it('says where a document ends early or is none', async () => {
    const text = JSON.stringify(DOCUMENT, null, 1);
    expect(await problem(text.slice(0, 60), 'a.json')).toBe(
      'a.json, line 5: the JSON ends early: expected a document of tracks',
    );
    expect(await problem('{\n"format": nonsense}', 'a.json')).toBe(
      'a.json, line 2: no valid JSON: expected a document of tracks',
    );
    expect(await problem('[1, 2]', 'a.json')).toContain('the JSON is no document of tracks');
  });
});
