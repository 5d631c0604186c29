// How often the 95 % intervals of segments hold what is true: of moving segments that cover a true one by 80 %, and are covered by it.

/** Shares over the segments of an experiment. */
export function intervalsHold(truth, segments) {
  const held = { alpha: 0, diffusion: 0, segments: 0 };
  segments.forEach((own, i) => {
    const true_ = truth[i].map((one, k) => ({ ...one, from: k === 0 ? 0 : truth[i][k - 1].to }));
    for (const segment of own) {
      const common = (one) => Math.min(one.to, segment.to) - Math.max(one.from, segment.from);
      const [nearest] = [...true_].sort((a, b) => common(b) - common(a));
      const longest = Math.max(segment.to - segment.from, nearest.to - nearest.from);
      if (common(nearest) < 0.8 * longest) continue;
      if (nearest.diffusion === 0 || segment.diffusion === 0) continue;
      held.segments++;
      for (const name of ['alpha', 'diffusion']) {
        const [low, high] = segment[`${name}Interval`];
        if (low <= nearest[name] && nearest[name] <= high) held[name]++;
      }
    }
  });
  return {
    segments: held.segments,
    alpha: held.alpha / held.segments,
    diffusion: held.diffusion / held.segments,
  };
}
