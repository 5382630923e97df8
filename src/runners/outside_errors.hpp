// What becomes of a step whose call was not served, in the manner of AWS's own FailureReasons: "ClientError: Failed to
// invoke sagemaker:CreateProcessingJob. Error Details: ..." (recorded).
#pragma once

#include <string>
#include <string_view>

#include "pipelines/http/client.hpp"
#include "pipelines/runners/simulated.hpp"

namespace pipelines::runners {

// HTTP 429 is throttling and 5xx a fault of the service, which both have retries without a policy; all else, an
// endpoint that cannot be reached too, is the client's error. `action`: "lambda:Invoke".
[[nodiscard]] StepResult refused_call(std::string_view action, const http::Endpoint&, const http::ClientOutcome&);

// The beginning of a text that others wrote, for a FailureReason.
[[nodiscard]] std::string shortened(std::string_view text);

}  // namespace pipelines::runners
