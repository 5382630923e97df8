// Names of jobs. Known: the common form and its cut (recorded); the suffix of endpoints (AWS's own
// test). Inferred: the forms for 32 characters, the form of a kept custom name, a hyphen for characters that names
// cannot have.
#include <algorithm>
#include <utility>

#include "pipelines/base/ids.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/documents/documents.hpp"

namespace pipelines::documents {
namespace {

constexpr std::size_t kStepCut = 20;
constexpr std::size_t kShortStepCut = 7;    // 12 + 1 + 7 + 1 + 10 = 31 of the 32 that tuning and AutoML jobs may have
constexpr std::size_t kCustomCut = 39;      // 39 + 1 + 12 + 1 + 10 = 63
constexpr std::size_t kShortCustomCut = 8;  // 8 + 1 + 12 + 1 + 10 = 32
constexpr std::size_t kEndpointCut = 50;    // 50 + 1 + 12 = 63

bool has_short_name(JobKind kind) { return kind == JobKind::Tuning || kind == JobKind::AutoML; }

bool has_execution_suffix(JobKind kind) {
    return kind == JobKind::EndpointConfig || kind == JobKind::Endpoint || kind == JobKind::InferenceComponent;
}

// Kinds whose names Pipelines makes; the others' resources are named by their arguments, and ours only tells rows
// apart.
bool keeps_custom_name(JobKind kind) {
    switch (kind) {
        case JobKind::Training:
        case JobKind::Processing:
        case JobKind::Transform:
        case JobKind::Tuning:
        case JobKind::AutoML:
        case JobKind::Model:
        case JobKind::ModelPackage:
        case JobKind::Job: return true;
        default: return false;
    }
}

// At most `count` characters, all of them such as a name may have. A name cut behind a hyphen keeps it.
std::string part(std::string_view text, std::size_t count) {
    std::string cut;
    for (const char c : first_code_points(text, count)) {
        const bool fits = is_letter_or_digit(c) || c == '-';
        const bool goes_on = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;  // within a character
        if (!goes_on) cut += fits ? c : '-';
    }
    return cut;
}

std::string_view given_name(const definition::StepType& type, const Json& arguments) {
    return type.name_member.empty() ? std::string_view{} : text_of(arguments, type.name_member);
}

void drop_nulls(Json& value) {
    if (auto* members = value.get_ptr<Json::object_t*>()) {
        std::erase_if(*members, [](const auto& member) { return member.second.is_null(); });
        for (auto& [name, member] : *members) drop_nulls(member);
    } else if (auto* elements = value.get_ptr<Json::array_t*>()) {
        for (Json& element : *elements) drop_nulls(element);
    }
}

}  // namespace

std::string job_name(const definition::Step& step, std::string_view step_name, std::string_view execution_id,
                     std::uint64_t seed, std::uint32_t attempt, const Json& arguments) {
    const JobKind kind = step.type->job.value_or(JobKind::Training);
    if (kind == JobKind::Callback) return attempt_id(seed, execution_id, step_name, attempt, "callback");

    const std::string id(execution_id);
    const std::string_view given = given_name(*step.type, arguments);
    if (has_execution_suffix(kind) && !given.empty()) return part(given, kEndpointCut) + '-' + id;

    const std::string suffix = '-' + attempt_id(seed, execution_id, step_name, attempt, "job");
    const bool is_short = has_short_name(kind);
    if (keeps_custom_name(kind) && !given.empty())
        return part(given, is_short ? kShortCustomCut : kCustomCut) + '-' + id + suffix;
    if (is_short) return id + '-' + part(step_name, kShortStepCut) + suffix;
    return "pipelines-" + id + '-' + part(step_name, kStepCut) + suffix;
}

Json request_of(const definition::StepType& type, Json arguments) {
    if (type.target_member.empty()) drop_nulls(arguments);
    return arguments;
}

Json job_arguments(const definition::Step& step, Json arguments, const Json& extra) {
    const std::string_view target = step.type->target_member;
    if (target.empty()) return arguments;
    Json whole{{"Arguments", std::move(arguments)}};
    if (const Json* value = find(extra, target)) whole[std::string(target)] = *value;
    return whole;
}

}  // namespace pipelines::documents
