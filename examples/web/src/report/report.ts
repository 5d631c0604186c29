import { effect } from '@preact/signals-core';
import { save } from '../export/save.ts';
import { makeReport } from '../judge/run.ts';
import { element } from '../page/element.ts';
import { answers, jobs, loaded, report } from '../page/state.ts';

/** The whole report, as it is saved, with the colours of the page. */
export function reportPanel(): HTMLElement {
  const note = element('p', { class: 'note' });
  const make = element(
    'button',
    { type: 'button', class: 'main', onclick: () => void makeReport() },
    'Make the report',
  );
  const keep = element(
    'button',
    {
      type: 'button',
      onclick: () => {
        const made = report.peek();
        if (made) save(new Blob([made.html], { type: 'text/html' }), 'report.html');
      },
    },
    'Save report.html',
  );
  const paper = element('div', { class: 'paper' });
  const shadow = paper.attachShadow({ mode: 'open' });
  const host = element(
    'section',
    { class: 'report', 'aria-label': 'report' },
    element('p', { class: 'tools' }, make, keep, note),
    paper,
  );
  let turn = 0;
  effect(() => {
    const made = report.value;
    const job = jobs.value.report;
    make.hidden = made !== undefined || job !== undefined || !answers.value;
    keep.hidden = made === undefined;
    note.textContent = made
      ? 'Its sections are those that the commands diffusion report and diffusion segment --report write.'
      : job
        ? 'It is being made: tracks like these are simulated and judged, which takes the longest.'
        : loaded.value
          ? ''
          : 'There are no tracks yet.';
  });
  effect(() => {
    const made = report.value;
    const mine = ++turn;
    shadow.replaceChildren();
    if (made) void show(made.html, shadow, () => mine === turn);
  });
  return host;
}

/** What of its style sheet is of a page by itself is the page's here. */
const OWN = 'h1 { font-size: 1.35rem; } :host { display: block; }';

/** Section after section, so that the page is never kept waiting. */
async function show(html: string, shadow: ShadowRoot, wanted: () => boolean): Promise<void> {
  const read = new DOMParser().parseFromString(html, 'text/html');
  const style = element('style', {}, read.querySelector('style')?.textContent ?? '', OWN);
  const main = element('div');
  shadow.replaceChildren(style, main);
  for (const part of [...(read.querySelector('main')?.children ?? [])]) {
    await new Promise((resolve) => setTimeout(resolve));
    if (!wanted()) return;
    for (const wide of part.querySelectorAll('.table')) {
      wide.setAttribute('tabindex', '0');
      wide.setAttribute('role', 'group');
      wide.setAttribute('aria-label', wide.querySelector('caption')?.textContent ?? 'table');
    }
    // What a picture shows is said of it as a whole.
    for (const picture of part.querySelectorAll('[role="img"] > svg')) {
      picture.setAttribute('aria-hidden', 'true');
    }
    main.append(document.adoptNode(part));
  }
}
