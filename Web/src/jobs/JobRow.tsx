import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { answer, api, type Job } from '../api/client';
import { formatCount } from '../app/format';
import { useLibraries } from '../libraries/useLibraries';
import { describe, hasEnded, pace, share } from './words';
import './jobs.css';

export function JobRow({ job, onDismiss }: { job: Job; onDismiss?: () => void }) {
  const libraries = useLibraries();
  const library = libraries.data?.items.find((item) => item.id === job.libraryId);
  const progress = share(job);
  const speed = pace(job);
  const issues = Object.values(job.failuresByClass).reduce((sum, count) => sum + count, 0);
  return (
    <article className={`job job-${job.state}`} aria-label={describe(job, library)}>
      <div className="job-words">
        <Link to={`/jobs/${job.id}`}>{describe(job, library)}</Link>
        <small>
          {[speed, job.currentFolder, issues > 0 ? `${formatCount(issues)} with a problem` : null].filter(Boolean).join(' · ')}
        </small>
        {job.waiting && <small className="reason">{job.waiting.detail}</small>}
        {job.error && <small className="error">{job.error}</small>}
      </div>
      <progress value={progress ?? undefined} max={1} aria-label="Progress" />
      {!hasEnded(job) && <JobActions job={job} />}
      {hasEnded(job) && onDismiss && (
        <button type="button" onClick={onDismiss}>
          Dismiss
        </button>
      )}
    </article>
  );
}

function JobActions({ job }: { job: Job }) {
  const params = { params: { path: { id: job.id } } };
  const pause = useMutation({ mutationFn: () => answer(api.POST('/api/v1/jobs/{id}/pause', params)) });
  const resume = useMutation({ mutationFn: () => answer(api.POST('/api/v1/jobs/{id}/resume', params)) });
  const cancel = useMutation({ mutationFn: () => answer(api.POST('/api/v1/jobs/{id}/cancel', params)) });
  const paused = job.state === 'paused' || job.state === 'pausing';
  const toggle = paused ? resume : pause;
  const failed = pause.error ?? resume.error ?? cancel.error;
  return (
    <div className="job-actions">
      {failed && <small role="alert" className="error">{failed.message}</small>}
      {job.type !== 'removal' && (
        <button type="button" disabled={toggle.isPending || job.state === 'cancelling'} onClick={() => toggle.mutate()}>
          {paused ? 'Resume' : 'Pause'}
        </button>
      )}
      <button type="button" disabled={cancel.isPending || job.state === 'cancelling'} onClick={() => cancel.mutate()}>
        Cancel
      </button>
    </div>
  );
}
