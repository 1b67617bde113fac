// The derivatives of each picture by sharp, with WORKERS pictures at once.
//   node sharp-peer.js tuned|plain WORKERS KINDS OUT FILE…
// tuned: one decode to raw pixels, standard Huffman tables. plain: a pipeline per derivative, as most programs do it.
import { mkdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import sharp from 'sharp';

const [mode, workers, kinds, out, ...files] = process.argv.slice(2);
const sizes = { cache: [1920, 1080], thumbnail: [300, 300] };
const wanted = Object.keys(sizes).filter((kind) => kinds.split(',').includes(kind));
mkdirSync(out, { recursive: true });
sharp.cache(false);
sharp.concurrency(1);

const target = (file, kind) => join(out, `${parse(file).name}.${kind}.jpg`);
const box = (kind) => ({ width: sizes[kind][0], height: sizes[kind][1], fit: 'inside', withoutEnlargement: true });
const flat = (file, kind) => sharp(file).rotate().resize(box(kind)).flatten({ background: 'white' });

async function tuned(file) {
  const jpeg = { quality: 85, optimiseCoding: false };
  if (wanted.length === 1) {
    await flat(file, wanted[0]).jpeg(jpeg).toFile(target(file, wanted[0]));
    return;
  }

  const { data, info } = await flat(file, 'cache').toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
  await sharp(data, raw).jpeg(jpeg).toFile(target(file, 'cache'));
  await sharp(data, raw).resize(box('thumbnail')).jpeg(jpeg).toFile(target(file, 'thumbnail'));
}

async function plain(file) {
  for (const kind of wanted) {
    await flat(file, kind).jpeg({ quality: 85 }).toFile(target(file, kind));
  }
}

const render = mode === 'plain' ? plain : tuned;
const started = process.hrtime.bigint();
const spent = process.cpuUsage();
const queue = files[Symbol.iterator]();
await Promise.all(Array.from({ length: Number(workers) }, async () => {
  for (const file of queue) {
    await render(file);
  }
}));
const { user, system } = process.cpuUsage(spent);
console.log(JSON.stringify({
  images: files.length,
  seconds: Number(process.hrtime.bigint() - started) / 1e9,
  processorSeconds: (user + system) / 1e6,
}));
