/** What a statistical rule says of a track; 'undefined' when its statistic is not defined. */
export type MotionClass = 'subdiffusion' | 'free' | 'superdiffusion' | 'undefined';

/** Below `low` subdiffusion, above `high` superdiffusion, between them free. */
export function motionClass(statistic: number, low: number, high: number): MotionClass {
  if (!Number.isFinite(statistic + low + high)) return 'undefined';
  if (statistic < low) return 'subdiffusion';
  return statistic > high ? 'superdiffusion' : 'free';
}
