import type { Output } from '@diffusion/models';
import type { Answer } from '@diffusion/simulate';
import { dataSetsOf } from './data-sets-of.ts';
import type { OneLengthData, Recipe, SimulatedData } from './recipe.ts';

/** What simulated tracks are made to answer: two sets that are made for different answers, both of them. */
export function outputOf(data: SimulatedData | OneLengthData, seed: number): Output {
  const sets = dataSetsOf(data, 1, () => seed);
  const asked = new Set<Answer>(data.answers ?? sets.map(({ answers }) => answers[0]));
  const [{ classes }] = sets;
  if (sets.some(({ answers }) => answers[0] === 'points')) return { kind: 'points', classes };
  if (asked.size > 1) return { kind: 'both', classes };
  return asked.has('exponent') ? { kind: 'exponent' } : { kind: 'classes', classes };
}

/** The same, with a spread of the exponent where the loss of a recipe asks for one. */
export function withSpread(output: Output, recipe: Recipe): Output {
  const spread = 'loss' in recipe && recipe.loss?.exponent === 'gaussian';
  const hasExponent = output.kind === 'exponent' || output.kind === 'both';
  return spread && hasExponent ? { ...output, spread } : output;
}
