// Documents of services outside SageMaker, and of hub content, whose names are not Pipelines' own. Shapes: the model's.
#include <array>
#include <string>

#include "documents/identity.hpp"
#include "documents/outputs.hpp"
#include "documents/parts.hpp"
#include "documents/shaped.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/documents/documents.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::documents {
namespace {

constexpr std::string_view kFirstVersion = "1.0.0";

// The five states of a job in a service's own words, in the order of JobStatus.
using States = std::array<std::string_view, 5>;
constexpr States kEmr{"RUNNING", "COMPLETED", "FAILED", "CANCEL_PENDING", "CANCELLED"};
constexpr States kServerless{"RUNNING", "SUCCESS", "FAILED", "CANCELLING", "CANCELLED"};
constexpr States kAthena{"RUNNING", "SUCCEEDED", "FAILED", "RUNNING", "CANCELLED"};

std::string_view state(const States& states, JobStatus status) { return states.at(static_cast<std::size_t>(status)); }

std::string_view hub_name(const Job& job) { return last_part(text_of(job.arguments, "HubName")); }

std::string_view hub_content_version(const Job& job) {
    const std::string_view given = text_of(job.arguments, "HubContentVersion");
    return given.empty() ? kFirstVersion : given;
}

// "SELECT", "WITH", ... are DML; "CREATE", "DROP", "ALTER" DDL; the rest tells about things.
std::string_view statement_type(std::string_view query) {
    const auto begins = [query](std::string_view word) {
        const std::size_t at = query.find_first_not_of(" \t\r\n(");
        return at != std::string_view::npos && equal_ignoring_case(query.substr(at, word.size()), word);
    };
    for (const std::string_view word : {"CREATE", "DROP", "ALTER", "MSCK"})
        if (begins(word)) return "DDL";
    for (const std::string_view word : {"SHOW", "DESCRIBE", "EXPLAIN"})
        if (begins(word)) return "UTILITY";
    return "DML";
}

}  // namespace

std::string emr_cluster_id(const Job& job) {
    const std::string_view given = text_of(job.arguments, "ClusterId");
    return given.empty() ? "j-" + upper_id(job.name, "cluster", 13) : std::string(given);
}

std::string emr_step_id(const Job& job) { return "s-" + upper_id(job.name, "step", 13); }

std::string serverless_application_id(const Job& job) {
    if (const auto given = text_of(job.arguments, "ApplicationId"); !given.empty()) return std::string(given);
    if (const Json* given = at(job.arguments, {"JobConfig", "applicationId"}))
        if (const auto text = as_string(*given)) return std::string(*text);
    return "00" + lower_id(job.name, "application", 14);
}

std::string serverless_run_id(const Job& job) { return "00" + lower_id(job.name, "run", 14); }

std::string_view athena_work_group(const Job& job) {
    const std::string_view given = text_of(job.arguments, "WorkGroup");
    return given.empty() ? "primary" : given;
}

std::string hub_arn(const Job& job, const NamespaceKey& key) { return sagemaker_arn(key, "hub", hub_name(job)); }

std::string hub_content_arn(const Job& job, const NamespaceKey& key) {
    const std::string_view type = text_of(job.arguments, "HubContentType");
    const std::string_view name = text_of(job.arguments, "HubContentName");
    std::string id(hub_name(job));
    for (const std::string_view part : {type, name, hub_content_version(job)}) id.append("/").append(part);
    return sagemaker_arn(key, "hub-content", id);
}

Json emr_step(const Job& job) {
    Json document{{"Id", emr_step_id(job)}, {"Name", job.name}, {"ActionOnFailure", "CONTINUE"}};
    if (const Json* config = find(job.arguments, "StepConfig")) {
        for (const std::string member : {"Name", "ActionOnFailure"})
            if (const auto text = text_of(*config, member); !text.empty()) document[member] = text;
        if (const Json* jar = find(*config, "HadoopJarStep"); jar != nullptr && jar->is_object()) {
            Json& made = document["Config"] = *jar;
            // A list of {Key, Value} in the request, a map in the answer.
            if (const Json* list = find(*jar, "Properties"); list != nullptr && list->is_array()) {
                made["Properties"] = Json::object();
                for (const Json& pair : *list)
                    made["Properties"][std::string(text_of(pair, "Key"))] = text_of(pair, "Value");
            }
        }
    }
    if (const auto role = text_of(job.arguments, "ExecutionRoleArn"); !role.empty())
        document["ExecutionRoleArn"] = role;
    Json& status = document["Status"];
    status["State"] = state(kEmr, job.status);
    status["Timeline"] = {{"CreationDateTime", to_epoch_seconds(job.created)},
                          {"StartDateTime", to_epoch_seconds(job.created)}};
    if (job.ended) status["Timeline"]["EndDateTime"] = to_epoch_seconds(*job.ended);
    if (!job.failure.empty()) status["FailureDetails"] = {{"Reason", job.failure}};
    const model::Shape* shape = model::find_shape("emr.Step");
    return shape == nullptr ? document : project(document, *shape);
}

