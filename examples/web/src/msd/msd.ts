import type { MsdCurve, MsdReport } from '@diffusion/eval';
import { effect, signal } from '@preact/signals-core';
import { engine } from '../engine/engine.ts';
import { drawn, element, fill } from '../page/element.ts';
import { isFiltered, shownRows } from '../page/shown.ts';
import { answers, loaded, notice } from '../page/state.ts';
import { classColor } from '../page/theme.ts';
import { look, view } from '../page/view.ts';
import { chart } from '../plane/chart.ts';

/** Curves by class. */
export const curves = signal<MsdReport | undefined>(undefined);
const selected = signal<MsdCurve | undefined>(undefined);
const single = signal<MsdCurve | undefined>(undefined);

/** Tracks whose curve is computed at most, as one. */
const MOST = 5_000;

/** Curves by class, of what is selected, and of the track that is looked at; a click on a name leaves a class out. */
export function msd(): HTMLElement {
  const marks = drawn('svg', {
    class: 'overlay',
    role: 'img',
    'aria-label': 'Mean squared displacement against lag, both logarithmic',
  });
  const frame = element('div', { class: 'plane-frame' }, marks as unknown as HTMLElement);
  const legend = element('div', {
    class: 'legend',
    role: 'group',
    'aria-label': 'classes that are shown',
  });
  const host = element(
    'section',
    { class: 'panel msd', 'aria-labelledby': 'msd-title' },
    element('header', {}, element('h2', { id: 'msd-title' }, 'Mean squared displacement')),
    frame,
    legend,
  );
  let width = 0;
  let height = 0;
  let curvesKnown = false;
  const draw = () => {
    const now = loaded.peek();
    if (!now || width === 0) return;
    const names = answers.peek()?.model.classes ?? [];
    const hidden = view.peek().hidden;
    const all = [
      ...(curves.peek()?.curves ?? []).map((curve) => ({
        curve,
        color: classColor(names.indexOf(curve.label)),
        width: 2,
        dash: '',
        gone: hidden.includes(names.indexOf(curve.label)),
      })),
      ...(selected.peek()
        ? [{ curve: selected.peek()!, color: 'currentColor', width: 2.2, dash: '6 3', gone: false }]
        : []),
      ...(single.peek()
        ? [
            {
              curve: { ...single.peek()!, low: undefined, high: undefined },
              color: 'currentColor',
              width: 1.4,
              dash: '2 2',
              gone: false,
            },
          ]
        : []),
    ];
    const lags = all.flatMap(({ curve }) => Array.from(curve.lag));
    const values = all.flatMap(({ curve }) => Array.from(curve.msd)).filter((value) => value > 0);
    if (values.length === 0) {
      // A curve that is being computed is no curve that there is not.
      const none = curvesKnown
        ? [
            drawn(
              'text',
              { x: width / 2, y: 40, 'text-anchor': 'middle' },
              'too few displacements for a curve',
            ),
          ]
        : [];
      marks.replaceChildren(...none);
      return;
    }
    const range = (of: number[], room: number): [number, number] => [
      of.reduce((a, b) => Math.min(a, b), Infinity) / room,
      of.reduce((a, b) => Math.max(a, b), 0) * room,
    ];
    const { positionUnit, timeUnit } = now.tracks;
    const {
      x,
      y,
      frame: parts,
    } = chart(
      width,
      height,
      { domain: range(lags, 1.15), log: true, title: `lag τ${timeUnit ? ` (${timeUnit})` : ''}` },
      {
        domain: range(values, 1.6),
        log: true,
        title: `MSD${positionUnit ? ` (${positionUnit}²)` : ''}`,
      },
    );
    const lines = all.flatMap(({ curve, color, width: stroke, dash, gone }) => {
      const points = Array.from(curve.lag, (lag, k) => [lag, curve.msd[k]]).filter(
        ([, value]) => value > 0,
      );
      const line = points
        .map(([lag, value], k) => `${k ? 'L' : 'M'}${x(lag).toFixed(1)} ${y(value).toFixed(1)}`)
        .join('');
      const low = Array.from(curve.lag, (lag, k) => [
        lag,
        curve.low?.[k] ?? Number.NaN,
        curve.high?.[k] ?? Number.NaN,
      ]).filter(([, a, b]) => a > 0 && b > 0);
      const [top, bottom] = [y.range()[1], y.range()[0]];
      const clamp = (v: number) => Math.max(top, Math.min(bottom, v)).toFixed(1);
      const band =
        low.length > 1 &&
        `${low.map(([lag, , b], k) => `${k ? 'L' : 'M'}${x(lag).toFixed(1)} ${clamp(y(b))}`).join('')}${low
          .reverse()
          .map(([lag, a]) => `L${x(lag).toFixed(1)} ${clamp(y(a))}`)
          .join('')}Z`;
      return [
        ...(band
          ? [
              drawn('path', {
                d: band,
                fill: color,
                'fill-opacity': gone ? 0.04 : 0.16,
                stroke: 'none',
              }),
            ]
          : []),
        drawn('path', {
          d: line,
          fill: 'none',
          stroke: color,
          'stroke-width': stroke,
          'stroke-opacity': gone ? 0.15 : 1,
          ...(dash && { 'stroke-dasharray': dash }),
        }),
      ];
    });
    marks.replaceChildren(...parts, ...lines);
  };
  new ResizeObserver(([entry]) => {
    width = Math.round(entry.contentRect.width);
    height = Math.round(entry.contentRect.height);
    draw();
  }).observe(frame);
  effect(() => {
    const given = answers.value;
    const { hidden, row } = view.value;
    const filtered = isFiltered.value;
    const there = given?.best.some((code) => code < 0);
    fill(
      legend,
      (given?.model.classes ?? []).map((name, k) => toggle(name, classColor(k), k, hidden)),
      there && toggle('not judged', '#8f8f8f', -1, hidden),
      filtered && element('span', { class: 'key' }, '╌ selected'),
      row !== undefined && element('span', { class: 'key' }, '┈ this track'),
    );
    curves.value;
    selected.value;
    single.value;
    draw();
  });
  effect(() => {
    const given = answers.value;
    curves.value = undefined;
    curvesKnown = false;
    if (!given || !loaded.peek()) return;
    void engine
      .ask('curves', {})
      .then((found) => {
        if (answers.peek() !== given) return;
        curvesKnown = true;
        curves.value = found || undefined;
        draw();
      })
      .catch(() => {});
  });
  let turn = 0;
  effect(() => {
    const rows = shownRows.value;
    const mine = ++turn;
    if (!isFiltered.value || rows.length === 0 || !loaded.peek()) {
      selected.value = undefined;
      return;
    }
    const step = Math.max(1, rows.length / MOST);
    const some =
      rows.length <= MOST
        ? rows
        : Uint32Array.from({ length: MOST }, (_, k) => rows[Math.floor(k * step)]);
    void engine
      .ask('curves', { rows: some })
      .then((found) => {
        if (mine === turn) selected.value = found?.curves[0];
      })
      .catch(() => {});
  });
  effect(() => {
    const { row } = view.value;
    single.value = undefined;
    if (row === undefined || !loaded.peek()) return;
    void engine
      .ask('curves', { rows: Uint32Array.of(row) })
      .then((found) => {
        if (view.peek().row === row) single.value = found?.curves[0];
      })
      .catch(() => {});
  });
  return host;
}

function toggle(name: string, color: string, code: number, hidden: readonly number[]): HTMLElement {
  const gone = hidden.includes(code);
  return element(
    'button',
    {
      type: 'button',
      class: 'chip',
      'aria-pressed': String(!gone),
      style: `--chip: ${color}`,
      onclick: () => {
        look({ hidden: gone ? hidden.filter((each) => each !== code) : [...hidden, code] });
        notice.value = `${name} ${gone ? 'is shown again' : 'is left out'}`;
      },
    },
    name,
  );
}
