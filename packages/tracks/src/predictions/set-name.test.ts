import { setName } from './set-name.ts';

describe('setName', () => {
  it('names the classes of a set in their order, and none of a track without one', () => {
    const sets = Uint8Array.of(1, 0, 1, 0, 1, 0, 0, 0, 0);
    const classes = ['ND', 'CD', 'FBM'];
    expect([0, 1, 2].map((i) => setName(sets, i, classes))).toEqual(['ND|FBM', 'CD', '']);
  });
});
