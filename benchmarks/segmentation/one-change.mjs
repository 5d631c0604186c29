// Whether and where a 1D track changes its model of motion once, after a published protocol: five models of the AnDi challenge, half of
// the tracks with a change in the middle 60 %. A network's score is that of `likeliestChange`; thresholds are chosen on other tracks.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changePoint } from '@diffusion/simulate';

const LENGTHS = [100, 200];
/** Seeds of what thresholds are chosen on, and of what is scored; the recipe's is another. */
const SEEDS = { choose: 301, score: 302 };

/** Detection at a threshold: a track is said to change where its score reaches it. */
function detection(scores, changes, threshold) {
  let [found, invented, missed] = [0, 0, 0];
  scores.forEach((score, i) => {
    if (score >= threshold) changes[i] > 0 ? found++ : invented++;
    else if (changes[i] > 0) missed++;
  });
  const still = changes.filter((change) => change === 0).length;
  return {
    f1: (2 * found) / (2 * found + invented + missed),
    recall: found / (found + missed),
    falseAlarms: invented / still,
  };
}

/** The threshold of the best F1, and the one that 5 % of the tracks without a change reach. */
function thresholdsOf(scores, changes) {
  const sorted = [...scores].sort((a, b) => a - b);
  const best = sorted.reduce(
    (top, threshold) => {
      const { f1 } = detection(scores, changes, threshold);
      return f1 > top.f1 ? { threshold, f1 } : top;
    },
    { threshold: Number.POSITIVE_INFINITY, f1: 0 },
  );
  const still = scores.filter((_, i) => changes[i] === 0).sort((a, b) => b - a);
  return { best: best.threshold, strict: still[Math.floor(still.length / 20)] };
}

/** Scores and places of a method on the tracks of a set. */
async function networkAnswers(model) {
  const { likeliestChange, networkSegments } = await import('@diffusion/models');
  return async (tracks) => {
    const { changes, reasons } = await networkSegments(model, tracks, { shrink: false });
    const reason = reasons.find(Boolean);
    if (reason) throw new Error(`the network does not judge a track: ${reason.text}`);
    return Array.from({ length: tracks.count }, (_, i) =>
      likeliestChange(changes.subarray(tracks.offsets[i], tracks.offsets[i + 1])),
    );
  };
}

/** Answers of ruptures: the best single change, and by how much the cost falls with it, which is the largest penalty at which it is made. */
function singleChangeAnswers(python, work) {
  return async (tracks) => {
    const path = join(work, 'one-change.json');
    const rows = Array.from(tracks, ({ positions }) => [...positions]);
    writeFileSync(path, JSON.stringify(rows));
    const script = join(import.meta.dirname, 'ruptures_one_change.py');
    return JSON.parse(
      execFileSync(python, [script, path], { encoding: 'utf8', maxBuffer: 2 ** 28 }),
    );
  };
}

/** Figures of every method at both lengths. */
export async function oneChange({ model, python, work, count, note }) {
  const methods = [
    ...(python ? [{ name: 'best single change', answers: singleChangeAnswers(python, work) }] : []),
    ...(model ? [{ name: 'network', answers: await networkAnswers(model) }] : []),
  ];
  const rows = [];
  for (const length of LENGTHS) {
    const [other, scored] = [SEEDS.choose, SEEDS.score].map((seed) =>
      changePoint({ count, seed, length }).generate(),
    );
    for (const { name, answers } of methods) {
      note(`one change, ${name}, ${length} points`);
      const chosen = thresholdsOf(
        (await answers(other)).map(({ score }) => score),
        [...other.trackColumns.change],
      );
      const said = await answers(scored);
      const changes = [...scored.trackColumns.change];
      const scores = said.map(({ score }) => score);
      const errors = said.flatMap(({ place }, i) =>
        changes[i] > 0 ? [Math.abs(place - changes[i])] : [],
      );
      const strict = detection(scores, changes, chosen.strict);
      rows.push({
        name,
        length,
        tracks: count,
        f1: detection(scores, changes, chosen.best).f1,
        placeError: errors.reduce((sum, error) => sum + error, 0) / errors.length,
        recall: strict.recall,
        falseAlarms: strict.falseAlarms,
      });
    }
  }
  return rows;
}
