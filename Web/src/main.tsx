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
const signedIn = await openSession();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <HashRouter>{signedIn ? <App /> : <SignIn />}</HashRouter>
    </QueryClientProvider>
  </StrictMode>,
);
