// A test case against the definition it is to run with.
#include <algorithm>
#include <string>
#include <vector>

#include "pipelines/model/shapes.hpp"
#include "pipelines/runners/scenario.hpp"
#include "runners/check_steps.hpp"
#include "runners/faults.hpp"
#include "runners/outcomes.hpp"

namespace pipelines::runners {
namespace {

using Names = std::vector<std::string_view>;
using model::Shape;
using model::Type;

std::string_view wanted(Type type) {
    switch (type) {
        case Type::Structure:
        case Type::Map: return "an object";
        case Type::List: return "an array";
        case Type::String:
        case Type::Blob: return "a string";
        case Type::Integer:
        case Type::Long: return "an integer";
        case Type::Boolean: return "a boolean";
        default: return "a number";
    }
}

bool has_kind(const Json& value, Type type) {
    switch (type) {
        case Type::Structure:
        case Type::Map: return value.is_object();
        case Type::List: return value.is_array();
        case Type::String:
        case Type::Blob: return value.is_string();
        case Type::Integer:
        case Type::Long: return as_integer(value).has_value();
        case Type::Boolean: return value.is_boolean();
        default: return value.is_number();
    }
}

Names members_of(const Shape& structure) {
    Names names;
    for (const model::Member& member : structure.members) names.push_back(member.name);
    return names;
}

class Check {
public:
    enum class Members { Checked, Free };

    void check_step(const definition::Definition& definition, const std::string& name, const Json& response,
                    const std::string& place) {
        auto node = definition.find(name);
        const auto of_iteration = iterated(definition, name);
        if (node && of_iteration)
            return faults_.add(place, "the definition has a step of this name, and an iteration of step '" +
                                          definition.steps.at(*of_iteration).name +
                                          "' has it too: nothing can be said of either until one is renamed.");
        if (!node) node = of_iteration;
        if (!node) {
            Names known;
            for (const definition::Step& step : definition.steps) known.push_back(step.name);
            return faults_.add(place, "the definition has no such step." + hint(name, known));
        }
        const definition::Step& step = definition.steps.at(*node);
        if (step.type->kind == definition::NodeKind::Fail)
            return faults_.add(place, "a Fail step always fails with its own message; nothing can be said of it here.");
        if (step.type->kind == definition::NodeKind::ForEach)
            return faults_.add(place,
                               "a ForEach step ends as the steps of its body do; say it of them: \"<step>\", or "
                               "\"<step>-<index>\" for one iteration.");
        const Json* validation = find(response, kValidation);
        for (const std::string& attempts : covered(response))
            check_outcome(step, response.at(attempts), place + ", attempts " + attempts,
                          validation == nullptr ? Members::Checked : Members::Free);
    }

    void check_outcome(const definition::Step& step, const Json& outcome, const std::string& place, Members members) {
        if (step.type->kind == definition::NodeKind::Condition) return check_condition(outcome, place);
        if (members == Members::Free) return;
        if (const Json* files = find(outcome, "PropertyFiles")) check_files(step, *files, place + ", PropertyFiles");
        if (const Json* returned = find(outcome, "Return")) check_return(step, *returned, place + ", Return");
    }

    [[nodiscard]] Faults& faults() { return faults_; }

private:
    // The step of a body that "<step>-<index>" is an iteration of.
    static std::optional<definition::NodeIndex> iterated(const definition::Definition& definition,
                                                         std::string_view name) {
        const auto body_step = definition::body_step_of(name);
        const auto node = body_step ? definition.find(*body_step) : std::nullopt;
        if (!node || !definition.graph.nodes[*node].parent) return std::nullopt;
        return node;
    }

    void check_condition(const Json& outcome, const std::string& place) {
        const Json* returned = find(outcome, "Return");
        const Json* branch = returned == nullptr ? nullptr : find(*returned, "Outcome");
        if (branch == nullptr || returned->size() != 1 || outcome.size() != 1 ||
            (*branch != "True" && *branch != "False" && !branch->is_boolean()))
            faults_.add(place, R"(a Condition takes only {"Return": {"Outcome": "True"}} or "False".)");
    }

    void check_files(const definition::Step& step, const Json& files, const std::string& place) {
        Names declared;
        for (const definition::PropertyFile& file : step.property_files) declared.push_back(file.name);
        check_names(files, declared, place, "property file");
    }

