// The records of jobs: their documents, cut to what the record's shape has. What SQL filters and sorts by (name and
// times) is the row's, whatever a scenario's result says.

#include <string>
#include <utility>

#include "api/describe.hpp"
#include "api/job_lookup.hpp"
#include "api/search_records.hpp"
#include "pipelines/definition/step_types.hpp"

namespace pipelines::api {
namespace {

// The models that the variants of an endpoint configuration serve.
std::vector<std::string> served_models(const Job& config) {
    std::vector<std::string> names;
    const Json* variants = find(config.arguments, "ProductionVariants");
    if (variants == nullptr || !variants->is_array()) return names;
    for (const Json& variant : *variants) names.emplace_back(text_of(variant, "ModelName"));
    return names;
}

}  // namespace

std::optional<Json> SearchRecords::find_job(JobKey id) {
    auto& store = context_.services.store;
    auto job = store.jobs.find(id);
    if (job && resource_.kind == JobKind::ModelPackageGroup) job = store.jobs.find_group(job->namespace_id, job->group);
    if (!job) return std::nullopt;
    if (job->kind == JobKind::Model) return model_record(*job);
    return job_record(*job, *resource_.shape());
}

Json SearchRecords::job_record(const Job& job, const model::Shape& shape) {
    const Json document = document_of(context_, job);
    Json record = Json::object();
    for (const model::Member& member : shape.members)
        if (const Json* value = find_given(document, member.name)) record[std::string(member.name)] = *value;
    const auto has = [&shape](std::string_view name) { return model::find_member(shape, name) != nullptr; };
    set_time(record, "CreationTime", job.created);
    if (has("LastModifiedTime")) set_time(record, "LastModifiedTime", job.modified);
    if (has("Tags")) record["Tags"] = job_tags(job, execution_arn_of(job.execution));
    if (job.kind == JobKind::ModelPackageGroup) return record;
    const std::string name_member{definition::step_type_of(job.kind).name_member};
    record[name_member] = job.name;
    if (job.number) record.erase(name_member);  // a version of a group goes by group and number
    return record;
}

// Of one execution, since a model's name carries its id: nothing else knows the model.
const SearchRecords::ModelUses& SearchRecords::uses_of(ExecutionKey execution) {
    const auto [place, made] = uses_.try_emplace(execution);
    if (!made) return place->second;
    ModelUses& uses = place->second;
    std::map<std::string, std::vector<std::string>> served;  // by the name of the configuration
    auto jobs = context_.services.store.jobs.users_of_models(execution);
    for (const Job& job : jobs)
        if (job.kind == JobKind::EndpointConfig) served[job.name] = served_models(job);
    for (Job& job : jobs) {
        if (job.kind == JobKind::Transform)
            uses.last_transform.insert_or_assign(std::string{text_of(job.arguments, "ModelName")}, job);
        if (job.kind != JobKind::Endpoint) continue;
        const auto config = served.find(std::string{text_of(job.arguments, "EndpointConfigName")});
        if (config == served.end()) continue;
        for (const std::string& model : config->second) {
            auto& endpoints = uses.endpoints[model];
            if (endpoints.empty() || endpoints.back().id != job.id) endpoints.push_back(job);
        }
    }
    return uses;
}

// ModelDashboardModel: the model with what uses it.
Json SearchRecords::model_record(const Job& model) {
    const model::Shape& shape = *resource_.shape();
    Json record = {{"Model", job_record(model, *model::find_member(shape, "Model")->shape)}};
    const ModelUses& uses = uses_of(model.execution);
    if (const auto last = uses.last_transform.find(model.name); last != uses.last_transform.end())
        record["LastBatchTransformJob"] = job_record(last->second, *model::find_shape("TransformJob"));
    if (const auto endpoints = uses.endpoints.find(model.name); endpoints != uses.endpoints.end())
        for (const Job& endpoint : endpoints->second)
            record["Endpoints"].push_back(job_record(endpoint, *model::find_shape("ModelDashboardEndpoint")));
    return record;
}

}  // namespace pipelines::api
