import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm run dev` answers /fhir and /feed from a running `witmed serve`; the built application has the API on its own origin.
const api = { target: 'http://127.0.0.1:8080', changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  server: { host: '127.0.0.1', proxy: { '/fhir': api, '/feed': api } },
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
