// Compares a whole scan (engine, workflows, store, page) with bare rendering of the same pictures, in alternating pairs;
// with `mongo`, the scan on a MongoDB server of its own (mongod of the PATH) with the scan on SQLite.
// Usage: node scan.js IMAGELIBRARY.DLL [PICTURES] [ROUNDS] [mongo]
// The pictures are distinct 12 MP JPEGs, generated once into the system's temporary folder.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installSharp } from './setup.js';

const [program, pictures = '500', rounds = '3', peer] = process.argv.slice(2);
if (!program || (peer && peer !== 'mongo')) {
  console.error('usage: node scan.js IMAGELIBRARY.DLL [PICTURES] [ROUNDS] [mongo]');
  process.exit(2);
}

const { sharp } = await installSharp();
const library = join(tmpdir(), `imagelibrary-12mp-${pictures}`);
await generate(library, Number(pictures));
if (peer) {
  await withMongod((url) => compare('scan on SQLite', scan, 'scan on MongoDB', (round) => scan('--mongo', `${url}/bench${round}`), 0.97));
} else {
  compare('bare render', render, 'whole scan', () => scan(), 0.85);
}

function compare(base, runBase, name, run, wanted) {
  const ratios = [];
  for (let round = 1; round <= Number(rounds); round++) {
    const [first, second] = [runBase(), run(round)];
    ratios.push(first / second);
    console.log(`round ${round}: ${base} ${first.toFixed(1)} s, ${name} ${second.toFixed(1)} s`);
  }
  ratios.sort((left, right) => left - right);
  console.log(
    `${name} against ${base}: ${ratios[ratios.length >> 1].toFixed(2)}× (median; ` +
      `${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)}; at least ${wanted} wanted)`,
  );
}

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

function scan(...more) {
  return withFolder((data) => {
    const summary = last(run('serve', '--data', data, '--port', '0', '--engine-port', '0', '--once', '--json', ...more, library));
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

async function withMongod(use) {
  const folder = mkdtempSync(join(tmpdir(), 'imagelibrary-bench-'));
  const port = await freePort();
  const mongod = spawn('mongod', ['--dbpath', folder, '--port', port, '--bind_ip', '127.0.0.1', '--quiet'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => mongod.once('close', resolve));
  try {
    await Promise.race([answering(port), ended.then((code) => Promise.reject(new Error(`mongod ended with ${code}`)))]);
    await use(`mongodb://127.0.0.1:${port}`);
  } finally {
    mongod.kill();
    await ended;
    rmSync(folder, { recursive: true });
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answering(port) {
  const open = () =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true))).once('error', () => resolve(false));
    });
  while (!(await open())) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
