// How the world can fail us, as errors with a treatment each. Nothing of what failed is in them. Pure.
import type { Address, Instant, Missing } from './model.ts';

/** The store cannot be reached, or takes nothing for now: full, read-only, too slow. What failed may go well later. */
export class StoreAway extends Error {
  /** The engine's own word for why; it holds nobody's words. */
  readonly code: string | number | undefined;

  constructor(code?: string | number) {
    super('the store is away');
    this.name = 'StoreAway';
    this.code = code;
  }
}

/** How a platform can fail us: a closed list, each with its treatment. */
export class ChannelError extends Error {
  /**
   * `retry`: at `retryAt`, or after a moment. `unknown-outcome`: it may have been done; again, but not at once.
   * `permanent`: the chat is closed to us, or the file is `missing`. `moved`: the place is now at `to`.
   * `refused`: this message is ill-made, which is our fault; it is not tried again.
   */
  readonly kind: 'retry' | 'permanent' | 'unknown-outcome' | 'moved' | 'refused';
  readonly retryAt: Instant | undefined;
  readonly to: Address | undefined;
  readonly missing: Missing | undefined;
  /** It concerns the whole channel, and not this chat alone. */
  readonly everywhere: boolean | undefined;

  constructor(
    kind: ChannelError['kind'],
    message: string,
    more: Partial<Omit<ChannelError, keyof Error | 'kind'>> = {},
  ) {
    super(message);
    this.name = 'ChannelError';
    this.kind = kind;
    this.retryAt = more.retryAt;
    this.to = more.to;
    this.missing = more.missing;
    this.everywhere = more.everywhere;
  }
}
