import { columnValue } from '@diffusion/tracks';
import { effect, signal } from '@preact/signals-core';
import { element, fill } from '../page/element.ts';
import { digits, percent, whole } from '../page/numbers.ts';
import { shownRows } from '../page/shown.ts';
import { answers, estimates, loaded, segmented } from '../page/state.ts';
import { classColor } from '../page/theme.ts';
import { unitOfD, unitOfLength } from '../page/units.ts';
import { look, lookOn, undo, view } from '../page/view.ts';
import { sortedRows } from './sorted-rows.ts';

/** Height of a row in pixels, as the style sheet has it. */
const ROW = 26;

type Value = string | number;
interface ColumnOf {
  readonly name: string;
  readonly title: string;
  readonly number?: boolean;
  value(i: number): Value;
  cell?(i: number): string;
}

/** All tracks that are shown, one line each; only those in sight are in the page. */
export function table(): HTMLElement {
  const sort = signal<{ by: string; down: boolean }>({ by: '', down: false });
  const head = element('div', { class: 'row head', role: 'row' });
  const body = element('div', { class: 'rows', role: 'rowgroup' });
  const room = element(
    'div',
    { class: 'room', tabindex: '0', role: 'table', 'aria-label': 'tracks' },
    element('div', { role: 'rowgroup' }, head),
    body,
  );
  const count = element('span', { class: 'note', 'aria-live': 'polite' });
  const search = element('input', {
    type: 'search',
    class: 'small',
    placeholder: 'id or file',
    'aria-label': 'tracks whose id or file has this in it',
  });
  const least = element('input', {
    type: 'number',
    class: 'small narrow-number',
    min: '0',
    'aria-label': 'points at least',
    placeholder: 'points ≥',
  });
  const group = element('select', { class: 'small', 'aria-label': 'condition' });
  const back = element(
    'button',
    { type: 'button', class: 'small', title: 'undo (Ctrl Z)', onclick: undo },
    'undo',
  );
  const clear = element(
    'button',
    {
      type: 'button',
      class: 'small',
      onclick: () => look({ hidden: [], brush: undefined, condition: '', minPoints: 0, text: '' }),
    },
    'show all',
  );
  const host = element(
    'section',
    { class: 'panel tracks', 'aria-labelledby': 'table-title' },
    element(
      'header',
      {},
      element('h2', { id: 'table-title' }, 'Tracks'),
      count,
      element('span', { class: 'tools' }, search, least, group, back, clear),
    ),
    room,
  );

  let columns: ColumnOf[] = [];
  let rows: Uint32Array = new Uint32Array(0);
  let template = '';

  const columnsNow = (): ColumnOf[] => {
    const now = loaded.value;
    if (!now) return [];
    const { tracks, conditions, conditionOf } = now;
    const given = answers.value;
    const found = estimates.value;
    const segments = segmented.value?.segments;
    const { track, file } = tracks.trackColumns;
    const classes = given?.model.classes ?? [];
    // The numbers in parentheses are the 95 % interval.
    const estimate = (
      name: 'diffusion' | 'alpha' | 'sigma',
      title: string,
      places?: number,
    ): ColumnOf => ({
      name,
      title,
      number: true,
      value: (i) => found[i]?.[name].value ?? Number.NaN,
      cell: (i) => {
        const one = found[i]?.[name];
        if (!one || !Number.isFinite(one.value)) return '–';
        const text = (x: number) => (places === undefined ? digits(x) : x.toFixed(places));
        return one.interval.every(Number.isFinite)
          ? `${text(one.value)} (${text(one.interval[0])}–${text(one.interval[1])})`
          : text(one.value);
      },
    });
    const p = (i: number): number => {
      const { probabilities } = given!.prediction;
      return given!.best[i] < 0 || !probabilities
        ? Number.NaN
        : probabilities[i * classes.length + given!.best[i]];
    };
    return [
      { name: 'track', title: 'track', value: (i) => (track ? columnValue(track, i) : i) },
      ...(file
        ? [{ name: 'file', title: 'file', value: (i: number) => columnValue(file, i) }]
        : []),
      ...(conditionOf
        ? [
            {
              name: 'condition',
              title: 'condition',
              value: (i: number) => conditions[conditionOf[i]],
            },
          ]
        : []),
      { name: 'points', title: 'points', number: true, value: (i) => tracks.lengthOf(i) },
      ...(given
        ? [
            {
              name: 'class',
              title: 'class',
              value: (i: number) => (given.best[i] < 0 ? 'not judged' : classes[given.best[i]]),
              cell: (i: number) =>
                given.best[i] < 0
                  ? 'not judged'
                  : `${given.undecided[i] ? 'perhaps ' : ''}${classes[given.best[i]]}`,
            },
            {
              name: 'p',
              title: 'probability',
              number: true,
              value: p,
              cell: (i: number) => percent(p(i)),
            },
          ]
        : []),
      estimate('diffusion', `D (${unitOfD(tracks)}), 95 %`),
      estimate('alpha', 'α, 95 %', 2),
      estimate('sigma', `σ (${unitOfLength(tracks)}), 95 %`),
      ...(segments
        ? [
            {
              name: 'changes',
              title: 'changes',
              number: true,
              value: (i: number) => (segments[i].length ? segments[i].length - 1 : Number.NaN),
              cell: (i: number) => (segments[i].length ? String(segments[i].length - 1) : '–'),
            },
          ]
        : []),
      ...(given
        ? [
            {
              name: 'reason',
              title: 'why not judged',
              value: (i: number) => given.prediction.reasons[i]?.text ?? '',
            },
          ]
        : []),
    ];
  };

  const WIDTHS: Readonly<Record<string, string>> = {
    track: '5.5rem',
    file: 'minmax(7rem, 1fr)',
    condition: '6rem',
    points: '4rem',
    class: '10rem',
    p: '5.5rem',
    diffusion: '12rem',
    alpha: '8.5rem',
    sigma: '11rem',
    changes: '5rem',
    reason: 'minmax(9rem, 2fr)',
  };

  const drawRows = () => {
    const { row } = view.peek();
    const first = Math.max(0, Math.floor(room.scrollTop / ROW) - 5);
    const last = Math.min(rows.length, first + Math.ceil((room.clientHeight || 300) / ROW) + 12);
    const best = answers.peek()?.best;
    const made: HTMLElement[] = [];
    for (let at = first; at < last; at++) {
      const i = rows[at];
      made.push(
        element(
          'div',
          {
            class: `row${i === row ? ' chosen' : ''}`,
            role: 'row',
            'aria-rowindex': at + 2,
            'data-row': i,
            ...(i === row && { 'aria-current': 'true' }),
            style: `top: ${at * ROW}px; grid-template-columns: ${template}; --chip: ${best ? classColor(best[i]) : 'transparent'}`,
          },
          columns.map(({ name, number, value, cell }) =>
            element(
              'span',
              { role: 'cell', class: `${number ? 'number ' : ''}of-${name}` },
              cell ? cell(i) : String(value(i)),
            ),
          ),
        ),
      );
    }
    body.style.height = `${rows.length * ROW}px`;
    body.replaceChildren(...made);
  };

  effect(() => {
    columns = columnsNow();
    const { by, down } = sort.value;
    template = columns.map(({ name }) => WIDTHS[name]).join(' ');
    head.style.gridTemplateColumns = template;
    fill(
      head,
      columns.map(({ name, title, number }) =>
        element(
          'span',
          {
            role: 'columnheader',
            class: number ? 'number' : '',
            'aria-sort': by === name ? (down ? 'descending' : 'ascending') : 'none',
          },
          element(
            'button',
            {
              type: 'button',
              onclick: () => {
                sort.value = { by: name, down: by === name ? !down : Boolean(number) };
              },
            },
            title,
            by === name ? (down ? ' ↓' : ' ↑') : '',
          ),
        ),
      ),
    );
    const shownNow = shownRows.value;
    const column = columns.find(({ name }) => name === by);
    if (column) {
      rows = sortedRows(shownNow, column.value, down);
    } else rows = shownNow;
    const all = loaded.value?.tracks.count ?? 0;
    count.textContent = rows.length < all ? `${whole(rows.length)} of ${whole(all)}` : whole(all);
    clear.disabled = rows.length === all && view.peek().hidden.length === 0;
    room.setAttribute('aria-rowcount', String(rows.length + 1));
    drawRows();
  });
  effect(() => {
    const { row } = view.value;
    if (row !== undefined) {
      const at = rows.indexOf(row);
      const from = room.scrollTop;
      if (at >= 0 && (at * ROW < from || (at + 2) * ROW > from + room.clientHeight)) {
        room.scrollTop = Math.max(0, at * ROW - room.clientHeight / 3);
      }
    }
    drawRows();
  });
  room.addEventListener('scroll', drawRows, { passive: true });
  new ResizeObserver(drawRows).observe(room);
  body.addEventListener('click', (event) => {
    const line = (event.target as Element).closest<HTMLElement>('[data-row]');
    if (line) look({ row: Number(line.dataset.row) });
  });
  room.addEventListener('keydown', (event) => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || rows.length === 0 || event.target !== room) return;
    const { row } = view.peek();
    const at = row === undefined ? -1 : rows.indexOf(row);
    const next = Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step));
    look({ row: rows[next] });
    event.preventDefault();
  });
  search.oninput = () => lookOn({ text: search.value });
  search.onchange = () => look({ text: search.value });
  least.onchange = () => look({ minPoints: Math.max(0, Number(least.value) || 0) });
  group.onchange = () => look({ condition: group.value });
  effect(() => {
    const names = loaded.value?.conditions ?? [];
    group.hidden = names.length < 2;
    fill(
      group,
      element('option', { value: '' }, 'all conditions'),
      names.map((name) => element('option', { value: name }, name)),
    );
    group.value = view.value.condition;
  });
  effect(() => {
    const { text, minPoints } = view.value;
    if (document.activeElement !== search) search.value = text;
    if (document.activeElement !== least) least.value = minPoints ? String(minPoints) : '';
  });
  return host;
}
