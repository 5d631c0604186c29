import { signal } from '@preact/signals-core';

export const TABS = ['tracks', 'report', 'train', 'export'] as const;
export type Tab = (typeof TABS)[number];

/** A rectangle in the numbers of a picture. */
export interface Brush {
  readonly of: 'field' | 'plane';
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

/** What is looked at. Everything that can be undone is in here, and every change of it is a step of the browser's history. */
export interface View {
  readonly tab: Tab;
  /** Classes that are left out, −1 for tracks that were not judged. */
  readonly hidden: readonly number[];
  readonly condition: string;
  readonly minPoints: number;
  readonly text: string;
  readonly brush?: Brush;
  /** The track that is looked at. */
  readonly row?: number;
}

const FIRST: View = { tab: 'tracks', hidden: [], condition: '', minPoints: 0, text: '' };

export const view = signal<View>(FIRST);

const addressOf = ({ tab }: View) => (tab === 'tracks' ? ' ' : `#${tab}`);

/** Begins with what the address says, and follows the buttons of the browser. */
export function followHistory(): void {
  const named = TABS.find((tab) => `#${tab}` === location.hash) ?? 'tracks';
  view.value = { ...FIRST, tab: named };
  history.replaceState(view.peek(), '', location.href);
  addEventListener('popstate', ({ state }) => {
    if (state) view.value = state as View;
    else {
      const tab = TABS.find((each) => `#${each}` === location.hash);
      if (tab) view.value = { ...view.peek(), tab };
    }
  });
}

/** Changes what is looked at, as a step that can be undone. */
export function look(change: Partial<View>): void {
  const next = { ...view.peek(), ...change };
  if (JSON.stringify(next) === JSON.stringify(view.peek())) return;
  history.pushState(next, '', addressOf(next).trim() || location.pathname + location.search);
  view.value = next;
}

/** Changes it without a step: what is typed is one step, not one per letter. */
export function lookOn(change: Partial<View>): void {
  const next = { ...view.peek(), ...change };
  history.replaceState(next, '', location.href);
  view.value = next;
}

/** Other tracks: what was chosen among those before means nothing any more. */
export const lookAnew = (): void => look({ ...FIRST, row: undefined, brush: undefined });

/** One step back. */
export const undo = (): void => history.back();
