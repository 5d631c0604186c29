// Draws the tracks where they lie, so that the page itself is never kept waiting.
import { scaleLinear } from 'd3-scale';
import {
  type Box,
  fromX,
  fromY,
  MARGIN,
  type PainterOrder,
  type PainterWord,
  toX,
  toY,
} from './painting.ts';

type Of<Kind extends PainterOrder['kind']> = Extract<PainterOrder, { kind: Kind }>;

const scope = self as unknown as {
  onmessage: (event: MessageEvent<PainterOrder>) => void;
  postMessage(word: PainterWord): void;
};

let canvas: OffscreenCanvas | undefined;
let tracks: Of<'tracks'> | undefined;
let look: Of<'look'> | undefined;
let size: Of<'box'> | undefined;
/** What was painted last, and where it lay: shown at once in its new place until it is painted anew. */
let before: { picture: OffscreenCanvas; box: Box } | undefined;
let job = 0;
let waiting = false;

/** Points that are painted between two looks at whether there is something newer to paint. */
const AT_ONCE = 40_000;
/** Pixels that a line has to move to be drawn on. */
const STEP = 0.5;

scope.onmessage = ({ data }) => {
  if (data.kind === 'near') {
    scope.postMessage({ kind: 'near', id: data.id, row: near(data) });
    return;
  }
  if (data.kind === 'canvas') canvas = data.canvas;
  else if (data.kind === 'tracks') {
    tracks = data;
    look = undefined;
    before = undefined;
  } else if (data.kind === 'look') look = data;
  else size = data;
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    void paint(++job);
  });
};

const turn = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(0);
  });

async function paint(mine: number): Promise<void> {
  if (!canvas || !tracks || !look || !size) return;
  const started = performance.now();
  const { width, height, ratio, box } = size;
  const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const front = canvas.getContext('2d')!;
  if (
    before &&
    (before.box.left !== box.left ||
      before.box.perX !== box.perX ||
      before.box.bottom !== box.bottom)
  ) {
    preview(front, before.picture, before.box, box, height, ratio);
  }
  const picture = new OffscreenCanvas(w, h);
  const context = picture.getContext('2d')!;
  context.scale(ratio, ratio);
  axes(context, box, width, height);
  context.save();
  context.beginPath();
  context.rect(
    MARGIN.left,
    MARGIN.top,
    width - MARGIN.left - MARGIN.right,
    height - MARGIN.top - MARGIN.bottom,
  );
  context.clip();
  context.lineJoin = 'round';
  const { codes, colors, faint, shown, row } = look;
  const all = shown.every((one) => one === 1);
  let points = 0;
  let since = 0;
  // Those that are left out lie below all others, then the pale ones.
  const passes = [
    ...(all ? [] : [{ of: (i: number) => shown[i] === 0, alpha: 0.13, line: 0.7 }]),
    { of: (i: number) => shown[i] === 1 && faint?.[i] === 1, alpha: 0.5, line: 0.9 },
    { of: (i: number) => shown[i] === 1 && faint?.[i] !== 1, alpha: 0.95, line: 1.25 },
  ];
  for (const { of, alpha, line } of passes) {
    context.globalAlpha = alpha;
    context.lineWidth = line;
    for (let color = 0; color < colors.length; color++) {
      context.strokeStyle = colors[color];
      context.fillStyle = colors[color];
      context.beginPath();
      let open = 0;
      for (let i = 0; i < codes.length; i++) {
        if (codes[i] !== color || !of(i)) continue;
        const drawn = trace(context, i, box, width, height);
        points += drawn;
        open += drawn;
        since += tracks.offsets[i + 1] - tracks.offsets[i];
        if (open > 8_000) {
          context.stroke();
          context.beginPath();
          open = 0;
        }
        if (since > AT_ONCE) {
          since = 0;
          await turn();
          if (job !== mine) return;
        }
      }
      context.stroke();
    }
  }
  if (row !== undefined && row < codes.length) {
    context.globalAlpha = 1;
    context.beginPath();
    trace(context, row, box, width, height);
    context.lineWidth = 5;
    context.strokeStyle = look.paper;
    context.stroke();
    context.lineWidth = 2.2;
    context.strokeStyle = look.ink;
    context.stroke();
    const first = placeOf(tracks.offsets[row], row);
    context.beginPath();
    context.arc(toX(box, first[0]), toY(box, first[1], height), 4, 0, 7);
    context.stroke();
  }
  context.restore();
  front.setTransform(1, 0, 0, 1, 0, 0);
  front.clearRect(0, 0, w, h);
  front.drawImage(picture, 0, 0);
  before = { picture, box };
  scope.postMessage({ kind: 'painted', ms: performance.now() - started, points });
}

