import { type PathFile, sorted } from './what-was-dropped.ts';

const given = (...paths: string[]): PathFile[] =>
  paths.map((path) => ({ file: new File(['track,frame,x,y\n'], path.split('/').at(-1)!), path }));

describe('sorted', () => {
  it('tells files of one path apart, and keeps their endings', async () => {
    const paths = [
      'a.csv',
      'b/a.csv',
      'a.csv',
      'c.1.csv.gz',
      'a.csv',
      'c.1.csv.gz',
      'd.geff.zip',
      'a (2).csv',
    ];
    const { tracks } = await sorted(given(...paths, 'd.geff.zip'));
    expect(tracks.map(({ path }) => path)).toEqual([
      'a.csv',
      'b/a.csv',
      'a (2).csv',
      'c.1.csv.gz',
      'a (3).csv',
      'c.1 (2).csv.gz',
      'd.geff.zip',
      'a (2) (2).csv',
      'd (2).geff.zip',
    ]);
    expect(tracks.map(({ condition }) => condition)).toEqual(['', 'b', ...new Array(7).fill('')]);
  });
});
