// Generates the pictures that rendering is measured on: structure at several scales with fine noise, so that their
// sizes in bytes are those of photos. Made once, into the system's temporary folder.
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const folder = join(tmpdir(), 'imagelibrary-bench-pictures-2');
let master;
const both = ['thumbnail', 'cache'];
const jpeg = (options) => (picture) => picture.jpeg({ quality: 90, ...options });

// A run takes some seconds, so that compiling in its first pictures weighs little, as it does in a library.
/** Sets in the order of the table: files, how many pictures a run renders, the kinds, and what is wanted of each peer. */
export async function pictureSets(ownFolder) {
  const photos = await make('photo12', 'jpg', 8, 4000, 3000, jpeg());
  const baseline = await make('page', 'jpg', 12, 1400, 2000, jpeg({ quality: 85 }));
  const progressive = await make('progressive', 'jpg', 12, 1400, 2000, jpeg({ quality: 85, progressive: true }));
  const large = await make('photo24', 'jpg', 4, 6000, 4000, jpeg());
  const png = await make('drawing', 'png', 4, 1600, 1200, (picture) => picture.png());
  const webp = await make('web', 'webp', 6, 2400, 1600, (picture) => picture.webp({ quality: 85 }));
  const p3 = await make('wide', 'jpg', 8, 4000, 3000, (picture) => jpeg()(picture).withIccProfile('p3'));
  const sets = [
    {
      name: '12 MP', files: photos, runs: 48, kinds: both,
      peers: { 'sharp tuned': '1.5', 'sharp plain': '2.3', ImageMagick: undefined, vipsthumbnail: undefined, floor: 'processor time 0.83' },
    },
    // So many that starting and compiling weigh what they weigh in a library.
    { name: '480 of 12 MP', files: photos, runs: 480, kinds: both, peers: { floor: 'processor time 0.83' } },
    { name: 'pages', files: baseline, runs: 96, kinds: both, peers: { 'sharp tuned': '1.7', floor: undefined } },
    { name: 'progressive pages', files: progressive, runs: 48, kinds: both, peers: { 'sharp tuned': '1.7', floor: undefined } },
    { name: '24 MP', files: large, runs: 24, kinds: both, peers: { 'sharp tuned': '1.25', floor: undefined } },
    {
      name: 'mixed', files: [...photos.slice(0, 4), ...baseline.slice(0, 4), ...png.slice(0, 2), ...webp.slice(0, 3)],
      runs: 39, kinds: both, peers: { 'sharp tuned': '1.4', ImageMagick: undefined, vipsthumbnail: undefined },
    },
    { name: 'P3', files: p3, runs: 24, kinds: both, peers: { 'sharp tuned': '2.5' } },
    { name: 'PNG', files: png, runs: 48, kinds: both, peers: { 'sharp tuned': '1' } },
    { name: 'WebP', files: webp, runs: 48, kinds: both, peers: { 'sharp tuned': '1' } },
    { name: 'thumbnail only', files: photos, runs: 288, kinds: ['thumbnail'], peers: { 'sharp tuned': '2', 'sharp plain': '2', floor: undefined } },
  ];
  if (ownFolder) {
    const files = readdirSync(ownFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(jpe?g|png|webp)$/i.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    sets.push({ name: 'own', files, runs: 48, kinds: both, peers: { 'sharp tuned': undefined, 'sharp plain': undefined } });
  }

  return sets;
}

async function make(name, extension, count, width, height, encode) {
  mkdirSync(folder, { recursive: true });
  const files = Array.from({ length: count }, (_, number) => join(folder, `${name}${number}.${extension}`));
  for (const [number, file] of files.entries()) {
    if (!existsSync(file)) {
      const { data, info } = await (master ??= draw());
      // Each picture is another part of the same large one, mirrored in its own way.
      const part = { left: (number * 131) % (info.width - width + 1), top: (number * 61) % (info.height - height + 1), width, height };
      await encode(sharp(data, { raw: info }).extract(part).flip(number % 2 === 1).flop(number % 4 > 1)).toFile(`${file}.part`);
      renameSync(`${file}.part`, file);
    }
  }

  return files;
}

/** Draws 24 megapixels. */
async function draw() {
  const [width, height] = [6000, 4000];
  const layer = (picture) => picture.raw().toBuffer({ resolveWithObject: true });
  const stretched = { kernel: 'cubic', fit: 'fill' };
  const base = await layer(noise(width / 100, height / 100, 60).resize(width, height, stretched));
  const middle = await layer(noise(width / 8, height / 8, 40).resize(width, height, stretched));
  const fine = await layer(noise(512, 512, 7));
  return layer(sharp(base.data, { raw: base.info }).composite([
    { input: middle.data, raw: middle.info, blend: 'soft-light' },
    { input: fine.data, raw: fine.info, blend: 'soft-light', tile: true },
  ]));
}

/** Noise whose colours stay near gray, as those of photos do. */
function noise(width, height, sigma) {
  const create = { width, height, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma } };
  return sharp({ create }).modulate({ saturation: 0.6 });
}
