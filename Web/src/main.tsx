import './app/theme.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { HashRouter } from 'react-router-dom';
import { openSession } from './api/session';
import { App } from './app/App';
import { SignIn } from './app/SignIn';

const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: 1 } } });

// The address printed by `imagelibrary serve` ends with #token=…; it is traded for a cookie and taken off the address bar.
const session = await openSession();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <HashRouter>{session === 'open' ? <App /> : <SignIn wasRefused={session === 'refused'} />}</HashRouter>
    </QueryClientProvider>
  </StrictMode>,
);
