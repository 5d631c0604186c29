import { scaleLinear, scaleLog } from 'd3-scale';
import { drawn } from '../page/element.ts';

export type Scale = ReturnType<typeof scaleLinear<number>> | ReturnType<typeof scaleLog<number>>;

/** An axis of a small picture. */
export interface Axis {
  readonly domain: readonly [number, number];
  readonly log?: boolean;
  readonly title: string;
}

export const ROOM = { left: 52, right: 10, top: 10, bottom: 38 } as const;

/** Scales of a picture, and its frame with ticks and titles as SVG. */
export function chart(
  width: number,
  height: number,
  x: Axis,
  y: Axis,
): { x: Scale; y: Scale; frame: SVGElement[] } {
  const make = ({ domain, log }: Axis, range: [number, number]): Scale =>
    log ? scaleLog([...domain], range) : scaleLinear([...domain], range);
  const [left, right, top, bottom] = [
    ROOM.left,
    width - ROOM.right,
    ROOM.top,
    height - ROOM.bottom,
  ];
  const sx = make(x, [left, right]);
  const sy = make(y, [bottom, top]);
  const frame: SVGElement[] = [
    drawn('rect', {
      x: left,
      y: top,
      width: Math.max(0, right - left),
      height: Math.max(0, bottom - top),
      class: 'frame',
    }),
  ];
  for (const tick of ticksOf(sx, x, (right - left) / 60)) {
    frame.push(
      drawn('line', { x1: sx(tick), x2: sx(tick), y1: bottom, y2: bottom + 4, class: 'tick' }),
      drawn('text', { x: sx(tick), y: bottom + 15, 'text-anchor': 'middle' }, text(tick)),
    );
  }
  for (const tick of ticksOf(sy, y, (bottom - top) / 40)) {
    frame.push(
      drawn('line', { x1: left - 4, x2: left, y1: sy(tick), y2: sy(tick), class: 'tick' }),
      drawn('text', { x: left - 7, y: sy(tick) + 4, 'text-anchor': 'end' }, text(tick)),
    );
  }
  frame.push(
    drawn(
      'text',
      { x: (left + right) / 2, y: height - 5, 'text-anchor': 'middle', class: 'title' },
      x.title,
    ),
    drawn(
      'text',
      {
        x: 0,
        y: 0,
        transform: `translate(12 ${(top + bottom) / 2}) rotate(-90)`,
        'text-anchor': 'middle',
        class: 'title',
      },
      y.title,
    ),
  );
  return { x: sx, y: sy, frame };
}

/** Ticks of a logarithm are powers of ten, or 1, 2 and 5 where there are few of these. */
function ticksOf(scale: Scale, { log, domain }: Axis, count: number): number[] {
  if (!log) return scale.ticks(Math.max(2, Math.round(count)));
  const all = scale.ticks(30);
  const tens = all.filter((tick) => Math.abs(Math.log10(tick) % 1) < 1e-9);
  if (tens.length >= 3) {
    const step = Math.ceil(tens.length / Math.max(2, count));
    return tens.filter((_, k) => k % step === 0);
  }
  const some = all.filter((tick) => [1, 2, 5].includes(Number(tick.toExponential(0)[0])));
  if (some.length < 2) return [...domain].map((end) => Number(end.toPrecision(2)));
  const step = Math.ceil(some.length / Math.max(2, count));
  return some.filter((_, k) => k % step === 0);
}

const text = (tick: number): string => {
  if (tick === 0) return '0';
  const size = Math.abs(tick);
  if (size >= 1e5 || size < 1e-3) return tick.toExponential(0).replace('e+', 'e').replace('-', '−');
  return String(Number(tick.toPrecision(6))).replace('-', '−');
};
