// Which failures of MongoDB pass by themselves: no server, no primary, no room, no answer in time.
import mongoose from 'mongoose';
import { StoreAway } from '../../../src/ports.ts';

const { MongoError, MongoServerError, MongoAPIError } = mongoose.mongo;
/** No fault of what was to be sent: there was nobody to send it to. */
const UNCONNECTED = /^Mongo(?:NotConnected|TopologyClosed|ClientClosed)Error$/;

/**
 * What a server says of a write that it will never take, such as one too large
 * (https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml). Of all else somebody has to mend the server.
 */
const OURS = new Set([
  ...[2, 9, 14, 22, 28, 40, 52, 54, 55, 56, 57, 66, 121, 11_000],
  ...[10_334, 16_755, 17_280, 17_419, 17_420],
]);

/** What became of one write of several; the driver keeps its class to itself. */
const isWriteError = (error: unknown): error is { code: unknown } =>
  (error as object | null)?.constructor?.name === 'WriteError';

/** Milliseconds for a command of a turn. */
export const LATE = 12_000;

export function isAway(error: unknown): boolean {
  if (error instanceof StoreAway) return true;
  // What a bulk write met on its way is wrapped as if a server had said it.
  if (error instanceof MongoServerError && error.errorResponse instanceof Error) return isAway(error.errorResponse);
  if (error instanceof MongoServerError || isWriteError(error)) return !OURS.has(Number(error.code));
  return error instanceof MongoError && (UNCONNECTED.test(error.name) || !(error instanceof MongoAPIError));
}
