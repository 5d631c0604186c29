import { type Dim, Tracks } from '@diffusion/tracks';
import { referenceText } from '../../../fixtures/reference.ts';

interface Reference {
  readonly features: Record<
    string,
    { readonly tolerance: { readonly rel: number; readonly abs: number } }
  >;
  readonly trajectories: readonly {
    readonly id: string;
    readonly dims: Dim;
    readonly dt: number;
    readonly points: readonly (readonly number[])[];
    readonly features: Record<string, number | null>;
  }[];
}

/** The reference values: 40 tracks and their features, computed with numpy independently of this package. */
export function reference(): Reference {
  return JSON.parse(referenceText('features-values.json.gz')) as Reference;
}

/** A set of one track from its points. */
export function oneTrack(
  points: readonly (readonly number[])[],
  options: { readonly dt?: number; readonly dim?: Dim; readonly frames?: readonly number[] } = {},
): Tracks {
  const dim = options.dim ?? (points[0].length as Dim);
  return new Tracks({
    positions: Float64Array.from(points.flat()),
    offsets: Uint32Array.of(0, points.length),
    dim,
    dt: options.dt ?? 1,
    ...(options.frames && { frames: Int32Array.from(options.frames) }),
  });
}
