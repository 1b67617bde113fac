// Both derivatives of each picture by sharp, with WORKERS pictures at once.
//   node sharp-peer.js tuned|plain WORKERS OUT FILE…
// tuned: one decode to raw pixels, standard Huffman tables. plain: a pipeline per derivative, as most programs do it.
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';

const [mode, workers, out, ...files] = process.argv.slice(2);
const kinds = [['thumbnail', 300, 300], ['cache', 1920, 1080]];
mkdirSync(out, { recursive: true });
sharp.cache(false);
sharp.concurrency(1);

const target = (file, kind) => join(out, `${basename(file)}.${kind}.jpg`);
const box = (width, height) => ({ width, height, fit: 'inside', withoutEnlargement: true });

async function tuned(file) {
  const { data, info } = await sharp(file).rotate().resize(box(1920, 1080)).flatten({ background: 'white' })
    .toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
  const jpeg = { quality: 85, optimiseCoding: false };
  await sharp(data, raw).jpeg(jpeg).toFile(target(file, 'cache'));
  await sharp(data, raw).resize(box(300, 300)).jpeg(jpeg).toFile(target(file, 'thumbnail'));
}

async function plain(file) {
  for (const [kind, width, height] of kinds) {
    await sharp(file).rotate().resize(box(width, height)).flatten({ background: 'white' })
      .jpeg({ quality: 85 }).toFile(target(file, kind));
  }
}

const render = mode === 'plain' ? plain : tuned;
const started = process.hrtime.bigint();
const queue = files[Symbol.iterator]();
await Promise.all(Array.from({ length: Number(workers) }, async () => {
  for (const file of queue) {
    await render(file);
  }
}));
console.log(JSON.stringify({ images: files.length, seconds: Number(process.hrtime.bigint() - started) / 1e9 }));
