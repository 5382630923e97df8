// Scenarios: what a test says each step does. The shape is that of AWS Step Functions Local's mock configuration,
// counted per execution, step and attempt, so that parallelism cannot change a result. Grammar: docs/testing.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipelines/base/clock.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"
#include "pipelines/definition/definition.hpp"

namespace pipelines::runners {

// A checked scenario document.
class Scenarios {
public:
    Scenarios() = default;  // no pipelines: every step but a Callback succeeds

    // Errors: every fault with its JSON pointer, one a line.
    [[nodiscard]] static Result<Scenarios> parse(std::string_view text);
    [[nodiscard]] static Result<Scenarios> check(Json document);

    // The case an execution of `pipeline` starts with: the one named, else the pipeline's Default, else null. The
    // answer is the copy that the execution keeps: {"Case": name, "Steps": {step: {attempts: outcome}}}, references
    // resolved. Error: an unknown case; the sentence lists those there are.
    [[nodiscard]] Result<Json> test_case(std::string_view pipeline, std::optional<std::string_view> name) const;

    [[nodiscard]] const Json& document() const { return document_; }

private:
    Json document_ = Json::object();
};

// Does a test case (as Scenarios::test_case gives it) fit a definition? Checked at Start, when the definition is known.
// Errors, one a line: steps that the definition lacks, outcomes that a step's type cannot have, members of Return that
// the document of its type lacks or has in another kind (unless the response says "Validation": "NONE"), property files
// that the step does not declare; each names what is valid. A null case fits everything.
[[nodiscard]] Result<void> check_case(const Json& test_case, const definition::Definition&);

// A Duration of a scenario: 90 and 1.5 are seconds, a string is read by parse_duration(). Nothing if it is none.
[[nodiscard]] std::optional<Duration> read_duration(const Json& value);

}  // namespace pipelines::runners
