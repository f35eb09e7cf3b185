// The formats a collection can be taken away in, and how much each can hold. Pure.

export const FORMATS = ['csv', 'xlsx', 'json', 'geojson', 'docx', 'md'] as const;
export type Format = (typeof FORMATS)[number];

export const MEDIA: Record<Format, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  geojson: 'application/geo+json',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  md: 'text/markdown',
};

/**
 * The two formats that are made whole in memory, and the most they hold: what opens without pain in an office program and
 * in a few hundred megabytes here. The others stream, whatever the number.
 */
export const MOST: Partial<Record<Format, { cases: number; characters: number }>> = {
  xlsx: { cases: 10_000, characters: 20_000_000 },
  docx: { cases: 2_000, characters: 5_000_000 },
};

export const formatOf = (name: string): Format | undefined =>
  FORMATS.find(
    (format) =>
      format ===
      name
        .toLowerCase()
        .replace(/^\./, '')
        .replace(/^markdown$/, 'md'),
  );
