/**
 * Lowers the glibc that the MongoDB engine's shipped binaries ask for, from 2.38 to 2.36.
 *
 * Those binaries were linked on a recent Linux. All they use of glibc 2.38 is a newer edition of seven
 * functions, each of which has an older twin in every glibc; nothing else in them needs more than 2.36. So two
 * things are rewritten, in place, and no byte moves:
 *
 * 1. the symbol: `__isoc23_strtol` becomes `strtol`, by pointing its name nine bytes further in the string table;
 * 2. the version it is looked up in: the need of `GLIBC_2.38` becomes a need of the base version of the machine.
 *
 * What is given up: the `__isoc23_` editions also read binary literals (`0b101`), and the 2.38 `fmod` does not set
 * errno. The engine runs without either.
 *
 * Sources of the layouts below:
 * - ELF header, section header, symbol: System V gABI, chapters 4 and 5 (Elf64_Ehdr, Elf64_Shdr, Elf64_Sym);
 * - versions: Linux Standard Base, Core, "Symbol Versioning" (Elf64_Verneed, Elf64_Vernaux, .gnu.version);
 * - the constants: <elf.h>; two needs of one version are fine: glibc, elf/dl-version.c, `_dl_check_map_versions`;
 * - the seven functions and their versions: glibc NEWS 2.38, and `readelf --dyn-syms` on the binaries.
 */

/** The glibc 2.x the binaries ask for as shipped, and the one they are content with once patched. */
export const SHIPPED_GLIBC_MINOR = 38;
export const PATCHED_GLIBC_MINOR = 36;

const NEW_EDITION_PREFIX = '__isoc23_';
const FUNCTIONS_WITH_A_TWIN = new Set([
  '__isoc23_strtol',
  '__isoc23_strtoul',
  '__isoc23_strtoll',
  '__isoc23_strtoull',
  '__isoc23_sscanf',
  '__isoc23_fscanf',
  'fmod',
]);

/** e_machine -> the first glibc of that machine, whose version every old function carries. */
const BASE_VERSIONS = new Map([
  [62, 'GLIBC_2.2.5'], // EM_X86_64
  [183, 'GLIBC_2.17'], // EM_AARCH64
]);

// sh_type
const SHT_DYNSYM = 11;
const SHT_GNU_VERNEED = 0x6ffffffe;
const SHT_GNU_VERSYM = 0x6fffffff;

