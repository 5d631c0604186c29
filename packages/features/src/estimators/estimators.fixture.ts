import { readFileSync } from 'node:fs';
import type { Track } from '@diffusion/tracks';
import type { TrackContext } from '../context.ts';
import type { Estimate } from './estimate.ts';
import { estimateCve } from './estimate-cve.ts';
import { estimateFbm } from './estimate-fbm.ts';
import { estimateLinear } from './estimate-linear.ts';
import { estimateLogLog } from './estimate-log-log.ts';
import { estimateMichalet } from './estimate-michalet.ts';
import { estimateMle } from './estimate-mle.ts';
import { estimatePowerLaw } from './estimate-power-law.ts';

/** A row of calibration.json: what scripts/calibrate.mjs found for an estimator under a condition. */
export interface Calibration {
  readonly estimator: string;
  readonly quantity: 'diffusion' | 'alpha';
  readonly length: number;
  readonly alpha: number;
  readonly noiseVariance: number;
  readonly tracks: number;
  readonly bias: number;
  readonly biasError: number;
  /** Null where the estimator does not know its bias. */
  readonly knownBias: number | null;
  readonly deviation: number;
  readonly meanStandardError: number;
  readonly coverage: number;
  readonly coverageInside: number;
  readonly atEdge: number;
}

/** The calibration that the documentation shows. */
export const calibrations = JSON.parse(
  readFileSync(new URL('../../calibration.json', import.meta.url), 'utf8'),
) as Calibration[];

/** D or α of a track by the estimator of that name in calibration.json. */
export const ESTIMATORS: Record<
  string,
  (track: Track | TrackContext, noiseVariance: number) => Estimate
> = {
  'estimateLinear ordinary': (track) => estimateLinear(track).diffusion,
  'estimateLinear weighted': (track) => estimateLinear(track, { weighting: 'weighted' }).diffusion,
  'estimateLinear generalised': (track) =>
    estimateLinear(track, { weighting: 'generalised' }).diffusion,
  estimateMichalet: (track) => estimateMichalet(track).diffusion,
  estimateCve: (track) => estimateCve(track).diffusion,
  estimateMle: (track) => estimateMle(track).diffusion,
  'estimateLogLog ordinary': (track) => estimateLogLog(track).alpha,
  'estimateLogLog weighted': (track) => estimateLogLog(track, { weighting: 'weighted' }).alpha,
  'estimateLogLog generalised': (track) =>
    estimateLogLog(track, { weighting: 'generalised' }).alpha,
  'estimatePowerLaw none': (track) => estimatePowerLaw(track).alpha,
  'estimatePowerLaw offset': (track) => estimatePowerLaw(track, { correction: 'offset' }).alpha,
  'estimatePowerLaw difference': (track) =>
    estimatePowerLaw(track, { correction: 'difference' }).alpha,
  estimateFbm: (track) => estimateFbm(track).alpha,
  'estimateFbm known noise': (track, noiseVariance) => estimateFbm(track, { noiseVariance }).alpha,
  'estimateFbm free noise': (track) => estimateFbm(track, { noiseVariance: 'estimate' }).alpha,
};
