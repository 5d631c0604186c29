import { effect } from '@preact/signals-core';
import { start } from '../files/start.ts';
import { element, fill } from './element.ts';
import { jobs, loaded, notice, problems } from './state.ts';
import { type Theme, theme } from './theme.ts';
import { look, TABS, type Tab, undo, view } from './view.ts';

const NAMES: Readonly<Record<Tab, string>> = {
  tracks: 'Tracks',
  report: 'Report',
  train: 'Train',
  export: 'Export',
};

/** Parts of the page that are fetched when they are first looked at. */
const PARTS: Readonly<Record<Tab, () => Promise<HTMLElement>>> = {
  tracks: async () => {
    const [{ summary }, { field }, { plane }, { msd }, { table }, { track }] = await Promise.all([
      import('../judge/summary.ts'),
      import('../field/field.ts'),
      import('../plane/plane.ts'),
      import('../msd/msd.ts'),
      import('../table/table.ts'),
      import('../track/track.ts'),
    ]);
    return element('div', { class: 'desk' }, summary(), field(), plane(), msd(), track(), table());
  },
  report: async () => (await import('../report/report.ts')).reportPanel(),
  train: async () => (await import('../train/train.ts')).trainPanel(),
  export: async () => (await import('../export/export.ts')).exportPanel(),
};

/** Puts the page together. */
export function shell(root: HTMLElement): void {
  const links = TABS.map((tab) =>
    element(
      'a',
      {
        href: `#${tab}`,
        'data-tab': tab,
        onclick: (event: MouseEvent) => {
          event.preventDefault();
          look({ tab });
        },
      },
      NAMES[tab],
    ),
  );
  const themes = element(
    'select',
    { class: 'small', 'aria-label': 'theme' },
    (['system', 'light', 'dark'] as const).map((name) => element('option', { value: name }, name)),
  );
  themes.value = theme.peek();
  themes.onchange = () => {
    theme.value = themes.value as Theme;
  };
  const state = element('div', { class: 'state', role: 'status' });
  const trouble = element('div', { class: 'trouble', role: 'alert' });
  const head = element(
    'header',
    { class: 'top' },
    element(
      'h1',
      {},
      element(
        'a',
        {
          href: './',
          onclick: (event: MouseEvent) => {
            event.preventDefault();
            look({ tab: 'tracks' });
          },
        },
        'Diffusion',
      ),
    ),
    element('nav', { 'aria-label': 'parts of the page' }, links),
    state,
    element(
      'span',
      {
        class: 'private-mark',
        title:
          'The content security policy of this page forbids every connection but to where it came from',
      },
      'nothing leaves this machine',
    ),
    themes,
  );
  const rooms = new Map<Tab, HTMLElement>(
    TABS.map((tab) => [tab, element('div', { class: 'tab', 'data-tab': tab, hidden: true })]),
  );
  const said = element('div', { class: 'unseen', 'aria-live': 'polite' });
  root.replaceChildren(
    element('a', { class: 'skip', href: '#main' }, 'to the tracks'),
    head,
    element('main', { id: 'main', tabindex: '-1' }, trouble, start(), ...rooms.values()),
    said,
  );

  const made = new Set<Tab>();
  const make = async (tab: Tab) => {
    if (made.has(tab)) return;
    made.add(tab);
    rooms.get(tab)!.append(await PARTS[tab]());
  };
  effect(() => {
    const { tab } = view.value;
    const there = loaded.value !== undefined;
    document.body.classList.toggle('with-tracks', there);
    for (const [name, room] of rooms) room.hidden = name !== tab || (name === 'tracks' && !there);
    for (const link of links) {
      if (link.dataset.tab === tab) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    (root.querySelector('.start') as HTMLElement).hidden = tab !== 'tracks';
    if (tab !== 'tracks' || there) void make(tab);
  });
  effect(() => {
    fill(
      state,
      Object.values(jobs.value).map(({ doing, share }) =>
        element(
          'span',
          { class: 'job' },
          `${doing} `,
          element('progress', {
            'aria-label': doing,
            max: '1',
            ...(share !== undefined && { value: String(share) }),
          }),
        ),
      ),
    );
  });
  effect(() => {
    fill(
      trouble,
      problems.value.map((one) =>
        element(
          'div',
          { class: 'problem' },
          element('strong', {}, one.title),
          element('span', {}, one.message),
          element(
            'button',
            {
              type: 'button',
              class: 'small',
              'aria-label': 'dismiss',
              onclick: () => {
                problems.value = problems.peek().filter((each) => each !== one);
              },
            },
            '×',
          ),
        ),
      ),
    );
  });
  notice.subscribe((text) => {
    said.textContent = text;
  });
  addEventListener('keydown', (event) => {
    const typing = /^(input|select|textarea)$/i.test((event.target as Element).tagName ?? '');
    if ((event.ctrlKey || event.metaKey) && event.key === 'z' && !typing) {
      event.preventDefault();
      undo();
    }
  });
}
