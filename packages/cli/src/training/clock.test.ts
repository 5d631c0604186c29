import { clockOf } from './clock.ts';

it('goes on from what a checkpoint kept', () => {
  const first = clockOf();
  first.add({ seconds: 2, waited: 1 });
  first.next();
  first.add({ seconds: 2, waited: 0 });
  const kept = first.now();
  expect(kept).toMatchObject({ stepping: 4, waited: 1 });
  const later = clockOf({ ...kept, seconds: 100 });
  expect(later.time().seconds).toBeGreaterThanOrEqual(100);
  expect(later.time().waiting).toBe(0.25);
  later.add({ seconds: 4, waited: 3 });
  expect(later.time().waiting).toBe(0.5);
  expect(clockOf().time().waiting).toBe(0);
});
