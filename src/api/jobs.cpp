// Describe* and List* of what the steps of executions made. Tables say how (job_operations.cpp), documents what.

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "api/describe.hpp"
#include "api/input.hpp"
#include "api/job_lookup.hpp"
#include "api/job_operations.hpp"
#include "pipelines/base/arn.hpp"
#include "pipelines/definition/step_types.hpp"
#include "pipelines/documents/documents.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::api {
namespace {

// Which members of a card stay readable by MetadataOnly is not documented: none.
constexpr const char* kSanitizedCard = "{}";

Json describe(Context& context, const Json& input, const Job& job) {
    if (context.call.operation == "DescribeAutoMLJobV2") return documents::automl_document_v2(job, context.where());
    Json document = document_of(context, job);
    if (model::find_member(*model::find_operation(context.call.operation)->output, "Tags") != nullptr)
        document["Tags"] = job_tags(context, job);
    if (optional_text(input, "IncludedData") == "MetadataOnly")
        if (const auto card = document.find("ModelCard"); card != document.end() && card->contains("ModelCardContent"))
            (*card)["ModelCardContent"] = kSanitizedCard;
    return document;
}

// An equality that a filter asks for: a member of the input, and where the document shows what it is compared with.
struct Equality {
    std::string_view input;
    std::array<std::string_view, 2> shown;
};
constexpr std::array<Equality, 6> kEqualities{{
    {"EndpointNameEquals", {"EndpointName", ""}},
    {"JobCategory", {"JobCategory", ""}},
    {"ModelApprovalStatus", {"ModelApprovalStatus", ""}},
    {"TrainingPlanArnEquals", {"ResourceConfig", "TrainingPlanArn"}},
    {"VariantNameEquals", {"VariantName", ""}},
    {"WarmPoolStatusEquals", {"WarmPoolStatus", "Status"}},
}};

struct Expected {
    std::array<std::string_view, 2> path;
    std::string value;

    [[nodiscard]] bool holds(const Json& document) const {
        const Json* shown = find(document, path[0]);
        if (shown != nullptr && !path[1].empty()) shown = find(*shown, path[1]);
        return shown != nullptr && as_string(*shown) == value;
    }
};

std::optional<Expected> expected_status(const Json& input, JobKind kind) {
    const auto status = optional_text(input, "StatusEquals");
    if (!status) return std::nullopt;
    return Expected{{definition::step_type_of(kind).status_member, {}}, *status};
}

// Unversioned is the default; a group has versions only.
store::Packages packages_of(const Json& input, JobKind kind) {
    if (kind != JobKind::ModelPackage || find_given(input, "ModelPackageGroupName") != nullptr)
        return store::Packages::All;
    const auto type = optional_text(input, "ModelPackageType").value_or("Unversioned");
    if (type == "Both") return store::Packages::All;
    return type == "Versioned" ? store::Packages::Versioned : store::Packages::Unversioned;
}

// Rows that the status asked for may be shown by.
std::uint32_t rows_of_status(JobKind kind, std::string_view status) {
    const auto texts = documents::status_texts(kind);
    std::uint32_t rows = 0;
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (texts.at(i) == status) rows |= 1U << i;
    return rows;
}

// The place of each status in the alphabet.
std::array<std::uint8_t, 5> status_order(JobKind kind) {
    const auto texts = documents::status_texts(kind);
    std::array<std::uint8_t, 5> order{};
    for (std::size_t i = 0; i < texts.size(); ++i)
        order.at(i) = static_cast<std::uint8_t>(
            std::ranges::count_if(texts, [&texts, i](std::string_view other) { return other < texts.at(i); }));
    return order;
}

store::JobSort sort_by(const Json& input, store::JobSort usual) {
    const auto given_sort = optional_text(input, "SortBy");
    if (!given_sort) return usual;
    if (*given_sort == "Name") return store::JobSort::Name;
    return *given_sort == "Status" ? store::JobSort::Status : store::JobSort::CreationTime;
}

store::JobFilter filter_of(Context& context, const ListJobs& row, const Json& input) {
    store::JobFilter filter;
    filter.namespace_id = context.space->id;
    filter.kind = row.kind;
    filter.name_contains = optional_text(input, "NameContains").value_or("");
    if (const auto group = optional_text(input, "ModelPackageGroupName")) filter.group = last_part(*group);
    filter.packages = packages_of(input, row.kind);
    filter.created_after = optional_time(input, "CreationTimeAfter");
    filter.created_before = optional_time(input, "CreationTimeBefore");
    filter.modified_after = optional_time(input, "LastModifiedTimeAfter");
    filter.modified_before = optional_time(input, "LastModifiedTimeBefore");
    filter.sort = sort_by(input, row.sort);
    if (filter.sort == store::JobSort::Status) filter.status_order = status_order(row.kind);
    return filter;
}

// What has to be read of a row to know whether it is asked for. If that is its document, it is kept in `read`: of each
// row that is accepted, in their order.
void set_conditions(store::JobFilter& filter, const Json& input, std::vector<Expected> conditions,
                    const NamespaceKey& where, std::vector<Json>& read) {
    for (const Equality& equality : kEqualities)
        if (const auto value = optional_text(input, equality.input)) conditions.push_back({equality.shown, *value});
    filter.accepts = [&where, &read, conditions = std::move(conditions)](const Job& job) {
        if (!documents::exists(job)) return false;
        if (conditions.empty()) return true;
        Json document = documents::job_document(job, where);
        if (!std::ranges::all_of(conditions, [&document](const Expected& one) { return one.holds(document); }))
            return false;
        read.push_back(std::move(document));
        return true;
    };
}

const model::Shape& item_shape(const ListJobs& row) {
    const model::Shape& answer = *model::find_operation(row.operation)->output;
    return *model::find_member(answer, row.list_member)->shape->element;
}

}  // namespace

