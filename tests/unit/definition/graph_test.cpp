#include "pipelines/definition/graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pipelines::definition {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Graph chain(std::uint32_t length) {
    Graph graph;
    graph.nodes.resize(length);
    for (NodeIndex node = 0; node < length; ++node) {
        graph.nodes[node].name = "s" + std::to_string(node);
        if (node > 0) graph.nodes[node].dependencies.push_back({node - 1, Trigger::Completed, std::nullopt});
    }
    return graph;
}

// The plan walks only these edges, so a missing or doubled one would hang a step or start it twice.
TEST(Graph, LinkFillsEachDependentOnce) {
    Graph graph = chain(3);
    graph.nodes[2].dependencies.push_back({0, Trigger::Completed, true});
    graph.nodes[2].dependencies.push_back({0, Trigger::Failed, std::nullopt});
    link(graph);
    link(graph);
    EXPECT_THAT(graph.nodes[0].dependents, ElementsAre(1u, 2u));
    EXPECT_THAT(graph.nodes[1].dependents, ElementsAre(2u));
    EXPECT_THAT(graph.nodes[2].dependents, IsEmpty());
}

TEST(Graph, FindsByName) {
    const Graph graph = chain(3);
    EXPECT_EQ(graph.find("s1"), NodeIndex{1});
    EXPECT_EQ(graph.find("s3"), std::nullopt);
}

TEST(Graph, FindsNoCycleInAChainOfAnyLength) { EXPECT_THAT(find_cycle(chain(200'000)), IsEmpty()); }

TEST(Graph, NamesACycleFromItsFirstStepToItself) {
    Graph graph = chain(4);
    graph.nodes[1].dependencies.push_back({3, Trigger::Completed, std::nullopt});
    EXPECT_THAT(find_cycle(graph), ElementsAre("s1", "s3", "s2", "s1"));
}

TEST(Graph, NamesAStepThatWaitsForItself) {
    Graph graph = chain(2);
    graph.nodes[1].dependencies.push_back({1, Trigger::Completed, std::nullopt});
    EXPECT_THAT(find_cycle(graph), ElementsAre("s1", "s1"));
}

}  // namespace
}  // namespace pipelines::definition
