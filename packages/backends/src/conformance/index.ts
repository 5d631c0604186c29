import { arithmeticCases } from './arithmetic.ts';
import { type Case, type Result, runCase } from './case.ts';
import { convolutionCases } from './convolution.ts';
import { normalisationCases } from './normalisation.ts';
import { poolingCases } from './pooling.ts';
import { recurrentCases } from './recurrent.ts';
import { shapingCases } from './shaping.ts';

export { type Case, type Result, runCase, TOLERANCE } from './case.ts';

/** Every op that the models of this project use, with its gradients, against float64. */
export const conformanceCases: Case[] = [
  ...arithmeticCases,
  ...convolutionCases,
  ...normalisationCases,
  ...poolingCases,
  ...recurrentCases,
  ...shapingCases,
];

/**
 * Runs the conformance suite on tfjs' current backend.
 *
 * @returns a result per case; one with a `problem` did not conform.
 * @example
 * await useBackend('webgl');
 * const failed = (await checkConformance()).filter(({ problem }) => problem);
 */
export async function checkConformance(cases: Case[] = conformanceCases): Promise<Result[]> {
  const results: Result[] = [];
  for (const one of cases) results.push(await runCase(one));
  return results;
}
