import { arithmeticCases } from './arithmetic.ts';
import type { Case } from './case.ts';
import { convolutionCases } from './convolution.ts';
import { normalisationCases } from './normalisation.ts';
import { poolingCases } from './pooling.ts';
import { recurrentCases } from './recurrent.ts';
import { shapingCases } from './shaping.ts';

/** Every op that the models of this project use, with its gradients, against float64. */
export const conformanceCases: Case[] = [
  ...arithmeticCases,
  ...convolutionCases,
  ...normalisationCases,
  ...poolingCases,
  ...recurrentCases,
  ...shapingCases,
];
