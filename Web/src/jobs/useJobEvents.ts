import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { apiRoot, type Job } from '../api/client';
import { hasSession } from '../api/session';
import { hasEnded } from './words';

const refreshEvery = 2_000;
const reconnectAfter = 3_000;

/**
 * Keeps all open jobs live by server-sent events; new pictures show up every two seconds.
 *
 * @returns whether the server answers.
 */
export function useJobEvents(): boolean {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    let events: EventSource;
    let retry: ReturnType<typeof setTimeout>;
    let refreshed = 0;
    const refresh = () => {
      refreshed = Date.now();
      for (const key of ['collections', 'collection', 'images', 'libraries']) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    };
    const show = (job: Job) => {
      queries.setQueryData(['job', job.id], job);
      queries.setQueryData<Record<string, Job>>(['open-jobs'], (open = {}) => {
        const { [job.id]: before, ...others } = open;
        // An ended job stays in view until it is dismissed, if its work was seen here.
        return hasEnded(job) && !before ? others : { ...others, [job.id]: job };
      });
      if (hasEnded(job) || Date.now() - refreshed > refreshEvery) {
        refresh();
      }
    };
    const connect = () => {
      events = new EventSource(`${apiRoot}/api/v1/jobs/events`, { withCredentials: true });
      events.onopen = () => setConnected(true);
      events.addEventListener('job', (event) => show(JSON.parse((event as MessageEvent<string>).data) as Job));
      events.onerror = () => {
        setConnected(false);
        // The browser tries again by itself, but not after an answer that was no stream.
        if (events.readyState === EventSource.CLOSED) {
          retry = setTimeout(reconnect, reconnectAfter);
        }
      };
    };
    const reconnect = async () => {
      if ((await hasSession()) === false) {
        location.reload();
      } else {
        connect();
      }
    };
    connect();
    return () => {
      clearTimeout(retry);
      events.close();
    };
  }, [queries]);
  return connected;
}
