import { normalUnit } from './units.ts';

/** The key under which the writers of Parquet and Arrow say the scales of the tracks: a JSON document. */
export const SCALES_KEY = 'diffusion-tracks';

/** What is said there. */
export interface Scales {
  dt: number;
  timeUnit: string;
  positionUnit: string;
}

/** The scales that a document says; nothing of what is not as it is written. */
export function readScales(text: string | undefined): Partial<Scales> {
  let document: unknown;
  try {
    document = JSON.parse(text ?? '');
  } catch {
    return {};
  }
  if (typeof document !== 'object' || document === null) return {};
  const { dt, timeUnit, positionUnit } = document as Record<string, unknown>;
  const stated = typeof dt === 'number' && dt > 0 && Number.isFinite(dt);
  return {
    ...(stated && { dt }),
    ...(typeof timeUnit === 'string' && { timeUnit: normalUnit(timeUnit) }),
    ...(typeof positionUnit === 'string' && { positionUnit: normalUnit(positionUnit) }),
  };
}