    void check_names(const Json& object, const Names& known, const std::string& place, std::string_view what) {
        for (auto entry = object.begin(); entry != object.end(); ++entry)
            if (std::ranges::find(known, entry.key()) == known.end())
                faults_.add(place,
                            "unknown " + std::string(what) + " '" + entry.key() + "'." + hint(entry.key(), known));
    }

    void check_return(const definition::Step& step, const Json& returned, const std::string& place) {
        // A function may return more than is declared; a callback answers with what is.
        if (step.type->job == JobKind::Callback) {
            Names declared;
            for (const definition::OutputParameter& output : step.outputs) declared.push_back(output.name);
            return check_names(returned, declared, place, "output parameter");
        }
        if (step.type->is_cleanup) return check_value(returned, *model::find_shape("CleanupStepMetadata"), place);
        if (step.type->is_check) return check_results(step, returned, place);
        if (step.type->properties.empty()) return;  // no shape to check against
        if (const Shape* shape = model::find_shape(step.type->properties))
            check_value(returned, *shape, place, added_to(step));
    }

    // The report may be given as what it holds instead of its URI.
    void check_results(const definition::Step& step, const Json& returned, const std::string& place) {
        Names known{"ViolationReport", "CalculatedBaselineConstraints", "BaselineUsedForDriftCheckConstraints"};
        if (step.type->name == "QualityCheck")
            known.insert(known.end(), {"CalculatedBaselineStatistics", "BaselineUsedForDriftCheckStatistics"});
        check_names(returned, known, place, "member");
        for (auto entry = returned.begin(); entry != returned.end(); ++entry)
            if (entry.key() != "ViolationReport" && !entry->is_string())
                faults_.add(place + '.' + entry.key(),
                            "has to be a string, not " + std::string(kind_name(*entry)) + ".");
    }

    // What pipelines add to the Describe document of a type.
    static Names added_to(const definition::Step& step) {
        if (step.type->job == JobKind::Tuning) return {"TrainingJobSummaries"};
        if (step.type->job == JobKind::AutoML) return {"BestCandidateProperties"};
        if (step.type->job == JobKind::Emr) return {"ClusterId"};
        return {};
    }

    void check_value(const Json& value, const Shape& shape, const std::string& place, const Names& added = {}) {
        if (value.is_null()) return;  // removes the member
        if (!has_kind(value, shape.type))
            return faults_.add(
                place, "has to be " + std::string(wanted(shape.type)) + ", not " + std::string(kind_name(value)) + ".");
        if (shape.type == Type::Structure) check_structure(value, shape, place, added);
        if (shape.type == Type::List)
            for (std::size_t i = 0; i < value.size(); ++i)
                check_value(value[i], *shape.element, place + '[' + std::to_string(i) + ']');
        if (shape.type == Type::Map)
            for (auto entry = value.begin(); entry != value.end(); ++entry)
                check_value(*entry, *shape.element, place + "['" + entry.key() + "']");
        if (!shape.values.empty() && !model::is_value(shape, *as_string(value)))
            faults_.add(place, dump(value) + " is none of " + list_of(shape.values) + ".");
    }

    void check_structure(const Json& value, const Shape& shape, const std::string& place, const Names& added) {
        for (auto entry = value.begin(); entry != value.end(); ++entry) {
            if (std::ranges::find(added, entry.key()) != added.end()) continue;
            const model::Member* member = model::find_member(shape, entry.key());
            if (member != nullptr) {
                check_value(*entry, *member->shape, place + '.' + entry.key());
                continue;
            }
            Names known = members_of(shape);
            known.insert(known.end(), added.begin(), added.end());
            faults_.add(place, "unknown member '" + entry.key() + "'." + hint(entry.key(), known));
        }
    }

    Faults faults_;
};

}  // namespace

Faults outcome_faults(const definition::Step& step, const Json& outcome) {
    Check check;
    check.check_outcome(step, outcome, "step '" + step.name + "'", Check::Members::Checked);
    return std::move(check.faults());
}

Result<void> check_case(const Json& test_case, const definition::Definition& definition) {
    const Json* steps = find(test_case, "Steps");
    if (steps == nullptr) return {};
    const std::string name{text_of(test_case, "Case")};
    Check check;
    for (const auto& [step, response] : steps->items())
        check.check_step(definition, step, response, "test case '" + name + "', step '" + step + "'");
    if (!check.faults().empty()) return check.faults().error();
    return {};
}

}  // namespace pipelines::runners
