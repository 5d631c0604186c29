import { deriveSeed } from '@diffusion/random';
import { motion } from '@diffusion/simulate';
import { judged, judgedTracks } from '../judged.mjs';
import { mean } from '../statistics.mjs';
import { unseenLaws, unseenTracks } from '../unseen-laws.mjs';

/** Laws of the class `other` that show plainly what they are in some of their tracks. */
const KNOWN = ['ctrw', 'levy-walk', 'attm', 'sbm'];
const REST = [
  'superdiffusive',
  'directed-subdiffusive',
  'switching-diffusion',
  'switching-directed',
  'switching-confined',
];

/** Classes that are called with a probability above 0.8 and are not what moves there. */
export async function alarms({ model }, { perLaw, seed, tell }) {
  const { dim } = model.card.domain;
  const of = (purpose, options, count = perLaw) =>
    motion({ dim, count, seed: deriveSeed(seed, 'test', 2, purpose), ...options });
  const brownian = await judged(
    model,
    of(0, { laws: ['brownian'], ranges: { q: { min: 0.2, max: 0.5 } } }, 5 * perLaw),
  );
  const rows = [];
  const row = (law, which, all, keep, right) => {
    const indices = [...Array(all.count).keys()].filter(keep);
    rows.push({ law, which, ...callsOf(all, indices, right) });
  };
  const plain = { length: { min: 100 }, ranges: { q: { min: 1 } } };
  for (const [k, law] of [...KNOWN, ...REST].entries()) {
    tell(`alarms: ${law}`);
    // Of ATTM and CTRW about half are clear.
    const all = await judged(
      model,
      of(1 + k, { laws: [law], ...plain }, KNOWN.includes(law) ? 2 * perLaw : perLaw),
      ['clear'],
    );
    if (KNOWN.includes(law)) {
      row(law, 'clear', all, (i) => all.clear[i] === 1, 'other');
      row(law, 'not clear', all, (i) => all.clear[i] === 0, 'other');
    } else row(law, 'Q ≥ 1, N ≥ 100', all, () => true, 'other');
  }
  for (const [k, law] of [...KNOWN, ...REST].entries()) {
    const all = await judged(model, of(20 + k, { laws: [law] }));
    row(law, 'all Q and N', all, () => true, 'other');
  }
  const boundary = await judged(model, of(40, { laws: ['boundary'], ...plain }));
  row('boundary (FBM, α 0.8 – 1)', 'Q ≥ 1, N ≥ 100', boundary, () => true, 'other');
  for (const law of Object.keys(unseenLaws)) {
    tell(`alarms: ${law}`);
    const tracks = unseenTracks(law, { dim, count: perLaw, seed: deriveSeed(seed, 'test', 3) });
    const all = await judgedTracks(model, tracks);
    row(law, 'never seen', all, () => true, 'other');
  }
  return {
    brownian: callsOf(brownian, [...Array(brownian.count).keys()], 'brownian'),
    laws: rows,
  };
}

/** Of some tracks: the share called anything else with more than 0.8, and what they are called, whatever the probability. */
function callsOf({ classes, called, confidence, size }, rows, right) {
  const place = classes.indexOf(right);
  const share = (keep) => mean(rows.map((i) => (keep(i) ? 1 : 0)));
  return {
    count: rows.length,
    alarm: share((i) => called[i] >= 0 && called[i] !== place && confidence[i] > 0.8),
    called: Object.fromEntries(classes.map((name, c) => [name, share((i) => called[i] === c)])),
    undecided: share((i) => size[i] > 1),
    notJudged: share((i) => called[i] < 0),
  };
}
