// Prints the table of rendering against its peers, in alternating pairs over the same files with a warm page cache.
//   node compare.js [--sets NAME,…] [--rounds 5] [--workers 2] [--program FILE] [--folder DIR]
// Installs the peers (sharp by the lock file here; ImageMagick, vipsthumbnail and TurboJPEG from Debian), builds the
// program when it is missing, and generates the pictures once into the system's temporary folder. --folder adds a set of
// your own pictures. PROGRAM is imagelibrary.dll or the executable. Both sides must make the same files with the same
// sizes, or the comparison ends. Time and processor time are those of rendering, start-up left out where a program tells.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installSharp, prepare } from './setup.js';

const { values: options } = parseArgs({
  options: {
    sets: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    workers: { type: 'string', default: '2' },
    program: { type: 'string' },
    folder: { type: 'string' },
  },
});

const out = mkdtempSync(join(tmpdir(), 'bench-rendering-'));
try {
  const { program, floor } = prepare(options.program, out);
  const { pictureSets } = await installSharp();
  const { programs } = await import('./peers.js');
  const { measure, outputs } = await import('./measure.js');
  const commands = programs(program, floor, Number(options.workers));
  const sets = (await pictureSets(options.folder)).filter((set) => !options.sets || options.sets.split(',').includes(set.name));
  console.log('| set | against | speed (least to most) | wanted | processor time | memory, ours and theirs |');
  console.log('|---|---|---|---|---|---|');
  for (const set of sets) {
    const list = Array.from({ length: Math.ceil(set.runs / set.files.length) }, () => set.files).flat();
    const expected = await outputs(commands.ours, set.files, set.kinds, join(out, set.name, 'ours', 'once'));
    for (const [peer, wanted] of Object.entries(set.peers)) {
      // Components make no finished pictures, so there is nothing to compare.
      if (peer !== 'floor') {
        const made = await outputs(commands[peer], set.files, set.kinds, join(out, set.name, peer, 'once'));
        if (JSON.stringify(made) !== JSON.stringify(expected)) {
          throw new Error(`${set.name}: ${peer} made other pictures:\n${JSON.stringify(made)}\n${JSON.stringify(expected)}`);
        }
      }

      // Programs that start anew for every picture take long and vary little.
      const rounds = commands[peer].slow ? Math.min(2, options.rounds) : Number(options.rounds);
      const pairs = Array.from({ length: rounds }, () => [commands.ours, commands[peer]].map(
        (command) => measure(command, list, set.kinds, join(out, set.name, command.name))));
      console.log(row(set.name, peer, wanted, pairs));
    }
  }
} finally {
  rmSync(out, { recursive: true });
}

function row(set, peer, wanted, pairs) {
  const cells = [
    set,
    peer,
    `×${spread(pairs.map(([ours, theirs]) => theirs.seconds / ours.seconds))}`,
    wanted ?? '',
    `×${spread(pairs.map(([ours, theirs]) => theirs.cpu / ours.cpu))}`,
    [0, 1].map((side) => `${median(pairs.map((pair) => pair[side].megabytes)).toFixed(0)} MB`).join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return `${median(values).toFixed(2)} (${sorted[0].toFixed(2)}–${sorted.at(-1).toFixed(2)})`;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
