import { Tracks, textColumn } from './index.ts';

/** Three tracks in 2D: frames 0 1 2, 5 8 9 20, and 3; a number and a text per point and per track. */
export const three = new Tracks({
  positions: Float64Array.from({ length: 16 }, (_, i) => i / 2),
  offsets: Uint32Array.of(0, 3, 7, 8),
  dim: 2,
  frames: Int32Array.of(0, 1, 2, 5, 8, 9, 20, 3),
  dt: 0.03,
  positionUnit: 'µm',
  timeUnit: 's',
  pointColumns: {
    sigma: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    state: textColumn([...'aabbabac']),
  },
  trackColumns: { alpha: Float64Array.of(0.1, 0.2, 0.3), label: textColumn(['ND', 'CD', 'ND']) },
});
