// A case as a GeoJSON feature (RFC 7946): its shared location as geometry, its row as properties. Pure.
import type { Row } from './row.ts';

export function feature(row: Row): object {
  const { number, latitude, longitude } = row;
  const isPlaced = typeof latitude === 'number' && typeof longitude === 'number';
  return {
    type: 'Feature',
    id: number,
    geometry: isPlaced ? { type: 'Point', coordinates: [longitude, latitude] } : null,
    properties: row,
  };
}
