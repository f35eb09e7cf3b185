// The collections and their indexes. What a document holds is said in src/model.ts and kept by the steps: the schemas are
// open on purpose, so that an older process never drops what a newer one wrote.
import { Schema } from 'mongoose';
import type { Kind } from '../../../src/model.ts';

const document = () =>
  new Schema(
    { _id: String, version: { type: Number, required: true }, wakeAt: String },
    { strict: false, versionKey: false, minimize: false },
  )
    .index({ wakeAt: 1 }, { partialFilterExpression: { wakeAt: { $type: 'string' } } })
    .index({ traces: 1 }, { sparse: true });

export const schemas: Record<Kind, Schema> = {
  conversation: document()
    .index({ 'address.channel': 1, activeAt: -1 }, { partialFilterExpression: { heard: { $type: 'string' } } })
    .index({ trail: 1 }, { partialFilterExpression: { trail: { $type: 'object' } } })
    .index({ open: 1 }, { partialFilterExpression: { open: { $type: 'string' } } }),
  practice: document()
    .index({ submittedAt: 1, _id: 1 })
    .index({ messages: 1 })
    .index({ told: 1, submittedAt: 1, _id: 1 })
    .index({ state: 1, submittedAt: 1, _id: 1 })
    .index({ 'consent.scope': 1, facets: 1 })
    .index({ terms: 1, submittedAt: -1, _id: -1 }),
  delivery: document().index({ about: 1 }).index({ owned: 1 }),
  digest: document(),
};
