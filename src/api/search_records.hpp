// The records of Search: a resource as the model's SearchRecord shows it, which differs from what Describe answers.
// Only members that are set appear. What it looks up it remembers: it is good for one turn of the loop.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/operation.hpp"
#include "pipelines/domain/job.hpp"
#include "pipelines/domain/pipeline.hpp"
#include "pipelines/search/resource.hpp"

namespace pipelines::api {

class SearchRecords {
public:
    SearchRecords(Context& context, const search::Resource& resource) : context_(context), resource_(resource) {}

    // The record of a row; nothing if there is no such row any more.
    [[nodiscard]] std::optional<Json> of(std::int64_t id);

private:
    [[nodiscard]] std::optional<Json> find_pipeline(PipelineKey);
    [[nodiscard]] std::optional<Json> find_version(VersionKey);
    [[nodiscard]] std::optional<Json> find_execution(ExecutionKey);
    // search_jobs.cpp
    [[nodiscard]] std::optional<Json> find_job(JobKey);
    [[nodiscard]] Json model_record(const Job&);
    [[nodiscard]] Json job_record(const Job&, const model::Shape&);
    struct ModelUses {
        std::map<std::string, Job> last_transform;          // by the name of the model
        std::map<std::string, std::vector<Job>> endpoints;  // that serve it
    };
    [[nodiscard]] const ModelUses& uses_of(ExecutionKey);
    const std::string& name_of(PipelineKey);
    const std::string& execution_arn_of(ExecutionKey);
    const std::optional<std::string>& display_name_of(VersionKey);

    Context& context_;
    const search::Resource& resource_;
    std::map<PipelineKey, std::string> names_;  // a page's executions are often of one pipeline
    std::map<VersionKey, std::optional<std::string>> display_names_;
    std::map<ExecutionKey, std::string> execution_arns_;
    std::map<ExecutionKey, ModelUses> uses_;
};

}  // namespace pipelines::api
