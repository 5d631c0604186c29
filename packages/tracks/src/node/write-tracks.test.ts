import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { framesOf, sliceFrames, Tracks } from '../index.ts';
import { three } from '../operations.fixture.ts';
import { readTracks, writeTracks } from './index.ts';

describe('writeTracks', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'write-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each(['.csv', '.json', '.xml', '.csv.gz', '.json.gz', '.xml.gz'])(
    'writes what readTracks reads: %s',
    async (ending) => {
      const path = join(folder, `tracks${ending}`);
      await writeTracks(path, three, { units: true });
      const { tracks } = await readTracks(path);
      expect(tracks.positions).toEqual(three.positions);
      expect(tracks.frames).toEqual(three.frames);
      expect(tracks.data).toMatchObject({ dt: 0.03, timeUnit: 's', positionUnit: 'µm' });
    },
  );

  it.each(['.npy', '.txt', '.npy.gz', '.txt.gz'])(
    'writes what readTracks reads: %s',
    async (ending) => {
      const path = join(folder, `tracks${ending}`);
      const { frames: _, ...plain } = sliceFrames(three, { to: 2 }).data;
      await writeTracks(path, new Tracks(plain));
      const { tracks } = await readTracks(path);
      expect(tracks.positions).toEqual(plain.positions);
      expect([...framesOf(tracks)]).toEqual([0, 1, 2]);
    },
  );

  it('leaves no file where the format cannot hold the tracks', async () => {
    await expect(writeTracks(join(folder, 'a.npy'), three)).rejects.toThrow('has a gap');
    await expect(writeTracks(join(folder, 'a.doc'), three)).rejects.toThrow(
      'expected a name in .csv',
    );
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(writeTracks(join(folder, 'a.csv'), three, { signal })).rejects.toThrow('stopped');
    expect(await readdir(folder)).toEqual([]);
  });
});
