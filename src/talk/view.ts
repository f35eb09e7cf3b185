// What a prompt says and what it offers, each made only when asked for: a typed line needs the choices and not the words.
// Pure.
import type { Block, FormName } from '../model.ts';

/** An option of a closed prompt, or a command offered under an open one. */
export interface Option {
  option: string;
  label: string;
  command?: string;
  form?: FormName;
}

export interface View {
  blocks: () => Block[];
  options: () => Option[];
  closed: boolean;
}

export const open = (blocks: View['blocks'], options: View['options'] = () => []): View => ({
  ...{ blocks, options, closed: false },
});

export const closed = (blocks: View['blocks'], options: View['options']): View => ({ blocks, options, closed: true });
