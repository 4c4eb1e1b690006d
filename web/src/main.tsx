import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { startLanguage } from './i18n';
import './theme/base.css';
import './theme/parts.css';
import './theme/shell.css';

startLanguage();
createRoot(document.getElementById('root')!).render(<App />);
