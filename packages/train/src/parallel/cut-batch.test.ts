import fc from 'fast-check';
import { cutBatch } from './cut-batch.ts';

describe('cutBatch', () => {
  it('gives every track to one shard, in order, sizes one apart at most, none empty', () => {
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 40 }),
        (from, count, shards) => {
          const parts = cutBatch(from, from + count, shards);
          expect(parts).toHaveLength(Math.min(count, shards));
          expect([parts[0].from, parts[parts.length - 1].to]).toEqual([from, from + count]);
          const sizes = parts.map((part) => part.to - part.from);
          for (let k = 1; k < parts.length; k++) expect(parts[k].from).toBe(parts[k - 1].to);
          expect(Math.min(...sizes)).toBeGreaterThan(0);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(2);
        },
      ),
    );
  });
});
