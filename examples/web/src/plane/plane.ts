import type { MotionEstimate } from '@diffusion/features';
import type { Tracks } from '@diffusion/tracks';
import { effect } from '@preact/signals-core';
import { colorBy } from '../field/field.ts';
import { followDrags, ordered, rectangle } from '../page/drag.ts';
import { drawn, element } from '../page/element.ts';
import { counted, digits, whole } from '../page/numbers.ts';
import { shown } from '../page/shown.ts';
import { answers, estimates, loaded, notice } from '../page/state.ts';
import { classColor, conditionColor, dark } from '../page/theme.ts';
import { unitOfD } from '../page/units.ts';
import { look, view } from '../page/view.ts';
import { chart, ROOM, type Scale } from './chart.ts';

/** Every track by its exponent and its D; a drag chooses, a click looks at one. */
export function plane(): HTMLElement {
  const canvas = element('canvas', { class: 'paint', 'aria-hidden': 'true' });
  const marks = drawn('svg', { class: 'overlay', 'aria-hidden': 'true' });
  const frame = element(
    'div',
    {
      class: 'plane-frame',
      tabindex: '0',
      role: 'application',
      'aria-roledescription': 'scatter plot',
      'aria-label':
        'D against α. Press Enter to select the tracks of the inner half of both ranges, Escape to select all.',
    },
    canvas,
    marks as unknown as HTMLElement,
  );
  const note = element('span', { class: 'note' });
  const host = element(
    'section',
    { class: 'panel plane', 'aria-labelledby': 'plane-title' },
    element('header', {}, element('h2', { id: 'plane-title' }, 'D – α'), note),
    frame,
  );
  let width = 0;
  let height = 0;
  let scales: { x: Scale; y: Scale } | undefined;

  const draw = () => {
    const now = loaded.peek();
    if (!now || width === 0) return;
    const made = planeChart(now.tracks, width, height);
    scales = made;
    const ratio = Math.min(2, devicePixelRatio || 1);
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const context = canvas.getContext('2d')!;
    context.scale(ratio, ratio);
    const found = estimates.peek();
    const mask = shown.peek();
    const best = answers.peek()?.best;
    const grouped = colorBy.peek() === 'condition' ? now.conditionOf : undefined;
    const colorOf = (i: number) =>
      grouped
        ? conditionColor(grouped[i])
        : best
          ? classColor(best[i])
          : dark.peek()
            ? '#7fb2d9'
            : '#456f91';
    const side = found.length > 5000 ? 2 : found.length > 800 ? 3 : 4.5;
    for (const pass of [0, 1]) {
      const byColor = new Map<string, number[]>();
      for (let i = 0; i < found.length; i++) {
        if (!found[i] || mask[i] !== pass || !(found[i]!.diffusion.value > 0)) continue;
        const color = colorOf(i);
        if (!byColor.has(color)) byColor.set(color, []);
        byColor.get(color)!.push(i);
      }
      context.globalAlpha = pass ? 0.75 : 0.1;
      for (const [color, rows] of byColor) {
        context.fillStyle = color;
        context.beginPath();
        for (const i of rows) {
          const x = made.x(found[i]!.alpha.value);
          const y = made.y(found[i]!.diffusion.value);
          if (side > 3) {
            context.moveTo(x + side / 2, y);
            context.arc(x, y, side / 2, 0, 7);
          } else context.rect(x - side / 2, y - side / 2, side, side);
        }
        context.fill();
      }
    }
    frameParts = made.frame;
    drawMarks();
  };

  let frameParts: SVGElement[] = [];
  const dragged = followDrags(frame, {
    begin: () => true,
    move: () => drawMarks(),
    end: (done) => {
      if (done && scales) {
        const { from, to } = done;
        if (!done.moved) choose(from.x, from.y);
        else {
          const alpha = ordered(scales.x.invert(from.x), scales.x.invert(to.x));
          const diffusion = ordered(scales.y.invert(from.y), scales.y.invert(to.y));
          look({ brush: { of: 'plane', x: alpha, y: diffusion } });
          notice.value = `Tracks with α from ${digits(alpha[0])} to ${digits(alpha[1])} are selected`;
        }
      }
      drawMarks();
    },
  });
  const drawMarks = () => {
    const drag = dragged();
    const extra: SVGElement[] = [];
    const { row, brush } = view.peek();
    const one = row === undefined ? undefined : estimates.peek()[row];
    if (one && scales && one.diffusion.value > 0) {
      const [x, y] = [scales.x(one.alpha.value), scales.y(one.diffusion.value)];
      const [y0, y1] = scales.y.range();
      const clamp = (v: number) => (Number.isFinite(v) ? Math.min(y0, Math.max(y1, v)) : y0);
      extra.push(
        drawn('line', {
          x1: scales.x(one.alpha.interval[0]),
          x2: scales.x(one.alpha.interval[1]),
          y1: y,
          y2: y,
          class: 'cross',
        }),
        drawn('line', {
          x1: x,
          x2: x,
          y1: clamp(scales.y(Math.max(1e-300, one.diffusion.interval[0]))),
          y2: clamp(scales.y(one.diffusion.interval[1])),
          class: 'cross',
        }),
        drawn('circle', { cx: x, cy: y, r: 5, class: 'chosen' }),
      );
    }
    if (drag) extra.push(rectangle(drag.from, drag.to));
    else if (brush?.of === 'plane' && scales) {
      const [a, b] = [0, 1].map((k) => ({ x: scales!.x(brush.x[k]), y: scales!.y(brush.y[k]) }));
      extra.push(rectangle(a, b));
    }
    const found = estimates.peek();
    const known = found.filter(Boolean).length;
    if (scales && known > 0 && known === found.length && !found.some(isDrawn)) {
      const x = (scales.x.range()[0] + scales.x.range()[1]) / 2;
      extra.push(drawn('text', { x, y: 40, 'text-anchor': 'middle' }, 'no track tells its D'));
    }
    marks.replaceChildren(...frameParts, ...extra);
  };

  let asked = false;
  const soon = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
  new ResizeObserver(([entry]) => {
    width = Math.round(entry.contentRect.width);
    height = Math.round(entry.contentRect.height);
    soon();
  }).observe(frame);
  effect(() => {
    loaded.value;
    estimates.value;
    shown.value;
    answers.value;
    dark.value;
    colorBy.value;
    soon();
  });
  effect(() => {
    view.value;
    drawMarks();
  });
  effect(() => {
    const found = estimates.value;
    const known = found.reduce((sum, one) => sum + (one ? 1 : 0), 0);
    note.textContent =
      found.length === 0
        ? ''
        : known < found.length
          ? `${whole(known)} of ${counted(found.length, 'track')}`
          : counted(known, 'track');
  });

  frame.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') look({ brush: undefined });
    else if (event.key === 'Enter' && scales) {
      const [low, high] = scales.y.domain().map(Math.log);
      look({
        brush: {
          of: 'plane',
          x: [0.5, 1.5],
          y: [Math.exp(low + (high - low) / 4), Math.exp(high - (high - low) / 4)],
        },
      });
    } else return;
    event.preventDefault();
  });
  const choose = (x: number, y: number) => {
    const found = estimates.peek();
    const mask = shown.peek();
    let best = 12 * 12;
    let row: number | undefined;
    for (let i = 0; i < found.length; i++) {
      const one = found[i];
      if (!one || !mask[i] || !(one.diffusion.value > 0)) continue;
      const d = (scales!.x(one.alpha.value) - x) ** 2 + (scales!.y(one.diffusion.value) - y) ** 2;
      if (d < best) {
        best = d;
        row = i;
      }
    }
    if (row === undefined && view.peek().brush?.of === 'plane' && x > ROOM.left)
      look({ brush: undefined });
    else look({ row });
  };
  return host;
}

