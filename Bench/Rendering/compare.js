// Compares `imagelibrary render` with sharp on the JPEG, PNG and WebP files of a folder.
//   node compare.js PROGRAM FOLDER [ROUNDS] [WORKERS]
// PROGRAM is imagelibrary.dll or the executable. Pairs alternate over the same files with a warm page cache; printed
// are the medians of the per-pair ratios with minimum and maximum, for wall time and for processor time.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [program, folder, rounds = '5', workers = '2'] = process.argv.slice(2);
const out = mkdtempSync(join(tmpdir(), 'bench-rendering-'));
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(jpe?g|png|webp)$/i.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
if (files.length === 0) {
  console.error(`${folder} has no pictures`);
  process.exit(1);
}

// The sets are small, so each run renders them several times; the first pictures pay for the start of both programs.
const list = Array.from({ length: Math.ceil(48 / files.length) }, () => files).flat();
const ours = program.endsWith('.dll') ? ['dotnet', program] : [program];
const commands = {
  ours: [...ours, 'render', ...list, '--out', join(out, 'ours'), '--workers', workers, '--json'],
  tuned: ['node', join(import.meta.dirname, 'sharp-peer.js'), 'tuned', workers, join(out, 'tuned'), ...list],
  plain: ['node', join(import.meta.dirname, 'sharp-peer.js'), 'plain', workers, join(out, 'plain'), ...list],
};

function run(name) {
  const result = spawnSync('/usr/bin/time', ['-f', '%U %S %M', ...commands[name]], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.status !== 0) {
    throw new Error(`${name} failed: ${result.stderr}`);
  }

  const summary = JSON.parse(result.stdout.trim().split('\n').at(-1));
  const [user, system, memory] = result.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds: summary.seconds, cpu: user + system, megabytes: memory / 1024 };
}

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[values.length >> 1];
const spread = (values) => `${median(values).toFixed(2)} (${sorted(values)[0].toFixed(2)}–${sorted(values).at(-1).toFixed(2)})`;

Object.keys(commands).forEach(run);
for (const peer of ['tuned', 'plain']) {
  const pairs = Array.from({ length: Number(rounds) }, () => [run('ours'), run(peer)]);
  console.log(`${list.length} pictures, ${workers} workers, against sharp ${peer}: `
    + `speed ×${spread(pairs.map(([a, b]) => b.seconds / a.seconds))}, `
    + `processor time ×${spread(pairs.map(([a, b]) => b.cpu / a.cpu))}, `
    + `peak memory ${median(pairs.map(([a]) => a.megabytes)).toFixed(0)} MB against ${median(pairs.map(([, b]) => b.megabytes)).toFixed(0)} MB`);
}

rmSync(out, { recursive: true });
