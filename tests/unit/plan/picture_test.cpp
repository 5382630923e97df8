// The pictures are what all tests of the plan are written in: what they mean is pinned down here.
#include <gtest/gtest.h>

#include "support/graph_picture.hpp"

namespace pipelines::testing {
namespace {

using definition::Dependency;
using definition::NodeKind;
using definition::Trigger;

TEST(Picture, ReadsKindsAndDependencies) {
    const auto graph =
        parse_picture("A; C? <- A\n X <- C=true; F! <- C=false; H <- A:Failed, X:Any; Late <- Later; Later");
    ASSERT_EQ(graph.nodes.size(), 7u);
    EXPECT_EQ(graph.nodes[1].kind, NodeKind::Condition);
    EXPECT_EQ(graph.nodes[3].kind, NodeKind::Fail);
    EXPECT_EQ(graph.nodes[2].dependencies, (std::vector{Dependency{1, Trigger::Completed, true}}));
    EXPECT_EQ(graph.nodes[3].dependencies, (std::vector{Dependency{1, Trigger::Completed, false}}));
    EXPECT_EQ(graph.nodes[4].dependencies,
              (std::vector{Dependency{0, Trigger::Failed, {}}, Dependency{2, Trigger::Any, {}}}));
    EXPECT_EQ(graph.nodes[5].dependencies, (std::vector{Dependency{6, Trigger::Completed, {}}}));
    EXPECT_EQ(graph.nodes[0].dependents, (std::vector<definition::NodeIndex>{1, 4}));
}

TEST(Picture, ReadsLoops) {
    const auto graph = parse_picture("E* 3; T in E; U in E <- T:Failed");
    EXPECT_EQ(graph.nodes[0].kind, NodeKind::ForEach);
    EXPECT_EQ(graph.nodes[0].max_concurrency, 3u);
    EXPECT_EQ(graph.nodes[0].body, (std::vector<definition::NodeIndex>{1, 2}));
    EXPECT_EQ(graph.nodes[2].parent, 0u);
    EXPECT_EQ(graph.nodes[2].dependencies, (std::vector{Dependency{1, Trigger::Failed, {}}}));
}

TEST(Picture, ReadsRetryPolicies) {
    const auto graph = parse_picture(
        "R tuning ~Step.SERVICE_FAULT|Step.THROTTLING:1s*2.5x3 ~SageMaker.CAPACITY_ERROR:10/2m "
        "~SageMaker.RESOURCE_LIMIT");
    const auto& node = graph.nodes[0];
    EXPECT_FALSE(node.retries_job_errors);
    ASSERT_EQ(node.retries.size(), 3u);
    EXPECT_EQ(node.retries[0].errors, (std::vector{StepError::ServiceFault, StepError::Throttling}));
    EXPECT_EQ(node.retries[0].interval, Duration{1000});
    EXPECT_EQ(node.retries[0].backoff_rate, 2.5);
    EXPECT_EQ(node.retries[0].limit, definition::RetryLimit{3u});
    EXPECT_EQ(node.retries[1].interval, Duration{10});
    EXPECT_EQ(node.retries[1].backoff_rate, 1.0);
    EXPECT_EQ(node.retries[1].limit, definition::RetryLimit{Duration{120'000}});
    EXPECT_EQ(node.retries[2].interval, Duration{1000});
    EXPECT_EQ(node.retries[2].backoff_rate, 2.0);
}

TEST(Picture, RefusesWhatItCannotRead) {
    for (const char* wrong :
         {"A <- B", "A <-", "A:", "A <- A:Sometimes", "E*", "A ~Step.NONE", "A ~Step.THROTTLING:s", "in E", "?"})
        EXPECT_THROW((void)parse_picture(wrong), std::invalid_argument) << wrong;
}

}  // namespace
}  // namespace pipelines::testing
