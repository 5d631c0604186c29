import fc from 'fast-check';
import { ReadError } from '../errors.ts';
import { decodeImage } from './decode-image.ts';
import { encodeMask, encodePng } from './encode-png.ts';
import { bytesOf, imageFiles } from './images.fixture.ts';

const readable = Object.keys(imageFiles.files).filter(
  (name) => imageFiles.files[name].pages.length > 0,
);

describe('decodeImage', () => {
  it.each(readable)('reads the pixels that Pillow or tifffile wrote: %s', (name) => {
    const { pages, width, height } = imageFiles.files[name];
    const pictures = decodeImage(bytesOf(name), name);
    expect(pictures).toHaveLength(pages.length);
    for (const [k, picture] of pictures.entries()) {
      expect([picture.width, picture.height]).toEqual([width, height]);
      const off = picture.pixels.map((value, i) => Math.abs(value - pages[k][i]));
      expect(Math.max(...off)).toBeLessThan(1e-6);
    }
  });

  it('says what it cannot read, in one line', () => {
    expect(() => decodeImage(bytesOf('packbits.tif'), 'a.tif')).toThrow(
      /^a\.tif: cannot be read as TIFF: .*PackBits/,
    );
    expect(() => decodeImage(bytesOf('bits.tif'), 'a.tif')).toThrow(
      'a.tif: cannot be read as TIFF: 1 bit per pixel: expected 8, 16 or 32',
    );
    expect(() => decodeImage(new TextEncoder().encode('track,label\n'), 'a.png')).toThrow(
      'a.png: is no image: expected PNG or TIFF',
    );
  });

  it('refuses more pixels than can be meant, before it makes room for them', () => {
    const bytes = bytesOf('grey8.png').slice();
    new DataView(bytes.buffer).setUint32(16, 2 ** 30);
    expect(() => decodeImage(bytes, 'a.png')).toThrow(
      'a.png: cannot be read as PNG: 1073741824 × 5 pixels: expected from 1 to 67108864 in all',
    );
  });

  it.each(readable)('throws a ReadError, and nothing else, for damaged bytes: %s', (name) => {
    const whole = bytesOf(name);
    fc.assert(
      fc.property(
        fc.nat(whole.length - 1),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
        (length, changes) => {
          const bytes = whole.slice(0, length + 1);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            for (const { pixels, width, height } of decodeImage(bytes, 'a')) {
              expect(pixels).toHaveLength(width * height);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(ReadError);
            expect((error as Error).message).not.toContain('\n');
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('encodePng', () => {
  it.each([8, 16] as const)('writes what is read again, to within %i bits', (depth) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.float({ min: -1, max: 2, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (width, row) => {
          const height = row.length;
          const pixels = Float32Array.from({ length: width * height }, (_, i) => row[i % height]);
          const [again] = decodeImage(encodePng({ width, height, pixels }, { depth }), 'a.png');
          expect([again.width, again.height]).toEqual([width, height]);
          const most = 2 ** depth - 1;
          for (const [i, value] of pixels.entries()) {
            const cut = Math.min(1, Math.max(0, value));
            expect(Math.abs(again.pixels[i] - cut)).toBeLessThanOrEqual(0.5 / most + 1e-7);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('writes bytes as they are, and a mask black and white', () => {
    const pixels = Uint8Array.of(0, 1, 128, 255);
    const size = { width: 2, height: 2 };
    const [{ pixels: read }] = decodeImage(encodePng({ ...size, pixels }), 'a.png');
    expect(Array.from(read, (value) => Math.round(255 * value))).toEqual([...pixels]);
    const mask = Uint8Array.of(0, 1, 2, 0);
    const [{ pixels: marked }] = decodeImage(encodeMask({ ...size, pixels, mask }), 'a.png');
    expect([...marked]).toEqual([0, 1, 1, 0]);
    expect(() => encodePng({ ...size, pixels }, { depth: 12 as 8 })).toThrow('depth is 12');
  });
});
