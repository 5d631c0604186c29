import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { three } from '../operations.fixture.ts';
import { formatFile } from '../read/formats.fixture.ts';
import { readTracks, writeTracks } from './index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a graph in a folder', () => {
  it('is written whole, and read back by its path and as a part of a folder', async () => {
    const path = join(folder, 'a.geff');
    await writeTracks(path, three, { columns: true });
    expect(await readdir(folder)).toEqual(['a.geff']);
    let bytes = 0;
    const { tracks, files } = await readTracks(path, {
      keep: true,
      onBytes: (count) => {
        bytes += count;
      },
    });
    expect(tracks.positions).toEqual(three.positions);
    expect([...(tracks.pointColumns.sigma as Float64Array)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(tracks.pointColumns.state).toEqual(three.pointColumns.state);
    expect(files[0]).toMatchObject({ file: path, format: 'geff', cuts: 0 });
    expect(bytes).toBeGreaterThan(500);
    const slash = await readTracks(`${path}/`);
    expect(slash.tracks.count).toBe(three.count);
    const within = await readTracks(folder);
    expect(within.files.map(({ file }) => file)).toEqual([path]);
  });

  it('is read where another program wrote it, also without an ending', async () => {
    for (const [path, bytes] of Object.entries(unzipSync(formatFile('divided-3.geff.zip')))) {
      await mkdir(join(folder, 'graph', dirname(path)), { recursive: true });
      await writeFile(join(folder, 'graph', path), bytes);
    }
    const { tracks, files } = await readTracks(join(folder, 'graph'));
    expect(tracks.lengths()).toEqual(Int32Array.of(2, 2, 2));
    expect(files[0].cuts).toBe(2);
  });

  it('has what links lead to, and nothing in place of a link to nothing', async () => {
    const path = join(folder, 'a.geff');
    await writeTracks(path, three);
    const chunk = join(path, 'nodes/props/x/values/0');
    const kept = join(folder, 'kept');
    await rename(chunk, kept);
    await symlink(kept, chunk);
    expect((await readTracks(path)).tracks.positions).toEqual(three.positions);
    await rm(kept);
    await expect(readTracks(path)).rejects.toThrow(`${chunk}: `);
    await mkdir(kept);
    await expect(readTracks(path)).rejects.toThrow(
      `${chunk}: is a link to a folder: expected the folder itself`,
    );
  });

  it('does not take the place of something, and leaves nothing where it fails', async () => {
    const path = join(folder, 'a.geff');
    await mkdir(path);
    await expect(writeTracks(path, three)).rejects.toThrow(
      `${path}: is there already: expected a new folder`,
    );
    await expect(readTracks(path)).rejects.toThrow('there is no Zarr group');
    const other = join(folder, 'b.geff');
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(writeTracks(other, three, { signal })).rejects.toThrow('enough');
    await expect(writeTracks(join(folder, 'c/d.geff'), three)).rejects.toThrow(
      'there is no folder',
    );
    expect(await readdir(folder)).toEqual(['a.geff']);
  });
});
