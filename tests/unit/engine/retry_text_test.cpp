// A recorded text that users search for: it must stand where AWS writes it, letter by letter, and nowhere else.
#include "engine/retry_text.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace pipelines::engine {
namespace {

constexpr std::string_view kArn = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/abcdefghijkl";

std::string text(std::string_view type, StepError error, const std::vector<StepError>& policy = {}) {
    definition::Node node;
    if (!policy.empty()) {
        definition::RetryPolicy made;
        made.errors = policy;
        node.retries.push_back(made);
    }
    return not_retried(node, *definition::find_step_type(type), error, kArn, "Train");
}

TEST(RetryText, IsAsRecorded) {
    EXPECT_EQ(text("Training", StepError::ResourceLimit),
              "\nRetry not appropriate on execution of step with PipelineExecutionArn "
              "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/abcdefghijkl and StepId Train. No retry "
              "policy configured for the exception type SAGEMAKER_RESOURCE_LIMIT.");
}

TEST(RetryText, StandsWhereAPolicyIsMissing) {
    struct Case {
        std::string_view type;
        StepError error;
        std::vector<StepError> policy;
        std::string_view exception;  // empty: no text
    };
    const std::vector<Case> cases{
        {"Training", StepError::CapacityError, {}, "SAGEMAKER_CAPACITY_ERROR"},
        {"Training", StepError::JobInternalError, {}, "SAGEMAKER_JOB_INTERNAL_ERROR"},
        {"Tuning", StepError::JobInternalError, {}, "SAGEMAKER_JOB_INTERNAL_ERROR"},
        {"Model", StepError::ResourceLimit, {}, "SAGEMAKER_RESOURCE_LIMIT"},
        {"Training", StepError::ResourceLimit, {StepError::CapacityError}, "SAGEMAKER_RESOURCE_LIMIT"},
        {"Training", StepError::ResourceLimit, {StepError::CapacityError, StepError::ResourceLimit}, ""},
        {"Training", StepError::ClientError, {}, ""},        // no policy can name it
        {"Training", StepError::None, {}, ""},               // it did not fail
        {"Training", StepError::ServiceFault, {}, ""},       // retried without a policy
        {"Training", StepError::Throttling, {}, ""},         //
        {"QualityCheck", StepError::ResourceLimit, {}, ""},  // has no policies
        {"Lambda", StepError::ResourceLimit, {}, ""},        //
    };
    for (const Case& one : cases) {
        const std::string found = text(one.type, one.error, one.policy);
        if (one.exception.empty()) {
            EXPECT_EQ(found, "") << one.type << " " << to_string(one.error);
        } else {
            EXPECT_TRUE(found.ends_with(std::string{"exception type "}.append(one.exception) + ".")) << found;
        }
    }
}

}  // namespace
}  // namespace pipelines::engine
