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
      'a wrong size',
      file({ x: { dtype: 'F32', shape: [3], data_offsets: [0, 8] } }, new Uint8Array(8)),
      'tensor "x" of 3 F32',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message);
    expect(() => readSafetensors(bytes)).toThrow(SafetensorsError);
  });
});
