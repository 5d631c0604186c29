import { columnValue } from '@diffusion/tracks';
import { computed } from '@preact/signals-core';
import { answers, estimates, loaded } from './state.ts';
import { view } from './view.ts';

/** The rows that pass the filters and lie in the brush; 1 for each. */
export const shown = computed<Uint8Array>(() => {
  const now = loaded.value;
  if (!now) return new Uint8Array(0);
  const { hidden, condition, minPoints, text, brush } = view.value;
  const { tracks, conditionOf, conditions } = now;
  const best = hidden.length > 0 ? answers.value?.best : undefined;
  const mask = new Uint8Array(tracks.count).fill(1);
  const wanted = conditions.indexOf(condition);
  const ids = tracks.trackColumns.track;
  const files = tracks.trackColumns.file;
  const lower = text.trim().toLowerCase();
  for (let i = 0; i < tracks.count; i++) {
    if (tracks.lengthOf(i) < minPoints) mask[i] = 0;
    else if (best && hidden.includes(best[i])) mask[i] = 0;
    else if (wanted >= 0 && conditionOf && conditionOf[i] !== wanted) mask[i] = 0;
    else if (lower) {
      const name = `${ids ? columnValue(ids, i) : i} ${files ? columnValue(files, i) : ''}`;
      if (!name.toLowerCase().includes(lower)) mask[i] = 0;
    }
  }
  if (brush?.of === 'plane') {
    const found = estimates.value;
    for (let i = 0; i < tracks.count; i++) {
      const one = found[i];
      const [x, y] = one ? [one.alpha.value, one.diffusion.value] : [Number.NaN, Number.NaN];
      if (!(x >= brush.x[0] && x <= brush.x[1] && y >= brush.y[0] && y <= brush.y[1])) mask[i] = 0;
    }
  } else if (brush) {
    const { positions, offsets, dim, dt, frames } = tracks;
    for (let i = 0; i < tracks.count; i++) {
      if (!mask[i]) continue;
      let inside = false;
      for (let p = offsets[i]; p < offsets[i + 1] && !inside; p++) {
        const x = dim === 1 ? dt * (frames ? frames[p] : p - offsets[i]) : positions[p * dim];
        const y = dim === 1 ? positions[p] : positions[p * dim + 1];
        inside = x >= brush.x[0] && x <= brush.x[1] && y >= brush.y[0] && y <= brush.y[1];
      }
      if (!inside) mask[i] = 0;
    }
  }
  return mask;
});

/** Their places. */
export const shownRows = computed<Uint32Array>(() => {
  const mask = shown.value;
  let count = 0;
  for (const one of mask) count += one;
  const rows = new Uint32Array(count);
  let next = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i]) rows[next++] = i;
  return rows;
});

/** Whether anything is left out. */
export const isFiltered = computed(
  () => shownRows.value.length < (loaded.value?.tracks.count ?? 0),
);
