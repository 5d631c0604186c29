import './page/style.css';
import { followDrops } from './files/start.ts';
import { keepOffline } from './offline/keep.ts';
import { shell } from './page/shell.ts';
import { tellProblem } from './page/state.ts';
import { followTheme } from './page/theme.ts';
import { followHistory } from './page/view.ts';

addEventListener('unhandledrejection', (event) => {
  tellProblem('Something went wrong', event.reason);
});
followTheme();
followHistory();
shell(document.getElementById('page')!);
followDrops();
keepOffline();
