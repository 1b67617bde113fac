import { apiRoot } from './client';

const tokenInAddress = /[#&]token=([^&]+)/;

async function tradeToken(token: string): Promise<boolean> {
  const response = await fetch(`${apiRoot}/api/v1/session`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    credentials: 'same-origin',
  });
  return response.ok;
}

/** Opens a session with the token of the address, or goes on with an earlier one; 'refused' when that token is wrong. */
export async function openSession(): Promise<'open' | 'refused' | 'none'> {
  const token = tokenInAddress.exec(location.hash)?.[1];
  if (token) {
    history.replaceState(null, '', location.pathname + location.search);
    return (await tradeToken(decodeURIComponent(token))) ? 'open' : 'refused';
  }
  return (await hasSession()) ? 'open' : 'none';
}

/** Whether the server knows this browser; undefined when it does not answer. */
export async function hasSession(): Promise<boolean | undefined> {
  try {
    const response = await fetch(`${apiRoot}/api/v1/libraries?limit=1`, { credentials: 'same-origin' });
    return response.ok ? true : response.status === 401 ? false : undefined;
  } catch {
    return undefined;
  }
}

export const signIn = tradeToken;
