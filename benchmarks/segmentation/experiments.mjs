// The challenge's folders as tracks and true segments, and answers as folders that its program reads.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { andi2AnswerPath, andi2AnswerRows, andi2Fields, parseAndi2Answers } from '@diffusion/eval';
import { joinTracks } from '@diffusion/tracks';
import { readTracks } from '@diffusion/tracks/node';

/** Every experiment of a folder: its tracks as one set, their true segments, and where each comes from. */
export async function readExperiments(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const experiments = new Map();
  for (const field of andi2Fields(paths).filter(({ tracks, truth }) => tracks && truth)) {
    const { tracks } = await readTracks([join(folder, field.tracks)]);
    const truth = new Map(
      parseAndi2Answers(readFileSync(join(folder, field.truth), 'utf8'), field.truth).map(
        ({ track, segments }) => [track, segments],
      ),
    );
    const ids = tracks.trackColumns.track;
    const one = experiments.get(field.experiment) ?? { sets: [], truth: [], places: [] };
    one.sets.push(tracks);
    for (let i = 0; i < tracks.count; i++) {
      const id = ids.dictionary ? Number(ids.dictionary[ids.codes[i]]) : Number(ids[i]);
      one.truth.push(truth.get(id));
      one.places.push({ field, track: id });
    }
    experiments.set(field.experiment, one);
  }
  return [...experiments].map(([number, { sets, truth, places }]) => ({
    number,
    tracks: joinTracks(sets),
    truth,
    places,
    law: lawOf(join(folder, `track_2/exp_${number}/ensemble_labels.txt`)),
  }));
}

/** Mean and variance of α and K of each state of an experiment, and its share. */
function lawOf(path) {
  const rows = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(';').map(Number));
  return rows[0].map((_, k) => ({
    alpha: [rows[0][k], rows[1][k]],
    diffusion: [rows[2][k], rows[3][k]],
    share: rows[4][k],
  }));
}

/** Writes the answers to one experiment, fields and tracks as they came. */
export function writeAnswers(folder, { places }, segments) {
  const fields = new Map();
  places.forEach(({ field, track }, i) => {
    const path = join(folder, andi2AnswerPath(field));
    fields.set(path, [...(fields.get(path) ?? []), { track, segments: segments[i] }]);
  });
  for (const [path, tracks] of fields) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, [...andi2AnswerRows(tracks)].join(''));
  }
}
