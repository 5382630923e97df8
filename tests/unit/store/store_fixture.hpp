// A store in memory with one namespace, one pipeline and one version. At the end of every test each statement that it
// prepared is explained: no query of a repository may scan a table or sort in a temporary tree (a list then costs as
// much as the table is long), so a repository function that any test calls is checked.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "pipelines/store/store.hpp"

namespace pipelines::store {

[[nodiscard]] inline Pipeline make_pipeline(NamespaceId space, std::string name, Time created) {
    Pipeline row;
    row.namespace_id = space;
    row.display_name = name;
    row.name = std::move(name);
    row.role_arn = "arn:aws:iam::123456789012:role/r";
    row.created = row.modified = created;
    return row;
}

[[nodiscard]] inline PipelineVersion make_version(NamespaceId space, PipelineKey pipeline, std::int64_t number) {
    PipelineVersion row;
    row.namespace_id = space;
    row.pipeline = pipeline;
    row.version = number;
    return row;
}

[[nodiscard]] inline Execution make_execution(NamespaceId space, PipelineKey pipeline, std::string id, Time created) {
    Execution row;
    row.namespace_id = space;
    row.pipeline = pipeline;
    row.public_id = std::move(id);
    row.created = row.modified = created;
    return row;
}

[[nodiscard]] inline Job make_job(NamespaceId space, ExecutionKey execution, std::string name) {
    Job row;
    row.namespace_id = space;
    row.execution = execution;
    row.name = std::move(name);
    return row;
}

// How SQLite goes about a statement, step by step.
[[nodiscard]] inline std::vector<std::string> plan_of(Database& database, const std::string& statement) {
    auto plan = database.prepare_once("EXPLAIN QUERY PLAN " + statement);
    std::vector<std::string> steps;
    while (plan.step()) steps.emplace_back(plan.text(3));
    return steps;
}

// The steps of a query's plan that walk a whole table or sort, less what is allowed. A test's own query, which may do
// that, starts with a comment.
[[nodiscard]] inline std::vector<std::string> slow_steps(Database& database) {
    // The only use of the first reads every namespace at the start of the process, the second has a row a table, the
    // others are what a recursive query has found so far.
    constexpr std::array<std::string_view, 4> kAllowed{"SCAN namespaces", "SCAN sqlite_sequence", "SCAN CONSTANT ROW",
                                                       "SCAN chain"};
    constexpr std::string_view kSorts = "/* sorts */";  // says beside it why
    std::vector<std::string> slow;
    for (const std::string& text : database.statements()) {
        const bool query = text.starts_with("SELECT") || text.starts_with("UPDATE") || text.starts_with("DELETE");
        if (!query) continue;
        for (const std::string& detail : plan_of(database, text)) {
            const bool sorts = detail.find("TEMP B-TREE") != std::string::npos && text.find(kSorts) == text.npos;
            const bool walks = detail.starts_with("SCAN") || detail.find("kind<?") != std::string::npos || sorts;
            if (walks && std::ranges::find(kAllowed, detail) == kAllowed.end()) slow.push_back(detail + " in: " + text);
        }
    }
    return slow;
}

class StoreTest : public testing::Test {
protected:
    StoreTest() {
        Namespace row;
        row.key = {"123456789012", "eu-west-1"};
        space = store.namespaces.insert(row);
        pipeline = store.pipelines.insert(make_pipeline(space, "Fixture", from_millis(1)));
        version = store.pipelines.insert_version(make_version(space, pipeline, 1), "{}");
    }

    void TearDown() override { EXPECT_THAT(slow_steps(*database), testing::IsEmpty()); }

    // What was posted, as the loop would run it.
    void run_posted() {
        for (const auto& run : std::exchange(posted, {})) run();
    }

    [[nodiscard]] ExecutionKey add_execution(std::string id, std::int64_t created) {
        return store.executions.insert(make_execution(space, pipeline, std::move(id), from_millis(created)), {});
    }

    std::unique_ptr<Database> database = Database::in_memory();
    std::vector<std::function<void()>> posted;
    Store store{*database, [this](std::function<void()> run) { posted.push_back(std::move(run)); }};
    NamespaceId space = 0;
    PipelineKey pipeline = 0;
    VersionKey version = 0;
};

// All rows of a list, page by page; `between` runs after each page.
template <class List>
[[nodiscard]] auto read_all(
    List list, PageRequest request, const std::function<void()>& between = [] {}) {
    auto page = list(request);
    auto rows = std::move(page.rows);
    while (page.next) {
        between();
        request.after = page.next;
        page = list(request);
        EXPECT_FALSE(page.rows.empty()) << "a page that a token leads to has rows";
        for (auto& row : page.rows) rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace pipelines::store
