/** Where times do not fit frames. */
export interface TimeProblem {
  point: number;
  message: string;
}

/** The interval between two frames that the times of the points tell, or the first point that does not fit it. */
export type TimeStep = { dt: number | undefined } | { problem: TimeProblem };

/**
 * Interval per frame from times and frames, both sorted by track and frame: the time that passes within tracks over
 * the frames that pass there (or, where every track is one point, between the first and the last frame). From each
 * point of a track to the next the times must agree with it to one frame, which leaves room for a clock's jitter and
 * for decimals that are too few for the interval, and none for a column that is not the time of these frames.
 *
 * @returns undefined for dt when all points are in one frame
 */
export function timeStep(
  times: Float64Array,
  frames: Int32Array,
  offsets: Uint32Array,
  at: (point: number) => number,
): TimeStep {
  let time = 0;
  let passed = 0;
  for (let i = 0; i + 1 < offsets.length; i++) {
    const first = at(offsets[i]);
    const last = at(offsets[i + 1] - 1);
    time += times[last] - times[first];
    passed += frames[last] - frames[first];
  }
  if (passed === 0) {
    let first = 0;
    let last = 0;
    for (let p = 1; p < frames.length; p++) {
      if (frames[p] < frames[first]) first = p;
      if (frames[p] > frames[last]) last = p;
    }
    time = times[last] - times[first];
    passed = frames[last] - frames[first];
  }
  if (passed === 0) return { dt: undefined };
  const dt = shortest(time / passed);
  if (!(dt > 0)) {
    return {
      problem: {
        point: at(0),
        message: `goes from one frame to the next by ${dt}: expected a positive time`,
      },
    };
  }
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let p = offsets[i] + 1; p < offsets[i + 1]; p++) {
      const a = at(p - 1);
      const b = at(p);
      const expected = (frames[b] - frames[a]) * dt;
      if (Math.abs(times[b] - times[a] - expected) <= 1.000001 * dt) continue;
      return {
        problem: {
          point: b,
          message:
            `is ${times[b]} in frame ${frames[b]}, after ${times[a]} in frame ${frames[a]}: expected about ` +
            `${Number((times[a] + expected).toPrecision(6))}, at ${Number(dt.toPrecision(6))} per frame; ` +
            'give dt to leave this column aside',
        },
      };
    }
  }
  return { dt };
}

/** 0.02 for 0.019999999999999997: the rounding of the subtraction is taken back where a short number is that near. */
function shortest(dt: number): number {
  const short = Number(dt.toPrecision(12));
  return Math.abs(short - dt) <= 1e-14 * Math.abs(dt) ? short : dt;
}
