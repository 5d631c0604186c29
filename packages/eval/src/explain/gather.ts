import type { ChannelOrigin, Encoder } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import { originsOf, pointsOf } from './places.ts';
import type { PointPart, Relevance } from './relevance.ts';

type Sums = Omit<Relevance, 'method' | 'target' | 'baseline' | 'reasons'>;

/**
 * Relevance of the numbers that networks were fed, put together where they come from: points of tracks, by what of the track
 * they tell, and numbers per track, by their names.
 */
export function gathering(tracks: Tracks) {
  const { count, pointCount, offsets } = tracks;
  const points = new Float64Array(pointCount);
  const output = new Float64Array(count);
  const absorbed = new Float64Array(count);
  const parts = new Map<PointPart, Float64Array>();
  const features = new Map<string, Float64Array>();
  const columnOf = <Name>(of: Map<Name, Float64Array>, name: Name, length: number) => {
    const found = of.get(name) ?? new Float64Array(length);
    of.set(name, found);
    return found;
  };

  return {
    /** What was explained of a track, and what nothing took. */
    addAnswer(track: number, explained: number, left: number): void {
      output[track] += explained;
      absorbed[track] += left;
    },

    /**
     * The numbers of a stretch of a track: `values` as the encoder writes them.
     *
     * @param from the first point of the stretch, of `length` points.
     */
    addPoints(
      encoder: Encoder,
      values: Float32Array,
      track: number,
      from: number,
      length: number,
      weight: number,
    ): void {
      const { specification, layout = 'points', channels } = encoder;
      const perPlace = layout === 'picture' ? specification.dim * channels : channels;
      const places = pointsOf(encoder, values.length / perPlace, length);
      const first = offsets[track] + from;
      const origins: readonly ChannelOrigin[] = originsOf(encoder);
      const columns = origins.map(({ of, name }) =>
        of === 'track' ? columnOf(features, name, count) : columnOf(parts, of, pointCount),
      );
      for (let i = 0; i < values.length; i++) {
        const value = values[i] * weight;
        if (value === 0) continue;
        const point = places[Math.floor(i / perPlace)];
        const channel = i % channels;
        if (point < 0) {
          absorbed[track] += value;
          continue;
        }
        const { of, points: reach } = origins[channel];
        if (of === 'track') {
          columns[channel][track] += value;
          continue;
        }
        const share = value / reach.length;
        for (const offset of reach) {
          const to = first + Math.max(0, Math.min(length - 1, point + offset));
          points[to] += share;
          columns[channel][to] += share;
        }
      }
    },

    /** The numbers of a track as a whole. */
    addFeatures(encoder: Encoder, values: Float32Array, track: number, weight: number): void {
      for (let k = 0; k < values.length; k++) {
        const name = encoder.featureNames?.[k] ?? `feature ${k + 1}`;
        columnOf(features, name, count)[track] += values[k] * weight;
      }
    },

    /** All of it; NaN for tracks that were not explained. */
    result(explained: (track: number) => boolean): Sums {
      const perTrack = (values: Float64Array) =>
        Float32Array.from(values, (value, i) => (explained(i) ? value : Number.NaN));
      const perPoint = (values: Float64Array) => {
        const all = Float32Array.from(values);
        for (let i = 0; i < count; i++) {
          if (!explained(i)) all.fill(Number.NaN, offsets[i], offsets[i + 1]);
        }
        return all;
      };
      const names = [...features.keys()];
      const rows = new Float32Array(count * names.length);
      for (const [k, name] of names.entries()) {
        const column = perTrack(features.get(name) as Float64Array);
        for (let i = 0; i < count; i++) rows[i * names.length + k] = column[i];
      }
      return {
        points: perPoint(points),
        parts: Object.fromEntries([...parts].map(([of, values]) => [of, perPoint(values)])),
        ...(names.length > 0 && { features: rows, featureNames: names }),
        output: perTrack(output),
        absorbed: perTrack(absorbed),
      };
    },
  };
}
