import { inspect } from 'node:util';
import { Images } from '../images.ts';
import { Tracks } from '../tracks.ts';
import { bundleFor, factViews, showAs, tableViews } from './index.ts';

const count = 300;
const points = 50;
const walk = (): Tracks =>
  new Tracks({
    positions: Float64Array.from({ length: count * points * 2 }, (_, i) => Math.sin(i) * (i % 97)),
    offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * points),
    dim: 2,
    dt: 0.03,
    timeUnit: 's',
    positionUnit: 'µm',
    trackColumns: { label: Array.from({ length: count }, () => '<b>') },
  });

const lines = (text: string) => text.split('\n').length;

describe('showAs', () => {
  it('changes nothing but how a value is shown', () => {
    const plain = { a: [1, 2], b: 'c' };
    const shown = showAs({ a: [1, 2], b: 'c' }, ({ b }) => ({ text: `b is ${b}` }));
    expect(inspect(shown)).toBe('b is c');
    expect(inspect({ shown })).toBe('{ shown: b is c }');
    expect(JSON.stringify(shown)).toBe(JSON.stringify(plain));
    expect(shown).toStrictEqual(plain);
    expect(Object.keys(shown)).toEqual(['a', 'b']);
    expect(inspect(structuredClone(shown))).toBe(inspect(plain));
    expect(inspect({ ...shown })).toBe(inspect(plain));
    const array = showAs([1, 2], (all) => ({ text: `${all.length} numbers` }));
    expect(array).toStrictEqual([1, 2]);
    expect(inspect(array)).toBe('2 numbers');
  });

  it('leaves alone what cannot be changed', () => {
    const frozen = Object.freeze({ a: 1 });
    expect(showAs(frozen, () => ({ text: '' }))).toBe(frozen);
    expect(bundleFor(frozen)).toBeUndefined();
    expect(bundleFor(undefined)).toBeUndefined();
  });

  it('answers to the symbols of the kernels', () => {
    const shown = showAs({}, () => ({ text: 'text', html: '<p>', vegaLite: { mark: 'bar' } }));
    const asked = (name: string) => (shown as Record<symbol, () => unknown>)[Symbol.for(name)]();
    expect(asked('Jupyter.display')).toEqual({
      'application/vnd.vegalite.v5+json': { mark: 'bar' },
      'text/html': '<p>',
      'text/plain': 'text',
    });
    expect(asked('Deno.customInspect')).toBe('text');
  });
});

describe('tables', () => {
  it('show their ends, and no more than twenty lines', () => {
    const { text, html } = tableViews({
      title: '1000 rows',
      names: ['n', 'name'],
      count: 1000,
      row: (i) => [i / 3, `<${i}>`],
    });
    expect(lines(text)).toBeLessThanOrEqual(20);
    expect(text.split('\n').slice(0, 4)).toEqual([
      '1000 rows',
      '     n  name',
      '     0  <0>',
      '0.3333  <1>',
    ]);
    expect(text).toContain('<999>');
    expect(text).not.toContain('<500>');
    expect(html).toContain('&#60;999&#62;');
    expect(html).not.toContain('<999>');
  });

  it('of many columns say how many there are', () => {
    const names = Array.from({ length: 70 }, (_, k) => `feature ${k}`);
    const { text } = tableViews({ title: '', names, count: 3, row: () => names.map((_, k) => k) });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(83);
    expect(text).toMatch(/… and 6\d more columns$/);
  });

  it('of facts are short', () => {
    const facts = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`fact ${i}`, i]));
    expect(lines(factViews('many', facts).text)).toBeLessThanOrEqual(20);
  });
});

describe('Tracks', () => {
  it('shows what it holds in a few lines', () => {
    const tracks = walk();
    const text = inspect(tracks);
    expect(lines(text)).toBeLessThanOrEqual(20);
    expect(text).toContain('300 tracks in 2D');
    expect(text).toContain('0.03 s');
    expect(tracks.data).toStrictEqual(walk().data);
    expect(structuredClone(tracks.data)).toStrictEqual(tracks.data);
  });

  it('draws its first tracks', () => {
    const html = String(bundleFor(walk())?.['text/html']);
    expect(html).toContain('stroke="currentColor"');
    // 4000 points are 80 tracks of 50.
    expect(html.match(/<polyline/g)).toHaveLength(80);
    expect(html).toContain('The first 80 of 300 tracks');
    expect(html.length).toBeLessThan(100_000);
  });

  it.each([
    ['empty', new Tracks({ positions: [], offsets: [0], dim: 2 })],
    ['of one point', new Tracks({ positions: [1, 2, 3], offsets: [0, 1], dim: 3 })],
    ['not finite', new Tracks({ positions: [1, Number.NaN], offsets: [0, 2], dim: 1 })],
  ])('shows a set that is %s without a picture', (_, tracks) => {
    expect(bundleFor(tracks)?.['text/html']).not.toContain('<svg');
    expect(lines(inspect(tracks))).toBeLessThan(20);
  });

  it('draws one dimension against time', () => {
    const tracks = new Tracks({ positions: [0, 1, 0], offsets: [0, 3], dim: 1, frames: [0, 1, 4] });
    expect(bundleFor(tracks)?.['text/html']).toContain('points="0.0,0.0 60.0,240.0 240.0,0.0"');
  });
});

describe('Images', () => {
  it('shows what it holds', () => {
    const images = new Images({
      pixels: new Float32Array(2 * 64 * 64),
      count: 2,
      height: 64,
      width: 64,
    });
    expect(inspect(images)).toMatch(/^2 images of 64 × 64 pixels\n/);
  });
});
