import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startProcess } from './processes.mjs';

/** The specification of the labelled set: two classes, a few short tracks. */
const specification = {
  classes: [
    { label: 'slow', model: 'brownian', parameters: { D: 0.1 } },
    { label: 'fast', model: 'directed', parameters: { D: 1, speed: { min: 1, max: 2 } } },
  ],
  dim: 2,
  count: 30,
  seed: 1,
  length: { min: 9, max: 14 },
  noise: { sigma: 0.1 },
};

const session = `<?xml version="1.0" encoding="UTF-8"?>
<TrackMate version="7.11.1">
  <Log>TrackMate v7.11.1 &lt;started&gt;</Log>
  <Model spatialunits="µm" timeunits="sec">
    <FeatureDeclarations><SpotFeatures><Feature feature="QUALITY" isint="false" /></SpotFeatures></FeatureDeclarations>
    <AllSpots nspots="5">
${[0, 1, 2, 3, 4].map((k) => `      <SpotsInFrame frame="${k}"><Spot ID="${10 + k}" name="ID${10 + k}" QUALITY="${k / 10}" POSITION_T="${k / 2}" FRAME="${k}" POSITION_X="${k * 1.5}" POSITION_Y="${-k}" POSITION_Z="0.0" VISIBILITY="1" /></SpotsInFrame>`).join('\n')}
    </AllSpots>
    <AllTracks><Track name="Track_0" TRACK_ID="0">
${[0, 1, 2, 3].map((k) => `      <Edge SPOT_SOURCE_ID="${10 + k}" SPOT_TARGET_ID="${11 + k}" LINK_COST="-1.0" EDGE_TIME="0.5" />`).join('\n')}
    </Track></AllTracks>
    <FilteredTracks><TrackID TRACK_ID="0" /></FilteredTracks>
  </Model>
  <Settings><ImageData filename="a.tif" pixelwidth="0.1" timeinterval="0.5" /></Settings>
</TrackMate>
`;

const spots = `LABEL,ID,TRACK_ID,QUALITY,POSITION_X,POSITION_Y,POSITION_Z,POSITION_T,FRAME
Label,Spot ID,Track ID,Quality,X,Y,Z,T,Frame
Label,Spot ID,Track ID,Quality,X,Y,Z,T,Frame
,,,(quality),(micron),(micron),(micron),(sec),
${Array.from({ length: 20 }, (_, k) => `ID${k},${k},${k >> 3},${k / 7},${k * 0.3},${k * k * 0.1},0.0,${(k % 8) * 0.5},${k % 8}`).join('\n')}
`;

/** `fixtures/formats/utrack.mat`: u-track's tracks as scipy writes them. */
const utrack =
  'TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IEZyaSBOb3YgMjcgMTE6NDM6MzcgMjAyNgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0PAAAAVwEAAHic42NgYPjAysDABqQ5gJiJAQJYkfiMUMwNxCVFicnZxW6ZeYk5UHUsDIJQeWOEfGpiiWdeSoWzO1TAOT+/KMUxtwAoUJxa6J/mWpaaV1LMgAB8QNzAgHAHGxZ3sELtAQFOIA5goD4AuWMDE353aKC5owEWaAwqDhD6Rz2ENkHjwwCMHwmXnzUTBHbao/JP2uPXL4Jmvhoa35TO9sNoLTRxC/zuaAiDyxuDwWE0ey8QcIeEA6q9OlDaHEpbOjBgBVD/A+2H+R9mP6r/YfajA5j/YfbD7CXS31QMf3C6ZcCdblmgGCXdws37ALWHA2qegAOq+TB5GM3ggEoTEoe5F50PcbcDHneD3Asrg2DuFsBw9wd7Qv5nhOrD7v8fUHNYHBhQQIgDJD1ctofRqPKwcILp40HV70BYP8jdBXjcDfI7erwhLJGBMhUcYOEAsxmVjxnuAEFNqAw=';

const icy = `<?xml version="1.0" encoding="UTF-8"?>
<root><trackfile version="1"/><trackgroup description="a">
${[0, 1, 2].map((track) => `<track id="${track}">${Array.from({ length: 9 }, (_, t) => `<detection t="${t}" type="${t === 4 ? 2 : 1}" x="${t * 1.5 + track}" y="${t * t}" z="0"/>`).join('\n')}</track>`).join('\n')}
</trackgroup><linklist><link from="0" to="1"/></linklist></root>
`;

const mosaic = `% Configuration:
% 	Kernel radius: 3
${[1, 2, 3].map((track) => `%% Trajectory ${track}\n${Array.from({ length: 9 }, (_, t) => `${t}\t${t * 1.5 + track}\t${t * t}\t0\t1.5\t1\t1\t1\t1\t0`).join('\n')}`).join('\n')}
`;

