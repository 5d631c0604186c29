import { shown } from '@diffusion/tracks/messages';
import { EvaluationError } from '../errors.ts';
import type { Method } from './attribution.ts';
import { gradientInput } from './gradients/gradient-input.ts';
import { type Baseline, integratedGradients } from './gradients/integrated-gradients.ts';
import { smoothGradient } from './gradients/smooth-gradient.ts';
import { lrp } from './lrp/propagate.ts';
import { checkRule, type LrpRule } from './lrp/rules.ts';
import type { ExplainMethod } from './relevance.ts';

/** By which method an answer is traced back, and how. */
export interface MethodOptions {
  readonly method: ExplainMethod;
  /**
   * Of relevance propagation: how layers with weights part what they have, the ε rule with 0.01 if left out. What has no
   * weights does it by the ε rule, with this one's ε.
   */
  readonly rule?: LrpRule;
  /** Of relevance propagation: the rule of dense layers; that of the others if left out. */
  readonly denseRule?: LrpRule;
  /** Of integrated gradients: what the path begins at; all numbers 0 if left out. */
  readonly baseline?: Baseline;
  /**
   * Of integrated gradients: nodes of the quadrature; 50 if left out. Rectifiers have no slope where they begin: the error of the
   * integral falls with the number of nodes, no faster.
   */
  readonly steps?: number;
  /** Of SmoothGrad: how many gradients; 25 if left out. */
  readonly samples?: number;
  /** Of SmoothGrad: deviation of the noise as a share of each channel's range over the track; 0.15 if left out. */
  readonly noise?: number;
  /** Of SmoothGrad: what the noise is drawn with; 1 if left out. */
  readonly seed?: number;
}

/**
 * The method that options ask for.
 *
 * Throws {@link EvaluationError} for a method that there is not, and for numbers that make no sense.
 */
export function methodOf(options: MethodOptions): Method {
  const { method, baseline = 'zeros', steps = 50, samples = 25, noise = 0.15, seed = 1 } = options;
  const { rule = { kind: 'epsilon' }, denseRule = rule } = options;
  checkRule('rule', rule);
  checkRule('denseRule', denseRule);
  for (const [name, value] of Object.entries({ steps, samples })) {
    if (!(Number.isInteger(value) && value >= 1 && value <= 10_000)) {
      throw new EvaluationError(`${name} is ${shown(value)}: expected an integer from 1 to 10000`);
    }
  }
  if (!(noise > 0 && noise < Number.POSITIVE_INFINITY)) {
    throw new EvaluationError(`noise is ${shown(noise)}: expected a positive number`);
  }
  if (!Number.isSafeInteger(seed)) {
    throw new EvaluationError(`seed is ${shown(seed)}: expected a safe integer`);
  }
  if (baseline !== 'zeros' && baseline !== 'mean') {
    throw new EvaluationError(`baseline is ${shown(baseline)}: expected zeros or mean`);
  }
  switch (method) {
    case 'lrp':
      return lrp({ rule, denseRule });
    case 'integrated-gradients':
      return integratedGradients({ baseline, steps });
    case 'gradient-input':
      return gradientInput;
    case 'smooth-gradient':
      return smoothGradient({ samples, noise, seed });
    default:
      throw new EvaluationError(
        `method is ${shown(method)}: expected lrp, integrated-gradients, gradient-input or smooth-gradient`,
      );
  }
}
