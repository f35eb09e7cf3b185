// Files in GridFS (https://www.mongodb.com/docs/manual/core/gridfs/): a content is written under an id of its own, and only
// then takes its name, so that a name never holds half a content.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose from 'mongoose';
import type { Files } from '../../../src/ports.ts';

type Write = { w: 'majority' | 1; journal: true };

export function filesIn(db: mongoose.mongo.Db, writeConcern: Write): Files {
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: 'files', writeConcern });

  async function removeAll(name: string, but?: mongoose.mongo.ObjectId): Promise<void> {
    for await (const { _id } of bucket.find({ filename: name })) {
      // Another process may have removed it in the meantime.
      if (!but?.equals(_id)) await bucket.delete(_id).catch(() => undefined);
    }
  }

  return {
    async put(name, content) {
      // The entry that carries the name is written when the content has ended; an aborted upload leaves nothing.
      const upload = bucket.openUploadStream(name);
      try {
        await pipeline(Readable.from(content), upload);
      } catch (error) {
        await upload.abort().catch(() => undefined);
        throw error;
      }
      await removeAll(name, upload.id);
    },
    async open(name) {
      const [found] = await bucket.find({ filename: name }).sort({ uploadDate: -1 }).limit(1).toArray();
      return found ? bucket.openDownloadStream(found._id) : null;
    },
    remove: (name) => removeAll(name),
  };
}
