// Expressions against the values of a run. Pure: everything a reference reads comes through the Scope.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::definition {

// What Std:JsonGet asks for: a property file of a step, or an object by URI.
struct FileReference {
    std::string step, property_file;  // empty for the S3Uri form
    std::string
        uri;  // s3://bucket/key; of a property file: its output's S3Uri + "/" + FilePath (may be empty if unknown)
};
struct Fetch {
    std::string uri;  // has to be fetched first; then the step is launched again
};
using FileAnswer = std::variant<const Json*, Fetch, Error>;  // the content lives as long as the Scope

// Where a reference to a property leads.
struct Property {
    const Json* document = nullptr;
    std::string_view step, path;  // whose document it is, and the path within it
};

// A value that is read nests so many objects and arrays at most, so that rows which hold it can be read back
// (store::Statement::json): a larger one has no value here.
constexpr std::size_t kDeepestValue = 256;

// What the expressions of one value read, which is one step's Arguments at most: as many bytes as a definition may have
// characters. Steps that read each other twice would double their values with every step.
constexpr std::size_t kMostReadBytes = 1'048'576;

// What references read. A function may be called any number of times. The members it reads live as long as the Scope.
struct Scope {
    // A parameter's typed value; null if the definition has none of that name (compile() refuses that).
    std::function<const Json*(std::string_view name)> parameter;
    // "Execution.X" and "PipelineExperimentConfig.X"; nothing if unknown.
    std::function<std::optional<Json>(std::string_view name)> variable;
    // What Steps.<step>.<path> reads: the step's own document, or that of another which the path leads to (the
    // iterations of a ForEach). Error: there is none (did not run, failed, ...).
    std::function<Result<Property>(std::string_view step, std::string_view path)> property;
    // What a path reads that the model knows but the document of the step lacks; nothing if the model lacks it too.
    // May be empty: then such a path has no value.
    std::function<std::optional<Json>(std::string_view step, std::string_view path)> made_up;
    std::function<FileAnswer(FileReference&)> file;  // fills in the URI of a property file, for messages
    const Json* item = nullptr;                      // ForEach.CurrentItem, in a body
};

using Resolved = std::variant<Json, Fetch, Error>;
using Decided = std::variant<bool, Fetch, Error>;

// The value with every expression in it replaced (Get keeps the JSON kind; Std:Join makes strings).
// An Error's sentence names the expression, and for files how to supply them.
[[nodiscard]] Resolved resolve(const Json& value, const Scope&);

// A Condition's list: ANDed, from left to right, stopping when decided.
[[nodiscard]] Decided decide(const Json& conditions, const Scope&);

// The value at a path like ModelArtifacts.S3ModelArtifacts, Outputs['train'].S3Output.S3Uri or [0].name within a
// document. A list of structures is looked up by name where the path gives one
// (ProcessingOutputConfig.Outputs['train']: the element whose OutputName is 'train'). A string holding JSON is looked
// into (Job: JobConfigDocument). Null: no such path.
[[nodiscard]] const Json* find_path(const Json& document, std::string_view path, Json& scratch);

// A JsonPath as Std:JsonGet has it, without "$.": a.b[0].c, Result[1]['k']. Null: no such path.
[[nodiscard]] const Json* find_json_path(const Json& document, std::string_view path);

// For Scope::file where there is no such file: a sentence that names step, file and URI, and how to supply it.
// `detail`, a sentence without its period: where it was looked for.
[[nodiscard]] Error missing_file(const FileReference& file, std::string_view detail = {});
// For Scope::file where the file cannot be read, or is no JSON.
[[nodiscard]] Error unreadable_file(const FileReference& file, std::string_view why);

// Where a property file of a step is: the S3Uri of its output, from the step's properties document, + "/" + FilePath.
// Empty if the document has no such output.
[[nodiscard]] std::string property_file_uri(const PropertyFile& file, const Json& properties);

// How a value reads in a Std:Join: strings as they are, all else as its JSON: 3 -> "3", 3.0 -> "3.0", true -> "true".
[[nodiscard]] std::string join_text(const Json& value);

}  // namespace pipelines::definition
