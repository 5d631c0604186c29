// The methods that the benchmark compares. Each gives the segments of every track of an experiment; none but the reference sees
// what is true.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { segmentByChanges, segmentByMarkov, segmentsAt } from '@diffusion/features';
import { underTheLaw } from './reference.mjs';

/** The challenge's localisation error, in pixels, which it tells its participants. */
export const SIGMA = 0.12;

export const none = {
  name: 'no change point',
  segments: ({ tracks }) => Array.from(tracks, (track) => segmentsAt(track, [], { sigma: SIGMA })),
};

export const changes = {
  name: 'penalised changes',
  classical: true,
  segments: ({ tracks }) => Array.from(tracks, segmentByChanges({ sigma: SIGMA })),
};

export const markov = {
  name: 'hidden Markov model',
  classical: true,
  segments: ({ tracks }) => Array.from(tracks, segmentByMarkov(tracks, { sigma: SIGMA }).segment),
};

export const reference = {
  name: 'true changes, law known',
  segments: ({ tracks, truth, law }) =>
    Array.from(tracks, (track, i) => underTheLaw(track, truth[i], law, SIGMA)),
};

export const trueChanges = {
  name: 'true changes, each by itself',
  segments: ({ tracks, truth }) =>
    Array.from(tracks, (track, i) =>
      segmentsAt(
        track,
        truth[i].slice(0, -1).map(({ to }) => to),
        { sigma: SIGMA },
      ),
    ),
};

/** Changes by ruptures, kernel and penalty chosen on other tracks; α and K as those of the penalised changes. */
export function ruptures(python, folder, { kernel, feature, penalty }) {
  const script = join(import.meta.dirname, 'ruptures_changes.py');
  const found = JSON.parse(
    execFileSync(python, [script, 'find', folder, kernel, feature, String(penalty)], {
      maxBuffer: 2 ** 30,
    }),
  );
  return {
    name: 'ruptures',
    classical: true,
    segments: ({ tracks, places }) =>
      Array.from(tracks, (track, i) => {
        const { field, track: id } = places[i];
        return segmentsAt(track, found[`${field.experiment}/${field.field}`][id], { sigma: SIGMA });
      }),
  };
}

/** A network that answers for every point, by its folder. */
export async function network(where) {
  const { networkSegments } = await import('@diffusion/models');
  const { loadTrackModel } = await import('@diffusion/models/node');
  const { useBackend } = await import('@diffusion/backends');
  await useBackend('wasm', { wide: true });
  const model = await loadTrackModel(where);
  const by =
    (always) =>
    async ({ tracks }, options = {}) =>
      (await networkSegments(model, tracks, { ...options, ...always })).segments;
  return {
    name: 'network',
    segments: by({}),
    /** Without what the tracks of an experiment share. */
    alone: { name: 'network, each track by itself', segments: by({ shrink: false }) },
  };
}
