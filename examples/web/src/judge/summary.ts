import { tracksSentence } from '@diffusion/eval';
import { effect } from '@preact/signals-core';
import type { Segmented } from '../engine/engine-types.ts';
import { element, fill } from '../page/element.ts';
import { counted, digits, percent, whole } from '../page/numbers.ts';
import {
  answers,
  estimates,
  loaded,
  report,
  segmented,
  shares as sharesNow,
} from '../page/state.ts';
import { classColor } from '../page/theme.ts';
import { unitOfD, unitOfLength } from '../page/units.ts';
import { look } from '../page/view.ts';
import { estimate, makeReport } from './run.ts';

/** The answers in short: shares with intervals, D, α and σ by class. */
export function summary(): HTMLElement {
  const body = element('div', { class: 'summary-body' });
  const host = element(
    'section',
    { class: 'panel summary', 'aria-labelledby': 'summary-title' },
    element('header', {}, element('h2', { id: 'summary-title' }, 'Classes of motion')),
    body,
  );
  effect(() => {
    const now = loaded.value;
    if (!now) return;
    const given = answers.value;
    const made = report.value;
    const found = estimates.value;
    const { tracks } = now;
    const said = element('p', {}, tracksSentence(tracks));
    if (!given) {
      fill(body, said, element('p', { class: 'note' }, 'They are being judged …'));
      return;
    }
    const { model, best, undecided, prediction, imported } = given;
    const { classes } = model;
    const width = classes.length;
    const judged = best.reduce((sum, code) => sum + (code >= 0 ? 1 : 0), 0);
    const several = undecided.reduce((sum, one) => sum + one, 0);
    const shares = sharesNow.value;
    const mean = (k: number): number => {
      let sum = 0;
      for (let i = 0; i < best.length; i++)
        if (best[i] >= 0)
          sum += prediction.probabilities?.[i * width + k] ?? (best[i] === k ? 1 : 0);
      return sum / Math.max(1, judged);
    };
    const known = found.filter(Boolean).length;
    const median = (name: 'diffusion' | 'alpha' | 'sigma', k: number): number => {
      const values: number[] = [];
      for (let i = 0; i < found.length; i++) {
        const one = found[i];
        if (one && best[i] === k && Number.isFinite(one[name].value)) values.push(one[name].value);
      }
      const sorted = Float64Array.from(values).sort();
      return sorted.length === 0 ? Number.NaN : sorted[Math.floor(sorted.length / 2)];
    };
    const rows = classes.map((name, k) => {
      const one = shares?.perParticle[k];
      const share = one ? one.share : mean(k);
      const [low, high] = one?.interval ?? [share, share];
      const alpha = median('alpha', k);
      const bar = element(
        'span',
        {
          class: 'bar',
          'aria-hidden': 'true',
          style: `--chip: ${classColor(k)}; --share: ${100 * (share || 0)}%; --low: ${100 * low || 0}%; --high: ${100 * high || 0}%`,
        },
        element('i'),
        element('b'),
      );
      return element(
        'tr',
        {},
        element(
          'th',
          { scope: 'row' },
          element('span', { class: 'dot', style: `--chip: ${classColor(k)}` }),
          name,
        ),
        element('td', { class: 'number share' }, percent(share)),
        element(
          'td',
          { class: 'number interval' },
          one?.interval ? `${percent(low).replace(' %', '')}–${percent(high)}` : '–',
        ),
        element('td', { class: 'bars' }, bar),
        element('td', { class: 'number' }, digits(median('diffusion', k))),
        element(
          'td',
          { class: 'number' },
          name !== 'immobile' && Number.isFinite(alpha) ? alpha.toFixed(2) : '–',
        ),
        element('td', { class: 'number' }, digits(median('sigma', k))),
      );
    });
    fill(
      body,
      said,
      element(
        'p',
        {},
        `${whole(judged)} of ${whole(best.length)} judged by ${imported ?? model.name}${several ? `, ${whole(several)} of them undecided between several classes` : ''}.`,
      ),
      // Beside the table, not in it: on a telephone the table is wider than what is seen of it.
      element(
        'p',
        { class: 'note of-classes', id: 'classes-note' },
        shares
          ? `Share of the particles with its 95 % interval, corrected by ${whole(shares.simulated)} simulated tracks; medians of D, α and σ`
          : 'Mean probability, not corrected yet; medians of D, α and σ',
      ),
      element(
        'div',
        { class: 'table-room', tabindex: '0', role: 'region', 'aria-label': 'classes' },
        element(
          'table',
          { class: 'classes', 'aria-describedby': 'classes-note' },
          element(
            'thead',
            {},
            element(
              'tr',
              {},
              [
                'class',
                shares ? 'share' : 'mean',
                '95 %',
                '',
                `D (${unitOfD(tracks)})`,
                'α',
                `σ (${unitOfLength(tracks)})`,
              ].map((name, k) =>
                element(
                  name ? 'th' : 'td',
                  { ...(name && { scope: 'col' }), class: k > 0 && k !== 3 ? 'number' : '' },
                  name,
                ),
              ),
            ),
          ),
          element('tbody', {}, rows),
        ),
      ),
      element('p', { class: 'along' }, statesSentence(segmented.value)),
      element(
        'p',
        { class: 'tools' },
        known < found.length &&
          element(
            'button',
            { type: 'button', class: 'small', onclick: () => void estimate(Infinity) },
            `estimate all ${whole(found.length)} tracks`,
          ),
        !made &&
          !imported &&
          element(
            'button',
            { type: 'button', class: 'small', onclick: () => void makeReport() },
            'correct the shares, make the report',
          ),
        made &&
          element(
            'button',
            { type: 'button', class: 'small', onclick: () => look({ tab: 'report' }) },
            'read the whole report',
          ),
      ),
    );
  });
  return host;
}

/** How much of all points is in which state, and how often tracks change. */
function statesSentence(found: Segmented | undefined): string {
  if (!found) return '';
  const points = new Map<string, number>();
  let all = 0;
  let changes = 0;
  let changing = 0;
  for (const own of found.segments) {
    for (const { state, from, to } of own) {
      points.set(state, (points.get(state) ?? 0) + to - from);
      all += to - from;
    }
    changes += Math.max(0, own.length - 1);
    if (own.length > 1) changing++;
  }
  if (all === 0) return '';
  const states = [...points]
    .sort(([, a], [, b]) => b - a)
    .map(([state, count]) => `${state} ${percent(count / all)}`);
  const often =
    changes === 0
      ? 'no track changes'
      : `${counted(changes, 'change')} in ${counted(changing, 'track')}`;
  return `Along the tracks, by ${found.by}: ${states.join(', ')} of the points; ${often}.`;
}