/** A stretch of the file. `link` is the section it refers to: for these three, a string or symbol table. */
interface Section {
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

/** One "this library must provide this version" (Elf64_Vernaux), and where it lies in the file. */
interface VersionNeed {
  readonly offset: number;
  readonly version: string;
  /** What .gnu.version says of the symbols that are looked up in this version. */
  readonly index: number;
}

/** Returns the same binary asking for glibc 2.36 at most; a binary that does so already comes back unchanged. */
export function lowerGlibcNeed(binary: Buffer): Buffer {
  const image = Buffer.from(binary);
  const needs = readVersionNeeds(image);
  const tooNew = needs.filter((need) => glibcMinor(need.version) > PATCHED_GLIBC_MINOR);
  if (tooNew.length === 0) return image;
  const base = baseVersion(image, needs);
  for (const need of tooNew) {
    if (glibcMinor(need.version) !== SHIPPED_GLIBC_MINOR) throw unknown(`the version ${need.version}`);
  }
  renameSymbols(image, new Set(tooNew.map((need) => need.index)));
  for (const need of tooNew) {
    // Elf64_Vernaux: vna_hash at 0, vna_name at 8. Both describe the name alone, so both are copied.
    image.copy(image, need.offset, base.offset, base.offset + 4);
    image.copy(image, need.offset + 8, base.offset + 8, base.offset + 12);
  }
  return image;
}

/** Gives every symbol looked up in one of these versions the name of its older twin. */
function renameSymbols(image: Buffer, versionIndexes: ReadonlySet<number>): void {
  const symbols = findSection(image, SHT_DYNSYM);
  const versions = findSection(image, SHT_GNU_VERSYM);
  const names = sectionAt(image, symbols.link);
  for (let i = 0; i < versions.size / 2; i += 1) {
    // .gnu.version has one u16 per symbol; its top bit means "hidden" and is no part of the index.
    const index = image.readUInt16LE(versions.offset + 2 * i) & 0x7fff;
    if (!versionIndexes.has(index)) continue;
    const symbol = symbols.offset + 24 * i; // sizeof(Elf64_Sym); st_name, its first field, is a u32
    const nameOffset = image.readUInt32LE(symbol);
    const name = readString(image, names.offset + nameOffset);
    if (!FUNCTIONS_WITH_A_TWIN.has(name)) throw unknown(`the symbol ${name}`);
    if (name.startsWith(NEW_EDITION_PREFIX)) image.writeUInt32LE(nameOffset + NEW_EDITION_PREFIX.length, symbol);
  }
}

/** Elf64_Verneed (one per library) is a chain; each holds a chain of Elf64_Vernaux (one per version). */
function readVersionNeeds(image: Buffer): VersionNeed[] {
  const section = findSection(image, SHT_GNU_VERNEED);
  const names = sectionAt(image, section.link);
  const needs: VersionNeed[] = [];
  for (const library of chain(image, section.offset, 12)) {
    const first = library + image.readUInt32LE(library + 8); // vn_aux
    for (const offset of chain(image, first, 12)) {
      const version = readString(image, names.offset + image.readUInt32LE(offset + 8)); // vna_name
      needs.push({ offset, version, index: image.readUInt16LE(offset + 6) }); // vna_other
    }
  }
  return needs;
}

/** Offsets of linked records: each holds, at `nextField`, the distance to the next one, and the last holds 0. */
function* chain(image: Buffer, start: number, nextField: number): Generator<number> {
  let offset = start;
  for (;;) {
    yield offset;
    const distance = image.readUInt32LE(offset + nextField);
    if (distance === 0) return;
    offset += distance;
  }
}

function baseVersion(image: Buffer, needs: readonly VersionNeed[]): VersionNeed {
  const machine = image.readUInt16LE(18); // e_machine
  const name = BASE_VERSIONS.get(machine);
  const base = needs.find((need) => need.version === name);
  if (base === undefined) throw unknown(`no base version for the ELF machine ${machine}`);
  return base;
}

function findSection(image: Buffer, type: number): Section {
  checkHeader(image);
  const count = image.readUInt16LE(60); // e_shnum
  for (let i = 0; i < count; i += 1) {
    if (image.readUInt32LE(headerOfSection(image, i) + 4) === type) return sectionAt(image, i); // sh_type
  }
  throw unknown(`no section of type 0x${type.toString(16)}`);
}

function sectionAt(image: Buffer, index: number): Section {
  const header = headerOfSection(image, index);
  return {
    offset: Number(image.readBigUInt64LE(header + 24)), // sh_offset
    size: Number(image.readBigUInt64LE(header + 32)), // sh_size
    link: image.readUInt32LE(header + 40), // sh_link
  };
}

function headerOfSection(image: Buffer, index: number): number {
  return Number(image.readBigUInt64LE(40)) + 64 * index; // e_shoff, sizeof(Elf64_Shdr)
}

/** e_ident: the magic number, then ELFCLASS64 and ELFDATA2LSB, the only layout read here. */
function checkHeader(image: Buffer): void {
  if (image.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') throw unknown('not a 64-bit little-endian ELF file');
}

/** The 2.x of `GLIBC_2.38`, `GLIBC_2.3.4`; 0 for `GCC_3.0`, `GLIBC_ABI_DT_RELR` and the like. */
function glibcMinor(version: string): number {
  return Number(/^GLIBC_2\.(\d+)(?:\.\d+)?$/.exec(version)?.[1] ?? 0);
}

function readString(image: Buffer, offset: number): string {
  return image.toString('latin1', offset, image.indexOf(0, offset));
}

function unknown(what: string): Error {
  return new Error(`cannot lower the glibc this binary needs to 2.${PATCHED_GLIBC_MINOR}: ${what}`);
}
