// The words of the tools are fetched with them, not with every page.
import i18next from 'i18next';
import { toolsEn } from './words.en';
import { toolsZh } from './words.zh';

i18next.addResourceBundle('zh', 'translation', { tools: toolsZh }, true);
i18next.addResourceBundle('en', 'translation', { tools: toolsEn }, true);
