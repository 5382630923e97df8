// The scenarios in force and the cases chosen of them. Through the routes: test_put_scenarios.py.

#include "pipelines/engine/scenario_book.hpp"

#include <gtest/gtest.h>

#include "harness.hpp"

namespace pipelines::engine {
namespace {

class ScenarioBookTest : public testing::Test {
protected:
    // A turn whose COMMIT fails.
    void undone(const std::function<void()>& change) {
        harness.within([this, &change] {
            change();
            harness.break_commit();
        });
        harness.turn();
    }

    Harness harness;
    ScenarioBook book{harness.store(), {}};
    const NamespaceId here = harness.space();
};

// A start that is undone has taken nothing, a choice that was answered with a failure chooses nothing.
TEST_F(ScenarioBookTest, ChoicesOfATurnThatIsUndoneAreAsBefore) {
    undone([this] { EXPECT_TRUE(book.choose(here, "p", "Lost")); });
    EXPECT_EQ(book.chosen(here, "p"), std::nullopt);

    harness.within([this] { EXPECT_TRUE(book.choose(here, "p", "First")); });
    harness.within([this] { EXPECT_TRUE(book.choose(ScenarioBook::kAll, "p", "Of all")); });
    harness.turn();
    undone([this] {
        book.take_chosen(here, "P");
        EXPECT_EQ(book.chosen(here, "p"), "Of all");
        EXPECT_TRUE(book.choose(here, "p", "Lost"));
    });
    EXPECT_EQ(book.chosen(here, "p"), "First");

    undone([this] { book.erase(ScenarioBook::kAll); });
    harness.within([this] { book.take_chosen(here, "p"); });
    harness.turn();
    EXPECT_EQ(book.chosen(here, "p"), "Of all");
}

// What is in memory is what the rows say, also of a PUT that did not come to stand.
TEST_F(ScenarioBookTest, ScenariosOfATurnThatIsUndoneAreAsBefore) {
    const auto named = [](std::string_view pipeline) {
        return runners::Scenarios::parse(fmt::format(R"({{"Pipelines": {{"{}": {{"TestCases": {{}}}}}}}})", pipeline))
            .value();
    };
    harness.within([this, &named] { book.put(here, named("stands")); });
    harness.turn();
    undone([this, &named] { book.put(here, named("lost")); });
    EXPECT_TRUE(book.in(here).scenarios.document().at("Pipelines").contains("stands"));
    undone([this] { book.erase(here); });
    EXPECT_EQ(book.in(here).source, ScenarioBook::Source::Namespace);
}

}  // namespace
}  // namespace pipelines::engine
