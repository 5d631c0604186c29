import { motionLawOf } from './motion-law-of.ts';

it('knows the laws with numbers of their own by what their classes are called', () => {
  expect(['directed', 'DM', 'confined', 'Confined diffusion'].map(motionLawOf)).toEqual([
    ...['directed', 'directed'],
    ...['confined', 'confined'],
  ]);
  expect(['brownian', 'ND', 'directed-subdiffusive'].map(motionLawOf)).toEqual([
    ...[undefined, undefined, undefined],
  ]);
});
