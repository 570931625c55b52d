/** `1 group`, `2 groups`, `3,041 people`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** `3,041` */
export function number(value: number): string {
  return value.toLocaleString("en-US");
}
