import { canonicalEmail } from "../schema";

/**
 * How Amplitude spells the addresses that it writes in another form of Unicode than ours. The same letters in another form are another id
 * to it, as far as anybody knows, so requests name people as Amplitude does.
 */
export class Spellings {
  readonly #spelled = new Map<string, string>();

  /** Remembers an address that Amplitude told. */
  heard(address: string): void {
    const canonical = canonicalEmail(address);
    if (address.toLowerCase() !== canonical) this.#spelled.set(canonical, address);
  }

  /** The address as a request must name it. */
  of(address: string): string {
    return this.#spelled.size === 0 ? address : (this.#spelled.get(canonicalEmail(address)) ?? address);
  }
}
