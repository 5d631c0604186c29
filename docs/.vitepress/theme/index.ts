// Without the fonts that come with the theme: a page loads nothing but its own text and script.
import theme from 'vitepress/theme-without-fonts';
import './style.css';

export default theme;
