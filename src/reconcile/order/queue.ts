/** Numbers that come out smallest first, whenever they were put in. */
export class Queue {
  readonly #heap: number[] = [];

  push(value: number): void {
    const heap = this.#heap;
    let at = heap.push(value) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] ?? 0;
      if (above <= value) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = value;
  }

  /** Takes the smallest out; undefined when there is none. */
  pop(): number | undefined {
    const heap = this.#heap;
    const smallest = heap[0];
    const last = heap.pop();
    if (smallest === undefined || last === undefined || heap.length === 0) return smallest;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const [left = Infinity, right = Infinity] = [heap[child], heap[child + 1]];
      if (right < left) child += 1;
      const least = Math.min(left, right);
      if (least >= last) break;
      heap[at] = least;
      at = child;
    }
    heap[at] = last;
    return smallest;
  }
}
