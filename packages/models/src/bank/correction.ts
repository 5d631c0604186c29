import { isTextColumn, type Tracks } from '@diffusion/tracks';
import { domainReasons } from '../domain/domain-reasons.ts';
import { encoder } from '../encode/encoder.ts';
import { ModelError } from '../errors.ts';
import { answerRows } from '../predict/answer-rows.ts';
import type { BankModel } from '../predict/model.ts';
import { widthOf } from '../predict/prediction-of.ts';
import { bankAnswering } from './bank-answers.ts';

/**
 * The factor w ≥ 0 with the least Σ |w pᵢ − aᵢ|: the median of aᵢ/pᵢ, each weighted with |pᵢ|. 1 where no pᵢ is other than
 * 0, and where the best factor is not positive.
 *
 * @param predicted exponents pᵢ.
 * @param actual the true ones aᵢ, as many.
 *
 * @example
 * leastAbsoluteFactor([0.5, 1, 1.4], [0.55, 1.1, 1.3]) // 1.1
 */
export function leastAbsoluteFactor(
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
): number {
  const ratios = Array.from(predicted, (p, i) => ({ ratio: actual[i] / p, weight: Math.abs(p) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => a.ratio - b.ratio);
  const half = ratios.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let before = 0;
  for (const { ratio, weight } of ratios) {
    before += weight;
    if (before >= half) return ratio > 0 ? ratio : 1;
  }
  return 1;
}

/**
 * What the exponents of a bank are to be multiplied by: the factor with the least mean absolute error on tracks that none of
 * its networks was trained on, of lengths as they will be judged. The paper (Li, Yao & Huang 2021) has 1.0110, 1.0129 and
 * 1.0083 of 100,000 such tracks in 1D, 2D and 3D, and does not say how it found them. The cut to [0.05, 2] is left out of it.
 *
 * Throws {@link ModelError} for a bank that answers with classes, and for tracks without a numeric column `alpha`.
 *
 * @param tracks those outside of the bank's domain are passed over.
 *
 * @example
 * const corrected = bankModel(networks, { correction: await estimateCorrection(bank, validation) });
 */
export async function estimateCorrection(
  { bank, card }: Pick<BankModel, 'bank' | 'card'>,
  tracks: Tracks,
): Promise<number> {
  const { output, domain } = card;
  if (output.kind !== 'exponent') {
    throw new ModelError('the bank answers with classes: expected one that answers with exponents');
  }
  const { alpha } = tracks.trackColumns;
  if (!alpha || isTextColumn(alpha)) {
    throw new ModelError(
      'tracks have no numeric column alpha: expected the exponents to compare with',
    );
  }
  const reasons = await domainReasons(domain, tracks);
  const rows = [...reasons.keys()].filter((i) => reasons[i] === undefined);
  const encode = encoder(card.encoder);
  const asked = { bank, encoder: encode, output, correction: undefined };
  const width = widthOf(output);
  const raw = await answerRows(bankAnswering(asked), width, tracks, rows);
  const known = rows.filter((i) => Number.isFinite(raw[i * width]) && Number.isFinite(alpha[i]));
  return leastAbsoluteFactor(
    known.map((i) => raw[i * width]),
    known.map((i) => alpha[i]),
  );
}
