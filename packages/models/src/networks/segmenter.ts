import { type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { ModelError } from '../errors.ts';
import { integerOption, integersOption, type OptionsOf, seedOption } from '../options.ts';
import { widthOf } from '../predict/prediction-of.ts';
import { defineNetwork } from './define-network.ts';
import { CeilAveragePooling } from './layers/ceil-average-pooling.ts';
import { DoubledPoints } from './layers/doubled-points.ts';
import { inputOf, parts, rectifiedSum } from './parts.ts';
import { stageOptions } from './stage-options.ts';

const options = {
  channels: integerOption({
    default: 13,
    min: 1,
    max: 64,
    description: 'Numbers per point that come in.',
  }),
  outputs: integerOption({
    default: 9,
    min: 1,
    max: 1000,
    description: 'Numbers per point that come out.',
  }),
  widths: integersOption({
    default: [40, 56, 80, 96, 96, 96],
    min: 1,
    max: 1024,
    description: 'Channels of each stage; each after the first works at half the length.',
  }),
  ...stageOptions,
  seed: seedOption,
};

/** What {@link segmenter} is chosen by. */
export type SegmenterOptions = OptionsOf<typeof options>;

/**
 * A network that answers for every point of a track of any length: the stages of `multiscale` on the way down, and on the way
 * up the same residual blocks, each beside what its length looked like before (Ronneberger et al. 2015, added instead of
 * appended as in Chaurasia & Culurciello 2017). Without batch normalisation, whose statistics would depend on the length.
 *
 *     stem    conv 7, act
 *     down i  residual block as in multiscale; means over pairs of points between stages
 *     up i    conv 1 to twice the channels, whose halves become two points; act(that + down i); residual block
 *     head    conv 1
 *
 * Input `track` [batch, time, channels], output `points` [batch, time, outputs]: logits of the states and of a change, α, ln K
 * and the logarithms of how far off the two are, as `widthOf` counts them. 0.73 million parameters. All tracks of a batch have
 * one length. Throws {@link OptionError}.
 *
 * @example
 * segmenter({ widths: [16, 24, 32] }).countParams();
 */
export function segmenter(given: Partial<SegmenterOptions> = {}): LayersModel {
  return segmenterDescription.build(given);
}

function draw(o: SegmenterOptions): LayersModel {
  const { conv } = parts(o.seed);
  const block = (name: string, x: SymbolicTensor, width: number) => {
    const y = conv(`${name}.conv1`, x, width, o.kernelSize, { activation: 'relu' });
    const branch = conv(`${name}.conv2`, y, width, o.kernelSize, { scale: 0.1 });
    const identity =
      x.shape[2] === width
        ? x
        : conv(`${name}.identity`, x, width, 1, { kernelInitializer: 'glorotUniform' });
    return rectifiedSum(`${name}.act2`, [identity, branch]);
  };

  const track = inputOf('track', [null, o.channels]);
  let x = conv('stem.conv', track, o.widths[0], o.stemKernelSize, { activation: 'relu' });
  const seen = o.widths.map((width, i) => {
    const name = `down${i + 1}`;
    if (i > 0) x = new CeilAveragePooling({ name: `${name}.halve` }).apply(x) as SymbolicTensor;
    x = block(name, x, width);
    return x;
  });
  for (let i = o.widths.length - 2; i >= 0; i--) {
    const name = `up${i + 1}`;
    const wide = conv(`${name}.conv`, x, 2 * o.widths[i], 1, {
      kernelInitializer: 'glorotUniform',
    });
    const doubled = new DoubledPoints({ name: `${name}.double` });
    const raised = doubled.apply([wide, seen[i]]) as SymbolicTensor;
    x = block(name, rectifiedSum(`${name}.act`, [seen[i], raised]), o.widths[i]);
  }
  const points = conv('points', x, o.outputs, 1, { kernelInitializer: 'glorotUniform' });
  return model({ name: 'segmenter', inputs: [track], outputs: [points] });
}

export const segmenterDescription = defineNetwork({
  name: 'segmenter',
  paper: 'this project, docs/models.md',
  options,
  input: { kind: 'pointwise', padded: false },
  optionsFor: ({ encoder, output }) => {
    if (output.kind !== 'points') {
      throw new ModelError('segmenter answers for every point: it cannot judge a track as a whole');
    }
    return { channels: encoder.channels, outputs: widthOf(output) };
  },
  build: draw,
});
