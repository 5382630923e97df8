// The records of jobs: their documents, cut to what the record's shape has. What SQL filters and sorts by (name and
// times) is the row's, whatever a scenario's result says.

#include <algorithm>
#include <vector>

#include "api/describe.hpp"
#include "api/job_lookup.hpp"
#include "api/search_records.hpp"
#include "pipelines/definition/step_types.hpp"

namespace pipelines::api {
namespace {

Json record_of(Context& context, const Job& job, const model::Shape& shape) {
    const Json document = document_of(context, job);
    Json record = Json::object();
    for (const model::Member& member : shape.members)
        if (const Json* value = find(document, member.name); value != nullptr && !value->is_null())
            record[std::string(member.name)] = *value;
    const auto has = [&shape](std::string_view name) { return model::find_member(shape, name) != nullptr; };
    set_time(record, "CreationTime", job.created);
    if (has("LastModifiedTime")) set_time(record, "LastModifiedTime", job.modified);
    if (has("Tags")) record["Tags"] = job_tags(context, job);
    if (job.kind == JobKind::ModelPackageGroup) return record;
    const std::string name_member{definition::step_type_of(job.kind).name_member};
    record[name_member] = job.name;
    if (job.number) record.erase(name_member);  // a version of a group goes by group and number
    return record;
}

// Does a variant of this endpoint configuration serve the model?
bool serves(const Job& config, std::string_view model) {
    const Json* variants = find(config.arguments, "ProductionVariants");
    if (variants == nullptr || !variants->is_array()) return false;
    for (const Json& variant : *variants)
        if (const Json* name = find(variant, "ModelName"); name != nullptr && *name == model) return true;
    return false;
}

}  // namespace

std::optional<Json> SearchRecords::find_job(JobKey id) {
    auto& store = context_.services.store;
    auto job = store.jobs.find(id);
    if (job && resource_.kind == JobKind::ModelPackageGroup) job = store.jobs.find_group(job->namespace_id, job->group);
    if (!job) return std::nullopt;
    if (job->kind == JobKind::Model) return model_record(*job);
    return record_of(context_, *job, *resource_.shape());
}

// ModelDashboardModel: the model with what uses it, which is made by the same execution, since the model's name carries
// its id.
Json SearchRecords::model_record(const Job& model) {
    const model::Shape& shape = *resource_.shape();
    Json record = {{"Model", record_of(context_, model, *model::find_member(shape, "Model")->shape)}};
    const auto jobs = context_.services.store.jobs.of_execution(model.execution);
    for (const Job& job : jobs) {
        const Json* of = find(job.arguments, "ModelName");
        if (job.kind == JobKind::Transform && of != nullptr && *of == model.name)
            record["LastBatchTransformJob"] = record_of(context_, job, *model::find_shape("TransformJob"));
        const Json* config_name = find(job.arguments, "EndpointConfigName");
        if (job.kind != JobKind::Endpoint || config_name == nullptr) continue;
        const bool uses = std::ranges::any_of(jobs, [&model, config_name](const Job& config) {
            return config.kind == JobKind::EndpointConfig && *config_name == config.name && serves(config, model.name);
        });
        if (uses) record["Endpoints"].push_back(record_of(context_, job, *model::find_shape("ModelDashboardEndpoint")));
    }
    return record;
}

}  // namespace pipelines::api
