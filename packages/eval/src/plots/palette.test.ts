import { CLASS_COLORS, classColor, UNJUDGED_COLOR } from './palette.ts';

type Rgb = [number, number, number];

const linear = (hex: string) =>
  [1, 3, 5].map((at) => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  }) as Rgb;

const times = (m: number[][], [r, g, b]: Rgb) =>
  m.map((row) => Math.max(0, row[0] * r + row[1] * g + row[2] * b)) as Rgb;

/** What the two common colour blindnesses see: G. Machado et al., IEEE TVCG 15 (2009) 1291, severity 1. */
const seenBy: Record<string, number[][]> = {
  everyone: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopes: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopes: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};

/** OKLab, where a distance of about 0.02 is just seen. */
const oklab = (rgb: Rgb) => {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt) as Rgb;
  return [
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ].map((row) => row[0] * lms[0] + row[1] * lms[1] + row[2] * lms[2]);
};

describe('classColor', () => {
  it.each(Object.keys(seenBy))('tells the nine classes and grey apart for %s', (who) => {
    const seen = [...CLASS_COLORS, UNJUDGED_COLOR].map((hex) =>
      oklab(times(seenBy[who], linear(hex))),
    );
    for (let i = 0; i < seen.length; i++) {
      for (let j = 0; j < i; j++) {
        const distance = Math.hypot(...seen[i].map((v, k) => v - seen[j][k]));
        expect([i, j, distance > 0.06]).toEqual([i, j, true]);
      }
    }
  });

  it('stands out from white and from the dark page', () => {
    const luminance = (hex: string) => {
      const [r, g, b] = linear(hex);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    for (const color of [...CLASS_COLORS, UNJUDGED_COLOR]) {
      expect(1.05 / (luminance(color) + 0.05)).toBeGreaterThan(2);
      expect((luminance(color) + 0.05) / (luminance('#16181c') + 0.05)).toBeGreaterThan(2.2);
    }
  });

  it('begins again after the last colour, and is grey for unjudged', () => {
    expect(classColor(CLASS_COLORS.length)).toBe(classColor(0));
    expect(classColor(-1)).toBe(UNJUDGED_COLOR);
    expect(new Set(CLASS_COLORS).size).toBe(9);
  });
});
