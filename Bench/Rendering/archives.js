// Compares a scan of pages in an archive with a scan of the same files in a folder, in alternating pairs.
//   node archives.js IMAGELIBRARY.DLL [COUNT] [ROUNDS] [PAGES]
// COUNT (500) different pages are cut from the generated ones, or from the JPEG pages in the folder PAGES; they go into a
// folder, a zip, a rar, a 7z and a tar.gz. Installs sharp and 7zz (Debian: 7zip). Rar is
// written here, without compression: no free program writes it, and pages hardly shrink.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { install, installSharp } from './setup.js';

const [program, count = '500', rounds = '3', pages] = process.argv.slice(2);
if (!program) {
  console.error('usage: node archives.js IMAGELIBRARY.DLL [COUNT] [ROUNDS] [PAGES]');
  process.exit(2);
}

install('7zip', 'time');
const { sharp, pictureSets } = await installSharp();
const kinds = { zip: 0.85, '7z': 0.6, rar: 0.6, 'tar.gz': null };
const work = mkdtempSync(join(tmpdir(), 'bench-archives-'));
try {
  const folder = library('folder');
  const files = await cutPages(join(folder, 'pages'));
  const libraries = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, library(kind)]));
  for (const kind of Object.keys(kinds)) {
    pack(kind, join(folder, 'pages'), files, join(libraries[kind], `pages.${kind}`));
  }
  console.log(`| ${count} pages in a | speed against a folder (least to most) | wanted | processor time |`);
  console.log('|---|---|---|---|');
  for (const [kind, wanted] of Object.entries(kinds)) {
    const pairs = Array.from({ length: Number(rounds) }, () => [scan(folder), scan(libraries[kind])]);
    const speed = pairs.map(([loose, packed]) => loose.seconds / packed.seconds);
    const cpu = pairs.map(([loose, packed]) => packed.cpu / loose.cpu);
    console.log(`| ${kind} | ×${spread(speed)} | ${wanted ?? ''} | ×${spread(cpu)} |`);
  }
} finally {
  rmSync(work, { recursive: true });
}

function library(name) {
  const path = join(work, name);
  mkdirSync(path);
  return path;
}

/** Every page is another part of one of the pictures, so that no archiver finds two that are alike. */
async function cutPages(target) {
  mkdirSync(target);
  const sources = pages
    ? readdirSync(pages).filter((name) => /\.jpe?g$/i.test(name)).map((name) => join(pages, name))
    : (await pictureSets()).find((set) => set.name === 'pages').files;
  const names = [];
  for (let i = 0; i < Number(count); i++) {
    const name = `${String(i + 1).padStart(4, '0')}.jpg`;
    const source = sharp(sources[i % sources.length]);
    const { width, height } = await source.metadata();
    const turn = Math.floor(i / sources.length);
    await source
      .extract({ left: turn % 32, top: Math.floor(turn / 32), width: width - 32, height: height - 32 })
      .jpeg({ quality: 85 })
      .toFile(join(target, name));
    names.push(name);
  }
  return names;
}

function pack(kind, folder, names, archive) {
  if (kind === 'rar') {
    writeRar(folder, names, archive);
  } else if (kind === 'tar.gz') {
    execFileSync('tar', ['-czf', archive, ...names], { cwd: folder });
  } else {
    execFileSync('7zz', ['a', '-bd', '-mx=5', archive, ...names], { cwd: folder, stdio: 'ignore' });
  }
}

/** Source: RAR 5.0 archive format, rarlab.com. */
function writeRar(folder, names, archive) {
  writeFileSync(archive, Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1'));
  header(archive, [...number(1), ...number(0), ...number(0)]);
  for (const name of names) {
    const content = readFileSync(join(folder, name));
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(crc32(content));
    header(archive, [
      ...number(2), ...number(2), ...number(content.length), ...number(4), ...number(content.length), ...number(0o644), ...checksum,
      ...number(0), ...number(1), ...number(name.length), ...Buffer.from(name),
    ]);
    appendFileSync(archive, content);
  }
  header(archive, [...number(5), ...number(0), ...number(0)]);
}

function header(archive, fields) {
  const bytes = Buffer.from([...number(fields.length), ...fields]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(bytes));
  appendFileSync(archive, Buffer.concat([checksum, bytes]));
}

function number(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) {
    bytes.push((value % 128) + 128);
  }
  return [...bytes, value];
}

function scan(library) {
  const data = mkdtempSync(join(work, 'data-'));
  const result = spawnSync('/usr/bin/time', [
    '-f', '%U %S', 'dotnet', program, 'serve', '--data', data, '--port', '0', '--engine-port', '0', '--once', '--json', '--no-supervise', library,
  ], { encoding: 'utf8', maxBuffer: 1 << 28 });
  rmSync(data, { recursive: true });
  if (result.status !== 0) {
    throw new Error(`the scan of ${library} failed: ${result.stderr}`);
  }
  const [job] = JSON.parse(result.stdout.trim().split('\n').at(-1)).jobs;
  if (job.images.rendered !== Number(count)) {
    throw new Error(`the scan of ${library} rendered ${job.images.rendered} pages`);
  }
  const [user, system] = result.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds: (Date.parse(job.endedAt) - Date.parse(job.startedAt)) / 1000, cpu: user + system };
}

function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const median = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  return `${median.toFixed(2)} (${sorted[0].toFixed(2)}–${sorted.at(-1).toFixed(2)})`;
}
