// What index.html paints before any script has come says what the pages say.
import { expect, test } from 'vitest';
import html from '../../index.html?raw';
import { zh } from '../i18n/zh';

test('the banner and the name stand in index.html', () => {
  for (const words of [`<strong>${zh.synthetic.short}</strong><span>${zh.synthetic.long}</span>`, `<span class="brand-name">${zh.brand}</span>`]) expect(html).toContain(words);
});
