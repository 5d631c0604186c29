import { effect, signal } from '@preact/signals-core';
import { confinedWorker } from '../engine/confined-worker.ts';
import { followDrags, ordered, placeIn, rectangle } from '../page/drag.ts';
import { drawn, element } from '../page/element.ts';
import { shown, shownRows } from '../page/shown.ts';
import { answers, loaded, notice } from '../page/state.ts';
import { classColor, conditionColor, dark } from '../page/theme.ts';
import { look, view } from '../page/view.ts';
import painterUrl from './painter.worker.ts?worker&url';
import {
  type Box,
  boxAround,
  fromX,
  fromY,
  type PainterOrder,
  type PainterWord,
  toX,
  toY,
} from './painting.ts';

/** By what tracks are coloured. */
export const colorBy = signal<'class' | 'condition'>('class');

/** How long the painter took for the last picture, in ms. */
export const painted = signal<{ ms: number; points: number } | undefined>(undefined);

/**
 * Every track where it lies, painted by a worker. Drag moves it, the wheel and + − enlarge it, a click looks at a track; with “select”, or
 * the shift key held, a drag chooses the tracks inside.
 */
export function field(): HTMLElement {
  const canvas = element('canvas', { class: 'paint' });
  const marks = drawn('svg', { class: 'overlay', 'aria-hidden': 'true' });
  const frame = element(
    'div',
    {
      class: 'field-frame',
      tabindex: '0',
      role: 'application',
      'aria-roledescription': 'map of tracks',
      'aria-label':
        'The field. Arrow keys move it, plus and minus enlarge it, 0 shows all, N and P look at the next and the previous track.',
    },
    canvas,
    marks as unknown as HTMLElement,
  );
  const choosing = element(
    'button',
    {
      type: 'button',
      class: 'small',
      'aria-pressed': 'false',
      title: 'drag chooses tracks (or hold shift)',
    },
    'select',
  );
  const all = element('button', { type: 'button', class: 'small', title: 'show all (0)' }, 'all');
  const larger = element(
    'button',
    { type: 'button', class: 'small', 'aria-label': 'enlarge' },
    '+',
  );
  const smaller = element(
    'button',
    { type: 'button', class: 'small', 'aria-label': 'reduce' },
    '−',
  );
  const by = element(
    'select',
    { class: 'small', 'aria-label': 'colour by' },
    element('option', { value: 'class' }, 'by class'),
    element('option', { value: 'condition' }, 'by condition'),
  );
  const host = element(
    'section',
    { class: 'panel field', 'aria-labelledby': 'field-title' },
    element(
      'header',
      {},
      element('h2', { id: 'field-title' }, 'Field'),
      element('span', { class: 'tools' }, by, choosing, smaller, larger, all),
    ),
    frame,
  );

  const worker = confinedWorker(painterUrl);
  const tell = (order: PainterOrder, transfer: Transferable[] = []) =>
    worker.postMessage(order, transfer);
  const offscreen = canvas.transferControlToOffscreen();
  tell({ kind: 'canvas', canvas: offscreen }, [offscreen]);

  let width = 0;
  let height = 0;
  let box: Box | undefined;
  let asked = 0;
  worker.onmessage = ({ data }: MessageEvent<PainterWord>) => {
    if (data.kind === 'painted') {
      painted.value = data;
      frame.dataset.painted = String(Math.round(data.ms));
    } else if (data.id === asked) look({ row: data.row < 0 ? undefined : data.row });
  };

  const show = (next: Box | undefined) => {
    box = next;
    if (!box || width === 0) return;
    tell({ kind: 'box', width, height, ratio: Math.min(2, devicePixelRatio || 1), box });
    drawBrush();
  };
  const whole = () => {
    const found = loaded.peek()?.extent;
    if (!found || width === 0) return;
    show(boxAround(found.x, found.y, width, height, loaded.peek()!.tracks.dim > 1));
  };
  const zoom = (factor: number, x = width / 2, y = height / 2) => {
    if (!box) return;
    const [px, py] = [fromX(box, x), fromY(box, y, height)];
    const next = { ...box, perX: box.perX * factor, perY: box.perY * factor };
    show({
      ...next,
      left: next.left + px - fromX(next, x),
      bottom: next.bottom + py - fromY(next, y, height),
    });
  };
  const move = (dx: number, dy: number) => {
    if (box) show({ ...box, left: box.left - dx / box.perX, bottom: box.bottom + dy / box.perY });
  };

  new ResizeObserver(([entry]) => {
    const { width: w, height: h } = entry.contentRect;
    if (w === width && h === height) return;
    const first = width === 0;
    const old = box;
    const [ow, oh] = [width, height];
    width = w;
    height = h;
    if (first || !old) whole();
    else
      show({
        ...old,
        perX: (old.perX * w) / ow,
        perY: loaded.peek()!.tracks.dim > 1 ? (old.perX * w) / ow : (old.perY * h) / oh,
      });
  }).observe(frame);

  effect(() => {
    const now = loaded.value;
    if (!now) return;
    const { positions, offsets, frames, dim, dt } = now.tracks;
    tell({ kind: 'tracks', positions, offsets, frames, dim, dt });
    by.hidden = now.conditions.length < 2;
    whole();
  });
  effect(() => {
    const now = loaded.value;
    if (!now) return;
    const isDark = dark.value;
    const style = getComputedStyle(document.documentElement);
    const unit = now.tracks.positionUnit;
    const given = answers.value;
    const conditions = colorBy.value === 'condition' && now.conditionOf;
    const codes = new Uint8Array(now.tracks.count);
    let colors: string[];
    if (conditions) {
      codes.set(conditions);
      colors = now.conditions.map((_, k) => conditionColor(k));
    } else {
      const { length } = given?.model.classes ?? [];
      for (let i = 0; i < codes.length; i++)
        codes[i] = given && given.best[i] >= 0 ? given.best[i] : length;
      colors = [
        ...Array.from({ length }, (_, k) => classColor(k)),
        given ? '#8f8f8f' : isDark ? '#7fb2d9' : '#456f91',
      ];
    }
    tell({
      kind: 'look',
      codes,
      colors,
      ...(given && !conditions && { faint: given.undecided }),
      shown: shown.value,
      row: view.value.row,
      ink: isDark ? '#e4e6ea' : '#1c1e21',
      soft: style.getPropertyValue('--soft').startsWith('light')
        ? isDark
          ? '#a3a9b5'
          : '#5c6370'
        : style.getPropertyValue('--soft'),
      paper: isDark ? '#16181c' : '#ffffff',
      units:
        now.tracks.dim === 1
          ? [`time (${now.tracks.timeUnit})`, unit ? `x (${unit})` : 'x']
          : [unit ? `x (${unit})` : 'x', unit ? `y (${unit})` : 'y'],
    });
  });
  effect(() => {
    const now = loaded.value;
    const count = shownRows.value.length;
    frame.setAttribute(
      'aria-description',
      now ? `${count} of ${now.tracks.count} tracks are shown` : '',
    );
  });
  by.onchange = () => {
    colorBy.value = by.value as 'class' | 'condition';
  };
  effect(() => {
    by.value = colorBy.value;
  });

  const dragged = followDrags(frame, {
    begin: ({ shiftKey }) => shiftKey || choosing.getAttribute('aria-pressed') === 'true',
    move: (drag, before) => {
      if (drag.chooses) drawBrush();
      else move(drag.to.x - before.x, drag.to.y - before.y);
    },
    end: (done) => {
      if (done && box) {
        const { from, to } = done;
        if (!done.moved) tell({ kind: 'near', id: ++asked, x: from.x, y: from.y });
        else if (done.chooses) {
          const x = ordered(fromX(box, from.x), fromX(box, to.x));
          const y = ordered(fromY(box, from.y, height), fromY(box, to.y, height));
          look({ brush: { of: 'field', x, y } });
          notice.value = 'Tracks inside the rectangle are selected';
        }
      }
      drawBrush();
    },
  });
  // The rectangle, while it is drawn or as it is kept.
  const drawBrush = () => {
    const drag = dragged();
    const { brush } = view.peek();
    let rect: SVGElement | undefined;
    if (drag?.chooses) rect = rectangle(drag.from, drag.to);
    else if (brush?.of === 'field' && box) {
      const [a, b] = [0, 1].map((k) => ({
        x: toX(box!, brush.x[k]),
        y: toY(box!, brush.y[k], height),
      }));
      rect = rectangle(a, b);
    }
    marks.replaceChildren(...(rect ? [rect] : []));
  };
  effect(() => {
    view.value.brush;
    drawBrush();
  });
  frame.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { x, y } = placeIn(frame, event);
      zoom(Math.exp(-event.deltaY * 0.0016), x, y);
    },
    { passive: false },
  );
  frame.addEventListener('keydown', (event) => {
    const step = 40;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [step, 0],
      ArrowRight: [-step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const { key } = event;
    if (moves[key]) move(...moves[key]);
    else if (key === '+' || key === '=') zoom(1.3);
    else if (key === '-') zoom(1 / 1.3);
    else if (key === '0') whole();
    else if (key === 'n' || key === 'p') lookBeside(key === 'n' ? 1 : -1);
    else if (key === 'Escape') look({ brush: undefined, row: undefined });
    else return;
    event.preventDefault();
  });
  choosing.onclick = () => {
    const next = choosing.getAttribute('aria-pressed') !== 'true';
    choosing.setAttribute('aria-pressed', String(next));
    frame.classList.toggle('selecting', next);
  };
  all.onclick = whole;
  larger.onclick = () => zoom(1.4);
  smaller.onclick = () => zoom(1 / 1.4);
  return host;
}

/** Looks at the next track that is shown, or at the one before. */
export function lookBeside(step: 1 | -1): void {
  const mask = shown.peek();
  if (!mask.includes(1)) return;
  let row = view.peek().row ?? (step > 0 ? -1 : mask.length);
  do row = (row + step + mask.length) % mask.length;
  while (!mask[row]);
  look({ row });
}