Result<Answer> describe_job(Context& context, const Json& input) {
    const DescribeJob& row = describe_job_row(context.call.operation);
    const std::string name = text(input, row.name_member);
    const auto job = find_job(context, row.kind, name);
    if (!job) return no_such_job(context.where(), row, name);
    Json document = describe(context, input, *job);
    if (const auto category = optional_text(input, "JobCategory"))
        if (!Expected{{"JobCategory", ""}, *category}.holds(document)) return no_such_job(context.where(), row, name);
    return Answer{std::move(document), {}};
}

Result<Answer> list_jobs(Context& context, const Json& input) {
    const ListJobs& row = list_jobs_row(context.call.operation);
    const auto page = page_request(context.call, row.order, row.page);
    if (!page) return page.error();
    Json output = {{row.list_member, Json::array()}};
    // Nothing is shared from other accounts.
    if (!context.space || optional_text(input, "CrossAccountFilterOption") == "CrossAccount")
        return Answer{std::move(output), {}};

    auto filter = filter_of(context, row, input);
    const auto status = expected_status(input, row.kind);
    // Documented of training jobs alone: MaxResults of them are read first, then those of another status left out.
    const bool pages_first = row.kind == JobKind::Training && status && find_given(input, "MaxResults") != nullptr;
    if (status && !pages_first) filter.statuses = rows_of_status(row.kind, status->value);
    std::vector<Json> read;
    set_conditions(filter, input, status && !pages_first ? std::vector{*status} : std::vector<Expected>{},
                   context.where(), read);
    const auto found = context.services.store.jobs.list(filter, *page);
    for (std::size_t i = 0; i < found.rows.size(); ++i) {
        const Job& job = found.rows[i];
        const Json document = read.empty() ? documents::job_document(job, context.where()) : std::move(read[i]);
        if (pages_first && !status->holds(document)) continue;
        output[std::string{row.list_member}].push_back(documents::job_summary(job, document, item_shape(row)));
    }
    set_next_token(output, found.next, context.call);
    return Answer{std::move(output), {}};
}

}  // namespace pipelines::api
