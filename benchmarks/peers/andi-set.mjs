import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Tracks, textColumn } from '@diffusion/tracks';
import { readTracks } from '@diffusion/tracks/node';

/** Tracks of the peer package, as its challenge wrote them, with the truth of the file beside as label and alpha. */
export async function readAndiSet(folder, task, dim) {
  const { tracks } = await readTracks([join(folder, `task${task}_${dim}d.txt.gz`)]);
  const rows = gunzipSync(readFileSync(join(folder, `meta${task}_${dim}d.csv.gz`)))
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','));
  const trackColumns = {
    label: textColumn(rows.map((row) => row[3])),
    alpha: Float64Array.from(rows, (row) => Number(row[4])),
  };
  return new Tracks({ ...tracks.data, trackColumns });
}
