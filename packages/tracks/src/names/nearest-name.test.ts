import { nearestName } from './nearest-name.ts';

describe('nearestName', () => {
  const models = ['immobile', 'brownian', 'levy-walk', 'fbm', 'sbm'];

  it.each([
    ['FBM', 'fbm'],
    ['levywalk', 'levy-walk'],
    ['Levy_Walk', 'levy-walk'],
    ['brownain', 'brownian'],
    ['xbm', 'fbm'],
  ])('%s is nearest to %s', (name, nearest) => {
    expect(nearestName(name, models)).toBe(nearest);
  });

  it('knows nothing where nothing is known', () => {
    expect(nearestName('fbm', [])).toBeUndefined();
  });
});
