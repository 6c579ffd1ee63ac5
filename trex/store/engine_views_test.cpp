// Views over engines in files: what is loaded when, and what the figures are.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/engine_views.hpp"

#include <gtest/gtest.h>
