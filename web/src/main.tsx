import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { openAhead } from './app/pages';
import { breath } from './app/slices';
import { startLanguage } from './i18n';
import './theme/base.css';
import './theme/parts.css';
import './theme/shell.css';

openAhead(location.pathname, startLanguage());
await breath();
const root = createRoot(document.getElementById('root')!);
startTransition(() => root.render(<App />));   // drawn in slices: a slow phone goes on answering its reader
