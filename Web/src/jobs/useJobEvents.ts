import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { apiRoot, type Job } from '../api/client';
import { hasEnded } from './words';

const refreshEvery = 2_000;

/** Keeps all open jobs live by server-sent events; new pictures show up every two seconds. */
export function useJobEvents() {
  const queries = useQueryClient();
  useEffect(() => {
    let refreshed = 0;
    const refresh = () => {
      refreshed = Date.now();
      for (const key of ['collections', 'collection', 'images', 'libraries']) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    };
    const events = new EventSource(`${apiRoot}/api/v1/jobs/events`, { withCredentials: true });
    events.addEventListener('job', (event) => {
      const job = JSON.parse((event as MessageEvent<string>).data) as Job;
      queries.setQueryData(['job', job.id], job);
      queries.setQueryData<Record<string, Job>>(['open-jobs'], (open = {}) => {
        const { [job.id]: before, ...others } = open;
        // An ended job stays in view until it is dismissed, if its work was seen here.
        return hasEnded(job) && !before ? others : { ...others, [job.id]: job };
      });
      if (hasEnded(job) || Date.now() - refreshed > refreshEvery) {
        refresh();
      }
    });
    return () => events.close();
  }, [queries]);
}
