// The program proper: builds the objects, serves until a signal ends it.
#pragma once

#include "app/options.hpp"

namespace pipelines::app {

// Answers the exit code: 0 after SIGTERM or SIGINT, 1 when it could not start (the reason stands on stderr).
[[nodiscard]] int serve(const Options&);

}  // namespace pipelines::app
