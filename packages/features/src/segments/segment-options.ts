import { checkOptions, type OptionNames, shown } from '@diffusion/tracks/messages';
import { FeaturesError } from '../errors.ts';
import type { StateRule } from './judge-segment.ts';

/** What every classical method of segmentation is told. */
export interface SegmentOptions {
  /** Localisation error σ per axis, in the unit of the positions; 0 for none. */
  readonly sigma: number;
  /** Exposure as a fraction of the frame, 0 unless told. */
  readonly exposure?: number;
  /** What a segment is called for its α: directed from 1.85 on and confined below 0.3 unless told. */
  readonly rule?: StateRule;
}

const NAMES: OptionNames<SegmentOptions> = { sigma: true, exposure: true, rule: true };

/** Throws {@link FeaturesError} for options that are none, or not in their ranges. */
export function checkSegmentOptions<T extends SegmentOptions>(
  who: string,
  options: T,
  more: Omit<OptionNames<T>, keyof SegmentOptions>,
): void {
  checkOptions<T>(who, options, { ...NAMES, ...more } as OptionNames<T>, FeaturesError);
  const { sigma, exposure = 0 } = options;
  const penalty = (options as { readonly penalty?: number }).penalty ?? 1;
  if (!(sigma >= 0 && Number.isFinite(sigma))) {
    throw new FeaturesError(`sigma is ${shown(sigma)}: expected a number of at least 0`);
  }
  if (!(exposure >= 0 && exposure <= 1)) {
    throw new FeaturesError(
      `exposure is ${shown(exposure)}: expected a fraction of the frame, 0 to 1`,
    );
  }
  if (!(penalty > 0 && Number.isFinite(penalty))) {
    throw new FeaturesError(`penalty is ${shown(penalty)}: expected a positive number`);
  }
}
