// The tables that one call of an operation reads: what is missing in them shows at that call, as a null pointer or an
// exception, and not before.
#include "api/operation.hpp"

#include <gmock/gmock.h>

#include <span>
#include <string_view>
#include <vector>

#include "api/job_operations.hpp"
#include "pipelines/model/shapes.hpp"
#include "support/served_operations.hpp"

namespace pipelines::api {
namespace {

std::vector<std::string_view> names_of(std::span<const Operation> all) {
    std::vector<std::string_view> names;
    for (const Operation& operation : all) names.push_back(operation.name);
    return names;
}

// Every member of every input is tried where nothing is known of this table: by a list that could fall behind.
TEST(Operations, AreThoseWhoseInputsAreTested) {
    EXPECT_THAT(names_of(operations()), testing::ElementsAreArray(kServedOperations));
}

// An operation that tools/generate_model.py was not told of has no shapes, and the dispatcher asks for them unseen.
TEST(Operations, HaveShapes) {
    for (const Operation& operation : operations()) {
        const model::Operation* shapes = model::find_operation(operation.name);
        ASSERT_NE(shapes, nullptr) << operation.name;
        EXPECT_NE(shapes->input, nullptr) << operation.name;
    }
}

// One function describes all kinds of jobs and one lists them: which member names the job, and which holds the list,
// they read from a row that is found by the operation's name.
TEST(Operations, OfJobsHaveARowThatFitsTheirShapes) {
    int describe = 0, list = 0;
    for (const Operation& operation : operations()) {
        SCOPED_TRACE(operation.name);
        const model::Operation* found = model::find_operation(operation.name);
        ASSERT_NE(found, nullptr);
        const model::Operation& shapes = *found;
        if (operation.run == describe_job || operation.run == list_training_jobs_of_tuning_job) {
            ++describe;
            const DescribeJob& row = describe_job_row(operation.name);
            EXPECT_NE(model::find_member(*shapes.input, row.name_member), nullptr) << row.name_member;
            EXPECT_NE(shapes.output, nullptr);
        }
        if (operation.run == list_jobs) {
            ++list;
            const ListJobs& row = list_jobs_row(operation.name);
            ASSERT_NE(shapes.output, nullptr);
            const model::Member* member = model::find_member(*shapes.output, row.list_member);
            ASSERT_NE(member, nullptr) << row.list_member;
            EXPECT_EQ(member->shape->type, model::Type::List);
        }
    }
    EXPECT_GT(describe, 10);
    EXPECT_GT(list, 10);
}

}  // namespace
}  // namespace pipelines::api
