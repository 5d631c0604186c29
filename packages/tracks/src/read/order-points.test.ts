import fc from 'fast-check';
import { groupPoints, sortByFrame } from './order-points.ts';

describe('orderPoints', () => {
  it('is a stable sort by track and then frame, whatever the order was', () => {
    const frame = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    );
    const points = fc.array(fc.record({ track: fc.nat(2), frame }), { maxLength: 200 });
    fc.assert(
      fc.property(points, (list) => {
        const track = Uint32Array.from(list, (point) => point.track);
        const frames = Int32Array.from(list, (point) => point.frame);
        const { offsets, order } = sortByFrame(groupPoints(track, 3), frames);
        const expected = [...list.keys()].sort(
          (a, b) => track[a] - track[b] || frames[a] - frames[b] || a - b,
        );
        expect([...(order ?? list.keys())]).toEqual(expected);
        expect([...offsets]).toEqual(
          [0, 1, 2, 3].map((i) => list.filter((point) => point.track < i).length),
        );
      }),
    );
  });

  it('makes no order for points that have one', () => {
    const grouped = groupPoints(Uint32Array.of(0, 0, 1), 2);
    expect(sortByFrame(grouped, Int32Array.of(1, 2, 0)).order).toBeUndefined();
  });
});