const isDrawn = (one: MotionEstimate | undefined): boolean => (one?.diffusion.value ?? 0) > 0;

/** Scales and frame of the plane, for all that is estimated. */
function planeChart(tracks: Tracks, width: number, height: number) {
  let [low, high] = [Infinity, -Infinity];
  for (const one of estimates.peek()) {
    const value = one?.diffusion.value ?? 0;
    if (value > 0) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return chart(
    width,
    height,
    { domain: [0, 2], title: 'exponent α' },
    {
      domain: low <= high ? [low / 1.6, high * 1.6] : [0.01, 10],
      log: true,
      title: `D (${unitOfD(tracks)})`,
    },
  );
}

/** The plane as a picture by itself. */
export function planeSvg(): string {
  const now = loaded.peek();
  if (!now) throw new Error('there are no tracks yet');
  const [width, height] = [460, 380];
  const { x, y, frame } = planeChart(now.tracks, width, height);
  const best = answers.peek()?.best;
  const dots = estimates.peek().flatMap((one, i) =>
    one && one.diffusion.value > 0
      ? [
          drawn('circle', {
            cx: x(one.alpha.value).toFixed(1),
            cy: y(one.diffusion.value).toFixed(1),
            r: 2.4,
            fill: best ? classColor(best[i]) : '#456f91',
            'fill-opacity': 0.75,
          }),
        ]
      : [],
  );
  const style = drawn(
    'style',
    {},
    '.frame{fill:none;stroke:currentColor;stroke-opacity:.6}.tick{stroke:currentColor;stroke-opacity:.6}text{font:11px sans-serif;fill:currentColor}',
  );
  const svg = drawn(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
    style as unknown as Node,
    frame as unknown as Node[],
    dots as unknown as Node[],
  );
  return svg.outerHTML;
}
