import { classColor } from '@diffusion/eval';
import { signal } from '@preact/signals-core';

export type Theme = 'system' | 'light' | 'dark';

const KEPT = 'diffusion-theme';
const asked = matchMedia('(prefers-color-scheme: dark)');

export const theme = signal<Theme>((localStorage.getItem(KEPT) as Theme | null) ?? 'system');
/** Whether the page is dark now. */
export const dark = signal(false);

export function followTheme(): void {
  const tell = () => {
    const { value } = theme;
    dark.value = value === 'system' ? asked.matches : value === 'dark';
    document.documentElement.style.colorScheme = value === 'system' ? 'light dark' : value;
  };
  asked.addEventListener('change', tell);
  theme.subscribe((value) => {
    localStorage.setItem(KEPT, value);
    tell();
  });
}

/** Colours of conditions: those of classes, from the last to the first, so that they are not taken for each other. */
export const conditionColor = (code: number): string => classColor(8 - (code % 9));
export { classColor };
