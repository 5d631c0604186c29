import { integerOption } from '../options.ts';

/** Widths of the convolutions of the networks in stages, `multiscale` and `segmenter`. */
export const stageOptions = {
  kernelSize: integerOption({
    default: 5,
    min: 1,
    max: 99,
    odd: true,
    description: 'Width of the convolutions in the stages.',
  }),
  stemKernelSize: integerOption({
    default: 7,
    min: 1,
    max: 99,
    odd: true,
    description: 'Width of the first convolution.',
  }),
};
