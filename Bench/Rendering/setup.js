// Installs and builds what the measurements need, each only where it is missing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '..', '..');
const packages = {
  imagemagick: '/usr/bin/convert',
  'libvips-tools': '/usr/bin/vipsthumbnail',
  'libturbojpeg0-dev': '/usr/include/turbojpeg.h',
  gcc: '/usr/bin/gcc',
  'libc6-dev': '/usr/include/stdio.h',
  time: '/usr/bin/time',
  '7zip': '/usr/bin/7zz',
};
const compared = ['imagemagick', 'libvips-tools', 'libturbojpeg0-dev', 'gcc', 'libc6-dev', 'time'];

/** Installs Debian packages. */
export function install(...names) {
  const missing = names.filter((name) => !existsSync(packages[name]));
  if (missing.length > 0) {
    if (process.getuid() !== 0) {
      throw new Error(`please run: sudo apt-get install -y ${missing.join(' ')}`);
    }

    run('apt-get', 'update', '-qq');
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...missing);
  }
}

/** Installs and loads sharp, and what generates pictures by it. */
export async function installSharp() {
  if (!existsSync(join(here, 'node_modules', 'sharp'))) {
    run('npm', 'ci', '--prefix', here, '--no-audit', '--no-fund');
  }

  const { pictureSets } = await import('./pictures.js');
  return { sharp: (await import('sharp')).default, pictureSets };
}

/** Returns the paths of the program and of the compiled floor. */
export function prepare(program, folder) {
  install(...compared);
  const built = join(root, 'Cli', 'bin', 'Release', 'net10.0', 'imagelibrary.dll');
  if (!program && !existsSync(built)) {
    run('dotnet', 'build', join(root, 'Cli'), '-c', 'Release', '-v:q');
  }

  const floor = join(folder, 'floor');
  run('gcc', '-O2', '-o', floor, join(here, 'floor.c'), '-lturbojpeg', '-lpthread');
  return { program: program ?? built, floor };
}

function run(command, ...args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed: ${error ?? stdout + stderr}`);
  }
}
