import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Job } from '../api/client';
import { JobRow } from './JobRow';

export function OpenJobs() {
  const queries = useQueryClient();
  // Filled by useJobEvents; there is nothing to fetch.
  const jobs = useQuery<Record<string, Job>>({ queryKey: ['open-jobs'], queryFn: () => ({}), staleTime: Infinity });
  const open = Object.values(jobs.data ?? {}).sort((left, right) => right.startedAt.localeCompare(left.startedAt));
  if (open.length === 0) {
    return null;
  }
  return (
    <section className="jobs" aria-label="Jobs">
      {open.map((job) => (
        <JobRow
          key={job.id}
          job={job}
          onDismiss={() =>
            queries.setQueryData<Record<string, Job>>(['open-jobs'], ({ [job.id]: _, ...others } = {}) => others)
          }
        />
      ))}
    </section>
  );
}
