// Chooses from what probability on a network that knows any unit says a change, on draws that nothing is scored on and nothing is
// learnt from, and writes that to its card: of the pairs of thresholds that at most 5 % of steady tracks reach (Brownian and
// fractional motion of 200 points, Q from 0.3 to 3, blur, gaps), the one with the largest Jaccard similarity of changes.
//   node benchmarks/segmentation/choose-changes.mjs MODEL [TRACKS]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { loadTrackModel } from '@diffusion/models/node';
import { generalThresholds } from './general.mjs';

const [folder, count = '300'] = process.argv.slice(2);
await useBackend('wasm', { wide: true });
const model = await loadTrackModel(folder);
const note = (text) => process.stderr.write(`${text}\n`);
const rows = await generalThresholds({ model, count: Number(count), note });
const quiet = rows.filter(({ alarms }) => alarms <= 0.05);
const best = quiet.reduce((top, row) => (row.jaccard > top.jaccard ? row : top));
const most = rows.reduce((top, row) => (row.jaccard > top.jaccard ? row : top));
process.stdout.write(`${JSON.stringify({ best, most }, null, 1)}\n`);
const path = join(folder, 'card.json');
const card = JSON.parse(readFileSync(path, 'utf8'));
const { threshold, first } = best;
card.output.changes = { threshold, first };
writeFileSync(path, `${JSON.stringify(card, null, 1)}\n`);
