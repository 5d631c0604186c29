import { drawn } from './element.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A drag in a picture, in its pixels. */
export interface Drag {
  readonly from: Place;
  readonly to: Place;
  /** Further than a hand shakes: no click. */
  readonly moved: boolean;
  /** Whether it chooses what lies inside. */
  readonly chooses: boolean;
}

/** Where the pointer is in a picture. */
export function placeIn(picture: Element, { clientX, clientY }: MouseEvent): Place {
  const { left, top } = picture.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

/**
 * Follows drags and clicks in a picture.
 *
 * @param on `begin` says whether a drag chooses; `move` is told of every step of one that has moved, and where it was before; `end` has
 * what was dragged, moved or not, and undefined where the browser has taken the pointer away.
 * @returns a function that tells the drag that goes on now, if it has moved.
 */
export function followDrags(
  picture: HTMLElement,
  on: {
    begin(event: PointerEvent): boolean;
    move(drag: Drag, before: Place): void;
    end(drag: Drag | undefined): void;
  },
): () => Drag | undefined {
  let drag: Drag | undefined;
  picture.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    picture.setPointerCapture(event.pointerId);
    const from = placeIn(picture, event);
    drag = { from, to: from, moved: false, chooses: on.begin(event) };
  });
  picture.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const before = drag.to;
    const to = placeIn(picture, event);
    const moved = drag.moved || Math.hypot(to.x - drag.from.x, to.y - drag.from.y) > 4;
    drag = { ...drag, to, moved };
    if (moved) on.move(drag, before);
  });
  const end = (done: Drag | undefined) => {
    if (!drag) return;
    drag = undefined;
    on.end(done);
  };
  picture.addEventListener('pointerup', () => end(drag));
  picture.addEventListener('pointercancel', () => end(undefined));
  return () => (drag?.moved ? drag : undefined);
}

/** The rectangle between two corners. */
export function rectangle(a: Place, b: Place): SVGElement {
  return drawn('rect', {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(b.x - a.x),
    height: Math.abs(b.y - a.y),
    class: 'brush',
  });
}

/** Two numbers, the smaller one first. */
export const ordered = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a]);
