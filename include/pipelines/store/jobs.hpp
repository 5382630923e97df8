// Jobs: one row an attempt of a step that exists outside the pipeline. A model package group has no row of its own: it
// is read from its oldest package, as a Job of its own kind (Job::name is the group's, created the package's).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipelines/domain/job.hpp"
#include "pipelines/domain/pipeline.hpp"
#include "pipelines/store/database.hpp"
#include "pipelines/store/page.hpp"

namespace pipelines::store {

enum class JobSort : std::uint8_t { CreationTime, Name, Status };
enum class Packages : std::uint8_t { All, Versioned, Unversioned };  // Versioned: those of groups

// What a list of jobs is asked for. A package of a group goes by the group's name.
struct JobFilter {
    NamespaceId namespace_id = 0;
    JobKind kind = JobKind::Training;                   // ModelPackageGroup: groups
    std::string name_contains;                          // empty: all
    std::string group;                                  // packages of this group only; empty: all
    Packages packages = Packages::All;                  // ModelPackage
    std::optional<Time> created_after, created_before;  // all four exclusive
    std::optional<Time> modified_after, modified_before;
    // Rows of these statuses (a bit each) are read, and those whose `result` may say otherwise.
    std::uint32_t statuses = ~0U;
    // What only the whole row tells; empty: all. Asked once of each row that is read, in the order of the answer; the
    // last that is accepted may stand behind the page.
    std::function<bool(const Job&)> accepts;
    std::size_t most_read = 1'000;  // rows, for one page, which is then short and goes on behind them
    JobSort sort = JobSort::CreationTime;
    std::array<std::uint8_t, 5> status_order{};  // Status: the place of each JobStatus in the order
};

class Jobs {
public:
    explicit Jobs(Database& database) : database_(database) {}

    [[nodiscard]] JobKey insert(const Job&);
    void update(const Job&);  // status, modified, ended, result, failure; by id
    // Every job of an execution that is open ends as Failed; answers which. Their documents are not read.
    [[nodiscard]] std::vector<std::pair<JobKind, std::string>> fail_open(ExecutionKey, Time now,
                                                                         std::string_view reason);
    [[nodiscard]] std::optional<Job> find(JobKey);
    [[nodiscard]] std::optional<Job> find_columns(JobKey);  // without its documents, which are null then
    // The newest of that kind and name among an execution's; exactly that name, else one equal without regard to case.
    [[nodiscard]] std::optional<Job> find(ExecutionKey, JobKind, std::string_view name);
    [[nodiscard]] std::optional<Job> find_package(NamespaceId, std::string_view group, std::int64_t number);
    // What of an execution uses models: its transform jobs, endpoint configurations and endpoints, but those that it
    // made again under the same name; oldest first.
    [[nodiscard]] std::vector<Job> users_of_models(ExecutionKey);
    // The highest key there is: who reads rows over several turns leaves out what is made meanwhile.
    [[nodiscard]] JobKey newest();
    // The one of the highest number that is accepted, among those whose documents hold the word: others are not parsed.
    [[nodiscard]] std::optional<Job> newest_package(NamespaceId, std::string_view group, std::string_view word,
                                                    const std::function<bool(const Job&)>& accepts);
    [[nodiscard]] std::optional<Job> find_group(NamespaceId, std::string_view name);
    // Of resources that an execution made under one name again (endpoints, their configs and components), the newest.
    [[nodiscard]] Page<Job> list(const JobFilter&, const PageRequest&);
    // Those of an execution by what made them: no index leads from an attempt to its job.
    [[nodiscard]] std::vector<std::pair<StepRef, JobKey>> by_attempt(ExecutionKey);
    // A Callback's by its token.
    [[nodiscard]] std::optional<Job> find_callback(NamespaceId, std::string_view token);
    // The version that the next model package of a group gets: 1 for a new group.
    [[nodiscard]] std::int64_t next_number(NamespaceId, std::string_view group);

private:
    Database& database_;
};

}  // namespace pipelines::store
