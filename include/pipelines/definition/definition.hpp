// A pipeline definition (version 2020-12-01), compiled: checked whole, every fault located.
// The grammar is what the SDK writes; what is refused, and with what text: docs/compatibility.md, "Definition".
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/definition/graph.hpp"
#include "pipelines/definition/step_types.hpp"
#include "pipelines/domain/execution.hpp"

namespace pipelines::definition {

constexpr std::size_t kMostStepNameCharacters = 64;  // API model: StepName

enum class ParameterType : std::uint8_t { String, Integer, Float, Boolean };

struct Parameter {
    std::string name;
    ParameterType type = ParameterType::String;
    std::optional<Json> default_value;     // of the JSON kind of its type
    std::vector<std::string> enum_values;  // String only; empty: any
};

struct CacheConfig {
    bool enabled = false;
    std::optional<Duration> expire_after;
};

struct PropertyFile {
    std::string name, output, path;  // PropertyFileName, OutputName, FilePath
};

// A declared output of a Lambda or Callback step.
struct OutputParameter {
    std::string name;
    ParameterType type = ParameterType::String;
};

// Of a ForEach: the iteration that Selected reads is the one whose value at `path` of the body's `step` is the greatest
// or the least.
struct Selector {
    enum class Pick : std::uint8_t { MaxBy, MinBy };
    Pick pick = Pick::MaxBy;
    std::string step, path;
};

struct Step {
    std::string name;
    const StepType* type = nullptr;
    std::optional<std::string> display_name, description;
    Json arguments;  // as written; a Condition's without IfSteps and ElseSteps, a ForEach's without ForEachBody
    Json extra;  // the keys that only this type has: SqsQueueUrl, FunctionArn, CheckType, SkipCheck, ... (an object)
    std::vector<OutputParameter> outputs;
    std::vector<PropertyFile> property_files;
    std::optional<CacheConfig> cache;
    std::optional<Selector> selector;  // ForEach
};

struct Definition {
    std::vector<Parameter> parameters;
    std::vector<Step> steps;  // parallel to graph.nodes: depth first, branches and bodies behind their owner
    Graph graph;
    Json experiment_config;  // PipelineExperimentConfig: values may be expressions; null if absent or null
    Json mlflow_config;

    [[nodiscard]] std::optional<NodeIndex> find(std::string_view step) const;
    std::unordered_map<std::string, NodeIndex, TextHash, std::equal_to<>> by_name;
};

// AWS: PipelineDefinition has 1..1,048,576 characters. (model)
inline constexpr std::size_t kMaxCharacters = 1'048'576;

// The compiled definition, or the first fault as a ValidationException: with AWS's text where it is known, else a text
// of the same manner; with the JSON pointer of the place ("at /Steps/3/Arguments/..."), or line and column where the
// text is not JSON.
[[nodiscard]] Result<std::shared_ptr<const Definition>> compile(std::string_view text);

// Values for every parameter of the definition, from what Start was given (strings on the wire, Booleans as "True",
// "true", ...) and the defaults. Errors: unknown, given twice, missing, wrong type, not in the enum, empty.
[[nodiscard]] Result<std::vector<ParameterValue>> bind_parameters(
    const Definition&, std::span<const std::pair<std::string, std::string>> given);

// What follows Steps.<for each> in a reference to one iteration: IterationOutputs[<index>].<step>.<path>.
struct IterationPath {
    int index = 0;
    std::string_view step, path;
};
[[nodiscard]] std::optional<IterationPath> parse_iteration_path(std::string_view text);  // nothing: of another form

// What follows "Selected." in Steps.<for each>.Selected.<path>; nothing if `text` is of another form.
[[nodiscard]] std::optional<std::string_view> parse_selected_path(std::string_view text);

// What a row is called: as its step, in an iteration "<body step>-<iteration>" (-1: in none). And the reverse; nothing
// if `name` has no such form.
[[nodiscard]] std::string row_name(std::string_view step, std::int64_t iteration);
[[nodiscard]] std::optional<std::string_view> body_step_of(std::string_view name);

// The value of a parameter as ListPipelineParametersForExecution shows it: "6.0", "50", "true".
[[nodiscard]] std::string parameter_text(const Json& value);

}  // namespace pipelines::definition
