// Compares a whole scan (engine, workflows, store, page) with bare rendering of the same pictures, in alternating pairs.
// Usage: node scan.js IMAGELIBRARY.DLL [PICTURES] [ROUNDS]
// The pictures are distinct 12 MP JPEGs, generated once into the system's temporary folder.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const [program, pictures = '500', rounds = '3'] = process.argv.slice(2);
if (!program) {
  console.error('usage: node scan.js IMAGELIBRARY.DLL [PICTURES] [ROUNDS]');
  process.exit(2);
}

const library = join(tmpdir(), `imagelibrary-12mp-${pictures}`);
await generate(library, Number(pictures));
const ratios = [];
for (let round = 1; round <= Number(rounds); round++) {
  const bare = render();
  const whole = scan();
  ratios.push(bare / whole);
  console.log(`round ${round}: bare render ${bare.toFixed(1)} s, whole scan ${whole.toFixed(1)} s`);
}
ratios.sort((left, right) => left - right);
console.log(
  `whole scan against bare render: ${ratios[ratios.length >> 1].toFixed(2)}× (median; ` +
    `${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)}; at least 0.85 wanted)`,
);

async function generate(folder, count) {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) {
    const path = join(folder, `photo ${i + 1}.jpg`);
    if (!existsSync(path)) {
      const noise = { type: 'gaussian', mean: 90 + (i % 80), sigma: 25 };
      const small = await sharp({ create: { width: 500, height: 375, channels: 3, background: '#000', noise } }).png().toBuffer();
      await sharp(small).resize(4000, 3000, { kernel: 'cubic' }).jpeg({ quality: 88 }).toFile(path);
    }
  }
}

function render() {
  return withFolder((out) => last(run('render', library, '--out', out, '--json')).seconds);
}

function scan() {
  return withFolder((data) => {
    const summary = last(run('serve', '--data', data, '--port', '0', '--engine-port', '0', '--once', '--json', library));
    const [job] = summary.jobs;
    return (Date.parse(job.endedAt) - Date.parse(job.startedAt)) / 1000;
  });
}

function run(...args) {
  return execFileSync('dotnet', [program, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
}

function last(output) {
  return JSON.parse(output.trimEnd().split('\n').at(-1));
}

function withFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'imagelibrary-bench-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
