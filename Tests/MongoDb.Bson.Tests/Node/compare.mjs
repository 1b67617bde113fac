// Answers requests of the tests on standard input: a kind, a length, and that many bytes. Every answer is a list of such
// frames without kinds.
import { readSync, writeSync } from 'node:fs';
import * as bson from 'bson';
import { generate, random } from './generate.mjs';

const { EJSON } = bson;
const faithful = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true };

function read(count) {
  const bytes = Buffer.alloc(count);
  for (let done = 0; done < count; ) {
    let got = 0;
    try {
      got = readSync(0, bytes, done, count - done, null);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      continue;
    }
    if (got === 0) return null;
    done += got;
  }
  return bytes;
}

function write(bytes) {
  const frame = Buffer.concat([Buffer.alloc(4), Buffer.from(bytes)]);
  frame.writeInt32LE(bytes.length, 0);
  for (let done = 0; done < frame.length; ) {
    try {
      done += writeSync(1, frame, done);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

const text = (document, relaxed) => Buffer.from(EJSON.stringify(document, { relaxed }));
const fromText = (bytes, relaxed) => bson.serialize(EJSON.parse(bytes.toString(), { relaxed }), { ignoreUndefined: false });

const requests = {
  // A document: its bytes again, and its text.
  1: bytes => {
    const document = bson.deserialize(bytes, faithful);
    return [bson.serialize(document), text(document, false), text(document, true)];
  },
  // Canonical text: the document's bytes.
  2: bytes => [fromText(bytes, false)],
  // Relaxed text: the document's bytes, in which numbers have the smallest type.
  3: bytes => [fromText(bytes, true)],
  // A seed: the bytes and the text of a document of Node's making.
  4: bytes => {
    const document = generate(random(bytes.readUInt32LE(0)), 0);
    return [bson.serialize(document), text(document, false), text(document, true)];
  },
};

for (let kind = read(1); kind !== null; kind = read(1)) {
  const payload = read(read(4).readInt32LE(0)) ?? Buffer.alloc(0);
  for (const answer of requests[kind[0]](payload)) write(answer);
}
