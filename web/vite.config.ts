import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm run dev` answers /fhir and /feed from a running `witmed serve`; the built application has the API on its own origin.
const api = { target: 'http://127.0.0.1:8080', changeOrigin: false };

// The page is painted from HTML and style sheets (index.html); on a weak link the scripts stand behind these in the queue.
const scriptsAfterPaint = {
  name: 'scripts-after-paint',
  transformIndexHtml: { order: 'post' as const, handler: (html: string) => html.replace(/<script type="module"|<link rel="modulepreload"/g, '$& fetchpriority="low"') },
};

export default defineConfig({
  plugins: [react(), scriptsAfterPaint],
  server: { host: '127.0.0.1', proxy: { '/fhir': api, '/feed': api } },
  build: {
    target: 'es2022', chunkSizeWarningLimit: 700,
    // What every page needs comes in one piece, and stays in the browser while only our own files change.
    rolldownOptions: { output: { advancedChunks: { groups: [
      { name: 'base', test: /node_modules\/(react|react-dom|scheduler|react-router|i18next|react-i18next|html-parse-stringify|void-elements|use-sync-external-store|cookie|set-cookie-parser)\// },
    ] } } },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
