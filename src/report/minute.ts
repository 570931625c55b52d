/** A point in time (RFC 3339, UTC) as people read it: `2026-11-23 15:10 UTC`. */
export const minute = (time: string): string => `${time.slice(0, 16).replace("T", " ")} UTC`;
