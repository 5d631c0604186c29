import { effect } from '@preact/signals-core';
import { openFiles } from '../judge/run.ts';
import { element, fill } from '../page/element.ts';
import { bytes, whole } from '../page/numbers.ts';
import { loaded } from '../page/state.ts';
import { readBy, readingNow, takeFiles } from './take.ts';
import { filesOfDrop, filesOfInput } from './what-was-dropped.ts';

/** Where files are dropped and picked, and tracks are simulated. */
export function start(): HTMLElement {
  const pick = element('input', {
    type: 'file',
    id: 'pick',
    multiple: true,
    class: 'hidden-input',
    'aria-label': 'files of tracks',
  });
  const folder = element('input', {
    type: 'file',
    id: 'pick-folder',
    webkitdirectory: true,
    class: 'hidden-input',
    'aria-label': 'a folder of tracks',
  });
  for (const input of [pick, folder]) {
    input.onchange = () => {
      const files = input.files ? filesOfInput(input.files) : [];
      input.value = '';
      void takeFiles(files);
    };
  }
  const zone = element(
    'div',
    { class: 'drop' },
    element('p', { class: 'lead' }, 'Drop files of tracks anywhere on this page'),
    element(
      'p',
      {},
      element(
        'button',
        { type: 'button', class: 'main', onclick: () => pick.click() },
        'Choose files',
      ),
      ' ',
      element('button', { type: 'button', onclick: () => folder.click() }, 'Choose a folder'),
      pick,
      folder,
    ),
    element(
      'p',
      { class: 'note' },
      'TrackMate (CSV and XML), trackpy, tables with track, frame, x, y, z, Icy, MosaicSuite, u-track and other MATLAB files, Parquet, GEFF, AnDi, JSON, NumPy; each may be gzipped. Folders are taken for conditions. A model or predictions that were saved here are read, too.',
    ),
  );
  const simulated = element('details', {}, element('summary', {}, 'or simulate tracks'));
  // The models of motion are fetched when they are asked for.
  simulated.addEventListener('toggle', () => {
    if (!simulated.open || simulated.childElementCount > 1) return;
    void import('../simulate/simulate-form.ts').then(({ simulateForm }) => {
      simulated.append(
        simulateForm(() => {
          simulated.open = false;
        }),
      );
    });
  });
  const welcome = element(
    'div',
    { class: 'welcome' },
    element('h2', {}, 'What moves how?'),
    element(
      'p',
      {},
      'The modes of motion in single-particle tracks: the share of each with its interval, D, α and σ of every track, its states along the path, and what to expect of these answers on tracks like yours. In seconds, by networks that come trained.',
    ),
    element(
      'p',
      { class: 'private' },
      'Nothing leaves this machine. The page’s content security policy forbids it every connection but to where it came from, and once it has been opened it works without a network.',
    ),
  );
  const host = element(
    'section',
    { class: 'start', 'aria-label': 'files' },
    welcome,
    element('div', { class: 'start-ways' }, zone, simulated),
    readAs(),
    readFiles(),
  );
  effect(() => {
    const there = loaded.value !== undefined;
    host.classList.toggle('folded', there);
    welcome.hidden = there;
  });
  return host;
}

/** How files are read, where they do not say it themselves. */
function readAs(): HTMLElement {
  const field = (id: string, text: string, more: Record<string, unknown> = {}) => {
    const input = element('input', { id, type: 'number', step: 'any', min: '0', ...more });
    return {
      input,
      entry: element('div', { class: 'entry' }, element('label', { for: id }, text), input),
    };
  };
  const dt = field('read-dt', 'seconds per frame');
  const pixel = field('read-pixel', 'µm per pixel');
  const unit = field('read-unit', 'unit of positions', {
    type: 'text',
    placeholder: 'of the file',
  });
  const least = field('read-min', 'points at least', { step: '1' });
  const gaps = field('read-gaps', 'cut where more frames miss than', { step: '1' });
  const form = element(
    'form',
    { class: 'form', 'aria-label': 'how to read' },
    dt.entry,
    pixel.entry,
    unit.entry,
    least.entry,
    gaps.entry,
    element('button', { type: 'submit' }, 'Read so'),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const number = ({ value }: HTMLInputElement) => (value === '' ? undefined : Number(value));
    const next = {
      dt: number(dt.input),
      pixelSize: number(pixel.input),
      positionUnit: unit.input.value.trim() || undefined,
      minLength: number(least.input),
      splitGaps: number(gaps.input),
    };
    readBy(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)));
    const now = loaded.peek();
    if (now?.source.kind === 'files') void openFiles(now.source.files, readingNow());
  };
  return element(
    'details',
    { class: 'read-as' },
    element('summary', {}, 'How to read (units, gaps)'),
    form,
  );
}

/** What was read, and the condition of each file. */
function readFiles(): HTMLElement {
  const list = element('div', { class: 'files' });
  const host = element(
    'details',
    { class: 'read-files', hidden: true },
    element('summary', {}, 'Files and conditions'),
    list,
  );
  effect(() => {
    const now = loaded.value;
    const files = now?.source.kind === 'files' ? now.source.files : [];
    host.hidden = files.length === 0;
    const changed = new Map<string, string>();
    const apply = element(
      'button',
      {
        type: 'button',
        disabled: true,
        onclick: () => {
          void openFiles(
            files.map((one) => ({ ...one, condition: changed.get(one.path) ?? one.condition })),
            readingNow(),
          );
        },
      },
      'Compare',
    );
    fill(
      list,
      element(
        'table',
        { class: 'of-files' },
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            ['file', 'size', 'tracks', 'condition'].map((name) =>
              element('th', { scope: 'col' }, name),
            ),
          ),
        ),
        element(
          'tbody',
          {},
          files.map(({ file, path, condition }) => {
            const input = element('input', {
              type: 'text',
              value: condition,
              class: 'small',
              'aria-label': `condition of ${path}`,
              oninput: () => {
                changed.set(path, input.value.trim());
                apply.disabled = false;
              },
            });
            const found = now?.reports.find((one) => one.file === path);
            return element(
              'tr',
              {},
              element('td', {}, path),
              element('td', { class: 'number' }, bytes(file.size)),
              element('td', { class: 'number' }, found ? whole(found.tracks) : 'not read'),
              element('td', {}, input),
            );
          }),
        ),
      ),
      element(
        'p',
        { class: 'note' },
        'Files of one condition are compared with those of another; the folder of a file names it unless you do. Intervals between conditions come from how much files differ: five of each at least.',
      ),
      apply,
    );
  });
  return host;
}

/** Takes what is dropped anywhere. */
export function followDrops(): void {
  let depth = 0;
  const over = (is: boolean) => document.body.classList.toggle('dropping', is);
  addEventListener('dragenter', (event) => {
    event.preventDefault();
    depth++;
    over(true);
  });
  addEventListener('dragleave', () => {
    depth = Math.max(0, depth - 1);
    if (depth === 0) over(false);
  });
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    depth = 0;
    over(false);
    if (event.dataTransfer) void filesOfDrop(event.dataTransfer).then(takeFiles);
  });
}
