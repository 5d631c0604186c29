import { type Case, type Result, runCase } from './case.ts';
import { conformanceCases } from './conformance-cases.ts';

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
