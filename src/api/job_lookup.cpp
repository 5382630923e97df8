#include "api/job_lookup.hpp"

#include <fmt/format.h>

#include <string>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/definition/step_types.hpp"
#include "pipelines/documents/documents.hpp"
#include "pipelines/documents/endpoints.hpp"
#include "pipelines/domain/job_name.hpp"

namespace pipelines::api {
namespace {

// "arn:..:model-package/group/1" -> "group/1"; a name as it is. Nothing if the ARN is of another namespace.
std::optional<std::string> without_arn(const NamespaceKey& where, std::string_view text) {
    const auto arn = parse_arn(text);
    if (!arn) return std::string{text};
    const std::size_t slash = arn->resource.find('/');
    if (NamespaceKey{arn->account, arn->region} != where || slash == std::string::npos) return std::nullopt;
    return arn->resource.substr(slash + 1);
}

std::optional<Job> find_named(Context& context, JobKind kind, std::string_view name) {
    auto& store = context.services.store;
    for (const std::string& id : execution_ids_in(name)) {
        const auto execution = store.executions.find(context.space->id, id);
        if (!execution) continue;
        auto job = store.jobs.find(execution->id, kind, name);
        if (job && documents::exists(*job)) return job;
    }
    return std::nullopt;
}

std::optional<Job> find_package(Context& context, std::string_view name) {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return find_named(context, JobKind::ModelPackage, name);
    const auto number = parse_number<std::int64_t>(name.substr(slash + 1));
    if (!number) return std::nullopt;
    return context.services.store.jobs.find_package(context.space->id, name.substr(0, slash), *number);
}

}  // namespace

std::optional<Job> find_job(Context& context, JobKind kind, std::string_view given) {
    const auto name = without_arn(context.where(), given);
    if (!context.space || !name) return std::nullopt;
    switch (kind) {
        case JobKind::ModelPackage: return find_package(context, *name);
        case JobKind::ModelPackageGroup: return context.services.store.jobs.find_group(context.space->id, *name);
        case JobKind::Job: return find_named(context, kind, last_part(*name));  // in an ARN behind its category
        default: return find_named(context, kind, *name);
    }
}

std::optional<Job> find_job_by_arn(Context& context, std::string_view text) {
    const auto arn = parse_arn(text);
    if (!arn || arn->service != "sagemaker") return std::nullopt;
    const std::string_view resource = arn->resource;
    const std::string_view type = resource.substr(0, resource.find('/'));
    if (type == "model-package-group") return find_job(context, JobKind::ModelPackageGroup, text);
    for (const definition::StepType& made : definition::step_types())
        if (made.job && !type.empty() && made.arn_type == type) return find_job(context, *made.job, text);
    return std::nullopt;
}

Json document_of(Context& context, const Job& job) {
    const Json* const name = job.kind == JobKind::Endpoint ? find(job.arguments, "EndpointConfigName") : nullptr;
    const auto text = name == nullptr ? std::nullopt : as_string(*name);
    const auto config = text ? find_job(context, JobKind::EndpointConfig, *text) : std::nullopt;
    return config ? documents::endpoint_document(job, *config, context.where())
                  : documents::job_document(job, context.where());
}

Error no_such_job(const NamespaceKey& where, const DescribeJob& row, std::string_view given) {
    const bool group = row.kind == JobKind::ModelPackageGroup;
    const std::string_view type = group ? "model-package-group" : definition::step_type_of(row.kind).arn_type;
    const std::string arn = given.starts_with("arn:") ? std::string{given} : sagemaker_arn(where, type, given);
    return {row.missing, fmt::format(fmt::runtime(row.sentence), fmt::arg("name", given), fmt::arg("arn", arn))};
}

}  // namespace pipelines::api
