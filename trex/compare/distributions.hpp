// Normal and Student's t: the probabilities and quantiles that tests and intervals need.

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace trex::compare {

// P(Z <= z) of a standard normal.
double normal_cdf(double z);
// P(T <= t) of Student's t with `degrees` > 0 of freedom (need not be whole).
double student_t_cdf(double t, double degrees);
// The t with P(T <= t) = p; p strictly between 0 and 1.
double student_t_quantile(double p, double degrees);

}  // namespace trex::compare
