// The command line of each program that makes derivatives.
import { join } from 'node:path';

const boxes = { thumbnail: '300x300', cache: '1920x1080' };
const hints = { thumbnail: '600x600', cache: '3840x2160' };

/** Programs by name; `reports` when the last line on stdout tells the seconds, `slow` when it starts for every picture. */
export function programs(program, floor, workers) {
  const ours = program.endsWith('.dll') ? ['dotnet', program] : [program];
  const sharp = (mode) => (files, kinds, out) =>
    ['node', join(import.meta.dirname, 'sharp-peer.js'), mode, workers, kinds.join(','), out, ...files];
  const list = [
    {
      name: 'ours', reports: true,
      line: (files, kinds, out) => [...ours, 'render', ...files, '--out', out, '--kinds', kinds.join(','), '--workers', workers, '--json'],
    },
    { name: 'sharp tuned', reports: true, line: sharp('tuned') },
    { name: 'sharp plain', reports: true, line: sharp('plain') },
    { name: 'floor', reports: true, line: (files, kinds, out) => [floor, workers, kinds.join(','), out, ...files] },
    {
      name: 'ImageMagick', slow: true,
      line: (files, kinds, out) => shell(workers, 1, kinds, files, (kind) =>
        `name=$(basename "$1"); convert -define jpeg:size=${hints[kind]} "$1[0]" -auto-orient -resize '${boxes[kind]}>' `
        + `-background white -alpha remove -strip -quality 85 "${out}/\${name%.*}.${kind}.jpg"`),
    },
    {
      name: 'vipsthumbnail', slow: true,
      line: (files, kinds, out) => shell(workers, Math.ceil(files.length / workers), kinds, files, (kind) =>
        `VIPS_CONCURRENCY=1 vipsthumbnail "$@" --size '${boxes[kind]}>' --eprofile srgb -o '${out}/%s.${kind}.jpg[Q=85,strip,background=255]'`),
    },
  ];
  return Object.fromEntries(list.map((item) => [item.name, { ...item, line: (...args) => item.line(...args).map(String) }]));
}

/** A command for each kind, over the files in groups, as many at once as there are workers. */
function shell(workers, group, kinds, files, command) {
  const steps = kinds.map((kind) => `printf '%s\\0' "$@" | xargs -0 -P ${workers} -n ${group} sh -c '${command(kind).replaceAll("'", "'\\''")}' sh`);
  return ['sh', '-ec', steps.join('\n'), 'sh', ...files];
}
