import type { Example } from './command-tree.ts';

/** What the help of a command teaches: where it stands in the list, and lines that can be typed as they are. */
export interface Lesson {
  readonly group?: string;
  readonly examples: readonly Example[];
}

const LOOK = 'Look at tracks:';
const JUDGE = 'Judge them by a trained model:';
const MAKE = 'Simulate and train:';
export const ABOUT = 'About this command:';

/** The headings in their order. */
export const groups = [LOOK, JUDGE, MAKE, ABOUT];

const example = (line: string, does: string): Example => ({ line, does });

/** By the path of the command; '' is `diffusion` itself. A test types every one of them. */
export const lessons: Readonly<Record<string, Lesson>> = {
  '': {
    examples: [
      example('diffusion inspect cells.csv', 'what the file holds: tracks, lengths, gaps, units'),
      example(
        'diffusion predict cells.csv',
        'the mode of motion of every track, by the model that comes trained for its dimension',
      ),
      example('diffusion report cells.csv', 'all there is to say of the tracks, as report.html'),
      example('diffusion help train', 'the options of a command, with examples'),
    ],
  },
  inspect: {
    group: LOOK,
    examples: [
      example('diffusion inspect cells.csv', 'tracks, lengths, dimension, gaps and units'),
      example(
        'diffusion inspect cells.csv --dt 0.03 --pixel-size 0.16',
        'the same in seconds and µm, where the file has frames and pixels',
      ),
      example(
        'diffusion inspect spots.csv --columns track=ID,frame=T,x=X,y=Y',
        'a table whose columns have other names',
      ),
      example('diffusion inspect day1 day2 --json', 'folders of files, as one JSON document'),
    ],
  },
  features: {
    group: LOOK,
    examples: [
      example(
        'diffusion features cells.csv --output features.csv',
        'a row of 72 numbers for every track',
      ),
      example(
        'diffusion features cells.csv --features alpha,straightness --output two.arrow',
        'two of them, as Arrow',
      ),
    ],
  },
  estimate: {
    group: LOOK,
    examples: [
      example(
        'diffusion estimate cells.csv --dt 0.03',
        'medians of D, α and σ over the tracks, with intervals',
      ),
      example(
        'diffusion estimate cells.csv --exposure 1 --output estimates.csv',
        'a row per track, of a camera that is open all the time',
      ),
    ],
  },
  segment: {
    group: LOOK,
    examples: [
      example(
        'diffusion segment cells.csv --method changes --output segments.csv',
        'where D and α change, without a model: a row per segment',
      ),
      example(
        'diffusion segment fields.csv --model segments-andi2-2d --report segments.html',
        'by a network that comes trained, and its pictures',
      ),
    ],
  },
  report: {
    group: JUDGE,
    examples: [
      example(
        'diffusion report cells.csv --dt 0.03 --pixel-size 0.16',
        'writes report.html: shares, D and α, pictures, what to expect of the model',
      ),
      example(
        'diffusion report cells.csv --no-expect --output quick.html',
        'without simulated tracks like these, which take the longest',
      ),
    ],
  },
  predict: {
    group: JUDGE,
    examples: [
      example(
        'diffusion predict cells.csv',
        'shares of the modes of motion, and the first tracks, by the model that comes trained',
      ),
      example(
        'diffusion predict cells.csv --output predictions.csv',
        'a row per track: its class with probabilities, or the reason why there is none',
      ),
      example(
        'diffusion predict cells.csv --model model --output predictions.csv',
        'by a model of your own, in the folder that `diffusion train` wrote',
      ),
      example('diffusion predict cells.csv --json', 'the rows, as one JSON document'),
    ],
  },
  shares: {
    group: JUDGE,
    examples: [
      example(
        'diffusion shares cells.csv',
        'how many of the particles move in which way, with intervals',
      ),
      example(
        'diffusion shares control drug --by-folder --output shares.csv',
        'and how two conditions differ, each a folder of files',
      ),
    ],
  },
  expect: {
    group: JUDGE,
    examples: [
      example(
        'diffusion expect cells.csv',
        'how often the model is right on tracks like these, by simulated ones',
      ),
    ],
  },
  explain: {
    group: JUDGE,
    examples: [
      example(
        'diffusion explain cells.csv --no-check --report explained.html',
        'the points that decided, drawn on the tracks',
      ),
      example(
        'diffusion explain cells.csv --target directed --output relevance.csv',
        'a row per point: what it did for one class',
      ),
    ],
  },
  evaluate: {
    group: JUDGE,
    examples: [
      example(
        'diffusion evaluate --predictions predictions.csv --reference labels.csv',
        'accuracy, confusion and per-class metrics',
      ),
      example(
        'diffusion evaluate --predictions predictions.csv --reference labels.csv --report metrics.html',
        'with pictures',
      ),
      example(
        'diffusion evaluate --predictions predictions.csv --reference meta2.csv --by length,snr,model',
        'the same for tracks of each length, signal-to-noise ratio and model of motion',
      ),
    ],
  },
  compare: {
    group: JUDGE,
    examples: [
      example(
        'diffusion compare network.csv boosting.csv --map FBM=subdiffusion,CD=subdiffusion',
        'how far two methods agree on the same tracks, their classes made comparable',
      ),
      example(
        'diffusion compare network.csv boosting.csv --reference labels.csv --report methods.html',
        'which is right more often, and whether by chance',
      ),
    ],
  },
  reproduce: {
    group: MAKE,
    examples: [
      example('diffusion reproduce --list', 'the tables and figures of four publications'),
      example(
        'diffusion reproduce gajowczyk2021 table-15',
        'the numbers of one of them beside ours, by a stated part of its work',
      ),
    ],
  },
  simulate: {
    group: MAKE,
    examples: [
      example(
        'diffusion simulate --model fbm --alpha 0.5 --count 1000 --length 50:200 --seed 1 --output fbm.csv',
        'subdiffusive tracks of 50 to 200 points; the same seed gives the same tracks',
      ),
      example(
        'diffusion simulate --model directed --speed 0.1:2 --snr 4 --count 100 --length 60 --seed 1 --output directed.json',
        'a speed drawn for every track, and localisation error',
      ),
    ],
  },
  dataset: {
    group: MAKE,
    examples: [
      example(
        'diffusion dataset --preset andi2020 --task 2 --dim 1 --count 1000 --seed 1 --output andi',
        'the files of the AnDi-2020 challenge, with what is true of the tracks',
      ),
      example(
        'diffusion dataset --preset motion --dim 2 --count 5000 --seed 1 --output labelled',
        'labelled tracks as ordinary microscopes see them',
      ),
    ],
  },
  sweep: {
    group: MAKE,
    examples: [
      example(
        'diffusion sweep run grid.json --output out',
        'every task of the file that has not ended yet, on the cores of this machine',
      ),
      example('diffusion sweep table out', 'what came of them so far, a row per task'),
    ],
  },
  'sweep run': {
    examples: [
      example(
        'diffusion sweep run grid.json --output out --tasks 0..9',
        'the first ten tasks; the next call goes on with the others',
      ),
      example(
        'diffusion sweep run grid.json --output out --engine slurm --jobs 20 --sbatch time=04:00:00',
        'on a cluster, in at most 20 jobs',
      ),
      example(
        'diffusion sweep run grid.json --output out --engine redis --redis redis://head:6379',
        'by workers on any number of machines that see the folder',
      ),
    ],
  },
  'sweep list': {
    examples: [
      example('diffusion sweep list grid.json', 'the tasks of a file, and their commands'),
    ],
  },
  'sweep table': {
    examples: [
      example(
        'diffusion sweep table out --output results.csv',
        'a row per task: its values and the numbers that it printed',
      ),
    ],
  },
  worker: {
    group: MAKE,
    examples: [
      example(
        'diffusion worker --redis redis://head:6379 --workers 4',
        'four tasks at a time, until it is told to end',
      ),
    ],
  },
  models: {
    group: MAKE,
    examples: [
      example('diffusion models', 'all of them, with the papers that they come from'),
      example('diffusion models describe xresnet', 'the options of one, and its shapes'),
    ],
  },
  'models describe': {
    examples: [
      example(
        'diffusion models describe xresnet --set depth=18',
        'how many parameters a deeper one has',
      ),
    ],
  },
  recipes: {
    group: MAKE,
    examples: [
      example('diffusion recipes', 'what can be trained by its name'),
      example(
        'diffusion recipes motion-2d --json',
        'one of them, as a file for `diffusion train --recipe` to be changed',
      ),
    ],
  },
  train: {
    group: MAKE,
    examples: [
      example(
        'diffusion train --recipe motion-2d --epochs 3 --output model',
        'a recipe that comes with the command, shorter than it stands',
      ),
      example(
        'diffusion train --model xresnet --preset gajowczyk2021 --output model',
        'a network on simulated tracks of a publication',
      ),
      example(
        'diffusion train --model forest --data labelled --output model',
        'a random forest on labelled tracks of your own',
      ),
      example('diffusion train --resume model', 'goes on after an interruption, to the same bits'),
    ],
  },
  calibrate: {
    group: MAKE,
    examples: [
      example(
        'diffusion calibrate --model model',
        'probabilities that are met, by tracks that it has not seen',
      ),
      example(
        'diffusion calibrate --model model --data labelled --coverage 0.95 --output calibrated',
        'by labelled tracks of your own, into another folder',
      ),
    ],
  },
  export: {
    group: MAKE,
    examples: [
      example(
        'diffusion export --model model --format onnx --output model.onnx',
        'for ONNX Runtime, and what builds on it',
      ),
      example(
        'diffusion export --model model --format safetensors --license mit --output mine-2d',
        'in the layout of Hugging Face',
      ),
    ],
  },
  doctor: {
    group: ABOUT,
    examples: [
      example('diffusion doctor', 'what computes here, how fast it can, and whether it is right'),
      example('diffusion doctor --json', 'the same to be sent with a question'),
    ],
  },
  completion: {
    group: ABOUT,
    examples: [
      example('diffusion completion bash >> ~/.bashrc', 'completion by Tab in every new bash'),
      example(
        'diffusion completion zsh > ~/.zfunc/_diffusion',
        'in zsh, with ~/.zfunc among the folders of fpath',
      ),
      example('diffusion completion fish > ~/.config/fish/completions/diffusion.fish', 'in fish'),
    ],
  },
};
