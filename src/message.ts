// What people and the bot say to each other, before any platform's clothes, as types only.

/** ISO 8601 in UTC with milliseconds (`Date.prototype.toISOString`), so that instants sort as text. */
export type Instant = string;

export type Language = 'fr' | 'en';

/** One wording per language. */
export type Words = Record<Language, string>;

/** Where a message goes: the platform's own ids. Written `channel:chat[/thread]` in settings. */
export interface Address {
  channel: string;
  chat: string;
  thread?: string;
}

/** A staff or digest place: an address and the language spoken there. */
export interface Place {
  address: Address;
  language: Language;
}

export interface Point {
  latitude: number;
  longitude: number;
}

/** A file that came with a message. The turn keeps this reference; its content is copied right after the commit. */
export interface FileRef {
  /** Whose platform it lies on. */
  channel: string;
  /** The platform's own name of this content, the same in an edit of its message. */
  id: string;
  /** The platform's handle, enough for its channel to fetch the content. */
  ref: string;
  name?: string;
  /** Media type: as the platform says until the copy is made, by content afterwards. */
  type?: string;
  /** Bytes: as the platform says until the copy is made, counted afterwards. */
  size?: number;
  /** Absent until the copy was tried. */
  copy?: Copy;
}

/** What became of a file's content: kept in our own storage, or missing and why. */
export type Copy = { kept: string; sha256: string } | { missing: Missing };

/** Over the platform's limit or ours; no longer there; never answered in spite of many tries. */
export type Missing = 'tooBig' | 'gone' | 'unreachable';

/** What a channel makes of a platform's update. */
export interface Inbound {
  /** The thing's own identity: text `m:<message>`, edit `e:<message>:<edit>`, deletion `d:<message>`, click `c:<id>`. */
  id: string;
  /** The platform's own order within the chat, as sortable text. */
  order: string;
  place: 'private' | 'staff' | 'other';
  from: Address;
  /** Where the place is now, when it moved and `from` is what the house goes on knowing it by. */
  moved?: Address;
  person: { id: string; name: string; locale?: string };
  at: Instant;
  kind: 'message' | 'choice' | 'edit' | 'delete' | 'presence' | 'moved';
  text: string;
  files: FileRef[];
  location?: Point;
  /** Addresses behind the words of the text. */
  links?: string[];
  /** Passed on from somebody else. */
  forwarded?: boolean;
  /** Something that cannot be read as words, a file or a place: a sticker, a poll, a game. */
  unreadable?: boolean;
  /** `<prompt>.<option>`, at most 40 ASCII characters. */
  choice?: string;
  /** What the link that opened the chat carried: `c_<campaign>`, `h_<held words>` or `l_<code>`. */
  payload?: string;
  /** Of a `presence`: the person opened the chat (absent), closed it to us, opened it again, or looks at their own page. */
  presence?: 'gone' | 'back' | 'home';
  /** A message taken up by a shortcut: by its author, as the story of a new draft; by somebody else, who suggests it. */
  as?: 'story' | 'suggestion';
  /** What was filled in where the choice opens a form: values by the form's own keys. */
  form?: Record<string, string>;
  replyTo?: string;
  /** The text is so long that the client probably cut a longer one: the rest is on its way. */
  more?: boolean;
}

// ---------------------------------------------------------------------------------------------- what the bot says

/** Plain text, something said strongly, or a command that each channel prints its own way (`aide`, `modifier 2`). */
export type Span = string | { strong: string } | { command: string };

/** One paragraph. A quote holds somebody's words. */
export interface Block {
  as: 'text' | 'heading' | 'quote';
  spans: Span[];
}

export interface Choice {
  /** What comes back in `Inbound.choice`. */
  id: string;
  label: string;
  /** The command that does the same when typed; open prompts are answered by words, never by a number. */
  command?: string;
  /** Asks for words: a form opens where the platform has one, elsewhere the bot asks and reads the reply. */
  form?: FormName;
}

/** The forms there are (src/forms.ts); a closed list, so that a channel can open one without asking anybody. */
export type FormName = 'answer' | 'ask' | 'note' | 'reason' | 'hand' | 'use' | 'plan' | 'unused' | 'bar' | 'reply';

/** A form as a platform shows it. */
export interface Form {
  title: string;
  send: string;
  fields: { key: string; label: string; long: boolean; required: boolean; most: number }[];
}

/** A picture or a document that goes with a message; its content lies in our own storage. */
export interface Attachment {
  kept: string;
  name: string;
  /** Media type. */
  type: string;
  /** What it shows, for whoever cannot see it. */
  alt: string;
}

/** A message of the bot, before any platform's clothes. */
export interface Outbound {
  language: Language;
  blocks: Block[];
  choices: Choice[];
  /** A closed prompt takes one of its choices, by button, number or word; under an open one a number is an answer. */
  closed: boolean;
  /** A place may be shared where the platform has a way to; `nothing` takes that offer back; `reply`: answer this message. */
  wants?: 'location' | 'nothing' | 'reply';
  attachment?: Attachment;
  /** A way from a group to the private chat, carrying this payload. */
  door?: { label: string; payload: string };
}

/** One message's worth of words, as sent. */
export interface Part {
  /** `m:<message>` */
  id: string;
  order: string;
  at: Instant;
  text: string;
  files?: FileRef[];
  location?: Point;
  links?: string[];
  forwarded?: boolean;
  /** The edit this text comes from, for a later edit to win whatever the order of arrival. */
  edited?: string;
  /** Its author deleted the message: the text is gone. */
  deleted?: Instant;
}
