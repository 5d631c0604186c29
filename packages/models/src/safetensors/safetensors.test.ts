import { readSafetensors, SafetensorsError, writeSafetensors } from './safetensors.ts';

const file = (header: object, data: Uint8Array): Uint8Array => {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
};

describe('safetensors', () => {
  it('comes back with the same bits, at any place in a buffer', () => {
    const values = Float32Array.of(1.1, -0, Number.POSITIVE_INFINITY, 1e-42, 5, 6);
    const tensors = {
      'a.weight': { shape: [2, 3], values },
      empty: { shape: [0, 4], values: new Float32Array(0) },
      'σ.scale': { shape: [], values: Float32Array.of(7) },
    };
    const bytes = writeSafetensors(tensors);
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);
    const back = readSafetensors(moved.subarray(3));
    expect(back).toEqual(tensors);
    expect(Object.is(back['a.weight'].values[1], -0)).toBe(true);
  });

  it('aligns the data to 8 bytes', () => {
    const bytes = writeSafetensors({ x: { shape: [1], values: Float32Array.of(1) } });
    expect((bytes.length - 4) % 8).toBe(0);
  });

  it('reads the other number types', () => {
    const data = new DataView(new ArrayBuffer(8 + 8 + 2 + 2 * 6));
    data.setFloat64(0, 0.1, true);
    data.setBigInt64(8, -5n, true);
    data.setUint16(16, 0x4049, true);
    [0x3c00, 0xc000, 0x0001, 0x7c00, 0x3555, 0x8000].forEach((half, i) => {
      data.setUint16(18 + 2 * i, half, true);
    });
    const tensors = readSafetensors(
      file(
        {
          __metadata__: { format: 'pt' },
          double: { dtype: 'F64', shape: [1], data_offsets: [0, 8] },
          steps: { dtype: 'I64', shape: [], data_offsets: [8, 16] },
          brain: { dtype: 'BF16', shape: [1], data_offsets: [16, 18] },
          half: { dtype: 'F16', shape: [6], data_offsets: [18, 30] },
        },
        new Uint8Array(data.buffer),
      ),
    );
    expect([...tensors.double.values]).toEqual([Math.fround(0.1)]);
    expect([...tensors.steps.values]).toEqual([-5]);
    expect([...tensors.brain.values]).toEqual([3.140625]);
    const half = [1, -2, 2 ** -24, Number.POSITIVE_INFINITY, 0.333251953125, -0];
    expect([...tensors.half.values]).toEqual(half);
  });

  it('writes half precision, rounded to the nearest, behind what is wider', () => {
    const cases: [number, number][] = [
      [1, 1],
      [-0, -0],
      [65504, 65504],
      [-65519, -65504],
      [2 ** -24, 2 ** -24],
      [2 ** -25, 0],
      [2 ** -25 * 1.001, 2 ** -24],
      [1 + 2 ** -11, 1],
      [1 + 3 * 2 ** -11, 1 + 2 ** -9],
      [2 - 2 ** -12, 2],
      [2 ** -14 - 2 ** -26, 2 ** -14],
      [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
      [Number.NaN, Number.NaN],
    ];
    const half = Float32Array.from(cases, ([value]) => value);
    const whole = Float32Array.of(0.1, 0.2);
    const bytes = writeSafetensors(
      { half: { shape: [half.length], values: half }, whole: { shape: [2], values: whole } },
      { dtype: (name) => (name === 'half' ? 'F16' : 'F32') },
    );
    const back = readSafetensors(bytes);
    expect(Object.keys(back)).toEqual(['half', 'whole']);
    expect([...back.whole.values]).toEqual([...whole]);
    expect([...back.half.values]).toEqual(cases.map(([, written]) => written));
    const text = new TextDecoder().decode(bytes.subarray(8));
    expect(text).toContain('"half":{"dtype":"F16","shape":[13],"data_offsets":[8,34]}');
    const large = { x: { shape: [1], values: Float32Array.of(65520) } };
    expect(() => writeSafetensors(large, { dtype: () => 'F16' })).toThrow(
      'safetensors: tensor "x" has 65520: expected at most 65504 in half precision',
    );
  });

  it('writes again every number of half precision as it was', () => {
    const all = Float32Array.from({ length: 0x7c00 }, (_, half) => {
      const data = new Uint8Array(Uint16Array.of(half).buffer);
      return readSafetensors(file({ x: { dtype: 'F16', shape: [1], data_offsets: [0, 2] } }, data))
        .x.values[0];
    });
    const bytes = writeSafetensors(
      { x: { shape: [all.length], values: all } },
      { dtype: () => 'F16' },
    );
    const start = bytes.length - 2 * all.length;
    const view = new DataView(bytes.buffer);
    const wrong = Array.from(all.keys()).filter((i) => view.getUint16(start + 2 * i, true) !== i);
    expect(wrong).toEqual([]);
  });

  it.each([
    ['nothing', new Uint8Array(3), 'safetensors: the header has NaN bytes'],
    ['a picture', Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10, 0), 'safetensors: the header has'],
    [
      'a cut file',
      writeSafetensors({ x: { shape: [2], values: Float32Array.of(1, 2) } }).subarray(0, -4),
      'tensor "x" of 2 F32',
    ],
    [
      'another header',
      file({}, new Uint8Array(0)).fill(65, 8),
      'safetensors: the header is not JSON',
    ],
    [
      'another type',
      file({ x: { dtype: 'Q4', shape: [], data_offsets: [0, 1] } }, new Uint8Array(1)),
      'has dtype "Q4"',
    ],
    [
      'a list for a header',
      file([1], new Uint8Array(0)),
      'safetensors: the header is an array: expected an object',
    ],
    ['no tensor', file({ x: null }, new Uint8Array(0)), 'tensor "x" has dtype missing'],
    [
      'a name of every object for a type',
      file({ x: { dtype: 'toString', shape: [], data_offsets: [0, 1] } }, new Uint8Array(1)),
      'has dtype "toString"',
    ],
    [
      'a place before the data',
      file({ x: { dtype: 'F16', shape: [2], data_offsets: [-8, -4] } }, new Uint8Array(8)),
      'tensor "x" has data_offsets an array: expected whole numbers',
    ],
    [
      'no shape',
      file({ x: { dtype: 'F32', data_offsets: [0, 4] } }, new Uint8Array(4)),
      'tensor "x" has shape missing: expected whole numbers',
    ],
    [
      'a wrong size',
      file({ x: { dtype: 'F32', shape: [3], data_offsets: [0, 8] } }, new Uint8Array(8)),
      'tensor "x" of 3 F32',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message);
    expect(() => readSafetensors(bytes)).toThrow(SafetensorsError);
  });
});
