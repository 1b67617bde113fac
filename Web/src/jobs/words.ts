import type { Job, Library } from '../api/client';
import { formatCount, formatDuration, formatTime } from '../app/format';

const endStates = new Set<Job['state']>(['completed', 'completedWithFailures', 'failed', 'cancelled']);

export const hasEnded = (job: Job) => endStates.has(job.state);

export const doneImages = (job: Job) => job.images.rendered + job.images.reused + job.images.skipped + job.images.failed;

// Folders, archives and names that cannot be read are failures, too, but no images; damaged images are shown.
const shortfall = (job: Job) => {
  const damaged = job.failuresByClass.damagedSource ?? 0;
  const other = Object.values(job.failuresByClass).reduce((sum, count) => sum + count, 0) - job.images.failed - damaged;
  const parts = [];
  if (job.images.failed > 0 || other + damaged <= 0) {
    parts.push(`${formatCount(job.images.failed)} not shown`);
  }
  if (damaged > 0) {
    parts.push(`${formatCount(damaged)} damaged but shown`);
  }
  if (other > 0) {
    parts.push(`${formatCount(other)} not readable`);
  }
  return parts.join(', ');
};

/** Share done from 0 to 1, or null while the total is still growing. */
export function share(job: Job): number | null {
  if (job.state === 'completed' || job.state === 'completedWithFailures') {
    return 1;
  }
  const [done, total] = job.type === 'removal' ? [job.collections.done, job.collections.total] : [doneImages(job), job.images.expected];
  if (total > 0 && (hasEnded(job) || job.stage !== 'discovering')) {
    return Math.min(1, done / total);
  }
  return hasEnded(job) ? 0 : null;
}

/** The images of a job; about, while those of some collections are not counted. */
function totalImages(job: Job): string {
  const { total, expected } = job.images;
  return expected > total ? `about ${formatCount(Math.max(total, Number(expected.toPrecision(2))))}` : formatCount(total);
}

/** What a job is doing, as a sentence without the engine's words. */
export function describe(job: Job, library: Library | undefined): string {
  const name = library?.name ?? 'Library';
  if (job.type === 'removal') {
    return describeRemoval(job, name);
  }
  const total = totalImages(job);
  switch (job.state) {
    case 'completed':
      return `${name}: done, ${outcome(job)}`;
    case 'completedWithFailures':
      return `${name}: done, ${outcome(job)}, ${shortfall(job)}`;
    case 'failed':
      return `${name}: stopped by an error`;
    case 'cancelled':
      return `${name}: cancelled after ${formatCount(doneImages(job))} of ${total}`;
    case 'pausing':
      return `${name}: finishing the pictures in work, then pausing`;
    case 'paused':
      return `${name}: paused at ${formatCount(doneImages(job))} of ${total}`;
    case 'cancelling':
      return `${name}: finishing the pictures in work, then stopping`;
    case 'waiting':
      return `${name}: waiting`;
    case 'running':
      break;
  }
  if (job.images.total === 0 && job.stage !== 'finishing') {
    return `${name}: looking for pictures`;
  }
  if (job.stage === 'discovering') {
    return `${name}: found ${formatCount(job.images.total)} so far, ${formatCount(doneImages(job))} done`;
  }
  return job.stage === 'finishing' ? `${name}: finishing` : `${name}: rendering ${formatCount(doneImages(job))} of ${total}`;
}

/** How the newest scan of a library ended, or null while it runs. */
export function describeLastScan(scan: NonNullable<Library['lastScan']>): string | null {
  const time = formatTime(scan.endedAt ?? scan.startedAt);
  switch (scan.state) {
    case 'completed':
      return `Scanned on ${time}`;
    case 'completedWithFailures':
      return `Scanned on ${time}, with problems`;
    case 'failed':
      return `The scan of ${time} was stopped by an error`;
    case 'cancelled':
      return `The scan of ${time} was cancelled`;
    default:
      return null;
  }
}

function describeRemoval(job: Job, name: string): string {
  const done = `${formatCount(job.collections.done)} of ${formatCount(job.collections.total)} collections`;
  switch (job.state) {
    case 'completed':
      return 'Library removed; your own files are untouched';
    case 'failed':
      return `${name}: removal stopped by an error`;
    case 'cancelled':
      return `${name}: removal cancelled after ${done}`;
    default:
      return `${name}: removing ${done}`;
  }
}

function outcome(job: Job): string {
  const made = job.images.rendered + job.images.reused;
  if (job.images.total === 0 && job.changes.removed === 0) {
    return 'no pictures found';
  }
  return made === 0 ? 'everything was up to date' : `${formatCount(made)} pictures rendered`;
}

/** Speed and time left, or null where nothing is known. */
export function pace(job: Job): string | null {
  if (job.state !== 'running' || job.imagesPerSecond == null || job.imagesPerSecond <= 0) {
    return null;
  }
  const rate = `${job.imagesPerSecond.toFixed(job.imagesPerSecond < 10 ? 1 : 0)} pictures/s`;
  if (!job.etaSeconds) {
    return rate;
  }
  const low = formatDuration(job.etaSeconds.low);
  const high = formatDuration(job.etaSeconds.high);
  return `${rate} · ${low === high ? low : `${low} to ${high}`} left`;
}
