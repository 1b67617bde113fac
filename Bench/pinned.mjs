// The packages of Node.js that both benches and tests compare with, in the versions that the tests pin.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = join(import.meta.dirname, '..', 'Tests', 'MongoDb.Bson.Tests', 'Node');

/** Imports a module below node_modules; installs the packages by their lock file where they are missing. */
export async function importPinned(module) {
  const path = join(folder, 'node_modules', module);
  if (!existsSync(path)) {
    execFileSync('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund'], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return import(pathToFileURL(path));
}
