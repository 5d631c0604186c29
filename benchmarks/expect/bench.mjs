import { useBackend } from '@diffusion/backends';
import { expectOn } from '@diffusion/expect';
import { mostProbable } from '@diffusion/tracks';
import { loadPretrained } from '@diffusion/weights';
import { unknownFile } from './unknown-files.mjs';

await useBackend('wasm');
const model = await loadPretrained('motion-2d');
const files = Number(process.argv[2] ?? 20);
const per = {};
let all = 0,
  inAcc = 0,
  seconds = 0;
for (let i = 0; i < files; i++) {
  const tracks = unknownFile(1, i);
  const t = performance.now();
  const found = await expectOn(tracks, model, { seed: i + 1 });
  seconds += (performance.now() - t) / 1000;
  const { classes, probabilities } = await model.predict(tracks);
  const { codes, dictionary } = tracks.trackColumns.label;
  const called = mostProbable(probabilities, classes.length, classes.length);
  const truth = Array.from(codes, (c) => classes.indexOf(dictionary[c]));
  let right = 0,
    judged = 0;
  truth.forEach((c, k) => {
    if (called[k] >= 0) {
      judged++;
      if (called[k] === c) right++;
    }
  });
  all++;
  const acc = right / judged;
  if (acc >= found.accuracy.low && acc <= found.accuracy.high) inAcc++;
  const z = (acc - found.accuracy.value) / ((found.accuracy.high - found.accuracy.low) / 3.92);
  const line = [];
  classes.forEach((name, c) => {
    const own = truth.flatMap((x, k) => (x === c && called[k] >= 0 ? [called[k] === c] : []));
    const named = truth.flatMap((x, k) => (called[k] === c ? [x === c] : []));
    const s = (per[name] ??= {
      n: 0,
      recall: 0,
      width: 0,
      bias: 0,
      p: 0,
      precision: 0,
      share: 0,
      sbias: 0,
    });
    const r = found.classes[c];
    const share = truth.filter((x) => x === c).length / truth.length;
    if (share >= r.share.low - 1e-9 && share <= r.share.high + 1e-9) s.share++;
    s.sbias += r.share.value - share;
    if (own.length > 0) {
      const value = own.filter(Boolean).length / own.length;
      s.n++;
      s.bias += r.recall.value - value;
      s.width += r.recall.high - r.recall.low;
      if (value >= r.recall.low - 1e-9 && value <= r.recall.high + 1e-9) s.recall++;
    }
    if (named.length > 0) {
      const value = named.filter(Boolean).length / named.length;
      s.p++;
      if (value >= r.precision.low - 1e-9 && value <= r.precision.high + 1e-9) s.precision++;
    }
  });
}
console.log(
  `files ${files}, ${(seconds / files).toFixed(1)} s each, accuracy in ${(inAcc / all).toFixed(2)}`,
);
let [a, b] = [0, 0];
for (const [name, s] of Object.entries(per)) {
  a += s.recall;
  b += s.n;
  console.log(
    name.padEnd(14),
    'share in',
    (s.share / files).toFixed(2),
    'bias',
    (s.sbias / files).toFixed(3),
    'recall in',
    (s.recall / s.n).toFixed(2),
    'bias',
    (s.bias / s.n).toFixed(3),
    'width',
    (s.width / s.n).toFixed(2),
    'precision in',
    (s.precision / s.p).toFixed(2),
  );
}
console.log('recall in', (a / b).toFixed(3));
