// The offer of a form for a long answer, where the platform has them. Pure.
import type { Conversation, FormName, Prompt } from '../model.ts';
import { type Scene, w } from './scene.ts';

/** None where there are no forms. Its option names what is answered, so that it outlives the prompt. */
export function formOption(
  s: Scene,
  c: Conversation,
  { kind, field = '', ask = '', practice = '' }: Pick<Prompt, 'kind' | 'field' | 'ask' | 'practice'>,
): { option: string; label: string; form: FormName }[] {
  if (!s.given.forms?.includes(c.address.channel)) return [];
  const option = kind === 'reply' ? `r-${ask}` : kind === 'revise' ? `v-${practice}-${field}` : `w-${field}`;
  return [{ option, label: w(c).formButton, form: 'answer' }];
}
