/**
 * The sigmoid P(+1) = 1/(1 + exp(a·f + b)) that fits decision values f of classes ±1 best: Platt 1999 with the targets
 * and Newton's method of Lin, Lin & Weng 2007.
 */
export function fitSigmoid(decisions: Float64Array, y: Int8Array): readonly [a: number, b: number] {
  const positive = y.reduce((sum, label) => sum + (label > 0 ? 1 : 0), 0);
  const negative = y.length - positive;
  const targets = Float64Array.from(y, (label) =>
    label > 0 ? (positive + 1) / (positive + 2) : 1 / (negative + 2),
  );
  const loss = (a: number, b: number) =>
    decisions.reduce((sum, f, i) => {
      const z = a * f + b;
      return (
        sum + targets[i] * z + (z >= 0 ? Math.log1p(Math.exp(-z)) : -z + Math.log1p(Math.exp(z)))
      );
    }, 0);
  let a = 0;
  let b = Math.log((negative + 1) / (positive + 1));
  let value = loss(a, b);
  for (let step = 0; step < 100; step++) {
    let [haa, hbb, hab, ga, gb] = [1e-12, 1e-12, 0, 0, 0];
    for (let i = 0; i < y.length; i++) {
      const f = decisions[i];
      const p = sigmoid(a * f + b);
      const weight = p * (1 - p);
      haa += f * f * weight;
      hbb += weight;
      hab += f * weight;
      ga += f * (targets[i] - p);
      gb += targets[i] - p;
    }
    if (Math.abs(ga) < 1e-5 && Math.abs(gb) < 1e-5) break;
    const determinant = haa * hbb - hab * hab;
    const da = -(hbb * ga - hab * gb) / determinant;
    const db = -(haa * gb - hab * ga) / determinant;
    const slope = ga * da + gb * db;
    let length = 1;
    while (
      length >= 1e-10 &&
      loss(a + length * da, b + length * db) >= value + 1e-4 * length * slope
    ) {
      length /= 2;
    }
    if (length < 1e-10) break;
    a += length * da;
    b += length * db;
    value = loss(a, b);
  }
  return [a, b];
}

/** 1/(1 + exp(z)). */
export function sigmoid(z: number): number {
  return z >= 0 ? Math.exp(-z) / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z));
}

/**
 * Class probabilities from those of the pairs, pairwise[i·n + j] = P(i | i or j): the second method of Wu, Lin & Weng
 * 2004, by their iteration.
 */
export function couple(pairwise: Float64Array, out: Float64Array): void {
  const n = out.length;
  const q = new Float64Array(n * n);
  for (let t = 0; t < n; t++) {
    for (let j = 0; j < n; j++) {
      if (j === t) continue;
      q[t * n + t] += pairwise[j * n + t] ** 2;
      q[t * n + j] = -pairwise[j * n + t] * pairwise[t * n + j];
    }
  }
  out.fill(1 / n);
  const qp = new Float64Array(n);
  for (let step = 0; step < Math.max(100, n); step++) {
    let pqp = 0;
    for (let t = 0; t < n; t++) {
      qp[t] = 0;
      for (let j = 0; j < n; j++) qp[t] += q[t * n + j] * out[j];
      pqp += out[t] * qp[t];
    }
    if (qp.every((value) => Math.abs(value - pqp) < 0.005 / n)) break;
    for (let t = 0; t < n; t++) {
      const move = (pqp - qp[t]) / q[t * n + t];
      out[t] += move;
      pqp = (pqp + move * (move * q[t * n + t] + 2 * qp[t])) / (1 + move) ** 2;
      for (let j = 0; j < n; j++) {
        qp[j] = (qp[j] + move * q[t * n + j]) / (1 + move);
        out[j] /= 1 + move;
      }
    }
  }
}