/**
 * Small files of every format, and every file that the command itself writes, made by the command: a case is one of them
 * changed.
 *
 * @param folder is filled with them.
 * @returns the bytes of each by its name in that folder.
 */
export async function makeSamples(folder) {
  await mkdir(folder, { recursive: true });
  const at = (name) => join(folder, name);
  const diffusion = async (...args) => {
    const { code, err } = await startProcess('diffusion', args, folder).ended;
    if (code !== 0) throw new Error(`diffusion ${args.join(' ')}: ${code}, ${err}`);
  };
  await writeFile(at('spec.json'), `${JSON.stringify(specification, null, 1)}\n`);
  await writeFile(at('session.xml'), session);
  await writeFile(at('spots.csv'), spots);
  await writeFile(
    at('bare.csv'),
    'particle\tframe\tx\ty\tz\n1\t0\t0.5\t1e-3\t2\n1\t1\t.5\t-1\t3\n1\t3\t+1\t2\t3\n"a b"\t5\t1\t2\t3\n',
  );
  const simulation = ['simulate', '--model', 'fbm', '--alpha', '0.5', '--D', '1', '--seed', '1'];
  for (const [name, length] of [
    ['tracks.csv', '9:14'],
    ['tracks.json', '9:14'],
    ['tracks.xml', '9:14'],
    ['tracks.npy', '10'],
    ['tracks.parquet', '9:14'],
    ['tracks.arrow', '9:14'],
    ['tracks.geff.zip', '9:14'],
    ['tracks.geff', '9:14'],
  ]) {
    await diffusion(...simulation, '--count', '6', '--length', length, '--output', name);
  }
  await diffusion(
    ...'dataset --preset andi2020 --task 1 --dim 1 --count 6 --seed 1 --output andi'.split(' '),
  );
  await diffusion('dataset', '--spec', 'spec.json', '--output', 'data');
  await diffusion(...'train --model logistic --data data --output classical'.split(' '));
  const network =
    'train --model cnn --set layers=1 --set filters=2 --set units=2 --data data --batch-size 8';
  await diffusion(...network.split(' '), '--epochs', '1', '--output', 'network');
  await diffusion(...'predict data/tracks.csv --model network --output predictions.csv'.split(' '));
  await writeFile(at('utrack.mat'), Buffer.from(utrack, 'base64'));
  await writeFile(at('icy.xml'), icy);
  await writeFile(at('mosaic.txt'), mosaic);
  const graph = (await readdir(at('tracks.geff'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort();
  const names = [
    'spec.json',
    'session.xml',
    'spots.csv',
    'bare.csv',
    'tracks.csv',
    'tracks.json',
    'tracks.xml',
    'tracks.npy',
    'tracks.parquet',
    'tracks.arrow',
    'tracks.geff.zip',
    'utrack.mat',
    'icy.xml',
    'mosaic.txt',
    ...graph,
    'andi/task1.txt',
    'andi/ref1.txt',
    'andi/.diffusion-written.json',
    'data/tracks.csv',
    'data/labels.csv',
    'data/.diffusion-written.json',
    'classical/card.json',
    'classical/classifier.json',
    'network/card.json',
    'network/model.json',
    'network/weights.bin',
    'predictions.csv',
  ];
  const samples = new Map();
  for (const name of names) samples.set(name, await readFile(at(name)));
  samples.set('tracks.csv.gz', gzipSync(samples.get('tracks.csv')));
  samples.set('checkpoint.bin', await checkpoint(network.split(' '), folder));
  return samples;
}

/** What a training that was stopped leaves, said to be of two epochs of which one is done. */
async function checkpoint(network, folder) {
  const args = [...network, '--epochs', '9999', '--output', 'stopped'];
  const { child, ended } = startProcess('diffusion', args, folder);
  const path = join(folder, 'stopped/checkpoint.bin');
  const still = setInterval(() => existsSync(path) && child.kill('SIGTERM'), 20);
  const { err } = await ended;
  clearInterval(still);
  if (!existsSync(path)) throw new Error(`no checkpoint: ${err}`);
  const bytes = await readFile(path);
  return withHeader(bytes, (header) => ({
    ...header,
    history: header.history.slice(0, 1),
    run: { ...header.run, epochs: 2 },
  }));
}

/** A checkpoint with another header: the second line, JSON. */
export function withHeader(bytes, change) {
  const start = bytes.indexOf(10) + 1;
  const end = bytes.indexOf(10, start);
  const header = change(JSON.parse(bytes.subarray(start, end).toString()));
  return Buffer.concat([
    bytes.subarray(0, start),
    Buffer.from(JSON.stringify(header)),
    bytes.subarray(end),
  ]);
}
