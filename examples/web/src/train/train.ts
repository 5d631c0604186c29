import { effect, signal } from '@preact/signals-core';
import { asked, ENDED } from '../engine/ask.ts';
import { ownModel, useModel } from '../judge/run.ts';
import { drawn, element, fill } from '../page/element.ts';
import { percent, whole } from '../page/numbers.ts';
import { loaded, notice, tellJob, tellProblem } from '../page/state.ts';
import { look } from '../page/view.ts';
import { chart } from '../plane/chart.ts';
import type { Trained, Trainer, TrainNews } from './train.worker.ts';
import trainerUrl from './train.worker.ts?worker&url';

type Batch = Extract<TrainNews, { kind: 'batch' }>;
type Epoch = Extract<TrainNews, { kind: 'epoch' }>;

const running = signal<ReturnType<typeof asked<Trainer>> | undefined>(undefined);
const batches = signal<readonly Batch[]>([]);
const epochs = signal<readonly Epoch[]>([]);
const trained = signal<Trained | undefined>(undefined);

/** Six classes come with the models that are trained here. */
const CLASSES = 6;

/** Trains a network on simulated tracks like those that are loaded, with its learning curve. */
export function trainPanel(): HTMLElement {
  const number = (id: string, text: string, value: number, more: Record<string, unknown>) => {
    const input = element('input', {
      id,
      type: 'number',
      value: String(value),
      required: true,
      ...more,
    });
    return {
      input,
      entry: element('div', { class: 'entry' }, element('label', { for: id }, text), input),
    };
  };
  const count = number('train-count', 'tracks per epoch', 1024, { min: '64', max: '100000' });
  const passes = number('train-epochs', 'epochs', 4, { min: '1', max: '200' });
  const seed = number('train-seed', 'seed', 1, { min: '0' });
  const go = element('button', { type: 'submit', class: 'main' }, 'Train');
  const stop = element('button', { type: 'button', onclick: () => running.peek()?.end() }, 'Stop');
  const form = element(
    'form',
    { class: 'form', 'aria-label': 'training' },
    count.entry,
    passes.entry,
    seed.entry,
    go,
    stop,
  );
  const marks = drawn('svg', {
    class: 'overlay',
    role: 'img',
    'aria-label': 'learning curve: accuracy by step',
  });
  const frame = element('div', { class: 'plane-frame curve' }, marks as unknown as HTMLElement);
  const said = element('div', { 'aria-live': 'polite', class: 'said' });
  const host = element(
    'section',
    { class: 'panel train', 'aria-labelledby': 'train-title' },
    element('header', {}, element('h2', { id: 'train-title' }, 'Train a network of your own')),
    element(
      'p',
      {},
      'On simulated tracks as ordinary microscopes see them, with the dimension and the lengths of yours. It learns in this tab, beside everything else, and is calibrated and tested on tracks that it has not seen.',
    ),
    form,
    frame,
    element(
      'p',
      { class: 'note' },
      `Accuracy on the tracks that it learns from, the mean of ${TOGETHER} steps; dots: on tracks that it does not learn from.`,
    ),
    said,
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    void begin(Number(count.input.value), Number(passes.input.value), Number(seed.input.value));
  };
  let width = 0;
  let height = 0;
  const draw = () => {
    const points = batches.peek();
    if (width === 0) return;
    const last = points.at(-1);
    const total = last?.of ?? 1;
    const perEpoch = total / Math.max(1, Number(passes.input.value));
    const {
      x,
      y,
      frame: parts,
    } = chart(
      width,
      height,
      { domain: [0, total], title: 'step' },
      { domain: [0, 1], title: 'accuracy' },
    );
    const line = smoothed(points)
      .map(({ at, score }, k) => `${k ? 'L' : 'M'}${x(at).toFixed(1)} ${y(score).toFixed(1)}`)
      .join('');
    const guess = 1 / CLASSES;
    marks.replaceChildren(
      ...parts,
      drawn('line', { x1: x(0), x2: x(total), y1: y(guess), y2: y(guess), class: 'guide' }),
      drawn('text', { x: x(total) - 4, y: y(guess) - 5, 'text-anchor': 'end' }, 'guessing'),
      drawn('path', { d: line, class: 'learnt' }),
      ...epochs.peek().map(({ epoch, validationScore }) =>
        drawn('circle', {
          cx: x(epoch * perEpoch),
          cy: y(validationScore),
          r: 4,
          class: 'validated',
        }),
      ),
    );
  };
  new ResizeObserver(([entry]) => {
    width = Math.round(entry.contentRect.width);
    height = Math.round(entry.contentRect.height);
    draw();
  }).observe(frame);
  let soon = false;
  effect(() => {
    batches.value;
    epochs.value;
    if (soon) return;
    soon = true;
    requestAnimationFrame(() => {
      soon = false;
      draw();
    });
  });
  effect(() => {
    const now = running.value;
    stop.hidden = now === undefined;
    go.disabled = now !== undefined || loaded.value === undefined;
    go.title = loaded.value ? '' : 'tracks first: a network learns tracks like them';
  });
  effect(() => {
    const made = trained.value;
    const last = batches.value.at(-1);
    const own = ownModel.value;
    if (made) {
      fill(
        said,
        element(
          'p',
          { class: 'verdict' },
          `Right on ${percent(made.accuracy)} of ${whole(made.tested)} simulated tracks that it has not seen (mean over the classes ${percent(made.balancedAccuracy)}); guessing is right on ${percent(1 / made.classes.length)}. It took ${made.seconds.toFixed(0)} s.`,
        ),
        element(
          'p',
          { class: 'tools' },
          element(
            'button',
            {
              type: 'button',
              class: 'main',
              disabled: own?.files === made.files,
              onclick: () => void judgeBy(made),
            },
            'Judge my tracks by it',
          ),
          own &&
            element(
              'button',
              {
                type: 'button',
                onclick: () => void useModel(undefined),
              },
              'by the one that comes trained',
            ),
        ),
      );
    } else if (last) {
      const left = (last.seconds / last.at) * (last.of - last.at);
      fill(
        said,
        element(
          'p',
          {},
          last.at < last.of
            ? `Step ${last.at} of ${last.of}, right on ${percent(last.score)} of this epoch so far; about ${Math.ceil(left)} s of learning left`
            : 'It is being calibrated and tested …',
        ),
      );
    } else {
      fill(
        said,
        !loaded.value &&
          element('p', { class: 'note' }, 'Tracks first: the network learns tracks like them.'),
        own &&
          element(
            'p',
            { class: 'tools' },
            element(
              'button',
              { type: 'button', onclick: () => void useModel(undefined) },
              'judge by the model that comes trained',
            ),
          ),
      );
    }
  });
  return host;
}

