import createClient from 'openapi-fetch';
import type { components, paths } from '../../generated/schema';

export type Library = components['schemas']['Library'];
export type Collection = components['schemas']['Collection'];
export type Image = components['schemas']['Image'];
export type Job = components['schemas']['Job'];
export type JobFailure = components['schemas']['JobFailure'];
export type LibraryCheck = components['schemas']['LibraryCheck'];

/** Where the program answers: beneath the page's own address, whatever base path a proxy adds. */
export const apiRoot = new URL('.', document.baseURI.replace(/#.*$/, '')).href.replace(/\/$/, '');

export const api = createClient<paths>({ baseUrl: apiRoot, credentials: 'same-origin' });

interface Problem {
  title?: string | null;
  detail?: string | null;
  errors?: Record<string, string[]> | null;
}

/** What the server said went wrong, in words for the user. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    problem: Problem | undefined,
  ) {
    const fields = Object.values(problem?.errors ?? {}).flat();
    super(fields[0] ?? problem?.detail ?? problem?.title ?? `The server answered with status ${status}.`);
  }
}

/** Unwraps an answer, or throws an ApiError. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call.catch((failure: unknown) => {
    // Browsers say in their own words, and each in others, that nobody answered.
    throw failure instanceof TypeError ? new Error('The server does not answer.', { cause: failure }) : failure;
  });
  if (!response.ok) {
    throw new ApiError(response.status, typeof error === 'object' && error !== null ? (error as Problem) : undefined);
  }
  return data as T;
}