Json serverless_run(const Job& job, const NamespaceKey& key) {
    const model::Shape* answer = model::find_shape("emr-serverless.GetJobRunResponse");
    const model::Member* member = answer == nullptr ? nullptr : model::find_member(*answer, "jobRun");
    const Json* config = find(job.arguments, "JobConfig");
    Json run = Json::object();
    if (config != nullptr && member != nullptr)
        if (Json fitted = project(*config, *member->shape); fitted.is_object()) run = std::move(fitted);
    const std::string application = serverless_application_id(job);
    run["applicationId"] = application;
    run["jobRunId"] = serverless_run_id(job);
    run["arn"] = job_arn(job, definition::step_type_of(job.kind), key);
    if (!run.contains("name")) run["name"] = job.name;
    std::string_view role = text_of(job.arguments, "ExecutionRoleArn");
    if (config != nullptr && !text_of(*config, "executionRoleArn").empty()) role = text_of(*config, "executionRoleArn");
    if (!role.empty()) run["executionRole"] = run["createdBy"] = role;
    run["state"] = state(kServerless, job.status);
    run["stateDetails"] = job.failure.empty() ? "Simulated job run." : job.failure;
    const Json* release = at(job.arguments, {"ApplicationConfig", "releaseLabel"});
    run["releaseLabel"] = release != nullptr && release->is_string() ? *release : Json("emr-7.0.0");
    run["createdAt"] = run["startedAt"] = to_epoch_seconds(job.created);
    run["updatedAt"] = to_epoch_seconds(job.modified);
    if (job.ended) {
        run["endedAt"] = to_epoch_seconds(*job.ended);
        run["totalExecutionDurationSeconds"] = seconds(job);
    }
    if (member != nullptr) add_required(run, *member->shape);
    return {{"jobRun", std::move(run)}};
}

Json athena_query(const Job& job, const NamespaceKey& key) {
    const std::string id = uuid_id(job.name, "query");
    Json document = Json::object();
    if (const model::Shape* shape = model::find_shape("athena.QueryExecution"))
        if (Json fitted = project(job.arguments, *shape); fitted.is_object()) document = std::move(fitted);
    const std::string_view query = text_of(job.arguments, "QueryString");
    document["QueryExecutionId"] = id;
    if (!query.empty()) document["Query"] = query;
    document["StatementType"] = statement_type(query);
    document["WorkGroup"] = athena_work_group(job);
    // The request names a folder, the answer the file in it.
    const Json* given = at(job.arguments, {"ResultConfiguration", "OutputLocation"});
    const std::string place =
        given != nullptr && given->is_string() ? given->get<std::string>() : default_bucket(key) + "/athena";
    document["ResultConfiguration"]["OutputLocation"] = under(place, id + ".csv");
    Json& status = document["Status"];
    status["State"] = state(kAthena, job.status);
    status["SubmissionDateTime"] = to_epoch_seconds(job.created);
    if (job.ended) status["CompletionDateTime"] = to_epoch_seconds(*job.ended);
    if (!job.failure.empty()) status["StateChangeReason"] = job.failure;
    return document;
}

void add_hub_outputs(Json& document, const Job& job, const NamespaceKey& key) {
    if (const auto name = text_of(job.arguments, "HubContentName"); !name.empty()) document["HubContentName"] = name;
    document["HubName"] = hub_name(job);
    document["HubArn"] = hub_arn(job, key);
    document["HubContentArn"] = hub_content_arn(job, key);
    document["HubContentVersion"] = hub_content_version(job);
}

}  // namespace pipelines::documents
