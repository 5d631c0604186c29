import { columnValue } from '@diffusion/tracks';
import { effect, signal } from '@preact/signals-core';
import { engine } from '../engine/engine.ts';
import { pngOf } from '../export/picture.ts';
import { save } from '../export/save.ts';
import { lookBeside } from '../field/field.ts';
import { element, fill } from '../page/element.ts';
import { counted, digits, percent } from '../page/numbers.ts';
import { answers, estimates, jobs, loaded, segmented, tellProblem } from '../page/state.ts';
import { classColor } from '../page/theme.ts';
import { unitOfD, unitOfLength } from '../page/units.ts';
import { look, view } from '../page/view.ts';
import type { TrackDetail } from './track-detail.ts';

const detail = signal<TrackDetail | { row: number; failed: string } | undefined>(undefined);

/** The track that is looked at: its numbers, its states along the path, what the model looks at. */
export function track(): HTMLElement {
  const title = element('h2', { id: 'track-title' }, 'Track');
  const body = element('div', { class: 'track-body' });
  const step = (text: string, by: 1 | -1, name: string) =>
    element(
      'button',
      { type: 'button', class: 'small', 'aria-label': name, onclick: () => lookBeside(by) },
      text,
    );
  const host = element(
    'section',
    { class: 'panel track', 'aria-labelledby': 'track-title' },
    element(
      'header',
      {},
      title,
      element(
        'span',
        { class: 'tools' },
        step('‹', -1, 'previous track'),
        step('›', 1, 'next track'),
        element(
          'button',
          { type: 'button', class: 'small', onclick: () => look({ row: undefined }) },
          'close',
        ),
      ),
    ),
    body,
  );
  effect(() => {
    const { row } = view.value;
    const given = answers.value;
    // What all tracks say together takes the place of what this one said by itself.
    segmented.value;
    if (row === undefined || !loaded.value || row >= loaded.value.tracks.count) {
      detail.value = undefined;
      return;
    }
    if (!given) return;
    if (detail.peek()?.row !== row) detail.value = undefined;
    void engine
      .ask('detail', row)
      .catch((error: Error) => ({ row, failed: error.message }))
      .then((found) => {
        if (view.peek().row === row) detail.value = found;
      });
  });
  effect(() => {
    const now = loaded.value;
    const { row } = view.value;
    host.classList.toggle('empty', row === undefined);
    if (!now || row === undefined || row >= now.tracks.count) {
      title.textContent = 'Track';
      fill(
        body,
        element(
          'p',
          { class: 'note' },
          'Click a track in the field, in the plane or in the table: its states along the path, and what the model looks at.',
        ),
      );
      return;
    }
    const { tracks } = now;
    const { track: id, file } = tracks.trackColumns;
    title.textContent = `Track ${id ? columnValue(id, row) : row}${file ? ` of ${columnValue(file, row)}` : ''}`;
    const given = answers.value;
    const one = estimates.value[row];
    const found = detail.value;
    const width = given?.model.classes.length ?? 0;
    const p = (k: number) => given?.prediction.probabilities?.[row * width + k] ?? Number.NaN;
    const triple = (name: 'diffusion' | 'alpha' | 'sigma', unit: string) => {
      const value = one?.[name];
      if (!value || !Number.isFinite(value.value)) return '–';
      const [low, high] = value.interval;
      return Number.isFinite(low) && Number.isFinite(high)
        ? `${digits(value.value)} (${digits(low)} to ${digits(high)})${unit}`
        : `${digits(value.value)}${unit}`;
    };
    const facts: [string, string][] = [
      ['points', String(tracks.lengthOf(row))],
      ['D', triple('diffusion', ` ${unitOfD(tracks)}`)],
      ['α', triple('alpha', '')],
      ['σ', triple('sigma', ` ${unitOfLength(tracks)}`)],
    ];
    const reason = given?.prediction.reasons[row]?.text;
    fill(
      body,
      element(
        'dl',
        { class: 'facts' },
        facts.map(([name, value]) =>
          element('div', {}, element('dt', {}, name), element('dd', {}, value)),
        ),
      ),
      reason && element('p', {}, `Not judged: ${reason}.`),
      given &&
        given.best[row] >= 0 &&
        element(
          'div',
          { class: 'odds', role: 'list', 'aria-label': 'probability of each class' },
          given.model.classes.map((name, k) =>
            element(
              'span',
              { role: 'listitem', style: `--chip: ${classColor(k)}; --share: ${100 * p(k)}%` },
              element('i', { 'aria-hidden': 'true' }),
              `${name} ${p(k) < 0.001 ? '< 0.1 %' : percent(p(k))}`,
            ),
          ),
        ),
      pictures(found, given?.model.classes ?? []),
    );
  });
  return host;
}

