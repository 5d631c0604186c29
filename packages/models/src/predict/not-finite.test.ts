import { Tracks } from '@diffusion/tracks';
import type { ModelCard } from '../card.ts';
import { openDomain } from '../domain/domain.ts';
import { type Member, predictWith } from './predict-with.ts';

const tracks = new Tracks({
  positions: Float64Array.from({ length: 16 }, (_, i) => i),
  offsets: Uint32Array.of(0, 4, 8, 12, 16),
  dim: 1,
});
const classes = ['ND', 'DM'];

/** A model that gives the same rows for every set of tracks. */
const giving = (rows: number[][], output: ModelCard['output']): Member => ({
  card: { domain: openDomain(1), output },
  batches: (_, all) => [all],
  answer: async (_, batch) => ({ answers: Float32Array.from(batch.flatMap((i) => rows[i])) }),
});

const text = (value: string) => ({
  kind: 'not-finite',
  text: `no answer: the model gives ${value}`,
});

describe('an answer that is not finite', () => {
  it('is none: such a track has a reason, and no label, probability or exponent', async () => {
    const rows = [
      [0.2, 0.8, 0.5],
      [Number.NaN, 0.5, 0.5],
      [0.9, 0.1, Number.POSITIVE_INFINITY],
      [0.5, Number.NEGATIVE_INFINITY, 1],
    ];
    const model = giving(rows, { kind: 'both', classes });
    const { labels, probabilities, values, reasons } = await predictWith([model], tracks);
    expect(reasons).toEqual([undefined, text('NaN'), text('Infinity'), text('-Infinity')]);
    expect(labels).toEqual(['DM', '', '', '']);
    expect([...probabilities!].map(Number.isNaN)).toEqual([0, 0, 1, 1, 1, 1, 1, 1].map(Boolean));
    expect([...values!].map(Number.isNaN)).toEqual([false, true, true, true]);
  });

  it('of one of several models is none of them all', async () => {
    const output = { kind: 'exponent' } as const;
    const one = giving([[1], [Number.NaN], [1], [1]], output);
    const other = giving([[0.5], [1], [Number.NaN], [1]], output);
    const { values, reasons } = await predictWith([one, other], tracks);
    expect(reasons).toEqual([undefined, text('NaN'), text('NaN'), undefined]);
    expect([...values!]).toEqual([0.75, Number.NaN, Number.NaN, 1]);
  });
});
