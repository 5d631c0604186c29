import { useRoute } from 'vitepress';
// Without the fonts that come with the theme: a page loads nothing but its own text and script.
import theme from 'vitepress/theme-without-fonts';
import { h, nextTick, onMounted, watch } from 'vue';
import tracks from '../../hero.svg';
import { nameParts } from './landmarks.ts';
import './style.css';

/** How to begin, on the first page, below what it is. */
const begin = () =>
  h('div', { class: 'begin' }, [
    h('p', 'With Node 20.19 or newer, for a file of tracks:'),
    h('pre', { tabindex: 0 }, [
      h('code', 'npm install -g @diffusion/cli\ndiffusion report cells.csv'),
    ]),
  ]);

export default {
  extends: theme,
  Layout: () =>
    h(theme.Layout, null, {
      'home-hero-info-after': begin,
      'home-hero-image': () =>
        h('img', {
          class: 'VPImage image-src',
          src: tracks,
          alt: 'four tracks, one of each kind of motion: free, directed, confined, immobile',
        }),
    }),
  setup() {
    const route = useRoute();
    onMounted(nameParts);
    watch(
      () => route.path,
      () => nextTick(nameParts),
    );
  },
};
