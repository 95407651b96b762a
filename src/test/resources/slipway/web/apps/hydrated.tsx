import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { Page } from './page.js';

const root = document.querySelector<HTMLElement>('#root')!;
hydrateRoot(
  root,
  <StrictMode>
    <Page action={root.dataset.action!} token={root.dataset.token!} />
  </StrictMode>,
);
