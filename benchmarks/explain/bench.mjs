// Where methods of explanation look on tracks of which the informative part is known: a burst of 10 to 30 frames of 300. Per
// question two networks are trained alike, a minute or two each; every method explains the answer `burst` of tracks that the first
// of them judges rightly. Results are kept in docs/explanations-bursts.json.
//   pnpm bench explain [--tracks N] [--models FOLDER] [--only QUESTION,…] [--json] [--fill]
//   --tracks N       tracks with a burst that are explained (40)
//   --models FOLDER  trained networks are kept there, and read again
//   --fill           writes the tables of docs/explanations.md from what is kept
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { useBackend } from '@diffusion/backends';
import {
  deletionCurves,
  explainTracks,
  mapAgreement,
  motionLawsOf,
  occlusion,
  shareWithin,
  withShuffledWeights,
} from '@diffusion/eval/explain';
import { selectTracks } from '@diffusion/tracks';
import { fillPage, markdown } from '../backends/fill-page.mjs';
import { burstNetwork } from './burst-network.mjs';
import { burstTracks, QUESTIONS } from './burst-tracks.mjs';

const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    tracks: { ...text, default: '40' },
    ...{ models: text, only: text },
    ...{ json: { type: 'boolean' }, fill: { type: 'boolean' } },
  },
});
const kept = new URL('../../docs/explanations-bursts.json', import.meta.url);
const results = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
const note = (line) => process.stderr.write(`bench explain: ${line}\n`);
const METHODS = ['lrp', 'integrated-gradients', 'gradient-input', 'smooth-gradient', 'occlusion'];

const mean = (numbers) => {
  const known = Array.from(numbers).filter(Number.isFinite);
  return known.reduce((sum, x) => sum + x, 0) / known.length;
};
const short = (x) => Number(x.toPrecision(4));

if (!values.fill) {
  await useBackend('wasm', { wide: true });
  const asked = values.only?.split(',') ?? Object.keys(QUESTIONS);
  for (const question of asked) {
    const how = { tracks: 8000, epochs: 6, folder: values.models, note };
    const models = [];
    for (const seed of [1, 2]) models.push(await burstNetwork(question, { ...how, seed }));
    results[question] = await ask(question, models);
    writeFileSync(kept, `${JSON.stringify(results, null, 2)}\n`);
    for (const model of models) model.dispose();
  }
  if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
} else fill();

async function ask(question, [model, twin]) {
  const count = 3 * Number(values.tracks);
  const all = burstTracks(question, count, 77);
  const { codes, labels } = await model.predict(all);
  const right = labels.filter((label, i) => label === (i % 2 ? 'burst' : 'none')).length / count;
  const rows = [...codes.keys()].filter((i) => i % 2 === 1 && codes[i] === 1);
  const tracks = selectTracks(all, rows.slice(0, Number(values.tracks)));
  const { burst } = tracks.pointColumns;
  const share = mean(burst);
  const laws = motionLawsOf(tracks);
  const found = { accuracy: short(right), tracks: tracks.count, share: short(share), methods: {} };
  for (const method of METHODS) {
    const explain = (each) => () =>
      method === 'occlusion'
        ? occlusion(tracks, each, { target: 'burst', laws })
        : explainTracks(tracks, each, { method, target: 'burst' });
    const begin = performance.now();
    const map = await explain(model)();
    const time = performance.now() - begin;
    const shuffled = await withShuffledWeights(model.network, explain(model));
    const other = await explain(twin)();
    const onBurst = ({ points }) => short(mean(shareWithin(tracks, points, burst)) / share);
    const after = mapAgreement(tracks, [map.points, shuffled.points]);
    const repeated = mapAgreement(tracks, [map.points, other.points]);
    const { areas } = await deletionCurves(tracks, model, map, { laws, draws: 1 });
    found.methods[method] = {
      burst: onBurst(map),
      shuffled: onBurst(shuffled),
      'agreement, shuffled': short(after.correlation),
      'agreement, trained again': short(repeated.correlation),
      'points in common': short(repeated.overlap),
      deletion: short(areas.deletion - areas.randomDeletion),
      insertion: short(areas.insertion - areas.randomInsertion),
      'ms per track': short(time / tracks.count),
    };
    note(`${question}, ${method}: ${JSON.stringify(found.methods[method])}`);
  }
  return found;
}

function fill() {
  const questions = Object.keys(QUESTIONS).filter((name) => results[name]);
  const cell = (of) => (method) =>
    questions.map((name) => {
      const own = results[name].methods[method];
      return of(own);
    });
  const onBurst = cell(({ burst, shuffled }) => `${burst.toFixed(1)} (${shuffled.toFixed(1)})`);
  fillPage(
    'bursts',
    markdown([
      ['method', ...questions, 'mean', 'ms per track'],
      ...METHODS.map((method) => {
        const own = questions.map((name) => results[name].methods[method]);
        return [
          `\`${method}\``,
          ...onBurst(method),
          `${mean(own.map(({ burst }) => burst)).toFixed(1)} (${mean(own.map(({ shuffled }) => shuffled)).toFixed(1)})`,
          mean(own.map((each) => each['ms per track'])).toFixed(0),
        ];
      }),
    ]),
    'explanations.md',
  );
  const over = (method, name) =>
    mean(questions.map((question) => results[question].methods[method][name])).toFixed(2);
  fillPage(
    'faithfulness',
    markdown([
      [
        'method',
        'deletion − any order',
        'insertion − any order',
        'agreement, weights shuffled',
        'agreement, trained again',
        'of 25 points in common',
      ],
      ...METHODS.map((method) => [
        `\`${method}\``,
        over(method, 'deletion').replace('-', '−'),
        over(method, 'insertion').replace('-', '−'),
        over(method, 'agreement, shuffled').replace('-', '−'),
        over(method, 'agreement, trained again'),
        `${Math.round(100 * over(method, 'points in common'))} %`,
      ]),
    ]),
    'explanations.md',
  );
}
