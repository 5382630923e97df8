#include "pipelines/runners/scenario.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "pipelines/base/text.hpp"
#include "pipelines/domain/step.hpp"
#include "runners/faults.hpp"
#include "runners/outcomes.hpp"

namespace pipelines::runners {
namespace {

using Names = std::vector<std::string_view>;

constexpr std::array<std::string_view, 2> kTop{"Pipelines", "MockedResponses"};
constexpr std::array<std::string_view, 2> kPipeline{"Default", "TestCases"};
constexpr std::array<std::string_view, 6> kOutcome{"Return", "Throw", "Hold", "Stop", "Duration", "PropertyFiles"};
constexpr std::array<std::string_view, 4> kEnds{"Return", "Throw", "Hold", "Stop"};
constexpr std::array<std::string_view, 2> kThrow{"Error", "Cause"};
constexpr std::array<StepError, 6> kErrors{StepError::ServiceFault,     StepError::Throttling,
                                           StepError::JobInternalError, StepError::CapacityError,
                                           StepError::ResourceLimit,    StepError::ClientError};

Names keys_of(const Json& object) {
    Names names;
    for (auto entry = object.begin(); entry != object.end(); ++entry) names.push_back(entry.key());
    return names;
}

// Walks a scenario document once and keeps all that is wrong with it.
class Check {
public:
    explicit Check(const Json& document) : document_(document) {}

    [[nodiscard]] Faults run() {
        if (!is_object(document_, "")) return std::move(faults_);
        check_members(document_, "", kTop);
        if (const Json* responses = find(document_, "MockedResponses");
            responses && is_object(*responses, "/MockedResponses")) {
            responses_ = keys_of(*responses);
            for (const auto& [id, response] : responses->items())
                check_response(response, below("/MockedResponses", id));
        }
        std::map<std::string, std::string> folded;  // names of pipelines, by what they are in lower case
        if (const Json* pipelines = find(document_, "Pipelines"); pipelines && is_object(*pipelines, "/Pipelines"))
            for (const auto& [name, pipeline] : pipelines->items()) {
                const std::string place = below("/Pipelines", name);
                if (const auto [other, is_new] = folded.emplace(to_lower(name), name); !is_new)
                    faults_.add(place, "is the pipeline '" + other->second + "' again: case makes no difference.");
                if (!is_pipeline_name(name))
                    faults_.add(place, "can be no pipeline: its name has letters, digits and '-'.");
                check_pipeline(pipeline, place);
            }
        return std::move(faults_);
    }

    [[nodiscard]] Faults run_on_outcome() {
        check_outcome(document_, "");
        return std::move(faults_);
    }

    [[nodiscard]] Faults run_on_throw() {
        check_throw(document_, "");
        return std::move(faults_);
    }

private:
    // Such as the API's pattern allows; a wildcard, say, would script nothing.
    static bool is_pipeline_name(std::string_view name) {
        const auto is_allowed = [](char c) { return is_letter_or_digit(c) || c == '-'; };
        return !name.empty() && std::ranges::all_of(name, is_allowed);
    }

    static std::string below(std::string_view place, std::string_view key) {
        return std::string(place) + '/' + pointer_token(key);
    }

    bool is_object(const Json& value, const std::string& place) {
        if (!value.is_object()) faults_.add(place, "has to be an object, not " + std::string(kind_name(value)) + ".");
        return value.is_object();
    }

    void check_members(const Json& object, std::string_view place, std::span<const std::string_view> known) {
        for (const std::string_view name : keys_of(object))
            if (std::ranges::find(known, name) == known.end())
                faults_.add(below(place, name), "unknown member '" + std::string(name) + "'." + hint(name, known));
    }

    void check_pipeline(const Json& pipeline, const std::string& place) {
        if (!is_object(pipeline, place)) return;
        check_members(pipeline, place, kPipeline);
        Names cases;
        const Json* test_cases = find(pipeline, "TestCases");
        if (test_cases == nullptr) faults_.add(place, "'TestCases' is missing.");
        if (test_cases != nullptr && is_object(*test_cases, place + "/TestCases")) {
            cases = keys_of(*test_cases);
            for (const auto& [name, test_case] : test_cases->items())
                check_case(test_case, below(place + "/TestCases", name));
        }
        const Json* chosen = find(pipeline, "Default");
        if (chosen == nullptr) return;
        if (!chosen->is_string())
            faults_.add(place + "/Default",
                        "has to be the name of a test case, not " + std::string(kind_name(*chosen)) + ".");
        else if (const auto name = *as_string(*chosen); std::ranges::find(cases, name) == cases.end())
            faults_.add(place + "/Default",
                        "there is no test case '" + std::string(name) + "'. Known: " + list_of(cases) + ".");
    }

    void check_case(const Json& test_case, const std::string& place) {
        if (!is_object(test_case, place)) return;
        for (const auto& [step, response] : test_case.items()) {
            const std::string here = below(place, step);
            if (const auto id = as_string(response)) {
                if (std::ranges::find(responses_, *id) == responses_.end())
                    faults_.add(here, "there is no response '" + std::string(*id) +
                                          "' in MockedResponses. Known: " + list_of(responses_) + ".");
            } else if (response.is_object()) {
                check_response(response, here);
            } else {
                faults_.add(here, "has to be the id of a response or a response itself, not " +
                                      std::string(kind_name(response)) + ".");
            }
        }
    }

