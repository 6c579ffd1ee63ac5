// Of a row of questions of which only the last matters (typing in a filter), asks one at a time and
// skips those overtaken.

// SPDX-License-Identifier: Apache-2.0
export function latest<Argument, Answer>(
  ask: (argument: Argument) => Promise<Answer>,
  take: (answer: Answer, argument: Argument) => void,
  fail: (error: unknown, argument: Argument) => void,
): (argument: Argument) => void {
  let running = false;
  let next: { argument: Argument } | undefined;
  const run = async () => {
    running = true;
    while (next) {
      const { argument } = next;
      next = undefined;
      try {
        const answer = await ask(argument);
        if (!next) take(answer, argument);
      } catch (error) {
        if (!next) fail(error, argument);
      }
    }
    running = false;
  };
  return (argument) => {
    next = { argument };
    if (!running) void run();
  };
}
