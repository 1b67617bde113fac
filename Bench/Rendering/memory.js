// Shows that memory stays flat: renders many pictures, once JPEG alone and once JPEG, PNG and WebP, from 300 pixels a side to 12 MP in
// mixed order, and prints the private memory of the program each time that another tenth of them is done.
//   node memory.js IMAGELIBRARY.DLL [PICTURES] [WORKERS]
import { spawn } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { installSharp } from './setup.js';

const [program, pictures = '10000', workers = '2'] = process.argv.slice(2);
if (!program) {
  console.error('usage: node memory.js IMAGELIBRARY.DLL [PICTURES] [WORKERS]');
  process.exit(2);
}

const { sharp, pictureSets } = await installSharp();
const work = mkdtempSync(join(tmpdir(), 'bench-memory-'));
try {
  const sets = await pictureSets();
  const large = sets.find((set) => set.name === '12 MP').files[0];
  const jpeg = [large, ...await resized(large, 'jpg')];
  const mixed = [...jpeg, ...sets.find((set) => set.name === 'mixed').files, ...await resized(large, 'png'), ...await resized(large, 'webp')];
  for (const [name, sources] of Object.entries({ JPEG: jpeg, mixed })) {
    const folder = join(work, name);
    mkdirSync(folder);
    for (let i = 0; i < Number(pictures); i++) {
      const source = sources[(i * 11) % sources.length];
      linkSync(source, join(folder, `${i}${extname(source)}`));
    }

    console.log(`| pictures done (${name}) | private memory |`);
    console.log('|---|---|');
    await render(folder);
    console.log();
  }
} finally {
  rmSync(work, { recursive: true });
}

async function resized(source, format) {
  const files = [300, 700, 1100, 1600, 2100, 2600, 3000].map((side) => ({ side, file: join(work, `${side}.${format}`) }));
  for (const { side, file } of files) {
    await sharp(source).resize(side).toFile(file);
  }

  return files.map(({ file }) => file);
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