/** By what the states of a track were found. */
function howFound({ by, together, beside }: TrackDetail): string {
  if (beside) return `By penalised changes of D and α: ${by} does not judge it (${beside}).`;
  if (loaded.peek()?.tracks.count === 1) return `By ${by}.`;
  return together
    ? `By ${by}, with the states that all tracks share.`
    : `By ${by}, of this track alone${jobs.peek().report ? '; the states that all tracks share are being found' : ''}.`;
}

/** Buttons that save a picture. */
function saving(svg: string, name: string): HTMLElement {
  const button = (kind: string, make: () => Promise<Blob>) =>
    element(
      'button',
      {
        type: 'button',
        class: 'small',
        'aria-label': `save ${name}.${kind.toLowerCase()}`,
        onclick: () =>
          void make()
            .then((blob) => save(blob, `${name}.${kind.toLowerCase()}`))
            .catch((error) => tellProblem('The picture was not saved', error)),
      },
      kind,
    );
  return element(
    'p',
    { class: 'tools' },
    button('SVG', async () => new Blob([svg], { type: 'image/svg+xml' })),
    button('PNG', () => pngOf(svg)),
  );
}

function pictures(
  found: TrackDetail | { row: number; failed: string } | undefined,
  classes: readonly string[],
): HTMLElement {
  if (!found)
    return element(
      'p',
      { class: 'note' },
      'Its states and what the model looks at are being computed …',
    );
  if ('failed' in found) return element('p', { class: 'note' }, found.failed);
  const changes = Math.max(0, found.segments.length - 1);
  const named = found.segments.map(({ state }) => state);
  const states = new Set(named).size === 1 ? named[0] : named.join(', then ');
  const column = loaded.peek()?.tracks.trackColumns.track;
  const id = String(column ? columnValue(column, found.row) : found.row).replace(/[^\w.-]+/g, '-');
  const picture = (svg: string, alt: string, name: string) => {
    const room = element('div', { role: 'img', 'aria-label': alt, class: name });
    room.innerHTML = svg;
    room.firstElementChild?.setAttribute('aria-hidden', 'true');
    return room;
  };
  return element(
    'div',
    { class: 'pictures' },
    element(
      'figure',
      { class: 'states' },
      element(
        'figcaption',
        {},
        found.segmentsSvg
          ? `States along the path: ${changes === 0 ? 'no change' : counted(changes, 'change')}; ${states}. ${howFound(found)}`
          : `No states: ${found.noSegments}`,
      ),
      found.segmentsSvg && picture(found.segmentsSvg, `path by state: ${states}`, 'broad'),
      found.narrowSvg && picture(found.narrowSvg, `path by state: ${states}`, 'slim'),
      found.segmentsSvg && saving(found.segmentsSvg, `track-${id}-states`),
    ),
    element(
      'figure',
      { class: 'relevance' },
      element(
        'figcaption',
        {},
        found.relevanceSvg
          ? `What the model looks at for ${classes[found.explained!.target] ?? 'its answer'} (${found.explained!.method === 'lrp' ? 'layer-wise relevance propagation' : 'occlusion'}): vermilion speaks for it, blue against`
          : `What the model looks at: ${found.noRelevance}`,
      ),
      found.relevanceSvg &&
        picture(found.relevanceSvg, 'path with the relevance of its points', 'all'),
      found.relevanceSvg && saving(found.relevanceSvg, `track-${id}-relevance`),
    ),
  );
}
