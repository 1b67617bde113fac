// Runs a program over pictures, and reads what it made or what it cost.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Wall and processor seconds and the peak memory of one run. */
export function measure(command, files, kinds, out) {
  mkdirSync(out, { recursive: true });
  const started = process.hrtime.bigint();
  const result = spawnSync('/usr/bin/time', ['-f', '%U %S %M', ...command.line(files, kinds, out)], {
    encoding: 'utf8', maxBuffer: 1 << 28,
  });
  const elapsed = Number(process.hrtime.bigint() - started) / 1e9;
  if (result.status !== 0) {
    throw new Error(`${command.name} failed: ${result.stderr}`);
  }

  const [user, system, kilobytes] = result.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  const summary = command.reports ? JSON.parse(result.stdout.trim().split('\n').at(-1)) : {};
  return {
    seconds: summary.seconds ?? elapsed,
    cpu: summary.processorSeconds ?? user + system,
    megabytes: kilobytes / 1024,
  };
}

/** The names and sizes of what a program makes of each file once. */
export async function outputs(command, files, kinds, out) {
  measure(command, files, kinds, out);
  const made = {};
  for (const name of readdirSync(out).sort()) {
    const { width, height } = await sharp(join(out, name)).metadata();
    made[name] = `${width}×${height}`;
  }

  rmSync(out, { recursive: true });
  return made;
}
