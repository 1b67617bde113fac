// Shows that memory stays flat: renders many pictures, JPEG from 300 pixels a side to 12 MP in mixed order, and prints the private
// memory of the program each time that another tenth of them is done.
//   node memory.js IMAGELIBRARY.DLL [PICTURES] [WORKERS]
import { spawn } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import sharp from 'sharp';
import { pictureSets } from './pictures.js';

const [program, pictures = '10000', workers = '2'] = process.argv.slice(2);
if (!program) {
  console.error('usage: node memory.js IMAGELIBRARY.DLL [PICTURES] [WORKERS]');
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'bench-memory-'));
try {
  const sources = [(await pictureSets()).find((set) => set.name === '12 MP').files[0]];
  for (const side of [300, 700, 1100, 1600, 2100, 2600, 3000]) {
    const small = join(work, `${side}.jpg`);
    await sharp(sources[0]).resize(side).toFile(small);
    sources.push(small);
  }

  const folder = join(work, 'pictures');
  mkdirSync(folder);
  for (let i = 0; i < Number(pictures); i++) {
    linkSync(sources[(i * 5) % sources.length], join(folder, `${i}.jpg`));
  }

  console.log('| pictures done | private memory |');
  console.log('|---|---|');
  await render(folder);
} finally {
  rmSync(work, { recursive: true });
}

async function render(folder) {
  const started = spawn(
    'dotnet', [program, 'render', folder, '--out', join(work, 'made'), '--workers', workers, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const step = Math.ceil(Number(pictures) / 10);
  let done = 0;
  for await (const line of createInterface({ input: started.stdout })) {
    if (JSON.parse(line).event === 'file' && ++done % step === 0) {
      const [, kilobytes] = readFileSync(`/proc/${started.pid}/status`, 'utf8').match(/RssAnon:\s+(\d+)/) ?? [];
      console.log(`| ${done} | ${kilobytes ? `${(kilobytes / 1024).toFixed(0)} MB` : 'ended'} |`);
    }
  }
}
