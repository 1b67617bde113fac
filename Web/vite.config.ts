import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Relative addresses, so that the page works beneath any base path. `npm run dev` talks to a running server.
export default defineConfig({
  base: './',
  plugins: [react()],
  // Rewritten for older browsers, light-dark() would follow the root's scheme only, not the lightbox's.
  build: { cssTarget: ['chrome123', 'firefox120', 'safari17.5'] },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