    void check_response(const Json& response, const std::string& place) {
        if (!is_object(response, place)) return;
        std::vector<std::pair<std::string, AttemptRange>> ranges;
        for (const auto& [key, value] : response.items()) {
            const std::string here = below(place, key);
            if (key == kValidation) {
                if (value != "NONE") faults_.add(here, "has to be \"NONE\" where it is given.");
                continue;
            }
            const auto range = parse_range(key);
            if (!range) {
                faults_.add(here,
                            "'" + key + "' is no range of attempts: \"0\", \"0-2\" or \"3-\" (they count from 0).");
                continue;
            }
            for (const auto& [other, taken] : ranges)
                if (overlap(*range, taken))
                    faults_.add(here, "attempts " + key + " overlap with attempts " + other + ".");
            ranges.emplace_back(key, *range);
            check_outcome(value, here);
        }
        if (ranges.empty() && response.size() == response.count(kValidation))
            faults_.add(place, "covers no attempt: give at least one, like \"0-\".");
    }

    void check_outcome(const Json& outcome, const std::string& place) {
        if (!is_object(outcome, place)) return;
        check_members(outcome, place, kOutcome);
        Names ends;
        for (const std::string_view end : kEnds)
            if (outcome.contains(end)) ends.push_back(end);
        if (ends.size() != 1)
            faults_.add(place, "needs exactly one of " + list_of(kEnds) + "; it has " + list_of(ends) + ".");
        if (const Json* value = find(outcome, "Return")) is_object(*value, place + "/Return");
        if (const Json* value = find(outcome, "Throw")) check_throw(*value, place + "/Throw");
        for (const std::string_view flag : {"Hold", "Stop"})
            if (const Json* value = find(outcome, flag); value && *value != true && *value != Json::object())
                faults_.add(below(place, flag), "has to be true or {}, not " + std::string(kind_name(*value)) + ".");
        check_duration(outcome, place);
        if (const Json* files = find(outcome, "PropertyFiles"); files && is_object(*files, place + "/PropertyFiles"))
            for (const auto& [name, content] : files->items())
                if (!content.is_object() && !content.is_array())
                    faults_.add(below(place + "/PropertyFiles", name),
                                "has to be what the file holds, an object or an array, not " +
                                    std::string(kind_name(content)) + ".");
    }

    void check_duration(const Json& outcome, const std::string& place) {
        const Json* duration = find(outcome, "Duration");
        if (duration == nullptr) return;
        if (outcome.contains("Hold"))
            faults_.add(place + "/Duration", "means nothing beside Hold: a held step lasts until it is released.");
        else if (!read_duration(*duration))
            faults_.add(place + "/Duration",
                        dump(*duration) +
                            " is no duration: seconds (90, \"90\", 1.5) or \"1h30m\", \"250ms\", up to ten years.");
    }

    void check_throw(const Json& thrown, const std::string& place) {
        if (!is_object(thrown, place)) return;
        check_members(thrown, place, kThrow);
        if (const Json* cause = find(thrown, "Cause"); cause && !cause->is_string())
            faults_.add(place + "/Cause", "has to be text, not " + std::string(kind_name(*cause)) + ".");
        Names allowed;
        for (const StepError error : kErrors) allowed.push_back(to_string(error));
        const Json* error = find(thrown, "Error");
        if (error == nullptr) return faults_.add(place, "'Error' is missing. Allowed: " + list_of(allowed) + ".");
        const auto name = as_string(*error);
        if (!name || std::ranges::find(allowed, *name) == allowed.end())
            faults_.add(place + "/Error",
                        dump(*error) + " is no error a step can fail with. Allowed: " + list_of(allowed) + ".");
    }

    const Json& document_;
    Names responses_;
    Faults faults_;
};

}  // namespace

Faults outcome_faults(const Json& outcome) { return Check(outcome).run_on_outcome(); }
Faults throw_faults(const Json& thrown) { return Check(thrown).run_on_throw(); }

Result<Scenarios> Scenarios::parse(std::string_view text) {
    auto document = parse_json(text, {.duplicate_keys = DuplicateKeys::Refuse});
    if (!document) return validation_error(describe(document.error()));
    return check(std::move(*document));
}

Result<Scenarios> Scenarios::check(Json document) {
    if (Faults faults = Check(document).run(); !faults.empty()) return faults.error();
    Scenarios scenarios;
    scenarios.document_ = std::move(document);
    return scenarios;
}

Result<Json> Scenarios::test_case(std::string_view pipeline, std::optional<std::string_view> name) const {
    const Json* pipelines = find(document_, "Pipelines");
    const Json* known = nullptr;  // names of pipelines are the same in either case
    if (pipelines != nullptr)
        for (const auto& [given, cases] : pipelines->items())
            if (equal_ignoring_case(given, pipeline)) known = &cases;
    if (known == nullptr) {
        if (!name) return Json();
        return validation_error("There is no test case '" + std::string(*name) + "': the scenarios know no pipeline '" +
                                std::string(pipeline) + "'. Pipelines known: " +
                                list_of(pipelines == nullptr ? Names{} : keys_of(*pipelines)) + ".");
    }
    if (!name) {
        const Json* chosen = find(*known, "Default");
        if (chosen == nullptr) return Json();
        name = as_string(*chosen);
    }
    const Json& cases = known->at("TestCases");
    const Json* test_case = find(cases, *name);
    if (test_case == nullptr)
        return validation_error("There is no test case '" + std::string(*name) + "' of pipeline '" +
                                std::string(pipeline) + "'. Known: " + list_of(keys_of(cases)) + ".");
    Json steps = Json::object();
    for (const auto& [step, response] : test_case->items())
        steps[step] = response.is_string() ? document_.at("MockedResponses").at(response.get_ref<const std::string&>())
                                           : response;
    return Json{{"Case", *name}, {"Steps", std::move(steps)}};
}

}  // namespace pipelines::runners
