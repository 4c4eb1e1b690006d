import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { openAhead } from './app/pages';
import { breath } from './app/slices';
import { startLanguage } from './i18n';
import './theme/base.css';
import './theme/parts.css';
import './theme/shell.css';

const SOON_MS = 1500;   // on a weak link the frame comes first, and then the page

await Promise.race([openAhead(location.pathname, startLanguage()), new Promise((done) => setTimeout(done, SOON_MS))]);
await breath();
const root = createRoot(document.getElementById('root')!);
startTransition(() => root.render(<App />));   // drawn in slices: a slow phone goes on answering its reader
