// Measures what it costs to render risky pictures in a helper process: a mixed library with some of them, with and without, in
// alternating pairs.
//   node helper.js IMAGELIBRARY.DLL [PICTURES] [ROUNDS] [WORKERS]
// Two in a hundred PICTURES (2,000) are TIFF, the others JPEG, PNG and WebP. Processor time is that of the program and of
// its helpers, start-up included.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, installSharp } from './setup.js';

const [program, pictures = '2000', rounds = '3', workers = '2'] = process.argv.slice(2);
if (!program) {
  console.error('usage: node helper.js IMAGELIBRARY.DLL [PICTURES] [ROUNDS] [WORKERS]');
  process.exit(2);
}

install('time');
const { sharp, pictureSets } = await installSharp();
const { measure } = await import('./measure.js');
const out = mkdtempSync(join(tmpdir(), 'bench-helper-'));
try {
  const mixed = (await pictureSets()).find((set) => set.name === 'mixed').files;
  const risky = await Promise.all([0, 1].map((turn) => tiff(mixed[turn], join(out, `risky${turn}.tif`))));
  const list = Array.from({ length: Number(pictures) }, (_, i) => (i % 50 === 49 ? risky[(i / 50) & 1] : mixed[i % mixed.length]));
  const command = (...more) => ({
    name: 'imagelibrary',
    line: (files, kinds, folder) => ['dotnet', program, 'render', ...files, '--out', folder, '--workers', workers, ...more],
  });
  const pairs = Array.from({ length: Number(rounds) }, () => [command(), command('--no-helper')].map((each) => {
    const result = measure(each, list, ['thumbnail', 'cache'], join(out, 'made'));
    rmSync(join(out, 'made'), { recursive: true });
    return result;
  }));
  console.log(`| ${pictures} pictures, two in a hundred risky | least | median | most |`);
  console.log('|---|---|---|---|');
  console.log(row('processor time with the helper', pairs.map(([helped, alone]) => helped.cpu / alone.cpu)));
  console.log(row('time with the helper', pairs.map(([helped, alone]) => helped.seconds / alone.seconds)));
} finally {
  rmSync(out, { recursive: true });
}

async function tiff(source, target) {
  if (!existsSync(target)) {
    await sharp(source).resize(1600).tiff({ compression: 'lzw' }).toFile(target);
  }
  return target;
}

function row(name, ratios) {
  const sorted = ratios.toSorted((a, b) => a - b);
  const percent = (ratio) => `${((ratio - 1) * 100).toFixed(1)} %`;
  return `| ${name} | ${[sorted[0], sorted[sorted.length >> 1], sorted.at(-1)].map(percent).join(' | ')} |`;
}
