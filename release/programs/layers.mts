/** Types that were lost in declarations are `any`: what is not there would be accepted. */
import {
  DilatedConv1D,
  dilatedConv1D,
  fusedBatchNormalization,
  fusedLSTM,
} from '@diffusion/backends/layers';
import { input, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';

class Own extends DilatedConv1D {
  static override readonly className: string = 'Own';
}
const x = input({ shape: [null, 2] });
const y = new Own({ filters: 4, kernelSize: 3 }).apply(x) as SymbolicTensor;
const z = dilatedConv1D({ filters: 4, kernelSize: 3, padding: 'causal' }).apply(
  y,
) as SymbolicTensor;
const normal = fusedBatchNormalization({ momentum: 0.9 }).apply(z) as SymbolicTensor;
const lstm = fusedLSTM({ units: 3 });
export const name: string = lstm.name;
export const network = model({ inputs: x, outputs: lstm.apply(normal) as SymbolicTensor });
// @ts-expect-error
dilatedConv1D({ filters: 4 });
// @ts-expect-error
new Own({ filters: 4, kernelSize: 3 }).missing;
// @ts-expect-error
fusedBatchNormalization().missing;
// @ts-expect-error
lstm.missing;
