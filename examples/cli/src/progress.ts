import { Presets, SingleBar } from 'cli-progress';

/** A progress bar on stderr, there only for a person at a terminal, and only where the work takes a while. */
export interface Progress {
  update(done: number, fields?: Record<string, string>): void;
  stop(): void;
}

/** Work that is over sooner shows no bar, in milliseconds. */
const patience = 1000;

/**
 * @param format in cli-progress' words: {bar}, {percentage}, {value}, {total}, {eta_formatted}, and own fields.
 */
export function progressBar(
  format: string,
  total: number,
  fields: Record<string, string> = {},
): Progress {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar(
    {
      format,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
      fps: 8,
    },
    Presets.shades_grey,
  );
  const begin = performance.now();
  let shown = false;
  let latest = fields;
  return {
    update(done, now = {}) {
      latest = { ...latest, ...now };
      if (shown) bar.update(done, latest);
      else if (performance.now() - begin > patience) {
        shown = true;
        bar.start(total, done, latest);
      }
    },
    stop() {
      if (shown) bar.stop();
    },
  };
}
