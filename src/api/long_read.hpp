// The answer to a call whose read takes more than one turn of the loop. Others are served between its parts; it ends
// when it is read, when its client leaves, or when the server stops.
#pragma once

#include <memory>

#include "api/operation.hpp"

namespace pipelines::api {

// Reads the first part behind the COMMIT of what is written in this turn, and answers: at once if that was all.
void answer_long_read(const Services&, const aws::Call&, std::unique_ptr<LongRead>, const http::Reply&);

}  // namespace pipelines::api