/** Steps that one point of the curve is the mean of. */
const TOGETHER = 16;

/** What was right in the last steps; a step tells the mean of its epoch so far. */
function smoothed(points: readonly Batch[]): { at: number; score: number }[] {
  const own = points.map(({ batch, score }, k) =>
    batch === 1 ? score : batch * score - (batch - 1) * points[k - 1].score,
  );
  return points.map(({ at }, k) => {
    const last = own.slice(Math.max(0, k + 1 - TOGETHER), k + 1);
    return { at, score: last.reduce((sum, one) => sum + one, 0) / last.length };
  });
}

async function judgeBy({ files, recipe }: Trained): Promise<void> {
  await useModel({ name: 'own', files, recipe });
  look({ tab: 'tracks' });
}

async function begin(count: number, passes: number, seed: number): Promise<void> {
  const now = loaded.peek();
  if (!now || running.peek()) return;
  batches.value = [];
  epochs.value = [];
  trained.value = undefined;
  const trainer = asked<Trainer>(trainerUrl);
  running.value = trainer;
  tellJob('train', { doing: 'training', share: 0 });
  let told = 0;
  try {
    const { offsets, dim } = now.tracks;
    trained.value = await trainer.ask(
      'train',
      { tracks: { offsets, dim }, epochs: passes, count, seed },
      {
        tell: (news) => {
          if (news.kind === 'epoch') epochs.value = [...epochs.peek(), news];
          else {
            batches.value = [...batches.peek(), news];
            if (performance.now() - told < 200) return;
            told = performance.now();
            tellJob('train', { doing: 'training', share: news.at / news.of });
          }
        },
      },
    );
    notice.value = 'The network is trained';
  } catch (error) {
    if ((error as Error).message !== ENDED) tellProblem('The training failed', error);
  } finally {
    trainer.end();
    running.value = undefined;
    tellJob('train', undefined);
  }
}
