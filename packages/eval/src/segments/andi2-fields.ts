/** The files of one field of view of the second AnDi challenge, as paths from where the experiments are. */
export interface Andi2Field {
  readonly experiment: number;
  readonly field: number;
  /** `exp_0/trajs_fov_0.csv`: track, frame, x, y. */
  readonly tracks?: string;
  /** `exp_0/traj_labs_fov_0.txt`: the true segments. */
  readonly truth?: string;
  /** `exp_0/fov_0.txt`: the answers. */
  readonly answers?: string;
}

/**
 * The fields of view among the paths of a folder, in the order of their experiments and numbers; paths that are of none are
 * left out.
 *
 * @param paths with `/` between their parts, from anywhere above the folders `exp_…`.
 * @example
 * andi2Fields(['track_2/exp_0/trajs_fov_0.csv']) // [{ experiment: 0, field: 0, tracks: 'track_2/exp_0/trajs_fov_0.csv' }]
 */
export function andi2Fields(paths: readonly string[]): Andi2Field[] {
  const found = new Map<string, { -readonly [name in keyof Andi2Field]: Andi2Field[name] }>();
  for (const path of paths) {
    const match = /(?:^|\/)exp_(\d+)\/(trajs_fov_|traj_labs_fov_|fov_)(\d+)\.(csv|txt)$/.exec(path);
    const kind = match && KINDS[`${match[2]}.${match[4]}`];
    if (!kind) continue;
    const [experiment, field] = [Number(match[1]), Number(match[3])];
    const key = `${experiment}/${field}`;
    const one = found.get(key) ?? { experiment, field };
    one[kind] = path;
    found.set(key, one);
  }
  return [...found.values()].sort((a, b) => a.experiment - b.experiment || a.field - b.field);
}

const KINDS: Readonly<Record<string, 'tracks' | 'truth' | 'answers'>> = {
  'trajs_fov_.csv': 'tracks',
  'traj_labs_fov_.txt': 'truth',
  'fov_.txt': 'answers',
};

/** Where the answers of a field of view belong, below the folder of the submission: `track_2/exp_0/fov_0.txt`. */
export function andi2AnswerPath({ experiment, field }: Andi2Field): string {
  return `track_2/exp_${experiment}/fov_${field}.txt`;
}

/** Where what is said of an experiment as a whole belongs: `track_2/exp_0/ensemble_labels.txt`. */
export function andi2EnsemblePath(experiment: number): string {
  return `track_2/exp_${experiment}/ensemble_labels.txt`;
}
