import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router-dom';
import { answer, api, type Job, type JobFailure } from '../api/client';
import { formatBytes, formatCount } from '../app/format';
import { JobRow } from './JobRow';
import { hasEnded } from './words';

export function JobPage() {
  const { jobId = '' } = useParams();
  const job = useQuery({
    queryKey: ['job', jobId],
    queryFn: () => answer(api.GET('/api/v1/jobs/{id}', { params: { path: { id: jobId } } })),
  });
  return (
    <main className="page scrolling">
      {job.isError && <p className="error">{job.error.message}</p>}
      {job.data && (
        <>
          <header className="page-header">
            <h1>Job</h1>
          </header>
          <JobRow job={job.data} />
          {!hasEnded(job.data) && (
            <p className="hint">Closing this page or switching off the computer changes nothing: the job goes on where it was.</p>
          )}
          <Counts job={job.data} />
          <Failures job={job.data} />
        </>
      )}
    </main>
  );
}

function Counts({ job }: { job: Job }) {
  const rows: [string, string][] = [
    ['Found', formatCount(job.images.total)],
    ['Rendered', formatCount(job.images.rendered)],
    ['Taken from disk', formatCount(job.images.reused)],
    ['Up to date', formatCount(job.images.skipped)],
    ['Not shown', formatCount(job.images.failed)],
    ['New', formatCount(job.changes.added)],
    ['Changed', formatCount(job.changes.changed)],
    ['Moved', formatCount(job.changes.moved)],
    ['Removed', formatCount(job.changes.removed)],
    ['Collections', `${formatCount(job.collections.done + job.collections.skipped)} of ${formatCount(job.collections.total)}`],
    ['Read', formatBytes(job.bytesRead)],
    ['Written', formatBytes(job.bytesWritten)],
  ];
  return (
    <dl className="counts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Failures({ job }: { job: Job }) {
  const failures = useInfiniteQuery({
    queryKey: ['failures', job.id, job.updatedAt],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/jobs/{id}/failures', { params: { path: { id: job.id }, query: { limit: 200, cursor: pageParam } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
  const items = failures.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) {
    return null;
  }
  const groups = Map.groupBy(items, (failure) => failure.class);
  return (
    <section className="failures">
      {[...groups].map(([failureClass, members]) => (
        <details key={failureClass} open>
          <summary>
            {failureClass === 'damagedSource' ? 'Damaged, but shown' : 'Not shown'}: {members[0]!.message}{' '}
            <small>{formatCount(job.failuresByClass[failureClass] ?? members.length)}</small>
          </summary>
          <ul>
            {members.map((failure) => (
              <FailureRow key={`${failure.collectionId}/${failure.path}`} failure={failure} />
            ))}
          </ul>
        </details>
      ))}
      {failures.hasNextPage && (
        <button type="button" onClick={() => failures.fetchNextPage()}>
          Show more
        </button>
      )}
    </section>
  );
}

function FailureRow({ failure }: { failure: JobFailure }) {
  return (
    <li>
      {failure.collectionId ? (
        <Link to={`/collections/${failure.collectionId}${failure.imageId ? `?image=${failure.imageId}` : ''}`}>{failure.path}</Link>
      ) : (
        failure.path
      )}
      {failure.retryable && <small> · the next scan tries again</small>}
    </li>
  );
}
