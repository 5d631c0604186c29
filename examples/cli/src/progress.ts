import { Presets, SingleBar } from 'cli-progress';

/** A progress bar on stderr, there only for a person at a terminal. */
export interface Progress {
  update(done: number, fields?: Record<string, string>): void;
  stop(): void;
}

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
  bar.start(total, 0, fields);
  return { update: (done, now) => bar.update(done, now), stop: () => bar.stop() };
}
