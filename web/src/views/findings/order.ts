// Findings in the order in which to look at them.

// SPDX-License-Identifier: Apache-2.0
import type { Finding } from '../../core/reports';

const rank: Record<string, number> = { error: 0, warning: 1, note: 2 };

// Errors first, since they may void the rest; then by what could be won, then by severity.
export function by_gain(findings: readonly Finding[]): Finding[] {
  const error = (finding: Finding) => (finding.severity === 'error' ? 0 : 1);
  return [...findings].sort((a, b) =>
    error(a) - error(b) || (b.recoverable_ms ?? -1) - (a.recoverable_ms ?? -1) ||
    (rank[a.severity] ?? 3) - (rank[b.severity] ?? 3) || (a.code < b.code ? -1 : 1));
}
