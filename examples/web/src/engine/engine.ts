import { asked } from './ask.ts';
import type { Engine } from './engine.worker.ts';
import engineUrl from './engine.worker.ts?worker&url';

type Started = ReturnType<typeof asked<Engine>>;

let first: Started | undefined;

/** The worker that reads, judges and answers; started when it is first asked. */
export const engine: Started = {
  ask: (name, given, options) => {
    first ??= asked<Engine>(engineUrl);
    return first.ask(name, given, options);
  },
  end: () => {
    first?.end();
    first = undefined;
  },
};

/** A second one, for what takes long. */
export const another = (): Started => asked<Engine>(engineUrl);