/** What was painted before, moved to where it lies now. */
function preview(
  front: OffscreenCanvasRenderingContext2D,
  picture: OffscreenCanvas,
  old: Box,
  now: Box,
  height: number,
  ratio: number,
): void {
  const sx = now.perX / old.perX;
  const sy = now.perY / old.perY;
  const x = toX(now, fromX(old, 0));
  const y = toY(now, fromY(old, 0, height), height);
  front.setTransform(1, 0, 0, 1, 0, 0);
  front.clearRect(0, 0, picture.width, picture.height);
  front.drawImage(picture, x * ratio, y * ratio, picture.width * sx, picture.height * sy);
}

/** Where a point lies; of a 1D track the place against time. */
function placeOf(p: number, i: number): [x: number, y: number] {
  const { positions, dim, dt, frames, offsets } = tracks!;
  if (dim > 1) return [positions[p * dim], positions[p * dim + 1]];
  return [dt * (frames ? frames[p] : p - offsets[i]), positions[p]];
}

/** Adds the line of a track to the path; points nearer than half a pixel to the last one are passed over, a gap is a break. */
function trace(
  context: OffscreenCanvasRenderingContext2D,
  i: number,
  box: Box,
  width: number,
  height: number,
): number {
  const { positions, dim, dt, frames, offsets } = tracks!;
  const [from, to] = [offsets[i], offsets[i + 1]];
  const left = MARGIN.left - box.left * box.perX;
  const low = height - MARGIN.bottom + box.bottom * box.perY;
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  let drawn = 0;
  let moved = false;
  for (let p = from; p < to; p++) {
    const x =
      left + box.perX * (dim > 1 ? positions[p * dim] : dt * (frames ? frames[p] : p - from));
    const y = low - box.perY * (dim > 1 ? positions[p * dim + 1] : positions[p]);
    const gap = frames !== undefined && p > from && frames[p] - frames[p - 1] > 1;
    if (p === from || gap) {
      context.moveTo(x, y);
      moved = gap || moved;
    } else {
      const far = Math.abs(x - lastX) > STEP || Math.abs(y - lastY) > STEP;
      if (!far && p + 1 < to) continue;
      const inside =
        (x > -50 || lastX > -50) &&
        (y > -50 || lastY > -50) &&
        (x < width + 50 || lastX < width + 50) &&
        (y < height + 50 || lastY < height + 50);
      if (inside) {
        context.lineTo(x, y);
        drawn++;
        moved ||= far;
      } else context.moveTo(x, y);
    }
    lastX = x;
    lastY = y;
  }
  // What does not move by a pixel is a dot.
  if (!moved && to > from) context.rect(lastX - 0.6, lastY - 0.6, 1.2, 1.2);
  return drawn + 1;
}

function axes(
  context: OffscreenCanvasRenderingContext2D,
  box: Box,
  width: number,
  height: number,
): void {
  const { soft, ink, units } = look!;
  const right = width - MARGIN.right;
  const bottom = height - MARGIN.bottom;
  context.strokeStyle = soft;
  context.fillStyle = ink;
  context.globalAlpha = 1;
  context.lineWidth = 0.7;
  context.font = '11px system-ui, sans-serif';
  context.strokeRect(MARGIN.left + 0.5, MARGIN.top + 0.5, right - MARGIN.left, bottom - MARGIN.top);
  const x = scaleLinear([fromX(box, MARGIN.left), fromX(box, right)], [MARGIN.left, right]);
  const y = scaleLinear(
    [fromY(box, bottom, height), fromY(box, MARGIN.top, height)],
    [bottom, MARGIN.top],
  );
  context.beginPath();
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const nx = Math.max(2, Math.round(width / 110));
  for (const tick of x.ticks(nx)) {
    context.moveTo(x(tick), bottom);
    context.lineTo(x(tick), bottom + 4);
    context.fillText(x.tickFormat(nx)(tick), x(tick), bottom + 6);
  }
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const ny = Math.max(2, Math.round(height / 80));
  for (const tick of y.ticks(ny)) {
    context.moveTo(MARGIN.left, y(tick));
    context.lineTo(MARGIN.left - 4, y(tick));
    context.fillText(y.tickFormat(ny)(tick), MARGIN.left - 6, y(tick));
  }
  context.stroke();
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  context.fillText(units[0], (MARGIN.left + right) / 2, height - 1);
  context.save();
  context.translate(11, (MARGIN.top + bottom) / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'middle';
  context.fillText(units[1], 0, 0);
  context.restore();
}

/** The track that is shown nearest to a place of the picture, −1 where there is none within ten pixels. */
function near({ x, y }: Of<'near'>): number {
  if (!tracks || !size || !look) return -1;
  const { box, height } = size;
  const { shown } = look;
  let best = 10 * 10;
  let found = -1;
  for (let i = 0; i < shown.length; i++) {
    if (!shown[i]) continue;
    for (let p = tracks.offsets[i]; p < tracks.offsets[i + 1]; p++) {
      const [px, py] = placeOf(p, i);
      const d = (toX(box, px) - x) ** 2 + (toY(box, py, height) - y) ** 2;
      if (d < best) {
        best = d;
        found = i;
      }
    }
  }
  return found;
}
