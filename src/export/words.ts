// The wording of exports, per language, with its typography set. Pure.
import type { Language } from '../model.ts';
import { exportEn } from '../words/export.en.ts';
import { type ExportWords, exportFr } from '../words/export.fr.ts';

export const exportWords: Record<Language, ExportWords> = { fr: exportFr, en: exportEn };
