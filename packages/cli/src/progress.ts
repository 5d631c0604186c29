import { Presets, SingleBar } from 'cli-progress';

/** A progress bar on stderr, there only for a person at a terminal, and only where the work takes a while. */
export interface Progress {
  update(done: number, fields?: Record<string, string>): void;
  /** Prints something else than the bar on lines of its own: the bar makes room and comes back below. */
  aside(print: () => void): void;
  stop(): void;
}

/** Work that is over sooner shows no bar, in milliseconds. */
const patience = 1000;

/**
 * @param format in cli-progress' words: {bar}, {percentage}, {value}, {total}, and own fields; {left} is the time left.
 * @param options.fields what own fields are before the first update.
 * @param options.width of the bar, in characters.
 */
export function progressBar(
  format: string,
  total: number,
  { fields = {}, width = 40 }: { fields?: Record<string, string>; width?: number } = {},
): Progress {
  if (!process.stderr.isTTY) {
    return { update: () => {}, aside: (print) => print(), stop: () => {} };
  }
  const bar = new SingleBar(
    {
      format,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      fps: 8,
      barsize: width,
    },
    Presets.shades_grey,
  );
  const begin = performance.now();
  let first: { at: number; done: number } | undefined;
  let shown = false;
  let latest = fields;
  return {
    update(done, now = {}) {
      const at = performance.now();
      first ??= { at, done };
      const left =
        done > first.done ? ((at - first.at) * (total - done)) / (done - first.done) : undefined;
      latest = { ...latest, ...now, left: left === undefined ? '' : `${duration(left)} left` };
      if (shown) bar.update(done, latest);
      else if (at - begin > patience) {
        shown = true;
        bar.start(total, done, latest);
      }
    },
    aside(print) {
      if (shown) process.stderr.write('\r\x1b[K');
      print();
    },
    stop() {
      if (shown) bar.stop();
    },
  };
}

/** `8 s`, `3 min` or `2.5 h`. */
function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 99.5) return `${Math.ceil(seconds)} s`;
  if (seconds < 5970) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
