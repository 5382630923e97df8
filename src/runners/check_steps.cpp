#include "runners/check_steps.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::runners {
namespace {

bool is_quality(const definition::Step& step) { return step.type->name == "QualityCheck"; }

enum class Flag { Off, On };

// A flag may come from a parameter, as text. Null and absent mean `absent`: FailOnViolation null behaves as true (AWS's
// test).
bool flag(const Json& extra, std::string_view member, Flag absent) {
    const Json* value = find(extra, member);
    if (value == nullptr || value->is_null()) return absent == Flag::On;
    if (value->is_boolean()) return value->get<bool>();
    return equal_ignoring_case(as_string(*value).value_or(""), "true");
}

// Where the check's job writes: its first output (quality_check_output, analysis_result).
std::string output_uri(const Json& arguments) {
    const Json* config = find(arguments, "ProcessingOutputConfig");
    const Json* outputs = config == nullptr ? nullptr : find(*config, "Outputs");
    if (outputs == nullptr || !outputs->is_array() || outputs->empty()) return "s3://simulated";
    const Json* place = find((*outputs)[0], "S3Output");
    std::string_view uri = place == nullptr ? std::string_view{} : text_of(*place, "S3Uri");
    while (uri.ends_with('/')) uri.remove_suffix(1);
    return std::string{uri.empty() ? "s3://simulated" : uri};
}

// Where a model package keeps the baseline of a check: members of its DriftCheckBaselines.
struct Kept {
    std::string_view check_type;
    std::string_view member;
    std::string_view constraints;
};
constexpr std::array<Kept, 5> kKept{{{"DATA_QUALITY", "ModelDataQuality", "Constraints"},
                                     {"MODEL_QUALITY", "ModelQuality", "Constraints"},
                                     {"DATA_BIAS", "Bias", "PreTrainingConstraints"},
                                     {"MODEL_BIAS", "Bias", "PostTrainingConstraints"},
                                     {"MODEL_EXPLAINABILITY", "Explainability", "Constraints"}}};

enum class File { Statistics, Constraints };

std::string kept_baseline(const StepInput& input, File file) {
    if (input.baselines == nullptr) return {};
    const std::string_view check = text_of(input.extra, "CheckType");
    for (const Kept& kept : kKept) {
        if (kept.check_type != check) continue;
        const Json* of_check = find(*input.baselines, kept.member);
        const Json* source =
            of_check == nullptr ? nullptr : find(*of_check, file == File::Statistics ? "Statistics" : kept.constraints);
        return std::string{source == nullptr ? std::string_view{} : text_of(*source, "S3Uri")};
    }
    return {};
}

// The baseline that the check compares with, and that later versions keep: a new one if it is to be registered, else
// the one supplied, else the model package group's. Without any there is nothing to compare with: the calculated one.
std::string used_baseline(const StepInput& input, File file, const std::string& calculated) {
    if (flag(input.extra, "RegisterNewBaseline", Flag::Off)) return calculated;
    std::string baseline{
        text_of(input.extra, file == File::Statistics ? "SuppliedBaselineStatistics" : "SuppliedBaselineConstraints")};
    if (baseline.empty()) baseline = kept_baseline(input, file);
    return baseline.empty() ? calculated : baseline;
}

Json facts(const StepInput& input, const std::string& place) {
    Json outputs{{"CheckType", text_of(input.extra, "CheckType")},
                 {"SkipCheck", flag(input.extra, "SkipCheck", Flag::Off)},
                 {"RegisterNewBaseline", flag(input.extra, "RegisterNewBaseline", Flag::Off)}};
    if (const std::string_view group = text_of(input.extra, "ModelPackageGroupName"); !group.empty())
        outputs["ModelPackageGroupName"] = group;
    const std::string constraints = place + (is_quality(input.step) ? "/constraints.json" : "/analysis.json");
    outputs["CalculatedBaselineConstraints"] = constraints;
    outputs["BaselineUsedForDriftCheckConstraints"] = used_baseline(input, File::Constraints, constraints);
    if (is_quality(input.step)) {
        const std::string statistics = place + "/statistics.json";
        outputs["CalculatedBaselineStatistics"] = statistics;
        outputs["BaselineUsedForDriftCheckStatistics"] = used_baseline(input, File::Statistics, statistics);
    }
    return outputs;
}

}  // namespace

std::optional<std::string> baseline_group(const definition::Step& step, const Json& extra) {
    if (!step.type->is_check || flag(extra, "RegisterNewBaseline", Flag::Off)) return std::nullopt;
    const std::string_view given = text_of(extra, "ModelPackageGroupName");
    if (given.empty()) return std::nullopt;
    return std::string{last_part(given)};
}

StepResult check_result(const StepInput& input, const Json& scripted) {
    const std::string place = output_uri(input.arguments);
    StepResult result;
    result.outputs = facts(input, place);
    if (scripted.is_object()) result.outputs.merge_patch(scripted);
    const Json* report = find(result.outputs, "ViolationReport");
    if (report == nullptr) return result;
    // The report may be given as its URI or as what it holds; the API shows a URI.
    const std::string uri = report->is_string() ? report->get<std::string>() : place + "/constraint_violations.json";
    result.outputs["ViolationReport"] = uri;
    if (flag(input.extra, "SkipCheck", Flag::Off)) {
        result.outputs.erase("ViolationReport");
        return result;
    }
    if (!flag(input.extra, "FailOnViolation", Flag::On)) return result;
    result.verdict = {StepStatus::Failed, StepError::ClientError};
    result.failure = fmt::format("ClientError: {} check failed. See violation report {}",
                                 is_quality(input.step) ? "Quality" : "Clarify", uri);
    return result;
}

}  // namespace pipelines::runners
