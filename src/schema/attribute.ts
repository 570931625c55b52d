import type { ValueType } from "./value-type";

/**
 * Where a value lives. `amplitude`: read back from Amplitude and compared. `declared`: ours, Amplitude never sees it
 * (Terraform keeps it in state, the CLI in the base). `computed`: Amplitude's answer, nobody writes it.
 */
export type Origin = "amplitude" | "declared" | "computed";
export type Presence = "required" | "optional" | "computed";

export interface AttributeOptions {
  readonly origin?: Exclude<Origin, "computed">;
  /** A different value is a different object. */
  readonly requiresReplace?: boolean;
  readonly sensitive?: boolean;
}

export interface Attribute<T = unknown, P extends Presence = Presence> {
  readonly type: ValueType<T>;
  readonly presence: P;
  readonly origin: Origin;
  /** What it is, for the generated class and the docs. Positional in the makers: an undocumented attribute does not compile. */
  readonly description: string;
  readonly requiresReplace: boolean;
  readonly sensitive: boolean;
}

export type Attributes = Readonly<Record<string, Attribute<never>>>;

/** A value that must be written. */
export function required<T>(
  type: ValueType<T>,
  description: string,
  options: AttributeOptions = {},
): Attribute<T, "required"> {
  return attribute(type, "required", description, options);
}

/** A value that may be left out: then it is not managed. */
export function optional<T>(
  type: ValueType<T>,
  description: string,
  options: AttributeOptions = {},
): Attribute<T, "optional"> {
  return attribute(type, "optional", description, options);
}

/** A value that Amplitude answers. */
export function computed<T>(
  type: ValueType<T>,
  description: string,
  options: Pick<AttributeOptions, "sensitive"> = {},
): Attribute<T, "computed"> {
  return { ...attribute(type, "computed", description, options), origin: "computed" };
}

function attribute<T, P extends Presence>(
  type: ValueType<T>,
  presence: P,
  description: string,
  options: AttributeOptions,
): Attribute<T, P> {
  return {
    type,
    presence,
    origin: options.origin ?? "amplitude",
    description,
    requiresReplace: options.requiresReplace ?? false,
    sensitive: options.sensitive ?? false,
  };
}

type ValueOf<A> = A extends { readonly type: ValueType<infer T> } ? T : never;
type Of<A extends Attributes, P extends Presence> = {
  [K in keyof A]: A[K] extends { readonly presence: P } ? K : never;
}[keyof A];

/** What a person writes. */
export type ConfigOf<A extends Attributes> = { readonly [K in Of<A, "required">]: ValueOf<A[K]> } & {
  readonly [K in Of<A, "optional">]?: ValueOf<A[K]> | undefined;
};

/** What is known of a live object. A required declared attribute may be unknown there: Amplitude never saw it. */
export type StateOf<A extends Attributes> = { readonly [K in keyof A]?: ValueOf<A[K]> | undefined };
